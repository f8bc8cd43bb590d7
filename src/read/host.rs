//! What an address, or the name of a file, tells of an article: its outlet by the host, its day by the path.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::corpus::date::PublishedAt;
use crate::corpus::outlet_names::OutletNames;

static CARRIERS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    include_str!("../../lexicons/carriers.txt").lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')).collect()
});

/// The host of an address, without a port and a leading `www.`, in the case given; `None` for what is no web address.
#[must_use]
pub fn host(url: &str) -> Option<&str> {
    let rest = unwrapped(url.trim());
    let rest = rest.split_once("://").filter(|(scheme, _)| matches!(scheme.to_ascii_lowercase().as_str(), "http" | "https"))?.1;
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.rsplit('@').next()?.split(':').next()?.trim_end_matches('.');
    let host = host.get(..4).filter(|www| www.eq_ignore_ascii_case("www.")).map_or(host, |_| host.get(4..).unwrap_or(host));
    (host.contains('.') && !host.bytes().all(|b| b.is_ascii_digit() || b == b'.')).then_some(host)
}

/// The address that an archive's address keeps: `https://web.archive.org/web/2021…/https://…`.
fn unwrapped(url: &str) -> &str {
    let inner = url.get(8..).and_then(|rest| rest.find("/http://").or_else(|| rest.find("/https://"))).and_then(|at| url.get(8 + at + 1..));
    inner.filter(|_| url.contains("archive")).unwrap_or(url)
}

/// The outlet that an address tells: the listed host or, of any other, the domain that can be registered (by the public suffix
/// list). `None` for hosts that carry the pages of others.
#[must_use]
pub fn outlet(url: &str, names: &OutletNames) -> Option<String> {
    let host = host(url)?.to_lowercase();
    let mut above = Some(host.as_str());
    while let Some(part) = above {
        if CARRIERS.contains(part) {
            return None;
        }
        above = part.split_once('.').map(|(_, rest)| rest);
    }
    if names.get(&host).is_some() {
        return Some(host);
    }
    Some(psl::domain_str(&host).map_or_else(|| host.clone(), str::to_owned))
}

/// The day in the path of an address: `/2021/12/28/`, `/2021/dec/28/`, `/2021-12-28/`.
#[must_use]
pub fn day(url: &str) -> Option<PublishedAt> {
    let rest = unwrapped(url).split_once("://")?.1.split(['?', '#']).next()?;
    let parts: Vec<&str> = rest.split('/').skip(1).collect();
    let number = |part: &str, widths: std::ops::RangeInclusive<usize>| {
        (widths.contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit())).then(|| part.parse::<i16>().ok()).flatten()
    };
    let short = |part: &str| number(part, 1..=2).and_then(|n| i8::try_from(n).ok());
    const NAMES: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let month = |part: &str| {
        let named = || NAMES.iter().position(|name| part.eq_ignore_ascii_case(name)).and_then(|at| i8::try_from(at + 1).ok());
        short(part).or_else(named)
    };
    let in_parts = parts.windows(3).find_map(|of| {
        let [year, m, d] = of else { return None };
        PublishedAt::day(number(year, 4..=4)?, month(m)?, short(d)?)
    });
    in_parts.or_else(|| parts.iter().find_map(|part| iso_day(part.get(..10)?).filter(|_| part.len() == 10)))
}

/// The day that a name starts with: `2021-12-28_0004`, `20211228-story`.
#[must_use]
pub fn day_of_name(stem: &str) -> Option<PublishedAt> {
    let ends = |at: usize| stem.get(at..).is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()));
    let dashed = stem.get(..10).and_then(iso_day).filter(|_| ends(10));
    dashed.or_else(|| {
        let digits = stem.get(..8).filter(|d| d.bytes().all(|b| b.is_ascii_digit()) && ends(8))?;
        PublishedAt::day(digits.get(..4)?.parse().ok()?, digits.get(4..6)?.parse().ok()?, digits.get(6..)?.parse().ok()?)
    })
}

fn iso_day(text: &str) -> Option<PublishedAt> {
    let mut parts = text.split(['-', '_']);
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let right = year.len() == 4 && month.len() == 2 && day.len() == 2 && parts.next().is_none();
    if right { PublishedAt::day(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?) } else { None }
}

#[cfg(test)]
mod tests {
    use super::{OutletNames, day, day_of_name, host, outlet};

    #[test]
    fn outlets_by_host() {
        let found = |url: &str| outlet(url, OutletNames::shipped());
        assert_eq!(host("https://user@WWW.Example.co.uk:8080/a?b"), Some("Example.co.uk"));
        assert_eq!(found("https://www.bbc.co.uk/news/1").as_deref(), Some("bbc.co.uk"));
        assert_eq!(found("http://news.sky.com/story").as_deref(), Some("news.sky.com"));
        assert_eq!(found("https://regional.some-paper.com.au/x").as_deref(), Some("some-paper.com.au"));
        assert_eq!(found("https://a.blogspot.com/2021/12/x.html").as_deref(), Some("a.blogspot.com"));
        assert_eq!(found("https://web.archive.org/web/20211228101500/https://www.nytimes.com/x").as_deref(), Some("nytimes.com"));
        assert_eq!(found("https://chroniclingamerica.loc.gov/lccn/sn82016014/1916-03-09/ed-1/"), None);
        assert_eq!(found("file:///home/a.html"), None);
        assert_eq!(found("https://192.168.0.1/a"), None);
    }

    #[test]
    fn days_in_addresses_and_names() {
        let shown = |found: Option<crate::corpus::date::PublishedAt>| found.map(|d| d.to_string());
        assert_eq!(shown(day("https://a.example/world/2021/dec/28/x")).as_deref(), Some("2021-12-28"));
        assert_eq!(shown(day("https://a.example/2021/12/28/x?y=2020/01/01")).as_deref(), Some("2021-12-28"));
        assert_eq!(shown(day("https://a.example/lccn/1916-03-09/ed-1")).as_deref(), Some("1916-03-09"));
        assert_eq!(shown(day("https://a.example/2021/13/28/x")), None);
        assert_eq!(shown(day("https://a.example/world-12345678")), None);
        assert_eq!(shown(day_of_name("1916-03-11_0083")).as_deref(), Some("1916-03-11"));
        assert_eq!(shown(day_of_name("20211228-story")).as_deref(), Some("2021-12-28"));
        assert_eq!(shown(day_of_name("202112281")), None);
        assert_eq!(shown(day_of_name("000_81d992138930becb")), None);
    }
}
