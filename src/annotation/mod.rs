//! Spans, changes to them, and history.
