//! Finds what is public and used by nobody: the compiler looks for that only among what is private.

use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr as _;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// What stands before the name of an item.
const KINDS: [&str; 7] = ["fn", "struct", "enum", "trait", "const", "static", "type"];

/// The names in the sources of a crate.
#[derive(Debug, Default)]
pub(crate) struct Names {
    /// Public items, and the files that hold them.
    made: BTreeMap<String, Vec<String>>,
    /// Names that stand elsewhere than where an item is made or passed on by `pub use`.
    used: BTreeSet<String>,
}

impl Names {
    /// Takes in a file. What is only there for tests is passed over.
    pub(crate) fn read(&mut self, file: &str, source: &str) {
        let tokens = TokenStream::from_str(source).expect("a source file that compiles has tokens");
        self.take(file, tokens);
    }

    /// The public items that nobody names, and the files that hold them.
    pub(crate) fn unused(&self) -> Vec<String> {
        let unused = self.made.iter().filter(|(name, _)| !self.used.contains(*name));
        unused.map(|(name, files)| format!("{name} in {}", files.join(", "))).collect()
    }

    fn take(&mut self, file: &str, tokens: TokenStream) {
        let tokens: Vec<_> = tokens.into_iter().collect();
        let word = |at: usize| match tokens.get(at) {
            Some(TokenTree::Ident(word)) => word.to_string(),
            _ => String::new(),
        };
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            match token {
                TokenTree::Punct(sign) if sign.as_char() == '#' && is_for_tests(tokens.get(at + 1)) => {
                    at = end_of_item(&tokens, at + 2);
                }
                TokenTree::Ident(public) if public == "pub" => {
                    let is_private = matches!(tokens.get(at + 1), Some(TokenTree::Group(group))
                        if group.delimiter() == Delimiter::Parenthesis);
                    let mut kind = at + 1 + usize::from(is_private);
                    if word(kind) == "use" {
                        at = end_of_item(&tokens, kind);
                        continue;
                    }
                    while ["const", "async", "unsafe"].contains(&word(kind).as_str())
                        && KINDS.contains(&word(kind + 1).as_str())
                    {
                        kind += 1;
                    }
                    if KINDS.contains(&word(kind).as_str()) {
                        // An item that a macro makes has no name of its own.
                        if !is_private && !word(kind + 1).is_empty() {
                            self.made.entry(word(kind + 1)).or_default().push(file.to_owned());
                        }
                        kind += 2;
                    }
                    at = kind;
                }
                TokenTree::Ident(name) => {
                    self.used.insert(name.to_string());
                    at += 1;
                }
                TokenTree::Group(group) => {
                    self.take(file, group.stream());
                    at += 1;
                }
                TokenTree::Punct(_) | TokenTree::Literal(_) => at += 1,
            }
        }
    }
}

/// True for `[cfg(test)]` and `[cfg(all(test, …))]`.
fn is_for_tests(attribute: Option<&TokenTree>) -> bool {
    let Some(TokenTree::Group(group)) = attribute else { return false };
    let written = group.stream().to_string().replace(' ', "");
    written == "cfg(test)" || written.starts_with("cfg(all(test,")
}

/// The place behind an item: behind its braces, or behind its semicolon.
fn end_of_item(tokens: &[TokenTree], from: usize) -> usize {
    let is_end = |token: &TokenTree| match token {
        TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
        TokenTree::Punct(sign) => sign.as_char() == ';',
        _ => false,
    };
    // Braces of a `use` are not its end.
    let is_use = tokens.get(from).is_some_and(|token| token.to_string() == "use");
    let is_end = |token: &TokenTree| is_end(token) && !(is_use && matches!(token, TokenTree::Group(_)));
    tokens.iter().skip(from).position(is_end).map_or(tokens.len(), |end| from + end + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_only_tests_and_re_exports_name_is_unused() {
        let mut names = Names::default();
        names.read(
            "a.rs",
            "pub fn used() {} pub fn idle() {} pub const fn tested() {} pub(crate) fn inner() {}",
        );
        names.read(
            "b.rs",
            "pub use a::{idle, tested}; fn f() { used() } #[cfg(test)] mod tests { fn g() { tested() } }",
        );
        assert_eq!(names.unused(), ["idle in a.rs", "tested in a.rs"]);
    }
}
