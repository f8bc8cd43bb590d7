//! The fields of an article, and where a file has them.

use super::column_names::NAMES;

/// A field of an article, whatever a file calls it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// Its id.
    Id,
    /// Who published it.
    Outlet,
    /// Headline.
    Title,
    /// By-line.
    Byline,
    /// Date of publication.
    PublishedAt,
    /// When it was fetched.
    RetrievedAt,
    /// Address.
    Url,
    /// Language.
    Language,
    /// Remark.
    Note,
    /// The text.
    Text,
    /// A summary or the start, which stands in where there is no text.
    Summary,
}

impl Field {
    /// Its own name.
    #[must_use]
    pub fn name(self) -> &'static str {
        NAMES.iter().find(|(field, ..)| *field == self).map_or("", |(_, name, _)| name)
    }

    /// The field of that own name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        NAMES.iter().find(|(_, own, _)| *own == name).map(|(field, ..)| *field)
    }

    /// All fields.
    pub fn all() -> impl Iterator<Item = Self> {
        NAMES.iter().map(|(field, ..)| *field)
    }

    /// The field that a name as [`plain_name`] gives it stands for, and how sure that is: the lower the surer.
    #[must_use]
    pub fn known(plain: &str) -> Option<(Self, usize)> {
        NAMES.iter().find_map(|(field, _, names)| names.iter().position(|name| *name == plain).map(|rank| (*field, rank)))
    }

    /// Names under which a field is found in files, the surest first, as [`plain_name`] gives them.
    #[must_use]
    pub fn known_as(self) -> &'static [&'static str] {
        NAMES.iter().find(|(field, ..)| *field == self).map_or(&[], |(_, _, names)| names)
    }
}

/// A name of a column as names are compared: lower case, letters and figures only.
#[must_use]
pub fn plain_name(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// A name without the words that people put around one that is known, as [`plain_name`] gives it: "Link to article" is a link,
/// "Cuerpo de la noticia" a body, "Full news" an article. Empty if nothing is left.
fn core_name(name: &str) -> String {
    const ARTICLES: &[&str] =
        &["article", "articles", "news", "story", "artikel", "artikels", "artículo", "articulo", "noticia", "notícia"];
    #[rustfmt::skip]
    const AROUND: &[&str] = &[
        "the", "an", "of", "to", "full", "whole", "complete", "original", "main", "name", "de", "del", "la", "el", "le", "les", "des", "du",
        "l", "d", "da", "do", "der", "zum", "von",
    ];
    let words: Vec<String> = name.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase).filter(|word| !word.is_empty()).collect();
    let is_around = |word: &&String| AROUND.contains(&word.as_str());
    let is_article = |word: &&String| ARTICLES.contains(&word.as_str());
    let core: String = words.iter().filter(|word| !is_around(word) && !is_article(word)).map(String::as_str).collect();
    match core.as_str() {
        "" if words.iter().any(|word| is_article(&word)) && words.iter().all(|word| word != "name") => "article".to_owned(),
        // In JSON pictures and films have this name.
        "media" => "medium".to_owned(),
        _ => core,
    }
}

/// Names that the user declares for fields: `outlet=Zeitung,text=Inhalt`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns(Vec<(Field, String)>);

impl Columns {
    /// Reads `field=column` pairs between commas. A column is a name of the header, or its number from 1.
    ///
    /// # Errors
    /// Says which pair is none.
    pub fn parse(given: &str) -> Result<Self, String> {
        let pairs = given.split(',').map(str::trim).filter(|pair| !pair.is_empty()).map(|pair| {
            let own = || Field::all().map(Field::name).collect::<Vec<_>>().join(", ");
            let (field, column) = pair.split_once('=').ok_or_else(|| format!("\"{pair}\" is no pair; write it as text=Inhalt"))?;
            let field = Field::named(field.trim()).ok_or_else(|| format!("\"{}\" is no field; the fields are {}", field.trim(), own()))?;
            Ok((field, column.trim().to_owned()))
        });
        pairs.collect::<Result<_, String>>().map(Self)
    }

    /// The column declared for a field.
    #[must_use]
    pub fn declared(&self, field: Field) -> Option<&str> {
        self.0.iter().find(|(of, _)| *of == field).map(|(_, column)| column.as_str())
    }

    /// The column of each field in a header: the declared one, else the surest known name that is there. A column serves one
    /// field.
    ///
    /// # Errors
    /// Names a declared column that the header does not have.
    pub fn locate(&self, header: &[String]) -> Result<Vec<(Field, usize)>, String> {
        let plain: Vec<String> = header.iter().map(|name| plain_name(name)).collect();
        let mut found: Vec<(Field, usize)> = Vec::new();
        for (field, column) in &self.0 {
            let by_name =
                header.iter().position(|name| name.trim() == column).or_else(|| plain.iter().position(|name| *name == plain_name(column)));
            let by_number = || column.parse::<usize>().ok().and_then(|number| number.checked_sub(1)).filter(|&at| at < header.len());
            let at = by_name.or_else(by_number).ok_or_else(|| column.clone())?;
            found.push((*field, at));
        }
        for field in Field::all() {
            if found.iter().any(|(of, _)| *of == field) {
                continue;
            }
            let free = |at: &usize| found.iter().all(|(_, used)| used != at);
            let at = field.known_as().iter().find_map(|known| plain.iter().position(|name| name == known).filter(free));
            found.extend(at.map(|at| (field, at)));
        }
        // What people call columns themselves: only where no column has a name that is known.
        let cores: Vec<String> = header.iter().map(|name| core_name(name)).collect();
        for field in Field::all() {
            let free = |at: &usize| found.iter().all(|(of, used)| used != at && *of != field);
            let at = field.known_as().iter().find_map(|known| cores.iter().position(|name| name == known).filter(free));
            found.extend(at.map(|at| (field, at)));
        }
        Ok(found)
    }

    /// The other columns of a header whose names stand for the text, the surest first: programs have one for each way in which
    /// they find it, and leave those empty that found nothing. None where the user declared one.
    #[must_use]
    pub fn other_texts(&self, header: &[String], located: &[(Field, usize)]) -> Vec<usize> {
        if self.declared(Field::Text).is_some() {
            return Vec::new();
        }
        let plain: Vec<String> = header.iter().map(|name| plain_name(name)).collect();
        let free = |at: &usize| located.iter().all(|(_, used)| used != at);
        let known = Field::Text.known_as().iter();
        known.filter_map(|known| plain.iter().position(|name| name == known).filter(free)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{Columns, Field};

    #[test]
    fn names_that_people_give() {
        let found = |names: &[&str]| {
            let header: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
            let mut found = Columns::default().locate(&header).unwrap();
            found.sort_by_key(|(_, at)| *at);
            found.into_iter().map(|(field, at)| (field.name(), at)).collect::<Vec<_>>()
        };
        let form = ["Timestamp", "Outlet", "Publication date", "Article headline", "Full article text", "Link to article"];
        assert_eq!(found(&form), [("outlet", 1), ("published_at", 2), ("title", 3), ("text", 4), ("url", 5)]);
        assert_eq!(found(&["Date", "Media", "News"]), [("published_at", 0), ("outlet", 1), ("text", 2)]);
        assert_eq!(found(&["Medio", "Titular", "Cuerpo de la noticia"]), [("outlet", 0), ("title", 1), ("text", 2)]);
        assert_eq!(found(&["News", "Text", "Full name", "Article name"]), [("text", 1)]);
    }

    #[test]
    fn declared_and_guessed() {
        let header: Vec<String> = ["Source", "Headline", "Date", "Link", "Full text"].map(str::to_owned).to_vec();
        let found = Columns::default().locate(&header).unwrap();
        let at = |field| found.iter().find(|(of, _)| *of == field).map(|(_, at)| *at);
        assert_eq!([Field::Outlet, Field::Title, Field::PublishedAt, Field::Url, Field::Text].map(at), [0, 1, 2, 3, 4].map(Some));
        let declared = Columns::parse("text=Link, outlet=2").unwrap();
        let found = declared.locate(&header).unwrap();
        assert!(found.contains(&(Field::Text, 3)) && found.contains(&(Field::Outlet, 1)));
        assert_eq!(Columns::parse("text=Inhalt").unwrap().locate(&header), Err("Inhalt".to_owned()));
        assert!(Columns::parse("texte=Inhalt").unwrap_err().contains("the fields are id, outlet"));
    }
}
