//! Results of costly stages on disk, for runs that are cut off: what is kept, and when it may be used.

pub mod key;
pub mod work_folder;
