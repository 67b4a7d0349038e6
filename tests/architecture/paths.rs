//! Reads the paths a source file names: in `use` trees, in expressions and types, and inside macro calls.
//!
//! Works on Rust's tokens, so comments and strings are never mistaken for code and no way of writing a path
//! (`use a::{b, c::d}`, `super::super::x`, `::a::b`, a path in a macro's arguments) escapes it.

use std::str::FromStr as _;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// Keywords a path may follow; before `::a::b` they would look like its first segment.
const KEYWORDS: &[&str] =
    &["use", "pub", "in", "as", "dyn", "impl", "for", "mut", "ref", "return", "where", "match", "if"];

/// A path as written, with the module it is written in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mention {
    /// The module the path is written in, from the crate's root: `["text", "offset"]`.
    pub(crate) module: Vec<String>,
    /// The path's segments as written: `["super", "SourceText"]`. A glob ends in `*`.
    pub(crate) segments: Vec<String>,
    /// The line it starts on, from 1.
    pub(crate) line: usize,
}

impl Mention {
    /// The path from the crate's root, if it leads into this crate: `crate`, `self` and `super` are resolved.
    pub(crate) fn in_crate(&self) -> Option<Vec<String>> {
        let mut path = match self.segments.first()?.as_str() {
            "crate" | "misam" => Vec::new(),
            "self" | "super" => self.module.clone(),
            _ => return None,
        };
        for segment in &self.segments {
            match segment.as_str() {
                "crate" | "misam" | "self" => {}
                "super" => drop(path.pop()),
                name => path.push(name.to_owned()),
            }
        }
        Some(path)
    }
}

/// Every path in a file's source, in the order written. `module` is the module the file holds.
pub(crate) fn mentions(source: &str, module: &[String]) -> Vec<Mention> {
    let tokens = TokenStream::from_str(source).expect("a source file that compiles has tokens");
    let mut found = Vec::new();
    read(&tokens.into_iter().collect::<Vec<_>>(), module, &[], &mut found);
    found
}

/// Reads a run of tokens. `prefix` is what a `use` tree put in front of the group these tokens are in.
fn read(tokens: &[TokenTree], module: &[String], prefix: &[String], found: &mut Vec<Mention>) {
    let mut at = 0;
    while at < tokens.len() {
        match &tokens[at] {
            TokenTree::Group(group) => {
                let inside: Vec<_> = group.stream().into_iter().collect();
                let mut module = module.to_vec();
                if let Some(name) = inline_module(&tokens[..at]) {
                    module.push(name);
                }
                read(&inside, &module, &[], found);
                at += 1;
            }
            TokenTree::Ident(name) if KEYWORDS.contains(&name.to_string().as_str()) => at += 1,
            TokenTree::Ident(_) => at = read_path(tokens, at, module, prefix, found),
            TokenTree::Punct(star) if star.as_char() == '*' && !prefix.is_empty() => {
                let segments = prefix.iter().cloned().chain(["*".to_owned()]).collect();
                found.push(Mention { module: module.to_vec(), segments, line: star.span().start().line });
                at += 1;
            }
            TokenTree::Punct(_) | TokenTree::Literal(_) => at += 1,
        }
    }
}

/// Reads the path that starts at `at` and returns where it ends.
fn read_path(
    tokens: &[TokenTree],
    start: usize,
    module: &[String],
    prefix: &[String],
    found: &mut Vec<Mention>,
) -> usize {
    let line = tokens[start].span().start().line;
    let mut segments = prefix.to_vec();
    let mut at = start;
    while let Some(TokenTree::Ident(name)) = tokens.get(at) {
        segments.push(name.to_string());
        at += 1;
        if !is_path_separator(tokens, at) {
            break;
        }
        match tokens.get(at + 2) {
            Some(TokenTree::Ident(_)) => at += 2,
            Some(TokenTree::Punct(star)) if star.as_char() == '*' => {
                segments.push("*".to_owned());
                at += 3;
                break;
            }
            Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => {
                read(&group.stream().into_iter().collect::<Vec<_>>(), module, &segments, found);
                return at + 3;
            }
            _ => {
                at += 2;
                break;
            }
        }
    }
    found.push(Mention { module: module.to_vec(), segments, line });
    at
}

/// Whether `::` stands at this place.
fn is_path_separator(tokens: &[TokenTree], at: usize) -> bool {
    tokens.get(at..at + 2).is_some_and(|pair| {
        pair.iter().all(|token| matches!(token, TokenTree::Punct(punct) if punct.as_char() == ':'))
    })
}

/// The name of the module whose body follows these tokens (`mod tests` before `{ … }`).
fn inline_module(before: &[TokenTree]) -> Option<String> {
    match before {
        [.., TokenTree::Ident(keyword), TokenTree::Ident(name)] if keyword == "mod" => Some(name.to_string()),
        _ => None,
    }
}
