//! N-grams → seeds of pairs of articles.

use std::sync::Arc;

use arrow_array::builder::Int32Builder;
use arrow_array::{ArrayRef, RecordBatch};

use crate::error::Result;
use crate::id::ArticleId;
use crate::reuse::copies::Copies;
use crate::reuse::nearness::Nearness;
use crate::reuse::postings::{Pairing, Posting, join};
use crate::reuse::runs::Runs;

use super::columns::{Columns, ROWS, batch, fit, narrow};
use super::schema::{Kind, Table, column};
use super::stage::{Given, Out, Stage, lost, refused};

const NAME: &str = "candidate";

const POSTINGS: Table = Table {
    name: "postings",
    about: "An n-gram at one place. All of one hash in one stream, in any order.",
    columns: &[
        column("hash", Kind::Int64, "Hash of its words."),
        column("article", Kind::Int32, "The article, by its place in the corpus."),
        column("token", Kind::Int32, "Its first word there."),
    ],
};

/// Seeds of pairs.
pub(super) const SEEDS: Table = Table {
    name: "seeds",
    about: "An n-gram that two articles share; a row without `right` is one that was left out as too common.",
    columns: &[
        column("left", Kind::Int32, "The first article in corpus order."),
        column("right", Kind::Int32, "The other; null for an n-gram that was left out."),
        column("left_token", Kind::Int32, "Its first word on the left."),
        column("right_token", Kind::Int32, "Its first word on the right."),
        column("texts", Kind::Int32, "How many texts hold it."),
        column("places", Kind::Int32, "At how many places a left-out one stands; else null."),
    ],
};

pub(super) const STAGE: Stage = Stage {
    name: NAME,
    about: "n-grams of a range of hashes → seeds of pairs of articles; in an update, of pairs with one of its own",
    input: &POSTINGS,
    output: &SEEDS,
    run,
};

/// Memory for sorting in one task; what goes beyond is sorted in temporary files.
const MEMORY: usize = 256 << 20;

struct Pairs<'f> {
    copies: &'f Copies,
    near: Nearness,
}

impl Pairing for Pairs<'_> {
    fn text(&self, article: ArticleId) -> ArticleId {
        self.copies.text(article)
    }

    fn may_pair(&self, left: ArticleId, right: ArticleId) -> bool {
        self.near.may_pair(left, right)
    }
}

fn run(given: &Given<'_>, batches: &mut dyn Iterator<Item = Result<RecordBatch>>, out: &mut Out<'_>) -> Result<()> {
    let facts = given.facts(NAME)?;
    let texts = facts.texts(NAME)?;
    let (settings, articles) = (texts.settings(), texts.articles());
    let pairs = Pairs { copies: &texts.copies, near: texts.nearness(&facts.order) };
    // What earlier runs share among themselves, they found.
    let first = texts.first(&facts.order);
    let mut postings = Runs::new(MEMORY);
    for found in batches {
        let found = found?;
        let columns = Columns { stage: NAME, batch: &found };
        let (hash, article, token) = (columns.int64("hash")?, columns.counts("article")?, columns.counts("token")?);
        for i in 0..found.num_rows() {
            let at = article.at(i)?;
            if at >= articles {
                let message = format!("a posting is of article {at}, and there are {articles}");
                return Err(refused(NAME, message, "give postings and facts of one run"));
            }
            postings.push(Posting { hash: hash.value(i).cast_unsigned(), article: ArticleId::new(at), token: narrow(token.at(i)?) });
        }
    }
    let mut postings = postings.sorted().map_err(|e| lost(NAME, &e))?;
    let (mut gram, mut next) = (Vec::new(), None);
    let mut rows = Rows::default();
    loop {
        postings.group(&mut gram, &mut next, |a, b| a.hash == b.hash).map_err(|e| lost(NAME, &e))?;
        if gram.is_empty() {
            return out.batch(rows.finish()?);
        }
        // A part that was read twice says the same again.
        gram.dedup();
        let common = join(&gram, &pairs, &settings, &mut |seed| {
            if seed.right.index() < first {
                return;
            }
            rows.add([
                Some(seed.left.index()),
                Some(seed.right.index()),
                Some(seed.left_token as usize),
                Some(seed.right_token as usize),
                Some(seed.texts as usize),
                None,
            ]);
        });
        if let Some(common) = common {
            let (texts, places) = (Some(common.texts as usize), Some(common.places as usize));
            rows.add([Some(common.article.index()), None, Some(common.token as usize), None, texts, places]);
        }
        if rows.count >= ROWS {
            out.batch(std::mem::take(&mut rows).finish()?)?;
        }
    }
}

#[derive(Default)]
struct Rows {
    count: usize,
    columns: [Int32Builder; 6],
}

impl Rows {
    fn add(&mut self, row: [Option<usize>; 6]) {
        self.count += 1;
        for (column, value) in self.columns.iter_mut().zip(row) {
            column.append_option(value.map(fit));
        }
    }

    fn finish(mut self) -> Result<RecordBatch> {
        batch(NAME, &SEEDS, self.columns.iter_mut().map(|column| Arc::new(column.finish()) as ArrayRef).collect())
    }
}
