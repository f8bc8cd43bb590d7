//! What ProQuest calls its fields, in the languages of its interface.

/// A field that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// The text.
    FullText,
    /// A summary.
    Abstract,
    /// Headline.
    Title,
    /// By-line.
    Author,
    /// Who published.
    Publication,
    /// Date of publication.
    Date,
    /// Its year.
    Year,
    /// Language.
    Language,
    /// Number in the database.
    Id,
    /// Address.
    Url,
    /// One that is known and not read.
    Other,
}

/// Fields by their names in lower case, in the languages of the interface.
const FIELDS: &[(Field, &[&str])] = &[
    (Field::FullText, &["full text", "texto completo", "texte intégral", "volltext", "testo completo", "volledige tekst"]),
    (Field::Abstract, &["abstract", "abstract (summary)", "resumen", "résumé", "zusammenfassung", "resumo", "riassunto"]),
    (Field::Title, &["title", "título", "titre", "titel", "titolo"]),
    (Field::Author, &["author", "authors", "autor", "auteur", "autore", "byline"]),
    (
        Field::Publication,
        &[
            "publication title",
            "publication",
            "título de publicación",
            "título de la publicación",
            "titre de la publication",
            "titel der publikation",
            "publikationstitel",
            "titel der veröffentlichung",
            "título da publicação",
        ],
    ),
    (
        Field::Date,
        &[
            "publication date",
            "fecha de publicación",
            "date de publication",
            "publikationsdatum",
            "erscheinungsdatum",
            "data de publicação",
            "date",
        ],
    ),
    (Field::Year, &["publication year", "año de publicación", "année de publication", "publikationsjahr", "erscheinungsjahr", "year"]),
    (
        Field::Language,
        &[
            "language of publication",
            "language",
            "idioma de la publicación",
            "langue de publication",
            "sprache der veröffentlichung",
            "idioma",
        ],
    ),
    (
        Field::Id,
        &[
            "proquest document id",
            "id del documento de proquest",
            "id de document proquest",
            "proquest-dokument-id",
            "id do documento proquest",
        ],
    ),
    (Field::Url, &["document url", "url del documento", "url du document", "dokument-url", "url do documento"]),
    (
        Field::Other,
        &[
            "publication info",
            "links",
            "subject",
            "location",
            "people",
            "company / organization",
            "company/organization",
            "company",
            "classification",
            "identifier / keyword",
            "identifiers",
            "keywords",
            "pages",
            "page",
            "first page",
            "start page",
            "last page",
            "number of pages",
            "volume",
            "issue",
            "section",
            "publisher",
            "place of publication",
            "country of publication",
            "publication subject",
            "issn",
            "e-issn",
            "eissn",
            "isbn",
            "source type",
            "document type",
            "document feature",
            "accession number",
            "copyright",
            "last updated",
            "database",
            "url",
            "doi",
            "publication frequency",
            "column",
            "dateline",
            "edition",
            "supplement",
            "source attribution",
            "credit",
            "illustration",
            "caption",
            "word count",
            "online publication date",
            "publication history",
            "milestone dates",
            "coden",
            "cited by",
            "references",
            "business indexing term",
            "duns number",
            "ticker",
            "source",
            "journal subject",
            "peer reviewed",
            "alternate title",
            "variant title",
            "editor",
            "narrow subject",
            "broad subject",
            "product name",
            "notes",
            "correspondence author",
            "name",
            "alternativer titel",
            "materia",
            "sujet",
            "thema",
            "lugar",
        ],
    ),
];

/// The field that a line starts, and what stands behind its name.
#[must_use]
pub fn field(text: &str) -> Option<(Field, &str)> {
    let (name, value) = text.split_once(':')?;
    if name.len() > 40 {
        return None;
    }
    let name = name.trim().to_lowercase();
    let found = FIELDS.iter().find(|(_, names)| names.contains(&name.as_str()))?.0;
    Some((found, value.trim()))
}

#[cfg(test)]
mod tests {
    use super::{Field, field};

    #[test]
    fn names_in_languages() {
        assert_eq!(field("Full Text: It began"), Some((Field::FullText, "It began")));
        assert_eq!(field("Titre\u{A0}: Le titre"), Some((Field::Title, "Le titre")));
        assert_eq!(field("ProQuest-Dokument-ID: 7"), Some((Field::Id, "7")));
        assert_eq!((field("He said: no"), field("no colon")), (None, None));
    }
}
