//! Cells that a spreadsheet shows and does not run.

use std::borrow::Cow;

/// A cell of a table for spreadsheets: in quotation marks where it has to be (RFC 4180), and no formula.
#[must_use]
pub fn cell(content: &str) -> Cow<'_, str> {
    let guarded =
        if is_formula(content) { Cow::Owned(format!("'{content}")) } else { Cow::Borrowed(content) };
    if guarded.contains(['"', ',', '\r', '\n']) {
        return Cow::Owned(format!("\"{}\"", guarded.replace('"', "\"\"")));
    }
    guarded
}

/// True for what a spreadsheet may run, with any number of apostrophes before it.
fn is_formula(cell: &str) -> bool {
    let signs = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
    cell.trim_start_matches('\'').starts_with(signs)
}

/// The cell without the apostrophe that keeps it from being run.
pub(super) fn unguarded(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| is_formula(rest)).unwrap_or(cell)
}
