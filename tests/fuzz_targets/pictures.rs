//! A chart as XML: whole, and of the elements that Retold draws.

use quick_xml::events::Event;

const ELEMENTS: &str = "svg title desc g a defs pattern clipPath text tspan line rect circle ellipse path polygon polyline";

/// Checks a picture; gives what it says in words.
pub(super) fn check(name: &str, svg: &str) -> String {
    assert!(!svg.contains(is_turn), "{name} turns the direction of writing");
    let (elements, words) = well_formed(name, svg);
    for element in elements {
        assert!(ELEMENTS.split(' ').any(|known| known == element), "{name}: <{element}>");
    }
    words
}

/// Turns of direction, and what is no character.
pub(super) fn is_turn(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FFFE}' | '\u{FFFF}')
}

/// Checks that something is XML; gives the names of its elements, and its text.
pub(super) fn well_formed(name: &str, xml: &str) -> (Vec<String>, String) {
    let bad: Vec<char> = xml.chars().filter(|&c| c.is_control() && c != '\n' && c != '\t').collect();
    assert!(bad.is_empty(), "{name} holds {bad:?}");
    let mut reader = quick_xml::Reader::from_str(xml);
    let (mut depth, mut seen, mut words) = (0_i32, Vec::new(), String::new());
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
            Ok(Event::Text(text)) => words.push_str(&text),
            Ok(Event::GeneralRef(_) | Event::Decl(_)) => {}
            Ok(other) => panic!("{name}: {other:?}"),
            Err(e) => panic!("{name}: {e}"),
        }
    }
    assert_eq!(depth, 0, "{name} is cut");
    (seen, words)
}
