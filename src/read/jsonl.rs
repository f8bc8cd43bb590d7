//! JSON lines: one article a line, with the fields that passim, news crawlers and Retold's own users give.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;
use std::sync::Arc;

use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};

use crate::corpus::record::{Digest, OutletBasis, Record};

/// Longest line that is read, in bytes.
pub const LONGEST_LINE: usize = 64 << 20;

/// What one line came to.
#[derive(Debug)]
pub enum Line {
    /// An article.
    Article(Box<Record>),
    /// None: why, and the start of the line.
    Refused {
        /// Why, and how to mend it.
        reason: String,
        /// The start of the line.
        text: String,
    },
}

/// Bytes and SHA-256 of a file that was read to its end.
#[derive(Debug)]
pub struct FileRead {
    /// Bytes.
    pub bytes: u64,
    /// Its SHA-256.
    pub sha256: Digest,
}

/// Reads a file line by line, so that memory holds one line of it. `found` hears of each line that is not blank, with its
/// 1-based number. `shown` is the name of the file in records, `outlet` names the outlet of an article that names none.
///
/// # Errors
/// What the operating system says.
pub fn read(path: &Path, shown: &Arc<str>, outlet: &(String, OutletBasis), mut found: impl FnMut(usize, Line)) -> io::Result<FileRead> {
    let mut file = BufReader::with_capacity(1 << 16, File::open(path)?);
    let mut hash = Sha256::new();
    let (mut bytes, mut line) = (0u64, Vec::new());
    for number in 1.. {
        line.clear();
        let read = file.by_ref().take(LONGEST_LINE as u64 + 1).read_until(b'\n', &mut line)?;
        if read == 0 {
            break;
        }
        bytes += read as u64;
        hash.update(&line);
        let too_long = line.len() > LONGEST_LINE && !line.ends_with(b"\n");
        if too_long {
            // The rest of the line goes by in pieces.
            loop {
                let part = file.fill_buf()?;
                let end = part.iter().position(|&b| b == b'\n').map_or(part.len(), |at| at + 1);
                let (done, used) = (part.is_empty() || part[..end].ends_with(b"\n"), end);
                hash.update(&part[..end]);
                bytes += used as u64;
                file.consume(used);
                if done {
                    break;
                }
            }
        }
        let content = if number == 1 { line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&line) } else { &line };
        if content.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        let read = if too_long {
            Err(format!("is longer than {} MiB; split it into articles", LONGEST_LINE >> 20))
        } else {
            record(content, number, shown, outlet)
        };
        found(
            number,
            read.map_or_else(
                |reason| Line::Refused {
                    reason,
                    text: String::from_utf8_lossy(&content[..content.len().min(240)]).chars().take(80).collect(),
                },
                |record| Line::Article(Box::new(record)),
            ),
        );
    }
    Ok(FileRead { bytes, sha256: Digest(hash.finalize().into()) })
}

fn record(line: &[u8], number: usize, shown: &Arc<str>, outlet: &(String, OutletBasis)) -> Result<Record, String> {
    let value: Value = serde_json::from_slice(line).map_err(|e| {
        let what = e.to_string();
        // The position is in the line, not in the file: the row of the skipped gives that.
        let what = what.split(" at line ").next().unwrap_or("").to_owned();
        format!("is no JSON ({what}, column {}); each line must hold one object", e.column())
    })?;
    let Value::Object(mut fields) = value else { return Err("is no JSON object; each line must hold one, with a field \"text\"".into()) };
    let text = match fields.remove("text") {
        Some(Value::String(text)) => text,
        Some(_) => return Err("the field \"text\" is not a string".into()),
        None => return Err(format!("has no field \"text\" (it has {})", names(&fields))),
    };
    let mut take = |names: &[&str]| names.iter().find_map(|name| fields.remove(*name).and_then(plain)).unwrap_or_default();
    let stated = take(&["outlet", "series"]);
    let id = take(&["id"]);
    Ok(Record {
        path: Arc::clone(shown),
        line: number,
        source_id: id,
        outlet_basis: if stated.is_empty() { outlet.1 } else { OutletBasis::Field },
        outlet: if stated.is_empty() { outlet.0.clone() } else { stated },
        title: take(&["title", "headline"]),
        byline: take(&["byline", "author"]),
        published_at: take(&["published_at", "date"]),
        url: take(&["url", "link"]),
        language: take(&["language", "lang"]),
        note: take(&["note"]),
        text,
        body: 0,
        sha256: Digest(Sha256::digest(line).into()),
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
    use super::{Line, OutletBasis, read};

    type Found = Result<(String, String, String), String>;

    fn lines(content: &[u8]) -> Vec<(usize, Found)> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("news.jsonl");
        std::fs::write(&path, content).unwrap();
        let mut out = Vec::new();
        let done = read(&path, &"news.jsonl".into(), &("fallback".into(), OutletBasis::File), |number, line| {
            out.push((
                number,
                match line {
                    Line::Article(record) => Ok((record.source_id, record.outlet, record.text)),
                    Line::Refused { reason, .. } => Err(reason),
                },
            ));
        });
        assert_eq!(done.unwrap().bytes, content.len() as u64);
        out
    }

    #[test]
    fn fields_of_passim_and_our_own() {
        let row = |a: &str, b: &str, c: &str| Ok((a.to_owned(), b.to_owned(), c.to_owned()));
        let found = lines(b"\xEF\xBB\xBF{\"id\":\"a\",\"series\":\"S\",\"text\":\"One\"}\n\n{\"id\":7,\"outlet\":\"O\",\"text\":\"Two\"}\r\n{\"text\":\"Three\"}");
        assert_eq!(found, [(1, row("a", "S", "One")), (3, row("7", "O", "Two")), (4, row("", "fallback", "Three"))]);
    }

    #[test]
    fn what_is_no_article_is_told() {
        let found = lines(b"{\"id\":1}\n[1]\n{\"text\":\n{\"text\":5}\n{\"text\":\"\xff\"}\n");
        let reasons: Vec<String> = found.into_iter().map(|(_, line)| line.unwrap_err()).collect();
        assert_eq!(reasons[0], "has no field \"text\" (it has id)");
        assert_eq!(reasons[1], "is no JSON object; each line must hold one, with a field \"text\"");
        assert!(reasons[2].starts_with("is no JSON (EOF"), "{}", reasons[2]);
        assert_eq!(reasons[3], "the field \"text\" is not a string");
        assert!(reasons[4].starts_with("is no JSON (invalid unicode"), "{}", reasons[4]);
    }
}
