//! The text of HTML: a stand-in until the reader of pages brings its own.

/// Paragraphs of HTML, parted by blank lines.
#[must_use]
pub fn paragraphs(html: &str) -> String {
    let mut out = String::new();
    for part in html.split('<') {
        let (tag, text) = part.split_once('>').unwrap_or(("", part));
        if ["p", "/p", "br", "br/", "div", "/div"].contains(&tag) && !out.is_empty() && !out.ends_with('\n') {
            out.push_str("\n\n");
        }
        out.push_str(&text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'").replace("&amp;", "&"));
    }
    out.trim().to_owned()
}
