//! Marks by which a source says that an article repeats another.

use super::columns::plain_name;

/// A field that marks repetitions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    name: String,
    is_flag: bool,
}

/// Fields that say yes or no.
const FLAGS: &[&str] = &["isduplicate", "duplicate", "apsyndicated", "syndicated"];
/// Fields that name the other article, or the group.
const GROUPS: &[&str] = &["syndicateid", "duplicateof", "duplicateid", "originalarticleid"];

impl Mark {
    /// The mark of a field's name, if it is one.
    pub(super) fn named(name: &str) -> Option<Self> {
        let plain = plain_name(name);
        let is_flag = FLAGS.contains(&plain.as_str());
        (is_flag || GROUPS.contains(&plain.as_str())).then(|| Self { name: name.trim().to_owned(), is_flag })
    }

    /// The marks among the columns of a table.
    pub(super) fn located(names: &[String]) -> Vec<(Self, usize)> {
        names.iter().enumerate().filter_map(|(at, name)| Self::named(name).map(|mark| (mark, at))).collect()
    }

    /// The mark with its value, if the value marks something.
    pub(super) fn told(&self, value: &str) -> Option<String> {
        let no = value.is_empty() || ["false", "no", "0", "f", "n", "null", "none"].iter().any(|no| value.eq_ignore_ascii_case(no));
        let yes = ["true", "yes", "1", "t", "y", "1.0"].iter().any(|yes| value.eq_ignore_ascii_case(yes));
        let told = if self.is_flag { yes } else { !no };
        told.then(|| format!("{}={}", self.name, if self.is_flag { "true" } else { value }))
    }
}

#[cfg(test)]
mod tests {
    use super::Mark;

    #[test]
    fn marks() {
        let told = |name: &str, value: &str| Mark::named(name).and_then(|mark| mark.told(value));
        assert_eq!(told("isDuplicate", "True").as_deref(), Some("isDuplicate=true"));
        assert_eq!(told("ap_syndicated", "0"), None);
        assert_eq!(told("syndicate_id", "ab1").as_deref(), Some("syndicate_id=ab1"));
        assert_eq!((told("syndicate_id", ""), told("title", "true")), (None, None));
    }
}
