//! What is typed: arguments become a job, the job is run, its outcome becomes an exit code. Sees the public library only.

pub(crate) mod align;
pub(crate) mod args;
pub(crate) mod check;
pub(crate) mod compare;
pub(crate) mod config;
pub(crate) mod demo;
mod dump;
pub(crate) mod emit;
pub(crate) mod explain;
#[cfg(test)]
mod faults;
pub(crate) mod file_system;
pub(crate) mod folder;
pub(crate) mod init;
pub(crate) mod input;
pub(crate) mod kwic;
pub(crate) mod lexicon;
pub(crate) mod listing;
pub(crate) mod manifest;
pub(crate) mod manual;
pub(crate) mod memory;
mod message;
pub(crate) mod outputs;
pub(crate) mod parquet;
pub(crate) mod pictures;
mod progress;
pub(crate) mod reading;
pub(crate) mod shells;
pub(crate) mod signals;
pub(crate) mod stage;
pub(crate) mod summary;
pub(crate) mod terminal;
pub(crate) mod threads;
pub(crate) mod told;
mod words;
mod work;
pub(crate) mod worksheet;
