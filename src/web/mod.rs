//! Thin adapters to the browser: they carry values in and out and decide nothing.

pub mod backup_file;
pub mod caret;
pub mod catalogue;
pub mod channel;
pub mod clipboard;
pub mod clock;
mod digest;
pub mod download;
pub mod files;
pub mod gathering;
mod indexed_db;
pub mod launch;
pub mod lock;
pub mod model_store;
pub mod offline;
mod parcel;
pub mod pattern;
mod pieces;
pub mod preferences;
pub mod reply;
pub mod selection;
pub mod storage_room;
pub mod store;
pub mod turn;
pub mod worker;
pub mod worker_main;
pub mod writer;
