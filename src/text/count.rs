//! Numbers in sentences.

/// A count with commas between its thousands.
#[must_use]
pub fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A count and its noun, in the plural unless it is one.
#[must_use]
pub fn plural(n: usize, noun: &str) -> String {
    let many = match noun.strip_suffix('y') {
        _ if n == 1 => noun.to_owned(),
        Some(stem) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{stem}ies"),
        _ => format!("{noun}s"),
    };
    format!("{} {many}", grouped(n as u64))
}

/// How many of all: `312 of 4,890`.
#[must_use]
pub fn of(part: usize, all: usize) -> String {
    format!("{} of {}", grouped(part as u64), grouped(all as u64))
}

#[cfg(test)]
mod tests {
    use super::{grouped, of, plural};

    #[test]
    fn numbers_for_people() {
        assert_eq!([grouped(7), grouped(1234), grouped(1_234_567)], ["7", "1,234", "1,234,567"]);
        assert_eq!([plural(1, "file"), plural(0, "file")], ["1 file", "0 files"]);
        assert_eq!([plural(2, "entry"), plural(2, "day")], ["2 entries", "2 days"]);
        assert_eq!(of(312, 4890), "312 of 4,890");
    }
}
