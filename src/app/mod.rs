//! The application without a browser: what it knows ([`State`]), what can be asked of it ([`Command`]), what it asks of
//! the world in return ([`Effect`]), and the one function between them ([`update`]).
//!
//! Nothing here reads a clock or draws: time comes in with the command, and the page shows the state.

mod adjudicating;
mod articles;
mod bulk;
mod checking;
mod codes;
mod command;
pub mod concordance;
mod crossing;
mod dating;
mod describing;
pub mod disagreement;
mod dispute_keys;
mod drawing;
pub mod evidence_text;
pub mod export;
mod fault_text;
pub mod format_text;
pub mod history;
pub mod intake;
mod key_name;
mod keymap;
mod labelling;
pub mod lint_text;
pub mod loss_text;
mod message;
mod model_status;
mod moving;
mod navigation;
pub mod palette;
pub mod panel;
pub mod problem_text;
pub mod project_text;
pub mod queue;
pub mod reason_text;
mod remark_text;
mod review;
pub mod said;
pub mod schema_edit;
mod settings;
mod state;
mod strings;
mod suggesting;
mod unkeyed;
mod update;
mod verbatim;
pub mod view;

pub use crate::annotation::FLAG;
pub use bulk::Decision;
pub use command::{Among, Command, Description, Effect, Heading, Motion};
pub use dating::{is_undated, may_hang_on_day};
pub use describing::NOTE;
pub use dispute_keys::{
    DISPUTE_KEYS, DisputeAction, DisputeBinding, dispute_action, dispute_key, rebind_dispute,
};
pub use key_name::chord_name;
pub use keymap::{Action, Binding, KEYMAP, Key, MoveBy, Taken, action_for, chord_of, label_for, rebind};
pub use message::{Closed, Message, edit_name, status_text};
pub use model_status::{ModelFault, ModelStatus};
pub use settings::{Language, Settings, Theme, percent};
pub use state::{Drawn, Reading, Selection, State, UnderWay, Wanted};
pub use strings::{Counted, CountedPhrase, FileCounted, FileText, Phrase, ReviewCounted, ReviewText, Text};
pub use suggesting::Proposals;
pub use unkeyed::{Toggle, Unkeyed, policy_text};
pub use update::update;
pub use verbatim::Verbatim;
