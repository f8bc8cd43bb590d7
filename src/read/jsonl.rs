//! JSON lines: one article a line, with the fields that passim, news crawlers and Retold's own users give.

use std::io::{self, BufRead, Read};

use serde_json::{Map, Value};

use crate::corpus::record::{DateBasis, OutletBasis};

use super::columns::{Field, plain_name};
use super::draft::{Draft, Refused, Sink};
use super::format::Source;

/// Reads a file line by line, so that memory holds one line of it.
///
/// # Errors
/// What the operating system says.
pub fn read(input: &mut dyn BufRead, source: &Source<'_>, sink: &mut dyn Sink) -> io::Result<()> {
    let longest = source.limits.record;
    let mut line = Vec::new();
    for number in 1.. {
        line.clear();
        if (&mut *input).take(longest as u64 + 1).read_until(b'\n', &mut line)? == 0 {
            break;
        }
        let too_long = line.len() > longest && !line.ends_with(b"\n");
        if too_long {
            // The rest of the line goes by in pieces.
            while !input.fill_buf()?.is_empty() {
                let part = input.fill_buf()?;
                let end = part.iter().position(|&b| b == b'\n').map(|at| at + 1);
                let used = end.unwrap_or(part.len());
                input.consume(used);
                if end.is_some() {
                    break;
                }
            }
        }
        let content = if number == 1 { line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&line) } else { &line };
        if content.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        let read = if too_long {
            let reason = format!("is longer than {} MiB, the bound on one record", longest >> 20);
            Err(Refused::whole(reason, "split it into articles, or raise the bound with --limit record=SIZE"))
        } else {
            record(content)
        };
        match read {
            Ok(draft) => sink.article(Draft { line: number, ..draft }),
            Err(refused) => {
                let text = String::from_utf8_lossy(&content[..content.len().min(240)]).chars().take(80).collect();
                sink.refuse(Refused { line: number, text, ..refused });
            }
        }
    }
    Ok(())
}

fn record(line: &[u8]) -> Result<Draft, Refused> {
    let value: Value = serde_json::from_slice(line).map_err(|e| {
        let what = e.to_string();
        let what = what.split(" at line ").next().unwrap_or("").to_owned();
        Refused { column: e.column(), ..Refused::whole(format!("is no JSON ({what})"), "each line must hold one object") }
    })?;
    let Value::Object(mut fields) = value else {
        return Err(Refused::whole("is no JSON object", "each line must hold one, with a field \"text\""));
    };
    let mend = "name the field that holds the text: --columns text=NAME";
    let text = match fields.remove("text") {
        Some(Value::String(text)) => text,
        Some(_) => return Err(Refused::whole("the field \"text\" is not a string", mend)),
        None => return Err(Refused::whole(format!("has no field \"text\" (it has {})", names(&fields)), mend)),
    };
    let mut take = |field: Field| {
        let name = field.known_as().iter().find_map(|known| fields.keys().find(|key| plain_name(key) == *known).cloned());
        name.and_then(|name| fields.remove(&name)).and_then(plain).unwrap_or_default()
    };
    let (outlet, published_at) = (take(Field::Outlet), take(Field::PublishedAt));
    Ok(Draft {
        source_id: take(Field::Id),
        outlet_basis: if outlet.is_empty() { OutletBasis::File } else { OutletBasis::Field },
        outlet,
        title: take(Field::Title),
        byline: take(Field::Byline),
        date_basis: if published_at.is_empty() { DateBasis::None } else { DateBasis::Field },
        published_at,
        url: take(Field::Url),
        language: take(Field::Language),
        note: take(Field::Note),
        text,
        ..Draft::default()
    })
}

/// A value as a person would write it; nothing for one that is no plain value.
fn plain(value: Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text).filter(|text| !text.trim().is_empty()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(_) | Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

fn names(fields: &Map<String, Value>) -> String {
    let names: Vec<&str> = fields.keys().take(8).map(String::as_str).collect();
    if names.is_empty() { "none".into() } else { names.join(", ") }
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::read::draft::Collected;
    use crate::read::format::Source;

    fn lines(content: &[u8]) -> Collected {
        let mut found = Collected::default();
        Source::bare("news.jsonl", |source| read(&mut &*content, source, &mut found)).unwrap();
        found
    }

    #[test]
    fn fields_of_passim_and_our_own() {
        let found = lines(b"\xEF\xBB\xBF{\"id\":\"a\",\"series\":\"S\",\"text\":\"One\"}\n\n{\"id\":7,\"outlet\":\"O\",\"text\":\"Two\"}\r\n{\"text\":\"Three\"}");
        let found: Vec<_> = found.articles.iter().map(|d| (d.line, &*d.source_id, &*d.outlet, &*d.text)).collect();
        assert_eq!(found, [(1, "a", "S", "One"), (3, "7", "O", "Two"), (4, "", "", "Three")]);
    }

    #[test]
    fn what_is_no_article_is_told() {
        let found = lines(b"{\"id\":1}\n[1]\n{\"text\":\n{\"text\":5}\n{\"text\":\"\xff\"}\n");
        let reasons: Vec<String> = found.refused.into_iter().map(|refused| refused.reason).collect();
        assert_eq!(reasons[0], "has no field \"text\" (it has id)");
        assert_eq!(reasons[1], "is no JSON object");
        assert!(reasons[2].starts_with("is no JSON (EOF"), "{}", reasons[2]);
        assert_eq!(reasons[3], "the field \"text\" is not a string");
        assert!(reasons[4].starts_with("is no JSON (invalid unicode"), "{}", reasons[4]);
    }
}
