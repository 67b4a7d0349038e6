//! A dataset made of labelled documents, as it leaves: parted for training and testing, counted, described, and packed
//! with everything that somebody else needs to trust it.
//!
//! All of it is plain data from plain data, so that the page's worker and the command line give the same bytes.

mod bundle;
mod card;
mod split;
mod statistics;
mod without_text;

pub use bundle::{BundleError, BundleFile, BundleOptions, bundle};
pub use card::{Card, CardFault, CardFaultKind, CardWords, KeptCard, OwnCard, card_faults};
pub use split::{Leak, PartCounts, Ratios, RatiosError, Split, SplitOptions, leaks, split};
pub use statistics::{DatasetCounter, DatasetStatistics, Frequent, LabelStatistics, Spread};
pub use without_text::{STAND_OFF_FORMAT, stand_off_record};
