//! What no page may hold, whatever articles do.

/// HTML without what it forbids or what would turn the direction of all that follows.
pub(super) fn clean(html: &str) -> String {
    let forbidden = |c: char| (c.is_control() && c != '\n' && c != '\t') || matches!(c, '\u{FFFE}' | '\u{FFFF}');
    let turns = |c: char| matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    html.chars().filter(|&c| !turns(c) && c != '\r').map(|c| if forbidden(c) { '\u{FFFD}' } else { c }).collect()
}
