//! What Nexis writes before and after its articles, in the languages in which it does.

/// A field of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Label {
    /// Who wrote it.
    Byline,
    /// Its headline, in old deliveries.
    Headline,
    /// What a summary or a standfirst says.
    Highlight,
    /// Anything else that stands before the text.
    Head,
    /// The text follows.
    Body,
    /// Its language, which stands before the text or after it.
    Language,
    /// Captions, which stand after the text.
    Graphic,
    /// When it was taken in, which stands after the text and never in it.
    Loaded,
    /// Anything else that stands after the text.
    Tail,
}

const LABELS: &[(Label, &[&str])] = &[
    (Label::Byline, &["byline", "by-line", "autor", "auteur", "signature", "autore", "door"]),
    (Label::Headline, &["headline", "titel", "titre", "kop"]),
    (Label::Highlight, &["highlight", "highlights", "abstract", "encart", "teaser", "samenvatting"]),
    (
        Label::Head,
        &[
            "length",
            "länge",
            "laenge",
            "longueur",
            "lengte",
            "longitud",
            "lunghezza",
            "extensão",
            "section",
            "rubrik",
            "ressort",
            "rubrique",
            "sectie",
            "sección",
            "sezione",
            "seção",
            "dateline",
            "series",
            "column",
            "type",
            "distribution",
            "company",
            "supplement",
            "contact",
            "kolom",
            "serie",
        ],
    ),
    (Label::Body, &["body", "text", "texte", "texto"]),
    (Label::Language, &["language", "sprache", "langue", "taal", "idioma", "lingua"]),
    (Label::Graphic, &["graphic", "graphics", "grafik", "graphique", "grafiek", "gráfico"]),
    (
        Label::Loaded,
        &["load-date", "update", "date-chargement", "laad-datum", "datum-laden", "fecha-carga", "data-caricamento", "correction-date"],
    ),
    (
        Label::Tail,
        &[
            "publication-type",
            "notes",
            "correction",
            "url",
            "publikationsart",
            "type-publication",
            "publicatietype",
            "tipo-publicación",
            "journal-code",
            "zeitungs-code",
            "code-revue",
            "acc-no",
            "document-type",
            "doc-type",
            "subject",
            "person",
            "city",
            "state",
            "country",
            "company",
            "organization",
            "industry",
            "ticker",
            "geographic",
            "classification",
            "pub-type",
            "publisher",
            "sprache",
        ],
    ),
];

/// The label of a paragraph and what stands behind it.
#[must_use]
pub fn labelled(text: &str) -> Option<(Label, &str)> {
    let (name, value) = text.split_once(':')?;
    if name.len() > 24 || name.contains('\n') {
        return None;
    }
    let name = name.trim().to_lowercase();
    let label = LABELS.iter().find(|(_, names)| names.contains(&name.as_str()))?.0;
    // German deliveries say "UPDATE: 28. Dezember 2021"; of the news it is a word.
    let is_news = name == "update" && date(value).is_none();
    (!is_news).then_some((label, value.trim()))
}

/// Whether a paragraph says whose the rights are.
#[must_use]
pub fn is_copyright(text: &str) -> bool {
    let text = text.to_lowercase();
    ["copyright", "(c) ", "©", "all rights reserved", "alle rechte vorbehalten", "tous droits réservés"]
        .iter()
        .any(|mark| text.starts_with(mark))
}

/// The date that a paragraph is, up to its year: days of the week, clocks and editions that follow are no part of it.
#[must_use]
pub fn date(text: &str) -> Option<&str> {
    let text = text.lines().next()?.trim();
    if text.chars().count() > 120 {
        return None;
    }
    let is_year = |word: &str| word.len() == 4 && word.parse().is_ok_and(|year: u16| (1500..2200).contains(&year));
    let (mut at, mut first_word) = (0, 0);
    let (mut numbers, mut words) = (0, 0);
    for piece in text.split_inclusive(|c: char| !c.is_alphanumeric()) {
        let word = piece.trim_end_matches(|c: char| !c.is_alphanumeric());
        if is_year(word) {
            let rest = text.get(at..)?;
            let alone = numbers + words == 0;
            let plain = rest.chars().all(|c| c.is_ascii_digit() || "-./ 年月日".contains(c));
            let dated = (numbers >= 1 && numbers + words <= 4) || words == 1;
            // "Tuesday 28 December 2021": of two words the first is the day of the week.
            let from = if words == 2 { first_word } else { 0 };
            return match alone {
                true if plain => Some(rest),
                false if dated => text.get(from..at + word.len()).map(str::trim_start),
                _ => None,
            };
        }
        at += piece.len();
        let ordinal = word.trim_end_matches(|c: char| c.is_alphabetic());
        match ordinal.parse::<u32>() {
            Ok(1..=31) => numbers += 1,
            _ if word.is_empty() => {}
            _ => {
                words += 1;
                first_word = if numbers == 0 && words == 1 { at } else { first_word };
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{Label, date, labelled};

    #[test]
    fn dates_end_with_their_year() {
        for (given, expected) in [
            ("December 28, 2021 Tuesday 10:00 AM GMT", Some("December 28, 2021")),
            ("Tuesday, 28 December 2021", Some("28 December 2021")),
            ("Mittwoch 29. Dezember 2021", Some("29. Dezember 2021")),
            ("28 de diciembre de 2021", Some("28 de diciembre de 2021")),
            ("28. Dezember 2021 Dienstag", Some("28. Dezember 2021")),
            ("2 février 2021 mardi", Some("2 février 2021")),
            ("March 1999", Some("March 1999")),
            ("2021-12-28", Some("2021-12-28")),
            ("March 9, 1916\nFinal Edition", Some("March 9, 1916")),
            ("What the year 2021 brought to the people", None),
            ("The Guardian (London)", None),
            ("2021 was a hard year", None),
        ] {
            assert_eq!(date(given), expected, "{given}");
        }
    }

    #[test]
    fn labels_in_languages() {
        assert_eq!(labelled("Length: 353 words"), Some((Label::Head, "353 words")));
        assert_eq!(labelled("LÄNGE: 353 Wörter"), Some((Label::Head, "353 Wörter")));
        assert_eq!(labelled("AUTEUR: Jean Dupont"), Some((Label::Byline, "Jean Dupont")));
        assert_eq!(labelled("UPDATE: 28. Dezember 2021"), Some((Label::Loaded, "28. Dezember 2021")));
        assert_eq!((labelled("He said: no"), labelled("Update: the port is open")), (None, None));
    }
}
