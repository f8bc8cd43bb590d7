//! JSON files: a list of articles, an answer of a service that holds one, a single article, or one after another. Records are cut
//! out of the stream one by one, so that memory holds the largest of them and a broken one costs no other.

use std::io::{self, BufRead};

use serde_json::{Map, Value};

use crate::read::characters::Characters;
use crate::read::draft::{Draft, Refused, Sink};
use crate::read::format::Source;
use crate::read::json::envelope::{LEVELS, is_envelope, is_part, records, rows};
use crate::read::json::fields::Mapper;
use crate::read::json::parse::parse;
use crate::read::json::span::{Span, span};
use crate::read::json::stream::{MEND, Next, Stream};
use crate::read::window::Window;

/// Reads a file.
///
/// # Errors
/// What the operating system says.
pub fn read(input: &mut dyn BufRead, source: &Source<'_>, sink: &mut dyn Sink) -> io::Result<()> {
    let stream = Stream { window: Window::new(input), source, characters: Characters::default(), on_new_line: true };
    let mut file = File { stream, mapper: Mapper::new(source), columns: Vec::new() };
    file.values(sink);
    file.stream.characters.tell(source.name, sink);
    file.stream.window.finish()
}

/// Emits the articles of a value that is held whole; what is none is refused at its line.
pub(super) fn emit(value: Value, mapper: &mut Mapper<'_>, line: usize, found: &[u8], sink: &mut dyn Sink) {
    for value in records(value, |record| mapper.is_article(record)) {
        match mapper.draft(value) {
            Ok(draft) => sink.article(Draft { line, ..draft }),
            Err(refused) => sink.refuse(refused.at(line, 0, found)),
        }
    }
}

/// An object of a file whose members are read as they come.
#[derive(Default)]
struct Level {
    key: String,
    own: Map<String, Value>,
    /// Whether a member says something that only articles say: known as members come, since an object may have many.
    is_article: bool,
}

impl Level {
    fn insert(&mut self, key: String, value: Value, mapper: &mut Mapper<'_>) {
        self.is_article = self.is_article || mapper.says_article(&key, &value);
        self.own.insert(key, value);
    }
}

struct File<'a> {
    stream: Stream<'a>,
    mapper: Mapper<'a>,
    /// Names of the columns of the list that is read, where its members are rows of a data frame.
    columns: Vec<String>,
}

impl File<'_> {
    /// Reads values to the end of the file.
    fn values(&mut self, sink: &mut dyn Sink) {
        let mut any = false;
        while let Some(byte) = self.stream.next_byte() {
            match byte {
                b'[' => {
                    self.stream.window.pass(1);
                    self.list(sink);
                }
                b'{' => self.object(sink),
                _ if !any => {
                    let (line, column) = self.stream.window.place(0);
                    let refused =
                        Refused::whole("is no JSON: it starts with neither { nor [", "give a list of objects, or one object a line");
                    let start = self.stream.window.bytes().get(..240).unwrap_or(self.stream.window.bytes());
                    return sink.refuse(refused.at(line, column, start));
                }
                b',' => self.stream.window.pass(1),
                _ => {
                    self.stream.refuse(Refused::whole("is no JSON object", MEND), 0, sink);
                    self.stream.window.pass_line();
                }
            }
            any = true;
        }
        if !any {
            sink.refuse(Refused::whole("is empty", "give a list of objects, or one object a line"));
        }
    }

    /// The records of a list, from behind its bracket.
    fn list(&mut self, sink: &mut dyn Sink) {
        let mut is_told = false;
        while let Some(byte) = self.stream.next_byte() {
            match byte {
                b']' => return self.stream.window.pass(1),
                b',' => {
                    self.stream.window.pass(1);
                    continue;
                }
                _ => {}
            }
            let (line, column) = self.stream.window.place(0);
            let indent = self.stream.on_new_line.then_some(column);
            is_told = false;
            match self.stream.next() {
                Next::Whole(length) => match self.stream.parsed(length) {
                    Ok(value) => {
                        let value = named_row(value, &self.columns);
                        emit(value, &mut self.mapper, line, self.stream.window.bytes().get(..length).unwrap_or_default(), sink);
                        self.stream.window.pass(length);
                    }
                    Err((refused, at)) => {
                        is_told = true;
                        self.stream.refuse(refused, at, sink);
                        // A list of articles is a list of objects; where its brackets are sound, what follows them is too.
                        if byte == b'{' && self.stream.goes_on_after(length) {
                            self.stream.window.pass(length)
                        } else {
                            self.stream.pass_to_record(indent, |record| self.mapper.is_article(record))
                        }
                    }
                },
                Next::Fault(refused, at) => {
                    is_told = true;
                    self.stream.refuse(refused, at, sink);
                    self.stream.pass_to_record(indent, |record| self.mapper.is_article(record));
                }
            }
        }
        if !is_told {
            self.stream.refuse(
                Refused::whole("is cut: it ends inside a list", "fetch it again; what came before the cut was read"),
                0,
                sink,
            );
        }
    }

    /// An object of the first level: an envelope whose list is read as it comes, or an article.
    fn object(&mut self, sink: &mut dyn Sink) {
        let mut levels = vec![Level::default()];
        let (line, column) = self.stream.window.place(0);
        let shown = self.stream.window.bytes().get(..240).unwrap_or(self.stream.window.bytes()).to_vec();
        let (mut has_list, mut size) = (false, 0);
        self.stream.window.pass(1);
        while let Some(byte) = self.stream.next_byte() {
            if byte == b',' {
                self.stream.window.pass(1);
                continue;
            }
            if byte == b'}' {
                self.stream.window.pass(1);
                let Some(Level { key, own, .. }) = levels.pop() else { return };
                match levels.last_mut() {
                    Some(outer) => {
                        outer.insert(key, Value::Object(own), &mut self.mapper);
                        continue;
                    }
                    None if has_list => return,
                    None => return self.single(own, line, &shown, sink),
                }
            }
            let key = match self.key() {
                Ok(key) => key,
                Err((refused, at)) => {
                    self.stream.refuse(refused, at, sink);
                    return self.stream.pass_to_object_line();
                }
            };
            let opens = self.stream.next_byte();
            if self.stream.is_at_object_line() {
                let refused = Refused::whole("is no JSON (the line ends inside the record)", MEND);
                sink.refuse(refused.at(line, 0, &shown));
                return;
            }
            if opens == Some(b'[') && self.is_list(&key, &levels) {
                self.mapper.feed = feed_title(&levels);
                self.columns = levels.last().map(|level| columns(&level.own)).unwrap_or_default();
                has_list = true;
                self.stream.window.pass(1);
                self.list(sink);
                continue;
            }
            let is_bare = levels.last().is_some_and(|level| !level.is_article);
            if opens == Some(b'{') && levels.len() < LEVELS && is_envelope(&key) && is_bare {
                levels.push(Level { key, ..Level::default() });
                self.stream.window.pass(1);
                continue;
            }
            match self.stream.next() {
                Next::Whole(length) => {
                    match self.stream.parsed(length) {
                        Ok(value) => {
                            if let Some(level) = levels.last_mut() {
                                level.insert(key, value, &mut self.mapper);
                            }
                        }
                        Err((refused, at)) => self.stream.refuse(refused, at, sink),
                    }
                    self.stream.window.pass(length);
                    size += length;
                }
                Next::Fault(refused, at) => {
                    self.stream.refuse(refused, at, sink);
                    return self.stream.pass_to_object_line();
                }
            }
            if size > self.stream.source.limits.record {
                self.stream.refuse(Refused::too_long("the record", "record", self.stream.source.limits.record), 0, sink);
                return self.stream.pass_to_object_line();
            }
        }
        if !has_list {
            let refused = Refused::whole("is no JSON (the file ends inside the record)", "fetch the file again: it is cut");
            sink.refuse(refused.at(line, column, &shown));
        }
    }

    /// Whether the list at the start of the window holds articles of the file, rather than parts of the object that has it.
    fn is_list(&mut self, key: &str, levels: &[Level]) -> bool {
        let Some(level) = levels.last() else { return false };
        let own_is_article = level.is_article && !is_feed(&level.own);
        let first = loop {
            let bytes = self.stream.window.bytes();
            let from = bytes.iter().skip(1).position(|b| !b.is_ascii_whitespace()).map(|at| at + 1);
            match from.map(|from| span(bytes, from, self.stream.window.ended())) {
                None | Some(Span::More) if !self.stream.window.ended() && bytes.len() <= self.stream.source.limits.record => {
                    self.stream.window.more()
                }
                Some(Span::To(end)) => {
                    break bytes.get(from.unwrap_or(0)..end).map(String::from_utf8_lossy).and_then(|text| parse(&text).ok());
                }
                _ => break None,
            }
        };
        match first {
            Some((Value::Object(first), _)) => {
                if is_envelope(key) && !own_is_article {
                    return true;
                }
                !is_part(key) && self.mapper.is_full_article(&first)
            }
            Some((Value::Array(_), _)) | None => is_envelope(key) && !own_is_article,
            Some(_) => false,
        }
    }

    /// A key with its colon.
    fn key(&mut self) -> Result<String, (Refused, usize)> {
        let none = || (Refused::whole("is no JSON (a key in quotation marks is wanted)", MEND), 0);
        if self.stream.window.bytes().first() != Some(&b'"') {
            return Err(none());
        }
        let length = match self.stream.next() {
            Next::Whole(length) => length,
            Next::Fault(refused, at) => return Err((refused, at)),
        };
        let Value::String(key) = self.stream.parsed(length)? else { return Err(none()) };
        self.stream.window.pass(length);
        if self.stream.next_byte() != Some(b':') {
            return Err((Refused::whole("is no JSON (a colon is wanted behind the key)", MEND), 0));
        }
        self.stream.window.pass(1);
        Ok(key)
    }

    /// An object that holds no list: an article, articles under keys of their own, or neither.
    fn single(&mut self, own: Map<String, Value>, line: usize, shown: &[u8], sink: &mut dyn Sink) {
        if let Some(rows) =
            rows(&own).filter(|rows| rows.iter().any(|(_, row)| row.as_object().is_some_and(|row| self.mapper.is_article(row))))
        {
            return rows.into_iter().for_each(|(_, row)| emit(row, &mut self.mapper, line, shown, sink));
        }
        if self.mapper.is_article(&own) {
            return emit(Value::Object(own), &mut self.mapper, line, shown, sink);
        }
        let is_one = |value: &Value, mapper: &mut Mapper<'_>| match value {
            Value::Object(inner) => {
                mapper.is_article(inner) || inner.values().any(|value| value.as_object().is_some_and(|inner| mapper.is_article(inner)))
            }
            _ => false,
        };
        let keyed: Vec<bool> = own.values().map(|value| is_one(value, &mut self.mapper)).collect();
        if !keyed.contains(&true) || own.keys().any(|key| key == "_source") {
            return emit(Value::Object(own), &mut self.mapper, line, shown, sink);
        }
        let many = keyed.iter().filter(|is_one| **is_one).count() > 1;
        for ((key, value), is_one) in own.into_iter().zip(keyed) {
            // Beside many articles, an object that is none was meant to be one; other members are remarks on the whole.
            let is_meant = is_one || (many && value.is_object());
            if !is_meant {
                continue;
            }
            match self.mapper.draft(value) {
                Ok(mut draft) => {
                    if draft.source_id.is_empty() && many {
                        draft.source_id = key;
                    }
                    sink.article(Draft { line, ..draft });
                }
                Err(refused) => sink.refuse(refused.at(line, 0, shown)),
            }
        }
    }
}

/// The names of columns that a data frame gives before its rows: `{"columns": ["title", "text"], "data": [["A", "…"]]}`.
fn columns(own: &Map<String, Value>) -> Vec<String> {
    let Some(Value::Array(names)) = own.get("columns") else { return Vec::new() };
    names.iter().map(|name| name.as_str().map(str::to_owned)).collect::<Option<_>>().unwrap_or_default()
}

/// A row of a data frame with the names of its columns; any other value as it is.
fn named_row(value: Value, columns: &[String]) -> Value {
    match value {
        Value::Array(cells) if !columns.is_empty() && cells.len() == columns.len() => {
            Value::Object(columns.iter().cloned().zip(cells).collect())
        }
        value => value,
    }
}

/// Whether an object is a feed: its title is that of the feed.
fn is_feed(own: &Map<String, Value>) -> bool {
    own.get("version").and_then(Value::as_str).is_some_and(|version| version.contains("jsonfeed.org"))
        || own.contains_key("home_page_url")
        || own.contains_key("feed_url")
}

/// The title of the feed whose members were read before its list.
fn feed_title(levels: &[Level]) -> String {
    let own = levels.iter().rev().map(|level| &level.own).filter(|own| is_feed(own));
    let inner = levels.iter().rev().filter_map(|level| level.own.get("feed").and_then(Value::as_object));
    own.chain(inner).find_map(|feed| feed.get("title").and_then(Value::as_str)).map(|title| title.trim().to_owned()).unwrap_or_default()
}
