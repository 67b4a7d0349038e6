//! What keeps foreign text from becoming part of the page: the policy that the browser holds the page to, word for word,
//! and that no code of ours asks for markup to be read.

use std::fs;
use std::path::Path;

use proc_macro2::{TokenStream, TokenTree};

use crate::rust_files;

/// What the page may load and do. Nothing from elsewhere, no script or style in the page itself, and no text becomes
/// markup or the address of a script but by the policy in `page/boot.js`. Wasm is compiled; pictures may be made in the page.
const POLICY: &[&str] = &[
    "default-src 'self'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "worker-src 'self'",
    "connect-src 'self'",
    "style-src 'self'",
    "font-src 'self'",
    "img-src 'self' data: blob:",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types default",
];

/// Ways to have text read as markup, as they are called in Rust, in attributes of a `view!` and in
/// JavaScript; without case and underscores.
const DANGERS: &[&str] = &[
    "innerhtml",
    "outerhtml",
    "insertadjacenthtml",
    "sethtmlunsafe",
    "createcontextualfragment",
    "domparser",
    "parsefromstring",
    "srcdoc",
];

fn read(file: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).expect("a file of the page")
}

/// A word of code as [`DANGERS`] has it.
fn plain(word: &str) -> String {
    word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The dangers that Rust tokens name, also within the strings by which a browser's function may be called.
fn dangers(tokens: TokenStream) -> Vec<String> {
    let mut found = Vec::new();
    for token in tokens {
        let word = match &token {
            TokenTree::Group(group) => {
                found.extend(dangers(group.stream()));
                continue;
            }
            TokenTree::Ident(name) => plain(&name.to_string()),
            TokenTree::Literal(literal) => plain(&literal.to_string()),
            TokenTree::Punct(_) => continue,
        };
        found.extend(DANGERS.iter().filter(|danger| word.contains(*danger)).map(ToString::to_string));
    }
    found
}

#[test]
fn the_page_is_held_to_this_policy() {
    let page = read("index.html");
    let (_, rest) = page.split_once(r#"http-equiv="Content-Security-Policy" content=""#).expect("a policy");
    let (policy, _) = rest.split_once('"').expect("its end");
    assert_eq!(policy.split("; ").collect::<Vec<_>>(), POLICY);
    let before = &page[..page.find("Content-Security-Policy").expect("a policy")];
    assert!(
        !before.contains("<script") && !before.contains("<link"),
        "what stands before it is not held to it"
    );
    assert!(read("page/serve.mjs").contains(r#""Content-Security-Policy": "frame-ancestors 'none'""#));
}

#[test]
fn no_code_has_text_read_as_markup() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut checked = 0;
    for file in rust_files(&root.join("src")) {
        let source = fs::read_to_string(&file).expect("a readable source file");
        let found = dangers(source.parse().expect("Rust"));
        assert!(found.is_empty(), "{}: {found:?}", file.display());
        checked += 1;
    }
    for entry in fs::read_dir(root.join("page")).expect("a readable folder") {
        let path = entry.expect("a readable entry").path();
        if path.extension().is_some_and(|end| end == "js" || end == "mjs") {
            let source = plain(&fs::read_to_string(&path).expect("a readable script"));
            let found: Vec<_> = DANGERS.iter().filter(|danger| source.contains(*danger)).collect();
            assert!(found.is_empty(), "{}: {found:?}", path.display());
            checked += 1;
        }
    }
    assert!(checked > 100, "only {checked} files were found");
}

#[test]
fn every_way_to_have_markup_read_is_caught() {
    for source in [
        "fn f(element: &Element) { element.set_inner_html(text); }",
        "fn f() { view! { <div inner_html=text /> } }",
        "fn f(range: &Range) { range.create_contextual_fragment(text); }",
        r#"fn f() { Reflect::set(&element, &"innerHTML".into(), &text); }"#,
        "fn f() { element.insert_adjacent_html(\"beforeend\", text); }",
    ] {
        assert_eq!(dangers(source.parse().expect("Rust")).len(), 1, "{source}");
    }
    let harmless = "fn f() { view! { <div>{text}</div> } // inner_html is spoken of\n }";
    assert!(dangers(harmless.parse().expect("Rust")).is_empty());
}
