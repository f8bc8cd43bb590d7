//! Comparisons between outlets: counts that add and merge, then estimates with intervals and the n behind them.

pub mod contrast;
pub mod keyness;
pub mod overlap;
pub mod own_words;
pub mod preference;
pub mod rates;
pub mod sensitivity;
pub mod sharing;
