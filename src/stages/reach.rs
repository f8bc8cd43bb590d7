//! Articles of earlier runs → those whose n-grams an update has to look at.

use std::sync::Arc;

use arrow_array::{ArrayRef, Int32Array, RecordBatch};

use crate::error::Result;

use super::columns::{Columns, batch, fit};
use super::schema::{Kind, Table, column};
use super::stage::{Given, Out, Stage, refused};

const NAME: &str = "reach";

const ARTICLES: Table =
    Table { name: "reach", about: "An article.", columns: &[column("article", Kind::Int32, "Its place in the corpus.")] };

pub(super) const STAGE: Stage = Stage {
    name: NAME,
    about: "articles of runs before an update → those that the window lets pair with one of the update",
    input: &ARTICLES,
    output: &ARTICLES,
    run,
};

fn run(given: &Given<'_>, batches: &mut dyn Iterator<Item = Result<RecordBatch>>, out: &mut Out<'_>) -> Result<()> {
    let facts = given.facts(NAME)?;
    let texts = facts.texts(NAME)?;
    let near = texts.nearness(&facts.order).reach(texts.first(&facts.order));
    for found in batches {
        let found = found?;
        let article = Columns { stage: NAME, batch: &found }.counts("article")?;
        let places = (0..found.num_rows()).map(|i| article.at(i)).collect::<Result<Vec<_>>>()?;
        if let Some(unknown) = places.iter().find(|&&at| at >= near.len()) {
            let message = format!("the facts know no article {unknown}");
            return Err(refused(NAME, message, "give articles and facts of one run"));
        }
        let kept: ArrayRef = Arc::new(Int32Array::from_iter_values(places.into_iter().filter(|&at| near[at]).map(fit)));
        out.batch(batch(NAME, &ARTICLES, vec![kept])?)?;
    }
    Ok(())
}
