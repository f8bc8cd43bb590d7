//! Numbers in, numbers out; knows nothing of news. Each formula with its source and a worked example.

pub mod bootstrap;
pub mod interval;
pub mod poisson;
