//! Comparisons between outlets: counts that add and merge, then estimates with intervals and the n behind them.

pub mod rates;
