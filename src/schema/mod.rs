//! What kinds of labels there are.
