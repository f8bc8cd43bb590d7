//! From what a format finds to records: whose it is, when it appeared, in what language; and an account of everything found.

use std::io::{self, BufRead};
use std::path::Path;
use std::sync::Arc;

use foldhash::fast::FixedState;
use hashbrown::HashMap;
use xxhash_rust::xxh3::xxh3_64;

use crate::corpus::builder::CorpusBuilder;
use crate::corpus::date::{DateFault, PublishedAt, order_shown};
use crate::corpus::record::{DateBasis, Extent, LanguageBasis, OutletBasis, Record, Skipped};
use crate::digest::Digest;
use crate::fault::caught;
use crate::text::dateline::dateline;
use crate::text::span::Span;

use super::draft::{Draft, Refused, Sink};
use super::encoding::Encoding;
use super::excerpt::{cut, cut_of_excerpt};
use super::files::{OutletFrom, ReadOptions, ReadReport};
use super::format::{Format, Source, Unit};
use super::host;
use super::language::{language, stated};
use super::limits::Limits;
use super::notice::Notice;
use super::oddities::{mended, oddities};
use super::remarks::{Remark, Remarks};
use super::sheet::SheetRow;

/// What is known of a file before it is opened.
#[derive(Clone, Copy, Debug)]
pub struct Given<'a> {
    /// How records and messages name it.
    pub named: &'a str,
    /// Its place below what was given.
    pub inside: &'a str,
    /// The folder that holds it.
    pub folder: &'a str,
    /// What a sheet says of it.
    pub row: Option<&'a SheetRow>,
}

/// Takes in what is found in one file.
#[derive(Debug)]
pub struct Admission<'a> {
    given: Given<'a>,
    path: Arc<str>,
    options: &'a ReadOptions,
    format: Option<&'static Format>,
    report: &'a mut ReadReport,
    builder: &'a mut CorpusBuilder,
    remarks: Remarks,
    /// Records of the run before the file.
    before: usize,
    /// Ids of the file's records and the places where they stand first.
    ids: HashMap<u64, usize, FixedState>,
}

impl<'a> Admission<'a> {
    /// For one file.
    pub fn new(given: Given<'a>, options: &'a ReadOptions, report: &'a mut ReadReport, builder: &'a mut CorpusBuilder) -> Self {
        let (remarks, before) = (Remarks::default(), report.records);
        Self { path: given.named.into(), given, options, format: None, report, builder, remarks, before, ids: HashMap::default() }
    }

    /// Tells what was odd about the file. One in which its reader found nothing at all is named, so that no file that was given
    /// goes by without a word.
    pub fn finish(mut self) {
        if self.report.records == self.before {
            let what = self.format.map_or_else(String::new, |format| format!(" (it was read as {})", format.name));
            self.refuse(Refused::whole(format!("holds no article{what}"), "check that it is the file that was meant"));
        }
        self.report.notices.extend(self.remarks.notices(&self.path));
    }

    /// For something inside the file, which is read as a file of its own.
    pub fn inner<'b>(&'b mut self, given: Given<'b>) -> Admission<'b> {
        Admission::new(given, self.options, self.report, self.builder)
    }

    /// What is known of the file.
    #[must_use]
    pub fn given(&self) -> &Given<'a> {
        &self.given
    }

    /// How messages name the file.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.path
    }

    /// Bounds.
    #[must_use]
    pub fn limits(&self) -> &'a Limits {
        &self.options.limits
    }

    /// The encoding that the user declared.
    #[must_use]
    pub fn encoding(&self) -> Encoding {
        self.options.encoding
    }

    /// Says in what format the records that follow are found.
    pub fn set_format(&mut self, format: &'static Format) {
        self.format = Some(format);
    }

    /// Reads a stream in a format. Where the reader meets a fault of its own, what it found before stays and the rest is named.
    ///
    /// # Errors
    /// What reading says.
    pub fn read(&mut self, format: &'static Format, input: &mut dyn BufRead) -> io::Result<()> {
        let (name, options) = (Arc::clone(&self.path), self.options);
        let source = Source { name: &name, limits: &options.limits, columns: &options.columns, encoding: options.encoding, charset: "" };
        caught(|| (format.read)(input, &source, self)).unwrap_or_else(|fault| {
            self.refuse(Refused::at_fault(0, &fault));
            Ok(())
        })
    }

    /// Whether the file is one article, so that what the sheet says of the file is said of it.
    fn is_single(&self, draft: &Draft) -> bool {
        draft.alone || self.format.is_none_or(|format| matches!(format.unit, Unit::Text | Unit::Page))
    }

    /// Who published: what is stated (of single articles the sheet first, of records the record), the host of the address, the
    /// folder, the dateline, else the file. The folder goes before the dateline: a dateline names who wrote, often an agency
    /// that many outlets print, and a folder that somebody made says who published.
    fn outlet(&self, draft: &Draft) -> (String, OutletBasis) {
        if let Some(name) = &self.options.outlet {
            return (name.clone(), OutletBasis::Declared);
        }
        let inside = self.given.inside;
        let folder = inside.split_once('/').map(|(folder, _)| folder);
        // Two files of one name in two folders are two outlets.
        let stem = || (Path::new(inside).with_extension("").to_string_lossy().replace('\\', "/"), OutletBasis::File);
        let of_folder = |name: &str| {
            // Programs that cannot write blanks into names write lines instead.
            let name = if name.contains(' ') { name.to_owned() } else { name.replace('_', " ").trim().to_owned() };
            (name, OutletBasis::Folder)
        };
        match self.options.outlet_from {
            OutletFrom::File => stem(),
            OutletFrom::Column if !draft.outlet.trim().is_empty() => (draft.outlet.trim().to_owned(), draft.outlet_basis),
            OutletFrom::Column => stem(),
            OutletFrom::Folder => of_folder(folder.unwrap_or(self.given.folder)),
            OutletFrom::Auto => {
                let sheet = self.given.row.and_then(|row| row.get(&["outlet"])).map(|name| (name.to_owned(), OutletBasis::Sheet));
                let named = draft.outlet.trim();
                // Some programs call the address of the article its source.
                let named = match host::host(named) {
                    Some(_) => host::outlet(named, self.options.outlet_names()),
                    None => Some(named.to_owned()).filter(|named| !named.is_empty()),
                };
                let given = named.map(|name| (name, draft.outlet_basis));
                let names = self.options.outlet_names();
                let host = || host::outlet(&draft.url, names).map(|host| (host, OutletBasis::Host));
                // A channel is often a section ("BBC News - UK"): a listed host says more, and so does a sheet.
                let of_channel = draft.outlet_basis == OutletBasis::Feed;
                let listed = || host().filter(|(host, _)| of_channel && names.get(host).is_some());
                let stated = if self.is_single(draft) || of_channel { sheet.or_else(listed).or(given) } else { given.or(sheet) };
                stated
                    .or_else(host)
                    .or_else(|| folder.map(of_folder))
                    .or_else(|| source_in_dateline(draft).map(|name| (name, OutletBasis::Dateline)))
                    .unwrap_or_else(stem)
            }
        }
    }

    /// What a sheet says goes over what the file says.
    fn add_sheet(&self, draft: &mut Draft) {
        let Some(row) = self.given.row.filter(|_| self.is_single(draft)) else { return };
        let set = |field: &mut String, names: &[&str]| {
            let value = row.get(names);
            if let Some(value) = value {
                value.clone_into(field);
            }
            value.is_some()
        };
        set(&mut draft.title, &["title"]);
        set(&mut draft.byline, &["byline", "author"]);
        if set(&mut draft.published_at, &["published_at", "date"]) {
            draft.date_basis = DateBasis::Sheet;
        }
        set(&mut draft.url, &["url"]);
        set(&mut draft.note, &["note"]);
    }

    /// The date that is stated, else the day in the address, else the one at the start of the file's name.
    fn date(&mut self, draft: &Draft) -> (Option<PublishedAt>, DateBasis) {
        let given = draft.published_at.trim();
        if !given.is_empty() {
            self.remarks.order_shown(order_shown(given));
            match PublishedAt::read(given, self.options.date_order) {
                Ok(date) => return (Some(date), draft.date_basis),
                Err(DateFault::TwoWays) => self.remarks.add(Remark::DateTwoWays, draft.line, given, 1),
                Err(DateFault::Unreadable) => self.remarks.add(Remark::DateUnreadable, draft.line, given, 1),
                Err(DateFault::Absurd) => self.remarks.add(Remark::DateAbsurd, draft.line, given, 1),
            }
        }
        let name = || if self.is_single(draft) { host::day_of_name(self.given.inside.rsplit('/').next()?) } else { None };
        let found = host::day(&draft.url).map(|day| (day, DateBasis::Url)).or_else(|| name().map(|day| (day, DateBasis::FileName)));
        found.map_or((None, DateBasis::None), |(day, basis)| (Some(day), basis))
    }

    fn language(&self, draft: &Draft) -> (String, LanguageBasis) {
        let of_sheet = self.given.row.filter(|_| self.is_single(draft)).and_then(|row| row.get(&["language"]));
        let text = draft.text.get(draft.body..).filter(|text| !text.trim().is_empty()).unwrap_or(&draft.title);
        of_sheet.map_or_else(|| language(text, &draft.language), |given| (stated(given), LanguageBasis::Stated))
    }

    fn note_oddities(&mut self, draft: &mut Draft) {
        let found = oddities(&draft.text);
        if found.mojibake > 0 {
            if self.options.mend {
                let body = draft.text.get(draft.body..).map_or(0, |body| mended(body).len());
                draft.text = mended(&draft.text);
                draft.body = draft.text.len().saturating_sub(body);
                draft.title = mended(&draft.title);
                self.remarks.add(Remark::Mended, draft.line, "", found.mojibake);
            } else {
                self.remarks.add(Remark::Mojibake, draft.line, "", found.mojibake);
            }
        }
        if found.invisible > 0 {
            self.remarks.add(Remark::Invisible, draft.line, "", found.invisible);
        }
        if found.odd_quotes > 0 {
            self.remarks.add(Remark::OddQuotes, draft.line, "", found.odd_quotes);
        }
        if found.look_alikes > 0 {
            self.remarks.add(Remark::LookAlikes, draft.line, "", found.look_alikes);
        }
        if !draft.source_id.is_empty() && !self.is_single(draft) {
            let first = *self.ids.entry(xxh3_64(draft.source_id.as_bytes())).or_insert(draft.line);
            if first != draft.line {
                let example = format!("{} (first at {first})", draft.source_id);
                self.remarks.add(Remark::DoubleId, draft.line, &example, 1);
            }
        }
    }

    /// Takes in the record that `record` makes of a draft; what it fails at is named.
    fn admit(&mut self, draft: Draft, record: impl FnOnce(&mut Self, Draft) -> Record) {
        let line = draft.line;
        match caught(|| record(self, draft)) {
            Ok(record) => {
                self.report.records += 1;
                self.builder.admit(record);
            }
            Err(fault) => self.refuse(Refused::at_fault(line, &fault)),
        }
    }

    /// Decides what the format left open.
    fn record(&mut self, mut draft: Draft) -> Record {
        self.add_sheet(&mut draft);
        self.note_oddities(&mut draft);
        without_nul(&mut draft);
        let (outlet, outlet_basis) = self.outlet(&draft);
        let (published_at, date_basis) = self.date(&draft);
        let (language, language_basis) = self.language(&draft);
        let end = compose(&mut draft);
        let stem = || Path::new(self.given.named).file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
        let source_id = if draft.source_id.is_empty() && self.is_single(&draft) { stem() } else { draft.source_id };
        Record {
            path: Arc::clone(&self.path),
            line: draft.line,
            is_file: self.format.is_some_and(|format| format.unit == Unit::Text),
            source_id,
            outlet,
            outlet_given: String::new(),
            outlet_basis,
            title: draft.title,
            byline: draft.byline,
            published_at,
            date_basis,
            retrieved_at: draft.retrieved_at,
            url: draft.url,
            language,
            language_basis,
            note: draft.note,
            duplicate_mark: draft.duplicate_mark,
            extent: draft.extent,
            body: draft.body..end,
            sha256: Digest::of(draft.text.as_bytes()),
            text: draft.text,
        }
    }
}

/// The agency or outlet in brackets after the place of a dateline.
fn source_in_dateline(draft: &Draft) -> Option<String> {
    let body = Span::new(draft.body, draft.text.len());
    let mut paragraphs = crate::text::paragraph::paragraphs(&draft.text, body).into_iter().take(4);
    let found = paragraphs.find_map(|paragraph| dateline(&draft.text, paragraph)?.source)?;
    Some(found.of(&draft.text).trim().to_owned()).filter(|name| !name.is_empty())
}

/// Makes the text of an article of which there is only a part: the headline, then what there is, without the tail of the cut.
/// Tells where the article ends in the text.
fn compose(draft: &mut Draft) -> usize {
    let empty = !draft.text.get(draft.body..).unwrap_or("").contains(char::is_alphanumeric);
    if empty && !draft.title.trim().is_empty() {
        draft.extent = Extent::Title;
        (draft.text, draft.body) = (draft.title.clone(), 0);
        return draft.text.len();
    }
    let end = match draft.extent {
        Extent::Excerpt => Some(cut_of_excerpt(&draft.text)),
        Extent::Full | Extent::Title => cut(&draft.text),
    };
    let Some(end) = end else { return draft.text.len() };
    draft.extent = Extent::Excerpt;
    let title = draft.title.trim();
    if title.is_empty() || draft.text.contains(title) {
        return end;
    }
    let before = format!("{title}\n\n");
    draft.text.insert_str(draft.body, &before);
    end + before.len()
}

/// NUL is a character that nobody can have meant, and that other programs take for an end: some formats let it through.
fn without_nul(draft: &mut Draft) {
    const SHOWN: &str = "\u{FFFD}";
    let before = draft.text.get(..draft.body).map_or(0, |before| before.matches('\0').count());
    draft.body += before * (SHOWN.len() - 1);
    for field in [&mut draft.text, &mut draft.title, &mut draft.byline, &mut draft.outlet, &mut draft.source_id] {
        if field.contains('\0') {
            *field = field.replace('\0', SHOWN);
        }
    }
}

impl Sink for Admission<'_> {
    fn article(&mut self, draft: Draft) {
        let longest = self.limits().field;
        if draft.text.len() > longest {
            let (line, text) = (draft.line, draft.text.chars().take(80).collect());
            let reason = format!("its text is longer than {} MiB, the bound on one field", longest >> 20);
            let mend = "split it, or raise the bound with --limit field=SIZE".to_owned();
            return self.refuse(Refused { line, column: 0, reason, mend, text });
        }
        self.admit(draft, Self::record);
    }

    fn refuse(&mut self, refused: Refused) {
        self.report.records += 1;
        let Refused { line, column, reason, mend, text } = refused;
        self.builder.skip(Skipped { path: self.path.to_string(), line, column, of_sheet: false, reason, mend, text });
    }

    fn notice(&mut self, notice: Notice) {
        self.report.notices.push(notice);
    }
}

#[cfg(test)]
mod tests {
    use super::{Admission, Given};
    use crate::corpus::builder::CorpusBuilder;
    use crate::corpus::collection::Corpus;
    use crate::read::draft::{Draft, Sink};
    use crate::read::files::{ReadOptions, ReadReport};
    use crate::read::format::{Format, Unit};

    /// What comes of a file whose reading is `read`.
    fn admitted(read: impl FnOnce(&mut Admission<'_>)) -> (Corpus, ReadReport) {
        let (options, mut report, mut builder) = (ReadOptions::default(), ReadReport::default(), CorpusBuilder::default());
        let mut admission =
            Admission::new(Given { named: "a.x", inside: "a.x", folder: "", row: None }, &options, &mut report, &mut builder);
        read(&mut admission);
        admission.finish();
        (builder.seal(), report)
    }

    fn draft(line: usize, text: &str) -> Draft {
        Draft { line, text: text.to_owned(), ..Draft::default() }
    }

    fn rows(corpus: &Corpus) -> Vec<(usize, bool)> {
        corpus.skipped().iter().map(|s| (s.line, s.reason.starts_with("internal fault"))).collect()
    }

    /// A format whose reader fails after its first article.
    static FAILING: Format = Format {
        name: "failing",
        extensions: &["x"],
        unit: Unit::Line,
        streams: true,
        sniff: |_| false,
        read: |_, _, sink| {
            sink.article(draft(1, "Found before the fault."));
            panic!("for the test")
        },
    };

    #[test]
    fn a_reader_that_fails_leaves_what_it_found_and_names_the_rest() {
        let (corpus, report) = admitted(|admission| admission.read(&FAILING, &mut &b""[..]).expect("no error of the input"));
        assert_eq!((corpus.articles().len(), rows(&corpus), report.records), (1, vec![(0, true)], 2));
    }

    #[test]
    fn a_record_that_fails_is_named_with_its_line_and_the_next_is_taken_in() {
        let (corpus, report) = admitted(|admission| {
            admission.article(draft(1, "One."));
            admission.admit(draft(2, "Two."), |_, _| panic!("for the test"));
            admission.article(draft(3, "Three."));
        });
        assert_eq!((corpus.articles().len(), rows(&corpus), report.records), (2, vec![(2, true)], 3));
    }
}
