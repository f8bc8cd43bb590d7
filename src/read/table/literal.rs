//! Cells that hold a list or a dictionary as Python writes it, which is how data frames save what JSON had as one.

/// Keys of a dictionary whose value names it, the surest first.
const NAMED_BY: &[&str] = &["name", "title"];

/// A cell as a person would write it: the name in `{'id': None, 'name': 'Some Paper'}`, the members of `['A B', 'C D']` with commas
/// between; anything else as it is.
pub(super) fn worded(cell: &str) -> String {
    let is_literal = (cell.starts_with('{') && cell.ends_with('}')) || (cell.starts_with('[') && cell.ends_with(']'));
    let Some(strings) = is_literal.then(|| strings(cell)).flatten() else { return cell.to_owned() };
    if strings.iter().all(|(_, is_key)| !is_key) {
        let is_list = !strings.is_empty() || cell == "[]" || cell == "{}";
        return if is_list { strings.into_iter().map(|(word, _)| word).collect::<Vec<_>>().join(", ") } else { cell.to_owned() };
    }
    let values = |name: &str| {
        let of = strings.windows(2).filter_map(|pair| match pair {
            [(key, true), (value, false)] if key == name => Some(value.trim()),
            _ => None,
        });
        of.filter(|value| !value.is_empty()).collect::<Vec<_>>().join(", ")
    };
    NAMED_BY.iter().map(|name| values(name)).find(|names| !names.is_empty()).unwrap_or_else(|| cell.to_owned())
}

/// The strings of a literal, and whether each is a key; `None` if one is not closed.
fn strings(literal: &str) -> Option<Vec<(String, bool)>> {
    let mut found = Vec::new();
    let mut rest = literal.chars();
    while let Some(mark) = rest.next() {
        if mark != '\'' && mark != '"' {
            continue;
        }
        let mut string = String::new();
        loop {
            match rest.next()? {
                '\\' => string.push(rest.next()?),
                c if c == mark => break,
                c => string.push(c),
            }
        }
        found.push((string, rest.as_str().trim_start().starts_with(':')));
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::worded;

    #[test]
    fn rows() {
        for (cell, expected) in [
            ("{'id': 'some-paper', 'name': 'Some Paper'}", "Some Paper"),
            ("{'id': None, 'name': \"Reader's Paper\"}", "Reader's Paper"),
            ("{\"uri\": \"a.example\", \"title\": \"A\"}", "A"),
            ("['A B', 'C D']", "A B, C D"),
            ("[{'name': 'A', 'x': 1}, {'name': 'B'}]", "A, B"),
            ("[]", ""),
            ("[Reuters]", "[Reuters]"),
            ("{'id': None}", "{'id': None}"),
            ("['open]", "['open]"),
            ("Some Paper", "Some Paper"),
        ] {
            assert_eq!(worded(cell), expected, "{cell}");
        }
    }
}
