//! How many bytes a section may take: the page stays small enough to be mailed and opened, however large the set.

use askama::Template;

/// Bytes of the page for each article, up to [`MOST`].
const PER_ARTICLE: usize = 18_000;
/// Bytes that the page of a small set may take.
const LEAST: usize = 900_000;
/// Bytes that no page exceeds by more than its frame and charts.
const MOST: usize = 4_200_000;

/// Bytes that the sections of a page may take together.
#[must_use]
pub(super) fn of_page(articles: usize) -> usize {
    articles.saturating_mul(PER_ARTICLE).clamp(LEAST, MOST)
}

/// What is left for a section.
#[derive(Debug)]
pub(super) struct Allowance {
    left: usize,
}

impl Allowance {
    /// So many bytes.
    pub(super) const fn new(left: usize) -> Self {
        Self { left }
    }

    /// What nobody took.
    pub(super) const fn left(&self) -> usize {
        self.left
    }

    /// Takes what cannot be left out, such as a chart.
    pub(super) const fn spend(&mut self, bytes: usize) {
        self.left = self.left.saturating_sub(bytes);
    }

    /// The same with at most so many hundredths of what is left, so that a list leaves room for what follows it.
    ///
    /// # Errors
    /// What a template says.
    pub(super) fn fill_share<T: Template>(&mut self, hundredths: usize, items: impl IntoIterator<Item = T>) -> askama::Result<Vec<String>> {
        let out = Self::new(self.left / 100 * hundredths).fill(items)?;
        self.spend(out.iter().map(String::len).sum());
        Ok(out)
    }

    /// Renders items until one does not fit, at least the first. Order them so that what matters most comes first.
    ///
    /// # Errors
    /// What a template says.
    pub(super) fn fill<T: Template>(&mut self, items: impl IntoIterator<Item = T>) -> askama::Result<Vec<String>> {
        let mut out: Vec<String> = Vec::new();
        for item in items {
            let html = item.render()?;
            if html.len() > self.left && !out.is_empty() {
                break;
            }
            self.spend(html.len());
            out.push(html);
        }
        Ok(out)
    }
}

#[cfg(test)]
mod tests {
    use super::{Allowance, LEAST, MOST, of_page};

    #[derive(askama::Template)]
    #[template(source = "{{ self.0 }}", ext = "txt")]
    struct Item(&'static str);

    #[test]
    fn what_fits_is_shown_and_at_least_one() {
        let items = || ["aaaa", "bb", "c"].map(Item);
        let mut allowance = Allowance::new(6);
        assert_eq!(allowance.fill(items()).unwrap(), ["aaaa", "bb"]);
        assert_eq!(allowance.left(), 0);
        assert_eq!(Allowance::new(1).fill(items()).unwrap(), ["aaaa"]);
        let mut allowance = Allowance::new(1_000);
        assert_eq!(allowance.fill_share(1, items().into_iter().chain(items())).unwrap(), ["aaaa", "bb", "c"]);
        assert_eq!(allowance.left(), 993);
    }

    #[test]
    fn pages_grow_with_their_set_within_bounds() {
        assert_eq!([of_page(5), of_page(100), of_page(60_000)], [LEAST, 1_800_000, MOST]);
    }
}
