//! From a JSON object to a draft, whoever wrote it: by the names of its keys, and by what single makers do in their own way.

use hashbrown::HashMap;
use serde_json::{Map, Value};

use crate::corpus::record::{DateBasis, Extent, OutletBasis};
use crate::read::columns::{Field, plain_name};
use crate::read::draft::{Draft, Refused};
use crate::read::duplicate::Mark;
use crate::read::extent::{settled, without_outlet};
use crate::read::format::Source;
use crate::read::host::host;
use crate::read::json::dialect::{body_of, main_part, parts, text_of, unwrapped, worded};
use crate::read::page::markup::paragraphs;

/// Keys of a file that are remembered, so that their names are looked up once.
const REMEMBERED: usize = 4096;

/// What a key stands for.
#[derive(Clone, Debug)]
enum Role {
    Field(Field, usize),
    Mark(Mark),
    None,
}

/// Makes drafts of the objects of one file.
pub(super) struct Mapper<'a> {
    source: &'a Source<'a>,
    roles: HashMap<String, Role>,
    /// Title of the feed that holds the records, empty if there is none.
    pub(super) feed: String,
}

impl<'a> Mapper<'a> {
    /// For a file.
    pub(super) fn new(source: &'a Source<'a>) -> Self {
        Self { source, roles: HashMap::new(), feed: String::new() }
    }

    /// The draft of a value, without its place.
    ///
    /// # Errors
    /// What it lacks.
    pub(super) fn draft(&mut self, value: Value) -> Result<Draft, Refused> {
        let Value::Object(record) = value else {
            return Err(Refused::whole("is no JSON object", "each record must be one, with a field \"text\""));
        };
        let declared = self.source.columns.declared(Field::Text);
        let record = match declared {
            Some(path) if at_path(&record, path).is_some() => record,
            _ => unwrapped(record, |record| self.is_article(record)),
        };
        let named = self.named(&record);
        let mut draft = Draft::default();
        for field in Field::all().filter(|field| !matches!(field, Field::Text | Field::Summary)) {
            if let Some(value) = self.value(&record, &named, field) {
                draft.set(field, value);
            }
        }
        draft.duplicate_mark = self.mark(&record).unwrap_or_default();
        draft.text = self.text(&record, &named)?;
        own_ways(&mut draft, &record);
        if draft.outlet.is_empty() && !self.feed.is_empty() {
            draft.outlet = self.feed.clone();
            draft.outlet_basis = OutletBasis::Feed;
        } else if !draft.outlet.is_empty() {
            draft.outlet_basis = OutletBasis::Field;
        }
        draft.date_basis = if draft.published_at.is_empty() { DateBasis::None } else { DateBasis::Field };
        if draft.text.len() > self.source.limits.field {
            return Err(Refused::too_long("the text", "field", self.source.limits.field));
        }
        let removed = |text: &str| text.trim() == "[Removed]";
        if removed(&draft.title) && (draft.text.is_empty() || removed(&draft.text)) {
            return Err(Refused::whole(
                "was removed by the service that gave it: \"[Removed]\"",
                "nothing can be done here; look for the article elsewhere",
            ));
        }
        let summary = summary(&record, &named);
        let mut draft = settled(draft, summary).ok_or_else(|| {
            let has_title = named.iter().any(|(field, ..)| *field == Field::Title);
            if has_title {
                Refused::whole("has neither text nor title", "nothing can be read of it; look for the article elsewhere")
            } else {
                lacks("text", &record)
            }
        })?;
        tidy(&mut draft);
        Ok(draft)
    }

    /// Whether an object says something that only articles say.
    pub(super) fn is_article(&mut self, record: &Map<String, Value>) -> bool {
        record.iter().any(|(key, value)| self.says_article(key, value))
    }

    /// Whether a member of an object says something that only articles say.
    pub(super) fn says_article(&mut self, key: &str, value: &Value) -> bool {
        let said = match value {
            Value::String(text) => !text.trim().is_empty(),
            Value::Array(values) => !values.is_empty(),
            Value::Object(fields) => fields.contains_key("rendered") || fields.contains_key("main"),
            Value::Number(_) => true,
            Value::Null | Value::Bool(_) => false,
        };
        said && matches!(self.role(key), Role::Field(Field::Text | Field::Title, _))
    }

    /// Whether an object has a text, and a headline, a date or an address beside it.
    pub(super) fn is_full_article(&mut self, record: &Map<String, Value>) -> bool {
        let mut has =
            |wanted: &[Field]| record.keys().any(|key| matches!(self.role(key), Role::Field(field, _) if wanted.contains(&field)));
        has(&[Field::Text]) && has(&[Field::Title, Field::PublishedAt, Field::Url])
    }

    /// The keys that stand for fields, the surest of each first.
    fn named(&mut self, record: &Map<String, Value>) -> Vec<(Field, usize, String)> {
        let mut named: Vec<(Field, usize, String)> = Vec::new();
        for key in record.keys() {
            if let Role::Field(field, rank) = self.role(key) {
                named.push((field, rank, key.clone()));
            }
        }
        named.sort();
        named
    }

    fn role(&mut self, key: &str) -> Role {
        if let Some(role) = self.roles.get(key) {
            return role.clone();
        }
        let known = Field::known(&plain_name(key)).map(|(field, rank)| Role::Field(field, rank));
        let role = known.or_else(|| Mark::named(key).map(Role::Mark)).unwrap_or(Role::None);
        if self.roles.len() < REMEMBERED {
            self.roles.insert(key.to_owned(), role.clone());
        }
        role
    }

    fn value(&self, record: &Map<String, Value>, named: &[(Field, usize, String)], field: Field) -> Option<String> {
        if let Some(path) = self.source.columns.declared(field) {
            return at_path(record, path).and_then(worded);
        }
        // Dates, addresses and languages are plain values: an object of such a name is something else.
        let plain = matches!(field, Field::PublishedAt | Field::RetrievedAt | Field::Url | Field::Id | Field::Note);
        let words = |key: &String| {
            let value = match record.get(key)? {
                // Writers that have no plain values put each into a list of its own.
                Value::Array(values) if plain && values.len() == 1 => values.first()?,
                // The author's number in the database that was asked.
                Value::Number(_) if field == Field::Byline => return None,
                value => value,
            };
            if plain && (value.is_object() || value.is_array()) { None } else { worded(value) }
        };
        named.iter().filter(|(of, ..)| *of == field).find_map(|(_, _, key)| words(key))
    }

    fn text(&self, record: &Map<String, Value>, named: &[(Field, usize, String)]) -> Result<String, Refused> {
        let mend = "name the field that holds the text: --columns text=NAME";
        if let Some(path) = self.source.columns.declared(Field::Text) {
            let value = at_path(record, path).ok_or_else(|| lacks(path, record))?;
            return text_of(value).ok_or_else(|| Refused::whole(format!("the field \"{path}\" is not a string"), mend));
        }
        // HTML keeps the paragraphs that a plain twin of it often lost.
        for key in ["body_xhtml", "body_html", "content_html", "bodyHtml", "contentHtml", "articleBodyHtml"] {
            if let Some(html) = record.get(key).and_then(Value::as_str).filter(|html| !html.trim().is_empty()) {
                return Ok(paragraphs(html));
            }
        }
        let mut fault = None;
        for (_, _, key) in named.iter().filter(|(field, ..)| *field == Field::Text) {
            match record.get(key) {
                None | Some(Value::Null) => {}
                Some(value) => match text_of(value) {
                    Some(text) if !text.trim().is_empty() => return Ok(text),
                    Some(_) => {}
                    None => fault = fault.or(Some(key)),
                },
            }
        }
        // `text: 5` is a fault; `body: {…}` beside a headline may be anything.
        match fault {
            Some(key) if !record.get(key).is_some_and(|value| value.is_object() || value.is_array()) => {
                Err(Refused::whole(format!("the field \"{key}\" is not a string"), mend))
            }
            _ => Ok(String::new()),
        }
    }

    fn mark(&mut self, record: &Map<String, Value>) -> Option<String> {
        let inner = match record.get("syndication") {
            Some(Value::Object(inner)) => inner.iter().collect(),
            _ => Vec::new(),
        };
        record.iter().chain(inner).find_map(|(key, value)| {
            let Role::Mark(mark) = self.role(key) else { return None };
            let value = match value {
                Value::Bool(flag) => flag.to_string(),
                value => worded(value)?,
            };
            mark.told(&value)
        })
    }
}

/// The value at a key, or at a path of keys with dots between. A list on the way is entered by its first member.
fn at_path<'v>(record: &'v Map<String, Value>, path: &str) -> Option<&'v Value> {
    if let Some(value) = record.get(path) {
        return Some(value);
    }
    let mut keys = path.split('.').map(|key| key.trim_end_matches("[]"));
    let mut value = record.get(keys.next()?)?;
    for key in keys {
        value = match value {
            Value::Array(values) => values.first()?.get(key)?,
            value => value.get(key)?,
        };
    }
    Some(value)
}

fn summary(record: &Map<String, Value>, named: &[(Field, usize, String)]) -> String {
    let of_parts = || {
        let found = parts(record.get("descriptions"));
        main_part(&found, &["main", "summary"]).map(|part| part.value.to_owned())
    };
    let bodies = || parts(record.get("bodies")).first().map(|part| part.value.to_owned());
    let trail = || record.get("fields").and_then(|fields| fields.get("trailText")).and_then(text_of);
    let named = named
        .iter()
        .filter(|(field, ..)| *field == Field::Summary)
        .find_map(|(_, _, key)| record.get(key).and_then(text_of).filter(|text| !text.trim().is_empty()));
    named.or_else(of_parts).or_else(trail).or_else(bodies).unwrap_or_default()
}

/// What single makers do in their own way: ninjs 2 and 3, Webz.io, the Guardian, Event Registry.
fn own_ways(draft: &mut Draft, record: &Map<String, Value>) {
    let found = parts(record.get("headlines"));
    if let Some(part) = main_part(&found, &["main", "headline", "title", "hl1", ""]) {
        part.value.clone_into(&mut draft.title);
    }
    if let Some(Value::Array(_)) = record.get("bodies") {
        draft.text = body_of(&parts(record.get("bodies"))).unwrap_or_default();
    }
    let inner = |object: &str, keys: &[&str]| {
        let Some(Value::Object(fields)) = record.get(object) else { return None };
        keys.iter().find_map(|key| fields.get(*key).and_then(text_of).filter(|text| !text.trim().is_empty()))
    };
    let fill = |field: &mut String, value: Option<String>| {
        if let Some(value) = value.filter(|_| field.is_empty()) {
            *field = value;
        }
    };
    fill(&mut draft.outlet, inner("thread", &["site", "site_full"]));
    fill(&mut draft.title, inner("thread", &["title_full", "title"]));
    fill(&mut draft.published_at, inner("thread", &["published"]));
    fill(&mut draft.url, inner("thread", &["url"]));
    // The HTML of the Guardian has the paragraphs, its `bodyText` has none.
    if let Some(html) = inner("fields", &["body"]) {
        draft.text = paragraphs(&html);
    }
    fill(&mut draft.text, inner("fields", &["bodyText"]));
    fill(&mut draft.title, inner("fields", &["headline"]));
    fill(&mut draft.byline, inner("fields", &["byline"]));
    fill(&mut draft.outlet, inner("fields", &["publication"]));
    // Some programs call the address of the article its source.
    if draft.url.is_empty() && host(&draft.outlet).is_some() {
        draft.url = draft.outlet.clone();
    }
    // What identifies an item of ninjs is often its address.
    if draft.url.is_empty() && (draft.source_id.starts_with("https://") || draft.source_id.starts_with("http://")) {
        draft.url = draft.source_id.clone();
    }
    for key in ["usagestatus", "usageStatus", "pubstatus", "pubStatus"] {
        let status = record.get(key).and_then(Value::as_str).filter(|status| !status.eq_ignore_ascii_case("usable"));
        fill(&mut draft.note, status.map(|status| format!("{key}: {status}")));
    }
}

/// What is the service's in the fields of an article.
fn tidy(draft: &mut Draft) {
    if !draft.outlet.is_empty() {
        draft.title = without_outlet(&draft.title, &draft.outlet).to_owned();
    }
    for field in [&mut draft.text, &mut draft.title, &mut draft.outlet, &mut draft.byline] {
        if field.contains('\0') {
            *field = field.replace('\0', "\u{FFFD}");
        }
    }
    if draft.title.contains('&') && draft.title.contains(';') {
        let title = paragraphs(&draft.title);
        draft.title = title;
    }
    if draft.extent == Extent::Title {
        draft.text.clear();
    }
}

fn lacks(name: &str, record: &Map<String, Value>) -> Refused {
    if record.contains_key(name) {
        return Refused::whole(format!("the field \"{name}\" holds no text"), "name the field that holds the text: --columns text=NAME");
    }
    let names: Vec<String> = record.keys().take(8).map(|key| key.chars().take(40).collect()).collect();
    let names = if names.is_empty() { "none".into() } else { names.join(", ") };
    Refused::whole(format!("has no field \"{name}\" (it has {names})"), "name the field that holds the text: --columns text=NAME")
}
