//! Misam (ميسم): a workbench for labelling Arabic text, and the extractor that labels it first.
//!
//! The library is the product; the binaries are doors to it. Modules depend on each other in one direction only,
//! downwards in the order of this list (enforced by `tests/architecture/`; `docs/ARCHITECTURE.md` shows how they work
//! together):
//!
//! - [`text`]: verbatim text and positions in it, Arabic folding, words, clitics;
//! - [`schema`]: what labels there are;
//! - [`annotation`]: spans, changes to them, history;
//! - [`extract`]: text in, suggestions out;
//! - [`quality`]: how good labels are;
//! - [`formats`]: files in and out;
//! - [`dataset`]: documents as they leave: parted, counted, described, packed;
//! - [`project`]: documents, settings, and how they are kept;
//! - [`app`]: the application without a browser: state and commands;
//! - [`work`]: jobs that run off the main thread;
//! - `cli`: the command line (native);
//! - `web`, `ui`: browser adapters and components (wasm).

pub mod annotation;
pub mod app;
#[cfg(feature = "cli")]
pub mod cli;
pub mod dataset;
pub mod extract;
pub mod formats;
pub mod project;
pub mod quality;
pub mod schema;
pub mod text;
#[cfg(feature = "train")]
pub mod train;
#[cfg(all(target_arch = "wasm32", feature = "web"))]
pub mod ui;
#[cfg(all(target_arch = "wasm32", feature = "worker"))]
pub mod web;
pub mod work;
