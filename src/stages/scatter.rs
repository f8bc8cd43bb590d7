//! N-grams of articles → packets of n-grams, by their hashes.

use std::sync::Arc;

use arrow_array::builder::{BinaryBuilder, Int32Builder};
use arrow_array::{ArrayRef, RecordBatch};

use crate::error::Result;
use crate::reuse::postings::Posting;
use crate::reuse::runs::Packed;

use super::columns::{BYTES, Columns, batch, fit, pack, unpack};
use super::schema::{Kind, Table, column};
use super::stage::{Given, Out, Stage, refused};

const NAME: &str = "scatter";

const POSTINGS: Table = Table {
    name: "postings",
    about: "The n-grams of an article: of documents.",
    columns: &[column("article", Kind::Int32, "Its place in the corpus."), column("postings", Kind::Binary, "As in documents.")],
};

/// N-grams of many articles, packed.
pub(super) const PACKETS: Table = Table {
    name: "packets",
    about: "N-grams of many articles, of hashes that go together: a row for each would cost an engine more than it costs to look at it.",
    columns: &[
        column("bucket", Kind::Int32, "Which hashes: those with this remainder after division by --buckets."),
        column("postings", Kind::Binary, "N-grams as in documents, in any order."),
    ],
};

pub(super) const STAGE: Stage = Stage {
    name: NAME,
    about: "n-grams of documents → packets of n-grams, by their hashes in --buckets; in an update, of articles that the window lets pair with its own",
    input: &POSTINGS,
    output: &PACKETS,
    run,
};

/// With more, each would hold next to nothing, and their places alone would take the memory; fewer than were asked for find the same.
const MOST_BUCKETS: usize = 1 << 20;

fn run(given: &Given<'_>, batches: &mut dyn Iterator<Item = Result<RecordBatch>>, out: &mut Out<'_>) -> Result<()> {
    let facts = given.facts(NAME)?;
    let texts = facts.texts(NAME)?;
    let near = texts.nearness(&facts.order).reach(texts.first(&facts.order));
    let buckets = given.buckets.clamp(1, MOST_BUCKETS);
    let mut packets = Packets { held: vec![Vec::new(); buckets], bytes: 0 };
    for found in batches {
        let found = found?;
        let columns = Columns { stage: NAME, batch: &found };
        let (article, postings) = (columns.counts("article")?, columns.bytes("postings")?);
        for i in 0..found.num_rows() {
            let at = article.at(i)?;
            let Some(&near) = near.get(at) else {
                let message = format!("an n-gram is of article {at}, and there are {}", near.len());
                return Err(refused(NAME, message, "give documents and facts of one run"));
            };
            if near {
                for posting in unpack::<Posting>(NAME, "postings", postings.bytes(i))? {
                    packets.add(posting);
                }
            }
            if packets.bytes >= BYTES {
                out.batch(packets.take()?)?;
            }
        }
    }
    out.batch(packets.take()?)
}

struct Packets {
    held: Vec<Vec<u8>>,
    bytes: usize,
}

impl Packets {
    fn add(&mut self, posting: Posting) {
        let bucket = usize::try_from(posting.hash % self.held.len() as u64).unwrap_or(0);
        pack(&posting, &mut self.held[bucket]);
        self.bytes += Posting::BYTES;
    }

    fn take(&mut self) -> Result<RecordBatch> {
        let (mut bucket, mut postings) = (Int32Builder::new(), BinaryBuilder::new());
        for (at, packet) in self.held.iter_mut().enumerate().filter(|(_, packet)| !packet.is_empty()) {
            bucket.append_value(fit(at));
            postings.append_value(&packet);
            packet.clear();
        }
        self.bytes = 0;
        batch(NAME, &PACKETS, vec![Arc::new(bucket.finish()) as ArrayRef, Arc::new(postings.finish())])
    }
}
