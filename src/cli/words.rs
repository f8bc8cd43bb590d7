//! What `compare` makes of the words of outlets: whether they are compared, with whom, and what is said of it.

use std::fmt::Write;

use retold::analysis::findings::Findings;
use retold::analysis::settings::KEYNESS_ARTICLES;
use retold::corpus::collection::Corpus;
use retold::error::{ErrorKind, Result};
use retold::id::OutletId;
use retold::measure::contrast::ContrastSettings;
use retold::measure::keyness::{Basis, KeynessSettings};
use retold::measure::preference::ENOUGH_CHANCES;
use retold::text::count::{grouped, plural};

use super::args::{Compare, Paraphrases};

/// Settings as asked for: a reference asks for the comparison, whatever the size of the corpus.
pub(super) fn settings(args: &Compare, corpus: &Corpus) -> Result<Option<KeynessSettings>> {
    let reference = args.reference.as_deref().map(|name| outlet(corpus.shown_name(name), corpus)).transpose()?;
    let wanted = match args.keyness {
        Paraphrases::Auto => reference.is_some() || corpus.articles().len() <= KEYNESS_ARTICLES,
        Paraphrases::On => true,
        Paraphrases::Off => false,
    };
    Ok(wanted.then(|| KeynessSettings { reference, ..KeynessSettings::default() }))
}

fn outlet(name: &str, corpus: &Corpus) -> Result<OutletId> {
    let same = |known: &str| known == name || known.to_lowercase() == name.to_lowercase();
    let found = corpus.outlets().iter().position(|outlet| same(&outlet.name)).map(OutletId::new);
    found.ok_or_else(|| {
        let known: Vec<&str> = corpus.outlets().iter().take(10).map(|outlet| outlet.name.as_str()).collect();
        let more = if corpus.outlets().len() > known.len() { ", and others" } else { "" };
        ErrorKind::Usage {
            message: format!("--reference: no outlet is named \"{name}\""),
            mend: format!("the outlets are {}{more}", known.join(", ")),
        }
        .into()
    })
}

/// Lines of the summary: choices in slots and uneven words, or why nothing is said of them.
pub(super) fn summary(findings: &Findings<'_>, out: &mut String) -> std::fmt::Result {
    let preferences = &findings.preferences;
    let enough = preferences.iter().filter(|p| p.chances >= ENOUGH_CHANCES).count();
    if !preferences.is_empty() && enough == 0 {
        writeln!(out, " Too little data to compare choices of wording (fewer than {ENOUGH_CHANCES} chances each; tables/preference.csv).")?;
    }
    let Some(keyness) = &findings.keyness else {
        let articles = findings.corpus.articles().len();
        let why = if articles > KEYNESS_ARTICLES {
            format!("not compared in more than {} articles (--keyness on)", grouped(KEYNESS_ARTICLES as u64))
        } else {
            "not compared (--keyness off)".to_owned()
        };
        return writeln!(out, " Words         {why}");
    };
    if let Some(chosen) = findings.settings.keyness.as_ref().filter(|_| keyness.too_few > 0) {
        writeln!(
            out,
            " Too little data to compare words for {} of {} (fewer than {} articles each).",
            keyness.too_few,
            plural(findings.corpus.outlets().len(), "outlet"),
            chosen.outlets.articles
        )?;
    }
    if keyness.contrasts.is_empty() {
        return Ok(());
    }
    let discovery = ContrastSettings::default().discovery;
    let words = keyness.contrasts.iter().flat_map(|c| &c.keywords);
    let leaning = words.filter(|k| k.leans_to_first(discovery).is_some()).count();
    let held = keyness.contrasts.iter().filter(|c| c.opponents.basis == Basis::SameStories).count();
    let pairs = keyness.contrasts.len();
    writeln!(
        out,
        " Words         {} with q below {discovery} in {} ({held} inside the same stories, {} over all articles: topics differ there too)",
        plural(leaning, "word"),
        if pairs == 1 { "1 comparison".to_owned() } else { format!("{} comparisons", grouped(pairs as u64)) },
        pairs - held
    )
}
