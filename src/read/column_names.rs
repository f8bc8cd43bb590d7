//! What exports call the fields of an article, in the languages of their makers.

use super::columns::Field;

/// All fields with their own names, and the names under which exports have them, the surest first; lower case, letters and figures
/// only. A name stands for one field.
#[rustfmt::skip]
pub(super) const NAMES: &[(Field, &str, &[&str])] = &[
    (Field::Id, "id", &[
        "id", "articleid", "storiesid", "storyid", "uri", "uuid", "guid", "docid", "documentid", "accessionnumber", "recordid",
        "itemid", "storeid", "postid", "newsid",
    ]),
    (Field::Outlet, "outlet", &[
        "outlet", "series", "source", "sourcename", "sourcetitle", "publisher", "publishername", "publication", "publicationname",
        "publicationtitle", "pubtitle", "newspaper", "newspapername", "medianame", "mediaoutlet", "outletname", "sitename",
        "site", "newssource", "newsoutlet", "sourcedomain", "domain", "mediaurl", "website", "provider", "creditline",
        "copyrightholder", "infosource", "infosources", "quelle", "zeitung", "zeitungsname", "medium", "publikation",
        "herausgeber", "journal", "média", "nomdumedia", "nomdumédia", "éditeur", "editeur", "fuente", "medio", "periódico",
        "periodico", "diario", "publicación", "publicacion", "fonte", "testata", "giornale", "quotidiano", "veículo", "veiculo",
        "jornal", "bron", "krant", "uitgever", "sourceuri",
    ]),
    (Field::Title, "title", &[
        "title", "headline", "heading", "titlepage", "articletitle", "newstitle", "storytitle", "posttitle", "webtitle", "headlines", "hl",
        "hed", "titel", "überschrift", "ueberschrift", "schlagzeile", "titre", "título", "titulo", "titular", "titolo",
        "títulodanotícia", "kop", "artikeltitel",
    ]),
    (Field::Byline, "byline", &[
        "byline", "author", "authors", "authorname", "bylines", "by", "writer", "reporter", "journalist", "creator", "autor",
        "autoren", "verfasser", "verfasserin", "auteur", "auteurs", "autore", "autori", "autores",
    ]),
    (Field::PublishedAt, "published_at", &[
        "publishedat", "published", "publisheddate", "publishdate", "datepublish", "datepublished", "publishedon",
        "publishedtime", "publishtime", "datetimepub", "pubdate", "publicationdate", "publicationdatetime", "webpublicationdate",
        "firstpublicationdate", "dateofpublication", "postdate", "articledate", "newsdate", "versioncreated", "firstcreated", "contentcreated", "dategmt", "date",
        "datetime", "seendate", "publishedutc", "pubdateutc", "loaddate", "datum", "erscheinungsdatum", "erschienen",
        "erschienenam", "veröffentlichungsdatum", "veroeffentlichungsdatum", "publikationsdatum", "publicatiedatum",
        "datedepublication", "datedeparution", "fecha", "fechadepublicación", "fechadepublicacion", "fechapublicacion",
        "fechapublicación", "datapubblicazione", "datadipubblicazione", "datadepublicação", "datadepublicacao", "datapublicacao",
        "data",
    ]),
    (Field::RetrievedAt, "retrieved_at", &[
        "retrievedat", "datedownload", "crawled", "crawledat", "crawldate", "indexeddate", "fetchedat", "fetched",
        "dateretrieved", "scrapedat", "scrapedate", "dateadded", "dateaccessed", "accessdate", "downloaddate",
    ]),
    (Field::Url, "url", &[
        "url", "link", "weburl", "articleurl", "newsurl", "permalink", "canonicalurl", "documenturl", "sourceurl", "href",
        "uniformresourcelocator", "webaddress", "webadresse", "lien", "enlace", "collegamento",
    ]),
    (Field::Language, "language", &[
        "language", "lang", "languagecode", "sprache", "langue", "idioma", "lingua", "língua", "taal",
    ]),
    (Field::Note, "note", &[
        "note", "notes", "remark", "remarks", "comment", "editornote", "ednote", "bemerkung", "anmerkung", "notiz", "kommentar",
        "remarque", "nota", "opmerking",
    ]),
    (Field::Text, "text", &[
        "text", "fulltext", "fulltextarticle", "fullcontent", "maintext", "bodytext", "body", "content", "articletext", "articlebody",
        "articlecontent", "postcontent", "cleantext", "plaintext", "textcontent", "contenttext", "contenthtml", "bodyxhtml", "bodyhtml",
        "bodies", "transcript", "story", "storytext", "newstext", "documenttext", "volltext", "artikeltext", "haupttext",
        "fliesstext", "fließtext", "inhalt", "texte", "textecomplet", "texteintégral", "texteintegral", "contenu", "corps",
        "texto", "textocompleto", "cuerpo", "contenido", "testo", "testocompleto", "contenuto", "textointegral", "conteúdo",
        "conteudo", "corpo", "tekst", "volledigetekst", "inhoud", "artikeltekst", "article", "artikel",
    ]),
    (Field::Summary, "summary", &[
        "summary", "abstract", "description", "shortdescription", "metadescription", "abstractnote", "snippet", "excerpt", "leadparagraph", "lead", "openingtext", "teaser",
        "standfirst", "trailtext", "hitsentence", "zusammenfassung", "kurzfassung", "vorspann", "résumé", "resume", "chapô",
        "chapo", "resumen", "resumo", "sommario", "riassunto", "samenvatting",
    ]),
];

#[cfg(test)]
mod tests {
    use super::NAMES;
    use crate::read::columns::plain_name;

    #[test]
    fn names_are_plain_and_stand_for_one_field() {
        let mut names: Vec<&str> = NAMES.iter().flat_map(|(_, _, names)| names.iter().copied()).collect();
        assert!(names.iter().all(|name| plain_name(name) == *name));
        let all = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), all);
    }
}
