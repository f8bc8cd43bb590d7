//! N-grams → seeds of pairs of articles.

use std::sync::Arc;

use arrow_array::builder::{BinaryBuilder, Int32Builder};
use arrow_array::{ArrayRef, RecordBatch};

use crate::error::Result;
use crate::id::ArticleId;
use crate::reuse::copies::Copies;
use crate::reuse::nearness::Nearness;
use crate::reuse::postings::{Pairing, Posting, Seed, TooCommon, join};
use crate::reuse::runs::Runs;

use super::columns::{Columns, batch, fit, pack, unpack};
use super::scatter::PACKETS;
use super::schema::{Kind, Table, column};
use super::stage::{Given, Out, Stage, lost, refused};

const NAME: &str = "candidate";

/// Seeds of pairs.
pub(super) const SEEDS: Table = Table {
    name: "seeds",
    about: "N-grams that two articles share, a pair in one row or in several; a row without `right` is an n-gram that was left out as too common.",
    columns: &[
        column("left", Kind::Int32, "The first article in corpus order."),
        column("right", Kind::Int32, "The other; null for an n-gram that was left out."),
        column(
            "seeds",
            Kind::Binary,
            "N-grams that both hold, 12 bytes each, numbers with the low byte first: first word on the left (4), on the right (4), how many texts hold it (4). Null for one that was left out.",
        ),
        column("token", Kind::Int32, "First word of a left-out one in the article `left`; else null."),
        column("texts", Kind::Int32, "How many texts hold a left-out one; else null."),
        column("places", Kind::Int32, "At how many places it stands; else null."),
    ],
};

pub(super) const STAGE: Stage = Stage {
    name: NAME,
    about: "packets of n-grams, all of one bucket → seeds of pairs of articles; in an update, of pairs with one of its own",
    input: &PACKETS,
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
        let packets = Columns { stage: NAME, batch: &found }.bytes("postings")?;
        for i in 0..found.num_rows() {
            for posting in unpack::<Posting>(NAME, "postings", packets.bytes(i))? {
                let at = posting.article.index();
                if at >= articles {
                    let message = format!("an n-gram is of article {at}, and there are {articles}");
                    return Err(refused(NAME, message, "give n-grams and facts of one run"));
                }
                postings.push(posting);
            }
        }
    }
    let mut postings = postings.sorted().map_err(|e| lost(NAME, &e))?;
    let (mut gram, mut next) = (Vec::new(), None);
    let mut rows = Rows::default();
    loop {
        postings.group(&mut gram, &mut next, |a, b| a.hash == b.hash).map_err(|e| lost(NAME, &e))?;
        let Some(last) = gram.last() else { return out.batch(rows.take()?) };
        if last.article.index() < first {
            continue;
        }
        // A part that was read twice says the same again.
        gram.dedup();
        let common = join(&gram, &pairs, &settings, &mut |seed| {
            if seed.right.index() >= first {
                rows.seeds.push(seed);
            }
        });
        rows.common.extend(common);
        if rows.seeds.len() + rows.common.len() >= SEEDS_HELD {
            out.batch(rows.take()?)?;
        }
    }
}

/// Seeds that are held until those of one pair go out together: some 20 MB.
const SEEDS_HELD: usize = 1 << 20;

#[derive(Default)]
struct Rows {
    seeds: Vec<Seed>,
    common: Vec<TooCommon>,
}

impl Rows {
    fn take(&mut self) -> Result<RecordBatch> {
        let (mut sides, mut of_common): ([Int32Builder; 2], [Int32Builder; 3]) = Default::default();
        let (mut shared, mut cell) = (BinaryBuilder::new(), Vec::new());
        self.seeds.sort_unstable();
        for pair in self.seeds.chunk_by(|a, b| (a.left, a.right) == (b.left, b.right)) {
            cell.clear();
            pair.iter().for_each(|seed| pack(&[seed.left_token, seed.right_token, seed.texts], &mut cell));
            sides.iter_mut().zip([pair[0].left, pair[0].right]).for_each(|(side, id)| side.append_value(fit(id.index())));
            shared.append_value(&cell);
            of_common.iter_mut().for_each(Int32Builder::append_null);
        }
        for common in self.common.drain(..) {
            let [left, right] = &mut sides;
            left.append_value(fit(common.article.index()));
            right.append_null();
            shared.append_null();
            let cells = [common.token, common.texts, common.places];
            of_common.iter_mut().zip(cells).for_each(|(column, value)| column.append_value(fit(value as usize)));
        }
        self.seeds.clear();
        let mut columns: Vec<ArrayRef> = sides.iter_mut().map(|column| Arc::new(column.finish()) as ArrayRef).collect();
        columns.push(Arc::new(shared.finish()));
        columns.extend(of_common.iter_mut().map(|column| Arc::new(column.finish()) as ArrayRef));
        batch(NAME, &SEEDS, columns)
    }
}
