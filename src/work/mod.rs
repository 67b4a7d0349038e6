//! Work that would hold up the page, done elsewhere: what the page asks, what it is told, and how the asking is
//! worked through. Plain data and no browser: a worker, a thread or a test can stand on the other side.

mod asking;
mod comparing;
mod desk;
mod extracting;
#[cfg(test)]
mod letters;
mod linting;
mod message;
mod model_file;
mod packing;
mod parcel;
mod parting;
mod portable;
mod projects;
mod reading;
mod review;
mod task;
mod twins;
mod writing;

pub use comparing::Crew;
pub use desk::{Desk, Equipment, Next};
pub use message::{Answer, Job, JobId, Lane, VERSION};
pub use model_file::{Learnt, ModelFile};
pub use parcel::{Documents, NotUnpacked, Parcel};
pub use parting::Parts;
pub use portable::{Portable, Unpacked};
pub use review::{Question, Verdict};
pub use twins::portion;
