//! What another engine found, for a comparison that goes on from there.

use std::fs::File;
use std::io::{self, BufReader, Write};
use std::path::Path;

use arrow_ipc::reader::StreamReader;

use crate::analysis::settings::Settings;
use crate::analysis::stages::{Kept, Stages};
use crate::corpus::collection::Corpus;
use crate::corpus::locus::Locus;
use crate::error::{Error, Result};
use crate::id::ArticleId;
use crate::reuse::alignment::{Alignments, Form, Laid};
use crate::reuse::pair::{Rejected, by_words};
use crate::reuse::postings::{Suppressed, SuppressedAs, TooCommon, suppressed};
use crate::text::span::Span;

use super::align::ALIGNED;
use super::candidate::SEEDS;
use super::columns::{Columns, narrow};
use super::facts::{Facts, digest};
use super::schema::Table;
use super::stage::refused;

/// File of the facts in a folder of what was found.
pub const FACTS: &str = "facts";
/// File of the passages, an Arrow IPC stream.
pub const PASSAGES: &str = "aligned.arrows";
/// File of the n-grams that were left out, an Arrow IPC stream.
pub const COMMON: &str = "common.arrows";

const NAME: &str = "found";

/// Shared passages that were found elsewhere, as the stage that keeps them.
#[derive(Debug)]
pub struct Found(Vec<u8>);

impl Found {
    /// Reads a folder and holds it against the corpus and the settings: what was found in other articles is not used.
    ///
    /// # Errors
    /// When a file is not there, or is of another version, corpus or search.
    pub fn open(folder: &Path, corpus: &Corpus, settings: &Settings) -> Result<Self> {
        let cannot = |name: &str, e: &io::Error| {
            let message = format!("{} cannot be read: {e}", folder.join(name).display());
            refused(NAME, message, "give the folder `found` of a work folder of retold-spark, after its run")
        };
        let facts = Facts::read(&std::fs::read(folder.join(FACTS)).map_err(|e| cannot(FACTS, &e))?)?;
        if facts.order.earlier.is_some() {
            let message = "these are the passages of an update, whose articles are not numbered as compare does";
            return Err(refused(NAME, message, "search all articles in one run, or read the tables of the updates as they are"));
        }
        let texts = facts.texts(NAME)?;
        let other = |message: String| refused(NAME, message, "give the articles, and the flags of reading, that the search was run with");
        let digests = corpus.articles().iter().map(|article| {
            let published = article.published_at.map(|date| date.key());
            digest(&corpus.outlet(article.outlet).name, published.as_deref(), &article.sha256.0)
        });
        let sum = digests.fold(0u64, u64::wrapping_add);
        if (corpus.articles().len(), sum) != (texts.articles(), texts.digest) {
            let (here, there) = (corpus.articles().len(), texts.articles());
            return Err(other(format!("the passages were found in {there} other articles than the {here} that were read")));
        }
        let mut searched = texts.settings();
        searched.memory = settings.reuse.memory;
        if searched != settings.reuse || settings.long.is_some() {
            return Err(other("the passages were found with other settings of the search (--window, --preset)".into()));
        }
        let (mut passages, mut rejected) = (Vec::new(), Vec::new());
        each(&folder.join(PASSAGES), &ALIGNED, |columns, i| aligned(columns, i, &mut passages, &mut rejected), &cannot)?;
        passages.sort_by_key(|laid: &Laid| (laid.left.article, laid.right.article, laid.left.tokens, laid.right.tokens));
        // A part that was written twice says the same again.
        passages.dedup();
        rejected.sort_unstable();
        let mut common = Vec::new();
        each(&folder.join(COMMON), &SEEDS, |columns, i| common_gram(columns, i, &mut common), &cannot)?;
        common.sort_unstable();
        common.dedup();
        let mut left_out: Vec<Suppressed> = suppressed(common, &settings.reuse);
        left_out.extend(by_words(rejected, |id| texts.copies.text(id)));
        left_out.sort_unstable();
        let passages: Alignments = passages.into_iter().collect();
        let kept = postcard::to_stdvec(&(passages, left_out)).map_err(|e| refused(NAME, e.to_string(), "give more memory"))?;
        Ok(Self(kept))
    }
}

impl Stages for Found {
    fn load(&self, stage: Kept, read: &mut dyn FnMut(&[u8]) -> bool) -> bool {
        stage == Kept::Passages && read(&self.0)
    }

    fn keep(&self, _: Kept, _: &dyn Fn(&mut dyn Write) -> io::Result<()>) {}
}

/// Calls for every row of a stream.
fn each(
    path: &Path,
    table: &Table,
    mut row: impl FnMut(Columns<'_>, usize) -> Result<()>,
    cannot: &dyn Fn(&str, &io::Error) -> Error,
) -> Result<()> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let broken = |e: &dyn std::fmt::Display| cannot(&name, &io::Error::other(e.to_string()));
    let file = File::open(path).map_err(|e| cannot(&name, &e))?;
    let reader = StreamReader::try_new(BufReader::new(file), None).map_err(|e| broken(&e))?;
    table.check(NAME, &reader.schema())?;
    for found in reader {
        let found = found.map_err(|e| broken(&e))?;
        for i in 0..found.num_rows() {
            row(Columns { stage: NAME, batch: &found }, i)?;
        }
    }
    Ok(())
}

fn aligned(columns: Columns<'_>, i: usize, passages: &mut Vec<Laid>, rejected: &mut Vec<Rejected>) -> Result<()> {
    let at = |name: &'static str| columns.counts(name)?.at(i);
    let left = Locus { article: ArticleId::new(at("left")?), tokens: Span::new(at("left_from")?, at("left_to")?) };
    let other = ArticleId::new(at("right")?);
    let reason = columns.text("reason")?;
    let damaged = |what: &str| refused(NAME, format!("the column \"{what}\" is damaged"), "give it as the stage align gave it out");
    if reason.is_null(i) {
        let right = Locus { article: other, tokens: Span::new(at("right_from")?, at("right_to")?) };
        let significance = columns.float64("significance")?.value(i);
        let rarest = narrow(at("rarest")?);
        let edits = columns.bytes("edits")?;
        let laid = Laid::of_lengths((left, right), edits.bytes(i), significance, rarest, Form::Copied).ok_or_else(|| damaged("edits"))?;
        passages.push(laid);
        return Ok(());
    }
    let known = [SuppressedAs::BareName, SuppressedAs::CommonWords].into_iter().find(|known| known.as_str() == reason.text(i));
    let words = columns.bytes("words")?.bytes(i).try_into().map_err(|_| damaged("words"))?;
    rejected.push(Rejected { locus: left, other, reason: known.ok_or_else(|| damaged("reason"))?, words: u128::from_le_bytes(words) });
    Ok(())
}

fn common_gram(columns: Columns<'_>, i: usize, common: &mut Vec<TooCommon>) -> Result<()> {
    if !columns.counts("right")?.is_null(i) {
        return Ok(());
    }
    let at = |name: &'static str| columns.counts(name)?.at(i);
    let (texts, places) = (narrow(at("texts")?), narrow(at("places")?));
    common.push(TooCommon { article: ArticleId::new(at("left")?), token: narrow(at("token")?), texts, places });
    Ok(())
}
