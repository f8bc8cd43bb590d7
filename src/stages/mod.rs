//! The steps of a comparison as filters over Arrow tables, for an engine that spreads them over many machines.
//!
//! Each is a thin adapter over the functions that `analysis` calls: rows come in, rows go out, and nothing is kept between two
//! calls. What a step must know of the whole corpus comes as [`facts::Facts`]. `docs/stages.md` has the columns of all.

mod admit;
mod align;
mod candidate;
mod cluster;
pub mod columns;
mod copies;
mod document;
pub mod facts;
pub mod found;
mod frequencies;
mod measure;
mod order;
mod reader;
mod scatter;
pub mod schema;
mod sketch;
pub mod stage;

use stage::Stage;

/// All steps, in the order of a run.
pub const STAGES: &[Stage] = &[
    admit::STAGE,
    order::STAGE,
    sketch::STAGE,
    copies::STAGE,
    document::STAGE,
    measure::STAGE,
    scatter::STAGE,
    candidate::STAGE,
    frequencies::STAGE,
    cluster::STAGE,
    align::STAGE,
];
