//! What a person reads on the terminal when a run is done.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::{Path, PathBuf};

use retold::analysis::findings::{ArticleFindings, Findings};
use retold::analysis::quarantine::FailedPair;
use retold::analysis::settings::PARAPHRASED_ARTICLES;
use retold::corpus::article::Article;
use retold::corpus::collection::Corpus;
use retold::corpus::furniture::Furniture;
use retold::corpus::record::{Extent, OutletBasis};
use retold::error::{ErrorKind, Result};
use retold::framing::substitution::DifferenceKind;
use retold::id::ArticleId;
use retold::interchange::report_json::UNASKED_ARTICLES;
use retold::provenance::credit::CreditKind;
use retold::provenance::origin::Origin;
use retold::provenance::quote_group::QuoteGroup;
use retold::provenance::speakers::Speakers;
use retold::read::files::ReadReport;
use retold::read::notice::Notice;
use retold::reuse::postings::SuppressedAs;
use retold::text::count::{grouped, plural};
use retold::voice::mask::Voice;

use super::terminal::{clean_line, err, shown};
use super::told::{self, Kept};
use super::words;

/// Everything odd about the articles.
pub(crate) fn oddities(findings: &Findings<'_>, report: &ReadReport) -> Vec<Notice> {
    let corpus = findings.corpus;
    let mut notices: Vec<Notice> = report.notices.clone();
    notices.extend(unclosed(corpus, &findings.articles));
    notices.extend(failed_pairs(findings));
    notices.extend(foreign(corpus));
    if corpus.articles().iter().all(|a| a.published_at.is_none()) {
        let mend = "add published_at to articles.csv".into();
        notices.push(Notice { code: "W021", message: "no dates, so nothing is said of who published first".into(), mend });
    }
    notices.sort();
    notices.dedup();
    notices
}

/// Whether there is something to compare. Where there is not, what was skipped and what was odd may be why, and is told.
pub(crate) fn comparable(corpus: &Corpus, report: &ReadReport, given: &[PathBuf]) -> Result<()> {
    if corpus.outlets().len() < 2 {
        told::lines(corpus.skipped(), &report.notices, Kept::default()).iter().for_each(|line| err(line));
    }
    if corpus.articles().is_empty() {
        let given = given.iter().map(|p| p.display().to_string()).collect::<Vec<_>>().join(", ");
        return Err(ErrorKind::NoArticles { given, skipped: corpus.skipped().len() }.into());
    }
    match corpus.outlets() {
        [only] => Err(ErrorKind::OneOutlet { outlet: only.name.clone(), articles: corpus.articles().len() }.into()),
        _ => Ok(()),
    }
}

/// Quotations that no mark ends: the first of each article, with how many follow.
pub(crate) fn unclosed(corpus: &Corpus, articles: &[ArticleFindings]) -> Vec<Notice> {
    let of = |(id, found): (ArticleId, &ArticleFindings)| {
        let mut open = found.quotations.iter().filter(|q| !q.closed);
        let (line, column) = found.points.position(&corpus.whole_text(id), open.next()?.span.start());
        let article = corpus.article(id);
        let place = if article.is_file { format!("{line}:{column}") } else { article.line.to_string() };
        let more = match open.count() {
            0 => String::new(),
            more => format!(" (and {} more of this article)", grouped(more as u64)),
        };
        Some(Notice {
            code: "W008",
            message: format!(
                "{}:{place}: a quotation mark is never closed; the quotation was ended with its paragraph{more}",
                article.path
            ),
            mend: "close it in the text if it was lost in copying".into(),
        })
    };
    corpus.ids().zip(articles).filter_map(of).collect()
}

/// Articles that could not be compared.
pub(crate) fn failed_pairs(findings: &Findings<'_>) -> Vec<Notice> {
    let place = |id: ArticleId| {
        let article = findings.corpus.article(id);
        format!("{}:{}", article.path, article.line)
    };
    let notice = |pair: &FailedPair| Notice {
        code: "W076",
        message: format!("{}: could not be compared with {}: {}", place(pair.left), place(pair.right), pair.fault),
        mend: "please report this line; everything else was compared".into(),
    };
    findings.failed.iter().map(notice).collect()
}

/// Articles in which English lists are not searched for.
pub(crate) fn foreign(corpus: &Corpus) -> Option<Notice> {
    let mut languages: BTreeMap<&str, usize> = BTreeMap::new();
    corpus.articles().iter().filter(|a| !a.is_english()).for_each(|a| *languages.entry(&a.language).or_default() += 1);
    let articles: usize = languages.values().sum();
    (articles > 0).then(|| Notice {
        code: "W009",
        message: format!("{} not in English ({}): compared, and left out of listed wording", counted(articles), tallied(&languages)),
        mend: "if that is wrong, name the language in articles.csv (column language)".into(),
    })
}

fn counted(articles: usize) -> String {
    if articles == 1 { "1 article is".to_owned() } else { format!("{} articles are", grouped(articles as u64)) }
}

/// `field 100, url 20`: the largest first.
fn tallied(counts: &BTreeMap<&str, usize>) -> String {
    let mut all: Vec<(&str, usize)> = counts.iter().map(|(&name, &count)| (name, count)).collect();
    all.sort_by_key(|&(name, count)| (std::cmp::Reverse(count), name));
    all.iter().map(|(name, count)| format!("{name} {}", grouped(*count as u64))).collect::<Vec<_>>().join(", ")
}

fn tally<'c>(corpus: &'c Corpus, of: impl Fn(&'c Article) -> &'c str) -> BTreeMap<&'c str, usize> {
    let mut counts = BTreeMap::new();
    for name in corpus.articles().iter().map(of).filter(|name| !name.is_empty()) {
        *counts.entry(name).or_default() += 1;
    }
    counts
}

/// Confidence from which most retold passages are right.
pub(crate) const SURE: f64 = 0.8;

/// Where everything that was read is now.
pub(crate) fn account(corpus: &Corpus, report: &ReadReport) -> String {
    let rows = corpus.skipped().iter().filter(|skipped| skipped.of_sheet).count();
    let of_sheets = if rows > 0 { format!(", and {} of sheets", plural(rows, "row")) } else { String::new() };
    format!(
        "Read {} in {} = {} analysed + {} skipped{of_sheets}.",
        plural(report.records, "record"),
        plural(report.files, "file"),
        grouped(corpus.articles().len() as u64),
        grouped((corpus.skipped().len() - rows) as u64)
    )
}

/// The summary of a run.
pub(crate) fn summary(findings: &Findings<'_>, report: &ReadReport, folder: &Path, written: &[(String, String)]) -> String {
    let mut out = String::new();
    // Writing to a string does not fail.
    let _infallible = write(&mut out, findings, report, folder, written);
    out
}

/// Credits and earliest articles of what outlets share.
fn provenance(out: &mut String, findings: &Findings<'_>, across: usize) -> std::fmt::Result {
    let stated: usize = findings.articles.iter().map(|a| a.credits.len()).sum();
    write!(out, " Credits       {} (tables/credits.csv)", plural(stated, "stated source"))?;
    if across == 0 {
        return writeln!(out);
    }
    let origins: Vec<_> = findings.across().filter_map(|i| findings.origins.get(i)).collect();
    let agency = |o: &&&Origin| o.source.as_ref().is_some_and(|source| source.kind == CreditKind::Agency);
    let uncredited = origins.iter().filter(|o| o.credits.is_empty()).count();
    let earliest = origins.iter().filter(|o| o.earliest.is_some()).count();
    writeln!(
        out,
        "; of the shared passages {} carry the credit of an agency, {} have no credit line in their texts",
        grouped(origins.iter().filter(agency).count() as u64),
        grouped(uncredited as u64)
    )?;
    writeln!(
        out,
        " Earliest      known for {} of {} by date or stated credit (earliest_basis in tables/passages.csv)",
        grouped(earliest as u64),
        plural(across, "shared passage")
    )
}

fn write(out: &mut String, findings: &Findings<'_>, report: &ReadReport, folder: &Path, written: &[(String, String)]) -> std::fmt::Result {
    let corpus = findings.corpus;
    let words = |voice: Voice| findings.articles.iter().map(|a| a.words[voice as usize]).sum::<u64>();
    let total: u64 = Voice::ALL.into_iter().map(words).sum();
    writeln!(
        out,
        " {} of {}, {} words ({} quoted).",
        plural(corpus.articles().len(), "article"),
        plural(corpus.outlets().len(), "outlet"),
        grouped(total),
        grouped(words(Voice::Direct))
    )?;
    let own = corpus.articles().iter().filter(|a| a.outlet_basis == OutletBasis::File).count();
    if own > 0 {
        writeln!(
            out,
            " {} that nothing names: each such file counts as its own outlet (name them in articles.csv; retold init writes one).",
            plural(own, "outlet")
        )?;
    }
    let folded = corpus.articles().iter().filter(|a| !a.outlet_given.is_empty()).count();
    writeln!(
        out,
        " Outlets named by: {}.{}",
        tallied(&tally(corpus, |a| a.outlet_basis.as_str())),
        if folded > 0 { format!(" Other spellings folded in {}.", plural(folded, "article")) } else { String::new() }
    )?;
    let dated = corpus.articles().iter().filter(|a| a.published_at.is_some()).count();
    let bases = tallied(&tally(corpus, |a| a.date_basis.as_str()));
    let bases = if dated > 0 { format!(" ({bases})") } else { String::new() };
    writeln!(out, " Dates: {dated} of {} known{bases}.", corpus.articles().len())?;
    let parts = |extent: Extent| corpus.articles().iter().filter(|a| a.extent == extent).count();
    let (titles, excerpts) = (parts(Extent::Title), parts(Extent::Excerpt));
    if titles + excerpts > 0 {
        writeln!(out, " Parts only: {}, {} (extent in tables/articles.csv).", plural(titles, "headline"), plural(excerpts, "excerpt"))?;
    }
    let marked = corpus.articles().iter().filter(|a| !a.duplicate_mark.is_empty()).count();
    if marked > 0 {
        writeln!(out, " Marked as repeats by their source: {} (duplicate_mark in tables/articles.csv).", plural(marked, "article"))?;
    }
    let several = findings.stories.all().iter().filter(|s| s.articles.len() > 1).count();
    let alone = findings.stories.all().len() - several;
    let alone = if alone == 1 { "1 article stands alone".to_owned() } else { format!("{} articles stand alone", grouped(alone as u64)) };
    writeln!(out, " Stories       {} of two articles or more, {alone}", grouped(several as u64))?;
    let across = findings.clusters.iter().filter(|c| c.outlets() > 1).count();
    let within = findings.clusters.len() - across;
    let pairs = findings.alignments.len();
    let in_pairs = if pairs > 0 { format!(", in {}", plural(pairs, "aligned pair")) } else { String::new() };
    write!(out, " Shared text   {} in two outlets or more{in_pairs}", plural(across, "passage"))?;
    writeln!(out, "{}", if within > 0 { format!("; {within} inside one outlet only") } else { String::new() })?;
    provenance(out, findings, across)?;
    let copies = findings.copies.exact_copies();
    if copies > 0 {
        writeln!(
            out,
            " Copies        {} the same text as an earlier one (copy_of in tables/articles.csv)",
            if copies == 1 { "1 article prints".to_owned() } else { format!("{} articles print", grouped(copies as u64)) }
        )?;
    }
    if let Some(days) = findings.settings.reuse.window_days {
        writeln!(out, " Window        articles at most {days} days apart are set side by side (--window)")?;
    }
    match &findings.settings.paraphrase {
        Some(_) => {
            let sure = findings.paraphrases.iter().filter(|r| r.confidence >= SURE).count();
            writeln!(
                out,
                " Other words   {} that tell the same (tables/paraphrases.csv, counted apart), {sure} of confidence {SURE:.1} or more; {}",
                plural(findings.paraphrases.len(), "sentence pair"),
                plural(findings.quote_matches.len(), "quotation pair")
            )?;
        }
        None if findings.settings.long.is_some() => writeln!(out, " Other words   part of the passages (--preset long)")?,
        None if corpus.articles().len() > PARAPHRASED_ARTICLES => {
            writeln!(
                out,
                " Other words   not looked for in more than {} articles (--paraphrase on)",
                grouped(PARAPHRASED_ARTICLES as u64)
            )?;
        }
        None => writeln!(out, " Other words   not looked for (--paraphrase off)")?,
    }
    let groups = &findings.quote_groups;
    if !groups.is_empty() {
        let outlets = |g: &&QuoteGroup| g.printings.iter().map(|p| corpus.article(p.node.0).outlet).collect::<BTreeSet<_>>().len() > 1;
        let (across, several) =
            (groups.iter().filter(outlets).count(), groups.iter().filter(|g| g.speakers == Speakers::SeveralNames).count());
        let within = groups.len() - across;
        let inside = if within > 0 { format!("; {within} inside one outlet only") } else { String::new() };
        writeln!(
            out,
            " Quotations    {across} in two outlets or more{inside}; {several} with different speakers named (tables/quote_groups.csv)"
        )?;
    }
    if !findings.labels.is_empty() {
        let labels = plural(findings.labels.len(), "label");
        writeln!(out, " Labels        {labels} beside {} (tables/labels.csv)", plural(findings.entities.len(), "name"))?;
    }
    let framing: Vec<_> = findings.substitutions.iter().filter(|s| s.kind == DifferenceKind::Framing).collect();
    write!(out, " Same slot     {}, {} with listed wording", plural(findings.substitutions.len(), "difference"), framing.len())?;
    if let Some(s) = findings.telling_substitutions().first() {
        let side = |side: &retold::framing::substitution::Side| {
            let text = corpus.text(side.locus);
            let shown = if text.is_empty() { "nothing".to_owned() } else { format!("\"{text}\"") };
            clean_line(&format!("{} {shown}", corpus.outlet_of(side.locus.article).name))
        };
        write!(out, ", e.g.  {}  ↔  {}", side(&s.left), side(&s.right))?;
    }
    writeln!(out)?;
    let hits = |voice: Voice| {
        let strong = |a: &retold::analysis::findings::ArticleFindings| {
            a.usages.iter().filter(|u| u.voice == voice && u.hit.strength >= findings.settings.rates.min_strength).count()
        };
        findings.articles.iter().map(strong).sum::<usize>()
    };
    writeln!(
        out,
        " Listed words  narrator {}, indirect {}, quoted {}     (lexicon {}, {} entries)",
        hits(Voice::Narrator),
        hits(Voice::Indirect),
        hits(Voice::Direct),
        clean_line(&findings.lexicon.name),
        grouped(findings.lexicon.entries().len() as u64)
    )?;
    let enough = findings.settings.rates.enough_articles as usize;
    let few = corpus.outlets().iter().filter(|o| o.articles.len() < enough).count();
    if few > 0 {
        writeln!(
            out,
            " Too little data to compare rates for {few} of {} (fewer than {enough} articles each).",
            plural(corpus.outlets().len(), "outlet")
        )?;
    }
    words::summary(findings, out)?;
    if !findings.suppressed.is_empty() {
        let reuse = &findings.settings.reuse;
        let parts: Vec<String> = [
            (SuppressedAs::ManyTexts, format!("in more than {} texts", reuse.max_texts)),
            (SuppressedAs::Refrain, format!("more than {} times in one article", reuse.max_places)),
            (SuppressedAs::CommonWords, "of common words".to_owned()),
            (SuppressedAs::BareName, "of a name alone".to_owned()),
        ]
        .into_iter()
        .map(|(reason, what)| (findings.suppressed.iter().filter(|s| s.reason == reason).count(), what))
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{} {what}", grouped(count as u64)))
        .collect();
        writeln!(out, " Left out      {}: {} (tables/suppressed.csv)", plural(findings.suppressed.len(), "word run"), parts.join(", "))?;
    }
    let removed: usize = corpus.articles().iter().map(|a| a.removed.len()).sum();
    let kept = corpus.furniture() == Furniture::Keep;
    writeln!(out, " {} {} of page furniture (tables/removed.csv).", if kept { "Kept" } else { "Removed" }, plural(removed, "block"))?;
    writeln!(out, " {}", account(corpus, report))?;
    let count = |start: &str| written.iter().filter(|(name, _)| name.starts_with(start)).count();
    if corpus.articles().len() > UNASKED_ARTICLES && count("tables/articles.csv") > 0 && count("report.json") == 0 {
        writeln!(out, " JSON          not written for more than {} articles (--format json)", grouped(UNASKED_ARTICLES as u64))?;
    }
    let parts = [
        ("Report", "report.html"),
        ("Tables", "tables"),
        ("Charts", "charts"),
        ("JSON", "report.json"),
        ("JSON lines", "findings.jsonl"),
        ("Workbook", "tables.xlsx"),
        ("passim", "passim.jsonl"),
        ("Names of outlets", "run.private.json"),
    ]
    .into_iter()
    .filter_map(|(what, name)| {
        let files = count(name);
        let many = if name.contains('.') { String::new() } else { format!(" ({files})") };
        (files > 0).then(|| format!("{what}  {}{many}", shown(&folder.join(name))))
    });
    write!(out, " {}", parts.collect::<Vec<_>>().join("      "))
}
