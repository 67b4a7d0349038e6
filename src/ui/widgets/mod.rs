//! Parts that know nothing of Misam.

mod dialog;
mod file_picker;
mod icon;
mod icon_button;
mod rows;
mod segments;
mod window;

pub(super) use dialog::Modal;
pub(super) use file_picker::FilePicker;
pub(super) use icon::Icon;
pub(super) use icon_button::IconButton;
pub(super) use rows::keyed_rows;
pub(super) use segments::{SegmentRole, segment, steer};
pub(super) use window::RowWindow;
