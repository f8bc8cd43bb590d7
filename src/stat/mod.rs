//! Numbers in, numbers out; knows nothing of news. Each formula with its source and a worked example.

pub mod agreement;
pub mod bootstrap;
pub mod contingency;
pub mod deals;
pub mod draws;
pub mod interval;
pub mod linkage;
pub mod log_odds;
pub mod multiple;
pub mod permutation;
pub mod poisson;
pub mod wilson;
