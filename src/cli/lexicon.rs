//! `retold lexicon`: lists of wording looked at, checked, tried, exchanged and started.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::{Path, PathBuf};

use retold::analysis::settings::Settings;
use retold::analysis::{try_analyze, try_read_articles};
use retold::corpus::locus::Locus;
use retold::error::{ErrorKind, Position, Result};
use retold::id::EntryId;
use retold::lexicon::balance::balance;
use retold::lexicon::builtin::sources;
use retold::lexicon::check::check;
use retold::lexicon::difference::{Difference, differences};
use retold::lexicon::entry::Entry;
use retold::lexicon::exchange::{from_quanteda, to_quanteda, to_vale};
use retold::lexicon::load::Lexicon;
use retold::lexicon::open::ENGLISH_FRAMING;
use retold::lexicon::sheet::{COLUMNS, to_csv};
use retold::lexicon::write::to_toml;
use retold::tables::concordance::{ConcordanceRow, row};
use retold::tables::row::{TableOptions, write_csv, write_json_lines};
use retold::tables::unlisted;
use retold::text::count::{grouped, plural};

use super::args::{self, LexiconForm, ListingForm};
use super::emit::{emit, emit_text, file, new_folder, refuse_input};
use super::explain;
use super::file_system::disk::Disk;
use super::input::{all_compared, articles, compared, outcome, tell_failed};
use super::kwic::written;
use super::reading::Reading;
use super::terminal::{Outcome, clean, clean_line, err, out, shown};

pub(crate) fn run(args: &args::Lexicon) -> Result<Outcome> {
    match args {
        args::Lexicon::List { lexicons, category, domain, topic, min_strength } => {
            let wanted =
                Wanted { category: category.as_deref(), domain: domain.as_deref(), topic: topic.as_deref(), min_strength: *min_strength };
            list(&*Lexicon::open(&lexicons.names)?, &wanted)
        }
        args::Lexicon::Show { ids, lexicons } => show(&*Lexicon::open(&lexicons.names)?, ids),
        args::Lexicon::Check { files, balance } => check_files(files, *balance),
        args::Lexicon::Test { paths, lexicons, min_strength, samples, reading } => {
            let lexicon = Lexicon::open(&lexicons.names)?;
            articles(paths, None, &lexicons.names, reading)?.job(|corpus, _| {
                test(&lexicon, corpus, *min_strength, *samples)?;
                Ok(outcome(corpus))
            })
        }
        args::Lexicon::Suggest { paths, lexicons, top, format, out, reading } => {
            let lexicon = Lexicon::open(&lexicons.names)?;
            articles(paths, out.as_deref(), &lexicons.names, reading)?.job(|corpus, _| {
                let findings = try_analyze(corpus, &lexicon, &Settings::for_corpus(corpus), |_| {})?;
                all_compared(&findings, reading)?;
                let rows = unlisted::rows(&findings).take(*top);
                let text = match format {
                    ListingForm::Text => clean(&suggestions(&rows.collect::<Vec<_>>())),
                    ListingForm::Csv => written(|out| write_csv(rows, TableOptions::default(), out).map(drop)),
                    ListingForm::Jsonl => written(|out| write_json_lines("suggestion", rows, out)),
                };
                if text.is_empty() {
                    err(&format!("no unlisted wording that differs in {}", plural(corpus.articles().len(), "article")));
                }
                emit(out.as_deref(), &text)?;
                tell_failed(&findings);
                Ok(compared(&findings))
            })
        }
        args::Lexicon::Import { file, to, out } => {
            out.as_deref().map_or(Ok(()), |out| refuse_input(out, std::slice::from_ref(file)))?;
            export(&import(file)?, *to, 1, out.as_deref())
        }
        args::Lexicon::Export { lexicons, to, min_strength, out } => {
            let lists: Vec<PathBuf> = lexicons.names.iter().map(PathBuf::from).collect();
            out.as_deref().map_or(Ok(()), |out| refuse_input(out, &lists))?;
            export(&*Lexicon::open(&lexicons.names)?, *to, *min_strength, out.as_deref())
        }
        args::Lexicon::Diff { old, new, paths, reading } => diff(old, new, paths, reading),
        args::Lexicon::Init { file } => init(file),
    }
}

/// Which entries are listed.
struct Wanted<'a> {
    category: Option<&'a str>,
    domain: Option<&'a str>,
    topic: Option<&'a str>,
    min_strength: u8,
}

fn list(lexicon: &Lexicon, wanted: &Wanted<'_>) -> Result<Outcome> {
    let known = |what: &'static str, given: Option<&str>, known: BTreeSet<&str>| match given {
        Some(name) if !known.contains(name) => Err(unknown(what, name, known)),
        _ => Ok(()),
    };
    let topic_of = |e: &Entry| e.leans.split_once(':').map_or("", |(topic, _)| topic).to_owned();
    known("category", wanted.category, lexicon.categories().map(|c| c.id.as_str()).collect())?;
    known("domain", wanted.domain, lexicon.entries().map(|e| e.domain.as_str()).collect())?;
    let topics: BTreeSet<String> = lexicon.entries().map(topic_of).collect();
    known("topic", wanted.topic, topics.iter().map(String::as_str).collect())?;
    let mut text = String::new();
    let mut shown = 0usize;
    for entry in lexicon.entries() {
        let fits = wanted.category.is_none_or(|c| c == entry.category)
            && wanted.domain.is_none_or(|d| d == entry.domain)
            && wanted.topic.is_none_or(|t| t == topic_of(entry))
            && entry.strength >= wanted.min_strength;
        if fits {
            shown += 1;
            let _infallible =
                writeln!(text, "{:<36} {} {:<24} {} → {}", entry.id, entry.strength, entry.category, entry.shown(), entry.neutral_line());
        }
    }
    emit_text(None, &text)?;
    err(&format!("{} of {} in {}", grouped(shown as u64), plural(lexicon.len(), "entry"), clean_line(&lexicon.name)));
    Ok(Outcome::Done)
}

/// The error of a name that is none of those known.
pub(super) fn unknown(what: &'static str, name: &str, known: BTreeSet<&str>) -> retold::error::Error {
    let nearest = known.into_iter().min_by_key(|k| strsim::damerau_levenshtein(k, name)).unwrap_or_default().to_owned();
    ErrorKind::Unknown { what, name: name.to_owned(), nearest }.into()
}

fn show(lexicon: &Lexicon, ids: &[String]) -> Result<Outcome> {
    let entries = ids
        .iter()
        .map(|id| lexicon.find_any_case(id).ok_or_else(|| unknown("entry", id, lexicon.entries().map(|e| e.id.as_str()).collect())))
        .collect::<Result<Vec<_>>>()?;
    let pages: Vec<String> = entries.into_iter().map(|id| explain::page(lexicon, id)).collect();
    emit_text(None, &pages.join("\n"))?;
    Ok(Outcome::Done)
}

fn check_files(files: &[String], sides: bool) -> Result<Outcome> {
    let mut known: BTreeSet<String> = sources().keys().cloned().collect();
    let own: Vec<&String> = files.iter().filter(|name| *name != ENGLISH_FRAMING).collect();
    let (lexicon, layer) = if own.len() < files.len() || files.is_empty() {
        (Lexicon::open(files)?.into_owned(), 0)
    } else {
        let mut layers = vec![Lexicon::english_framing().clone()];
        for name in &own {
            layers.push(Lexicon::read(Path::new(name))?);
        }
        (Lexicon::layered(layers), 1)
    };
    for name in own {
        known.extend(sources_beside(Path::new(name))?);
    }
    let faults = check(&lexicon, &known, layer);
    let mut text = String::new();
    for (i, fault) in faults.iter().enumerate() {
        let _infallible = writeln!(text, "warning[{}]: {}", fault.code, clean_line(&fault.to_string()));
        if faults.get(i + 1).is_none_or(|next| next.mend != fault.mend) {
            let _infallible = writeln!(text, "  help: {}", fault.mend);
        }
    }
    if sides {
        text.push_str(&balance_report(&lexicon));
    }
    emit_text(None, &text)?;
    let checked = (0..lexicon.len()).filter(|&i| lexicon.layer(EntryId::new(i)) >= layer).count();
    err(&format!("{} checked, {}", plural(checked, "entry"), plural(faults.len(), "fault")));
    Ok(if faults.is_empty() { Outcome::Done } else { Outcome::Found })
}

/// Ids of a sheet `sources.csv` beside a lexicon.
fn sources_beside(lexicon: &Path) -> Result<Vec<String>> {
    let path = lexicon.with_file_name("sources.csv");
    if !path.is_file() {
        return Ok(Vec::new());
    }
    let fault = |e: csv::Error| {
        let line = e.position().map_or(0, |p| usize::try_from(p.line()).unwrap_or(0));
        ErrorKind::Lexicon { position: Position::line(&path, line), message: e.to_string() }
    };
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_path(&path).map_err(fault)?;
    let rows = reader.records().map(|record| record.map(|r| r.get(0).unwrap_or("").trim().to_owned()));
    Ok(rows.collect::<std::result::Result<Vec<_>, _>>().map_err(fault)?)
}

fn balance_report(lexicon: &Lexicon) -> String {
    let mut text = String::new();
    for topic in balance(lexicon) {
        let (most, fewest) = topic.extremes();
        let verdict = if topic.is_even() { "" } else { "  more than two to one" };
        let _infallible = writeln!(text, "{} ({})  {most} to {fewest}{verdict}", topic.title, topic.topic);
        for side in topic.sides {
            let terms: Vec<&str> = side.entries.iter().map(|&e| lexicon.entry(e).shown()).collect();
            let _infallible = writeln!(text, "  {:>3} {} ({}): {}", terms.len(), side.side, side.about, terms.join("; "));
        }
    }
    text
}

fn test(lexicon: &Lexicon, corpus: &retold::corpus::collection::Corpus, min_strength: u8, samples: usize) -> Result<()> {
    let found = try_read_articles(corpus, lexicon)?;
    let mut places: BTreeMap<EntryId, Vec<ConcordanceRow<'_>>> = BTreeMap::new();
    for id in corpus.ids() {
        let here = &found[id.index()];
        for usage in here.usages.iter().filter(|u| u.hit.strength >= min_strength) {
            let locus = Locus { article: id, tokens: usage.hit.tokens };
            places.entry(usage.hit.entry).or_default().push(row(corpus, here, locus, &lexicon.entry(usage.hit.entry).id));
        }
    }
    let words: u64 = found.iter().flat_map(|a| a.words).sum();
    let mut order: Vec<(&EntryId, &Vec<ConcordanceRow<'_>>)> = places.iter().collect();
    order.sort_by_key(|(id, rows)| (std::cmp::Reverse(rows.len()), **id));
    let mut text = String::new();
    for (id, rows) in order {
        let voice = |name: &str| rows.iter().filter(|r| r.voice.0 == name).count();
        let with: BTreeSet<_> = rows.iter().map(|r| r.article_id).collect();
        let _infallible = writeln!(
            text,
            "{}  {} in {} (narrator {}, indirect {}, direct {})  {:.2} per 10,000 words",
            lexicon.entry(*id).id,
            plural(rows.len(), "place"),
            plural(with.len(), "article"),
            voice("narrator"),
            voice("indirect"),
            voice("direct"),
            rows.len() as f64 * 10_000.0 / words.max(1) as f64
        );
        // Evenly spread, so that no article speaks for all.
        let step = rows.len().div_ceil(samples.max(1)).max(1);
        for row in rows.iter().step_by(step).take(samples) {
            let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
            let _infallible = writeln!(
                text,
                "    {}:{}  {} [{}] {}",
                one_line(row.path),
                row.line,
                one_line(&row.pre),
                one_line(&row.keyword),
                one_line(&row.post)
            );
        }
    }
    let listed = lexicon.entries().filter(|e| e.strength >= min_strength).count();
    emit_text(None, &text)?;
    err(&format!(
        "{} of {} found in {} of {} words",
        grouped(places.len() as u64),
        plural(listed, "entry"),
        plural(corpus.articles().len(), "article"),
        grouped(words)
    ));
    Ok(())
}

fn suggestions(rows: &[unlisted::UnlistedRow]) -> String {
    let mut text = String::new();
    for row in rows {
        let against = if row.against_listed > 0 { format!(", {} against listed wording", row.against_listed) } else { String::new() };
        let _infallible = writeln!(
            text,
            "\"{}\"  where others write: {}\n    {} in {}{against}\n    {}\n    {}",
            row.wording,
            row.counterparts.replace('|', " · "),
            plural(row.passages, "passage"),
            plural(row.outlets, "outlet"),
            row.sentence.split_whitespace().collect::<Vec<_>>().join(" "),
            row.counterpart_sentence.split_whitespace().collect::<Vec<_>>().join(" "),
        );
    }
    text
}

fn import(path: &Path) -> Result<Lexicon> {
    let extension = path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
    if extension != "yml" && extension != "yaml" {
        return Lexicon::read(path);
    }
    let content = std::fs::read_to_string(path).map_err(|source| ErrorKind::Input { path: path.to_path_buf(), source })?;
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    from_quanteda(&name, path, &content)
}

fn export(lexicon: &Lexicon, to: LexiconForm, min_strength: u8, path: Option<&Path>) -> Result<Outcome> {
    match to {
        LexiconForm::Csv => emit(path, &to_csv(lexicon, Lexicon::english_framing()))?,
        LexiconForm::Toml => emit(path, &to_toml(lexicon))?,
        LexiconForm::QuantedaYaml => emit(path, &to_quanteda(lexicon)?)?,
        LexiconForm::Vale => {
            let shipped = |category: &str| Lexicon::english_framing().category(category).is_some();
            let page = |category: &str| {
                shipped(category).then(|| format!("{}/blob/main/lexicons/en/framing/{category}.toml", env!("CARGO_PKG_REPOSITORY")))
            };
            let (rules, left_out) = to_vale(lexicon, min_strength, page)?;
            let Some(path) = path else {
                return Err(ErrorKind::Usage { message: "vale rules are a folder".into(), mend: "name it: -o styles/Retold".into() }.into());
            };
            let files: Vec<(String, String)> = rules.into_iter().map(|rule| (format!("{}.yml", rule.name), rule.yaml)).collect();
            new_folder(&Disk, path, &files)?;
            err(&format!(
                "{} in {}; {} cannot be said in Vale and are left out",
                plural(files.len(), "rule"),
                shown(path),
                plural(left_out.len(), "entry")
            ));
        }
    }
    Ok(Outcome::Done)
}

fn diff(old: &str, new: &str, paths: &[PathBuf], reading: &Reading) -> Result<Outcome> {
    let names = &[old.to_owned(), new.to_owned()];
    let (old, new) = (Lexicon::open(&names[..1])?, Lexicon::open(&names[1..])?);
    let found = differences(&old, &new);
    let mut text = String::new();
    for (id, difference) in &found {
        let shown = |lexicon: &Lexicon| lexicon.find(id).map_or("", Entry::shown).to_owned();
        let _infallible = match difference {
            Difference::Added => writeln!(text, "+ {id}  {}", shown(&new)),
            Difference::Removed => writeln!(text, "- {id}  {}", shown(&old)),
            Difference::Changed(columns) => {
                columns.iter().try_for_each(|(column, before, after)| writeln!(text, "~ {id}  {column}: {before} → {after}"))
            }
        };
    }
    let mut ended = Outcome::Done;
    if !paths.is_empty() {
        let (found, outcome) =
            articles(paths, None, names, reading)?.job(|corpus, _| Ok((found_otherwise(&old, &new, corpus)?, outcome(corpus))))?;
        text.push_str(&found);
        ended = outcome;
    }
    emit_text(None, &text)?;
    err(&format!("{} between {} and {}", plural(found.len(), "difference"), clean_line(&old.name), clean_line(&new.name)));
    Ok(ended)
}

/// Places that only one of two lexicons finds.
fn found_otherwise(old: &Lexicon, new: &Lexicon, corpus: &retold::corpus::collection::Corpus) -> Result<String> {
    let (before, after) = (try_read_articles(corpus, old)?, try_read_articles(corpus, new)?);
    let mut text = String::new();
    let mut totals = [0usize; 2];
    for id in corpus.ids() {
        let place = |lexicon: &Lexicon, here: &retold::analysis::findings::ArticleFindings| -> BTreeSet<(usize, usize, String)> {
            let of = |u: &retold::framing::usage::Usage| (u.hit.tokens.start(), u.hit.tokens.end(), lexicon.entry(u.hit.entry).id.clone());
            here.usages.iter().map(of).collect()
        };
        let (a, b) = (place(old, &before[id.index()]), place(new, &after[id.index()]));
        totals = [totals[0] + a.len(), totals[1] + b.len()];
        for (sign, places, found) in [("-", a.difference(&b).collect::<Vec<_>>(), &before), ("+", b.difference(&a).collect(), &after)] {
            for (start, end, entry) in places {
                let tokens = retold::text::span::Span::new(*start, *end);
                let row = row(corpus, &found[id.index()], Locus { article: id, tokens }, entry);
                let _infallible = writeln!(
                    text,
                    "{sign} {}:{}:{}  {}  \"{}\" ({})",
                    clean_line(row.path),
                    row.line,
                    row.column,
                    row.lexicon_id,
                    clean_line(&row.keyword),
                    row.voice.0
                );
            }
        }
    }
    let _infallible = writeln!(text, "places found: {} before, {} after", grouped(totals[0] as u64), grouped(totals[1] as u64));
    Ok(text)
}

/// The two examples of a new house list.
const EXAMPLES: [[&str; 17]; 2] = [
    [
        "L-house-slam",
        "slam",
        "stem",
        "reporting_verb",
        "2",
        "criticise",
        "door|doors|grand slam|slam dunk|poetry",
        "narrator",
        "warning",
        "makes a remark a blow; our usage is the plain verb for every side",
        "The minister slammed the plan.",
        "The door slammed in the wind.",
        "house",
        "",
        "example",
        "",
        "",
    ],
    [
        "L-house-cowardly",
        "cowardly",
        "word",
        "emotive_evaluation",
        "3",
        "(drop)",
        "",
        "any",
        "error",
        "judges the character of the people and says nothing of what was done",
        "The army condemned a cowardly strike.",
        "The comedy is about a coward.",
        "house",
        "",
        "example",
        "",
        "",
    ],
];

/// A list to start from: two examples, and how to check and use them under the name of `path`.
pub(crate) fn house_list(path: &Path) -> String {
    let mut csv = csv::Writer::from_writer(Vec::new());
    // Writing to memory does not fail.
    let _infallible = csv.write_record(&COLUMNS[..EXAMPLES[0].len()]);
    for example in EXAMPLES {
        let _infallible = csv.write_record(example);
    }
    let rows = String::from_utf8(csv.into_inner().unwrap_or_default()).unwrap_or_default();
    let remarks = "# A list of your house's wording: one entry a row, | parts alternatives. Replace the two examples.\n\
         # Check it: retold lexicon check FILE    Try it: retold lexicon test ARTICLES --lexicon FILE\n\
         # Use it beside the shipped list: --lexicon en/framing --lexicon FILE\n";
    format!("{}{rows}", remarks.replace("FILE", &shown(path)))
}

fn init(path: &Path) -> Result<Outcome> {
    if path.extension().is_none_or(|e| !e.eq_ignore_ascii_case("csv")) {
        let message = format!("{} does not end in .csv", path.display());
        let mend = "start with a .csv file; retold lexicon import FILE --to toml turns it into TOML".into();
        return Err(ErrorKind::Usage { message, mend }.into());
    }
    if path.exists() {
        let message = format!("{} is there already", path.display());
        return Err(ErrorKind::Usage { message, mend: "name another file, or edit that one".into() }.into());
    }
    file(path, &house_list(path))?;
    out(&format!("{}  edit it, then: retold lexicon check {}", shown(path), shown(path)))?;
    Ok(Outcome::Done)
}
