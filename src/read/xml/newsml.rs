//! NewsML: the articles of news agencies in the envelopes of the IPTC, NewsML-G2 and the older NewsML 1.

use crate::corpus::record::{DateBasis, Extent, OutletBasis};
use crate::read::draft::{Draft, Refused, Sink};
use crate::read::page::markup::paragraphs;
use crate::read::xml::nitf;
use crate::read::xml::tree::{At, Element, Tree};

/// Elements that are items of news.
#[must_use]
pub fn is_item(element: &Element) -> bool {
    matches!(element.name.as_str(), "newsItem" | "NewsItem") || is_other(element)
}

/// Items of NewsML-G2 that hold no article.
fn is_other(element: &Element) -> bool {
    matches!(element.name.as_str(), "packageItem" | "conceptItem" | "knowledgeItem" | "planningItem" | "catalogItem")
}

/// Takes the articles of a document.
pub fn articles(tree: &Tree, sink: &mut dyn Sink) {
    let mut number = 0;
    for item in tree.records(is_item).filter(|item| !item.element.is_cut) {
        number += 1;
        let found = if is_other(item.element) {
            Err(format!("is a {}: it holds no article", item.element.name))
        } else if item.element.name == "NewsItem" {
            Ok(article_1(item))
        } else {
            refused(item).map_or_else(|| Ok(article_2(item)), Err)
        };
        let found = found.and_then(|draft| {
            if draft.title.is_empty() && draft.text.is_empty() { Err("has neither a headline nor a text".to_owned()) } else { Ok(draft) }
        });
        match found {
            Ok(draft) => sink.article(Draft { line: number, ..draft }),
            Err(reason) => {
                let text = first(&[item.attribute("guid"), line(item, "NewsItemId"), line(item, "headline")]);
                sink.refuse(Refused { line: number, text, ..Refused::whole(reason, "give the news items that hold texts") });
            }
        }
    }
    if number == 0 && tree.fault.is_none() {
        sink.refuse(Refused::whole("is NewsML without news items", "give the file that holds the items themselves"));
    }
}

fn line(item: At<'_>, name: &str) -> String {
    item.inside().filter(|at| at.element.name == name).map(At::line).find(|line| !line.is_empty()).unwrap_or_default()
}

fn value(item: At<'_>, name: &str, attribute: &str) -> String {
    item.inside().filter(|at| at.element.name == name).map(|at| at.attribute(attribute)).find(|value| !value.is_empty()).unwrap_or_default()
}

fn first(values: &[String]) -> String {
    values.iter().find(|value| !value.is_empty()).cloned().unwrap_or_default()
}

/// A code without the name of its scheme.
fn code(qcode: &str) -> String {
    qcode.rsplit(':').next().unwrap_or("").to_owned()
}

/// Why an item of NewsML-G2 is no article: it is a picture, or it is withdrawn.
fn refused(item: At<'_>) -> Option<String> {
    let class = code(&value(item, "itemClass", "qcode"));
    if matches!(class.as_str(), "picture" | "graphic" | "video" | "audio" | "animation")
        && item.within("body.content").is_none()
        && item.within("body").is_none()
    {
        return Some(format!("is of the class {class}: it holds no article"));
    }
    let status = code(&value(item, "pubStatus", "qcode"));
    matches!(status.as_str(), "canceled" | "cancelled" | "withheld").then(|| format!("is {status} by its provider"))
}

/// An item of NewsML-G2.
fn article_2(item: At<'_>) -> Draft {
    let meta = item.child("contentMeta");
    let party = |name: &str| item.inside().find(|at| at.element.name == name);
    let name = |part: &str| party(part).and_then(|party| party.within("name")).map(At::line).unwrap_or_default();
    let coded = |part: &str| {
        party(part)
            .map(|party| first(&[party.attribute("literal"), code(&party.attribute("qcode")), party.attribute("uri")]))
            .unwrap_or_default()
    };
    let outlet = first(&[
        name("provider"),
        name("infoSource"),
        name("copyrightHolder"),
        line(item, "creditline"),
        coded("provider"),
        coded("infoSource"),
        coded("copyrightHolder"),
    ]);
    let published_at = first(&["firstCreated", "versionCreated", "contentCreated"].map(|name| line(item, name)));
    let headline = meta.and_then(|meta| meta.within("headline")).map(At::line).unwrap_or_default();
    let nitf = item.within("nitf").map(nitf::article).unwrap_or_default();
    let byline = first(&[
        meta.and_then(|meta| meta.child("by")).map(At::line).unwrap_or_default(),
        meta.and_then(|meta| meta.child("creator")).and_then(|creator| creator.within("name")).map(At::line).unwrap_or_default(),
        nitf.byline,
    ]);
    let summary = || meta.map(|meta| line(meta, "description")).unwrap_or_default();
    let text = item
        .outermost(|element| matches!(element.name.as_str(), "inlineXML" | "inlineData"))
        .map(content)
        .max_by_key(String::len)
        .unwrap_or_default();
    let (text, extent) = with_extent(text, summary);
    let inline = item.within("inlineXML").map(|inline| inline.attribute("xml:lang")).unwrap_or_default();
    let page = || item.within("contentSet").and_then(|set| set.within("title")).map(At::line).unwrap_or_default();
    let link = || {
        item.inside()
            .filter(|at| at.element.name == "link" && code(&at.attribute("rel")).contains("canonical"))
            .map(|at| at.attribute("href"))
            .next()
            .unwrap_or_default()
    };
    Draft {
        source_id: item.attribute("guid"),
        outlet_basis: if outlet.is_empty() { OutletBasis::File } else { OutletBasis::Field },
        outlet,
        title: if headline.is_empty() {
            first(&[
                nitf.title,
                line(item, "headline"),
                page(),
                item.within("itemMeta").map(|meta| line(meta, "title")).unwrap_or_default(),
            ])
        } else {
            headline
        },
        byline,
        date_basis: if published_at.is_empty() { DateBasis::None } else { DateBasis::Field },
        published_at,
        url: link(),
        language: first(&[meta.map(|meta| value(meta, "language", "tag")).unwrap_or_default(), inline, item.attribute("xml:lang")]),
        note: line(item, "edNote"),
        text,
        extent,
        ..Draft::default()
    }
}

/// An item of NewsML 1, in which NITF or XHTML stands in `DataContent`.
fn article_1(item: At<'_>) -> Draft {
    let party = |name: &str| item.within(name).map(|found| value(found, "Party", "FormalName")).unwrap_or_default();
    let nitf = item.within("nitf").map(nitf::article).unwrap_or_default();
    let outlet = first(&[party("Provider"), party("Source"), line(item, "CreditLine"), nitf.outlet, line(item, "ProviderId")]);
    let published_at = first(&["FirstCreated", "ThisRevisionCreated", "DateId"].map(|name| line(item, name)));
    let text = item.outermost(|element| element.name == "DataContent").map(content).max_by_key(String::len).unwrap_or_default();
    let (text, extent) = with_extent(text, || line(item, "SubHeadLine"));
    Draft {
        source_id: first(&[line(item, "PublicIdentifier"), line(item, "NewsItemId")]),
        outlet_basis: if outlet.is_empty() { OutletBasis::File } else { OutletBasis::Field },
        outlet,
        title: first(&[line(item, "HeadLine"), nitf.title]),
        byline: first(&[line(item, "ByLine"), nitf.byline]),
        date_basis: if published_at.is_empty() { DateBasis::None } else { DateBasis::Field },
        published_at,
        language: first(&[value(item, "Language", "FormalName"), item.attribute("xml:lang")]),
        text,
        extent,
        ..Draft::default()
    }
}

fn with_extent(text: String, summary: impl Fn() -> String) -> (String, Extent) {
    if !text.is_empty() {
        return (text, Extent::Full);
    }
    let summary = summary();
    if summary.is_empty() { (text, Extent::Title) } else { (summary, Extent::Excerpt) }
}

/// The text of what an item holds: NITF, XHTML, or plain characters.
fn content(holder: At<'_>) -> String {
    if holder.within("body.content").is_some() {
        return nitf::text(holder);
    }
    if let Some(body) = holder.within("body") {
        return paragraphs(&body.html(|element| Some(&element.name)));
    }
    if holder.children().next().is_some() {
        return paragraphs(&holder.html(|element| Some(&element.name)));
    }
    let text = holder.text();
    let is_html = holder.attribute("contenttype").contains("html") || ["</p>", "<br", "</div>"].iter().any(|tag| text.contains(tag));
    if is_html { paragraphs(&text) } else { text.trim().to_owned() }
}

#[cfg(test)]
mod tests {
    use super::articles;
    use crate::corpus::record::Extent;
    use crate::read::draft::Collected;
    use crate::read::limits::Limits;
    use crate::read::xml::tree::Tree;

    fn found(xml: &str) -> Collected {
        let mut found = Collected::default();
        articles(&Tree::of(xml, &Limits::default()), &mut found);
        found
    }

    #[test]
    fn items_of_g2() {
        let item = |class: &str, content: &str| {
            format!(
                "<newsItem guid='urn:1' xml:lang='en'><itemMeta><itemClass qcode='ninat:{class}'/><provider qcode='nprov:AFP'/><versionCreated>2020-02-02T00:00:00Z</versionCreated><firstCreated>2020-01-01T00:00:00Z</firstCreated></itemMeta>\
             <contentMeta><by>Ann</by><headline>H</headline><language tag='fr'/><description>Sum</description></contentMeta><contentSet>{content}</contentSet></newsItem>"
            )
        };
        let found = found(&format!(
            "<newsMessage xmlns='http://iptc.org/std/nar/2006-10-01/'><itemSet>{}{}{}{}<packageItem guid='p'/></itemSet></newsMessage>",
            item(
                "text",
                "<inlineXML><html xmlns='http://www.w3.org/1999/xhtml'><head><title>t</title></head><body><p>One</p><p>Two</p></body></html></inlineXML>"
            ),
            item("text", "<inlineXML><nitf><body><body.content><p>N</p></body.content></body></nitf></inlineXML>"),
            item("text", "<remoteContent href='x'/>"),
            item("picture", "<remoteContent href='x'/>"),
        ));
        let a = &found.articles;
        assert_eq!(
            [&*a[0].title, &a[0].outlet, &a[0].byline, &a[0].published_at, &a[0].language, &a[0].source_id, &a[0].text],
            ["H", "AFP", "Ann", "2020-01-01T00:00:00Z", "fr", "urn:1", "One\n\nTwo"]
        );
        assert_eq!((&*a[1].text, &*a[2].text, a[2].extent), ("N", "Sum", Extent::Excerpt));
        let reasons: Vec<&str> = found.refused.iter().map(|refused| refused.reason.as_str()).collect();
        assert_eq!(reasons, ["is of the class picture: it holds no article", "is a packageItem: it holds no article"]);
    }

    #[test]
    fn items_of_newsml_1() {
        let found = found(
            "<NewsML><NewsItem><Identification><NewsIdentifier><ProviderId>p.example</ProviderId><NewsItemId>n1</NewsItemId></NewsIdentifier></Identification><NewsManagement><FirstCreated>20200101T000000Z</FirstCreated></NewsManagement>\
             <NewsComponent><NewsLines><HeadLine>H</HeadLine><ByLine>B</ByLine></NewsLines><AdministrativeMetadata><Provider><Party FormalName='Agency'/></Provider></AdministrativeMetadata>\
             <ContentItem><DataContent><nitf><body><body.content><p>One</p></body.content></body></nitf></DataContent></ContentItem></NewsComponent></NewsItem></NewsML>",
        );
        let a = &found.articles[0];
        assert_eq!(
            [&*a.title, &a.outlet, &a.byline, &a.published_at, &a.source_id, &a.text],
            ["H", "Agency", "B", "20200101T000000Z", "n1", "One"]
        );
    }
}
