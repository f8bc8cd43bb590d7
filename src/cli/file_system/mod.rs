//! Everything that is written goes through here: one trait for what is asked of the system, so that tests can let any of it fail,
//! and the two ways in which results appear, both whole or not at all.

pub(crate) mod claim;
pub(crate) mod disk;
#[cfg(test)]
pub(crate) mod faulty;
pub(crate) mod file_aside;
pub(crate) mod folder_aside;
pub(crate) mod leftovers;
pub(crate) mod operations;
pub(crate) mod unfinished;
