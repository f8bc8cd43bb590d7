//! One quotation in several articles: what links its printings, and the groups they form.

use crate::corpus::collection::Corpus;
use crate::id::ArticleId;
use crate::provenance::quote_group::{QuoteGroup, Sources, Voiced, quote_groups};
use crate::provenance::quote_link::{Evidence, Places, in_passages, in_retellings, link};
use crate::reuse::alignment::Alignments;
use crate::reuse::copies::Copies;
use crate::reuse::stem::WordClasses;

use super::findings::{ArticleFindings, Paraphrase, QuoteMatch};
use super::settings::Settings;

/// Least confidence of two sentences that one tells what the other quotes.
const RETOLD: f64 = 0.5;

pub(super) fn one_quotation(
    corpus: &Corpus,
    articles: &[ArticleFindings],
    (alignments, copies): (&Alignments, &Copies),
    (paraphrases, matches): (&[Paraphrase], &[QuoteMatch]),
    classes: &WordClasses,
    settings: &Settings,
) -> Vec<QuoteGroup> {
    let voiced = |id: ArticleId| {
        let article = &articles[id.index()];
        Voiced { utterances: &article.utterances, mask: &article.mask }
    };
    let places = Places::new(corpus, |id| voiced(id).utterances);
    let mut links = in_passages(corpus, &places, alignments, copies);
    links.extend(matches.iter().filter_map(|m| {
        let ends = (places.quotation(m.left.0, m.left.1)?, places.quotation(m.right.0, m.right.1)?);
        Some(link(ends.0, ends.1, Evidence::Alike(m.variant, m.similarity)))
    }));
    let retold = paraphrases.iter().filter(|p| p.confidence >= RETOLD).map(|p| (p.left, p.right));
    links.extend(in_retellings(&places, retold));
    let sources = Sources { corpus, voiced, places: &places, classes, settings: &settings.reuse };
    quote_groups(links, &sources)
}
