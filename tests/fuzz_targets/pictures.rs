//! A chart as XML: whole, and of the elements that Retold draws.

use quick_xml::events::Event;

const ELEMENTS: &str = "svg title desc g a defs pattern clipPath text tspan line rect circle ellipse path polygon polyline";

/// Checks a picture.
pub(super) fn check(name: &str, svg: &str) {
    assert!(!svg.contains(super::page::is_turn), "{name} turns the direction of writing");
    let seen = well_formed(name, svg);
    for element in seen {
        assert!(ELEMENTS.split(' ').any(|known| known == element), "{name}: <{element}>");
    }
}

/// Checks that something is XML; gives the names of its elements.
pub(super) fn well_formed(name: &str, xml: &str) -> Vec<String> {
    let bad: Vec<char> = xml.chars().filter(|&c| c.is_control() && c != '\n' && c != '\t').collect();
    assert!(bad.is_empty(), "{name} holds {bad:?}");
    let mut reader = quick_xml::Reader::from_str(xml);
    let (mut depth, mut seen) = (0_i32, Vec::new());
    loop {
        match reader.read_event() {
            Ok(Event::Eof) => break,
            Ok(event @ (Event::Start(_) | Event::Empty(_))) => {
                depth += i32::from(matches!(event, Event::Start(_)));
                let (Event::Start(tag) | Event::Empty(tag)) = event else { continue };
                seen.push(tag.name().as_ref().to_owned());
                for attribute in tag.attributes() {
                    let attribute = attribute.unwrap_or_else(|e| panic!("{name}: {e}"));
                    let key = attribute.key.as_ref().to_lowercase();
                    assert!(!key.starts_with("on"), "{name}: {key}");
                    assert!(!key.ends_with("href") || attribute.value.starts_with('#'), "{name}: {key}={}", attribute.value);
                }
            }
            Ok(Event::End(_)) => depth -= 1,
            Ok(Event::Text(_) | Event::GeneralRef(_) | Event::Decl(_)) => {}
            Ok(other) => panic!("{name}: {other:?}"),
            Err(e) => panic!("{name}: {e}"),
        }
    }
    assert_eq!(depth, 0, "{name} is cut");
    seen
}
