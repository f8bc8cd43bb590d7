//! Noun phrases that say what somebody or something is, told by closed classes and a list of nouns: no parser.
//!
//! Precision before recall: a phrase must end in a listed noun, and a word that cannot be part of one ends it.

use crate::text::span::{Span, Token};
use crate::text::token::Shape;

use super::label_words::Kinds;
use super::prose::Prose;
use crate::voice::traits::Traits;

/// Most words from the start of a phrase to its noun.
const LONGEST: usize = 8;
/// Most words of what follows the noun: `of the army's northern command`.
const LONGEST_TAIL: usize = 12;

/// The phrase that ends before `end` with a noun that says what somebody is, without its article: adjectives and nouns before
/// it, as far back as a determiner, a possessive or a word that is none leaves no doubt.
#[must_use]
pub fn ending_before(prose: &Prose<'_>, end: usize) -> Option<Span<Token>> {
    let last = end.checked_sub(1).filter(|&at| !prose.possessive(at))?;
    let from = prose.sentence_start(last);
    // `secretary of state`: the office ends in what it is held for.
    if prose.kinds(last).any(Kinds::PORTFOLIO) && last >= from + 2 && prose.joined(last) && prose.traits(last - 1).any(Traits::OF) {
        let office = ending_before(prose, last - 1).filter(|_| prose.joined(last - 1));
        return office.map(|office| Span::new(office.start(), end));
    }
    // `President-elect`: an office not yet held.
    let coming = prose.hyphened(last) && matches!(prose.word(last).span().of(prose.text), "elect" | "designate");
    let last = last - usize::from(coming && last > from);
    let head = Some(last).filter(|&at| is_head(prose, at))?;
    let group = prose.kinds(head).any(Kinds::GROUP.with(Kinds::PLACE)) && !prose.kinds(head).any(Kinds::PERSON.with(Kinds::OFFICE));
    // `Camp Douglas`, `Team Roe`: part of a name.
    if group && prose.capital(head) {
        return None;
    }
    let (mut start, mut sure) = (head, head);
    let mut opened = false;
    while start > from && end - start < LONGEST {
        let before = start - 1;
        if !(prose.joined(start) || prose.hyphened(start)) {
            break;
        }
        if prose.traits(before).any(Traits::DETERMINER) && !prose.compound(before) {
            // What an article opens is one phrase; not so before an office: `the conference President Roe had`.
            if !prose.capital(head) || sure == start {
                (sure, opened) = (start, true);
            }
            break;
        }
        if prose.possessive(before) {
            let mut owner = before;
            // `the terrorist group's leader` is whole with its adjective.
            let describes = |at: usize| {
                !prose.capital(before)
                    && !prose.closed(at)
                    && !prose.verb(at)
                    && (prose.kinds(at).any(Kinds::MODIFIER.with(Kinds::HEAD).with(Kinds::PEOPLE)) || is_adjective(prose, at))
            };
            while owner > from && (prose.in_name(owner - 1) || describes(owner - 1)) && prose.joined(owner) {
                owner -= 1;
            }
            (sure, opened) = (owner, true);
            break;
        }
        let shape = prose.word(before).shape;
        let letter = prose.word(before).span().len() == 1;
        // `Then Secretary Roe`: an adverb that opens the sentence.
        let opening = before == from && prose.traits(before).any(Traits::ADVERB) && !prose.compound(before);
        if opening || prose.closed(before) || prose.verb(before) || (shape.has(Shape::DIGIT) || letter) && !prose.compound(before) {
            break;
        }
        let kinds = prose.kinds(before);
        let describes = Kinds::MODIFIER.with(Kinds::HEAD).with(Kinds::PEOPLE).with(Kinds::COUNTRY).with(Kinds::THING);
        // `Hamas leader Roe` opens a sentence as often as not; `Hearing President Roe` has a verb.
        let opens = !group
            && !prose.word(before).span().of(prose.text).ends_with("ing")
            && !prose.traits(before).any(Traits::ADVERB.with(Traits::VERB));
        let named = prose.in_name(before) && (before > from || opens);
        // `the news follows President Roe`: a plural or a verb, and no telling which.
        let word = prose.word(before).span().of(prose.text);
        if !kinds.any(describes) && !named && !prose.compound(before) && word.ends_with('s') && !word.ends_with("ss") {
            break;
        }
        // `said yestreday President Roe`: small letters that describe nothing belong to no office in capitals.
        if prose.capital(head) && !prose.capital(before) && !kinds.any(describes) && !prose.compound(before) && !is_adjective(prose, before)
        {
            break;
        }
        start = before;
        if kinds.any(describes) || prose.compound(before) || named || is_adjective(prose, before) {
            // A compound is whole or not there: `[anti]-terror`.
            if !prose.hyphened(before) {
                sure = start;
            }
        }
    }
    // `to police Mexico`, `accounts state Roe`: a group or a place needs an article or an adjective. `leader of the pro-A and
    // pro-B coalition Roe`: what a conjunction leads in is half of another phrase.
    let led = sure > from && prose.joined(sure) && prose.traits(sure - 1).any(Traits::CONJUNCTION);
    (!group || opened || sure < head && !led).then(|| Span::new(sure, end))
}

/// The phrase that starts at `start`, article or not, without its article, with what belongs to its noun (`of the army`), if it is closed by punctuation, by
/// the end of its sentence or by `who`: a phrase that goes on as a clause is none.
#[must_use]
pub fn starting_at(prose: &Prose<'_>, start: usize) -> Option<Span<Token>> {
    let limit = prose.sentence_end(start);
    let opened = prose.traits(start).any(Traits::DETERMINER) && !prose.compound(start);
    let first = start + usize::from(opened);
    // Without an article, only what plainly describes: `secretary general of`, `former member of`.
    let plain = Kinds::MODIFIER.with(Kinds::HEAD).with(Kinds::PEOPLE);
    if first >= limit || !opened && !prose.kinds(first).any(plain) && !prose.possessive(first) && !prose.compound(first) {
        return None;
    }
    let mut end = first;
    while end < limit && end - first < LONGEST {
        let goes_on = end == first && !opened || prose.joined(end) || prose.hyphened(end);
        let participle = end == first && opened && prose.traits(end).any(Traits::PARTICIPLE);
        if !goes_on || prose.closed(end) || prose.verb(end) && !participle {
            break;
        }
        end += 1;
    }
    if end == first || !is_head(prose, end - 1) || prose.possessive(end - 1) {
        return None;
    }
    let closed = |at: usize| {
        at >= limit || prose.traits(at).any(Traits::RELATIVE) || prose.after(at).contains([',', ';', ':', '.', ')', '—', '–', '!', '?'])
    };
    if closed(end) {
        return Some(Span::new(first, end));
    }
    // What belongs to the noun: of, in, for …; no verb may come before it is closed.
    let tail = Traits::OF.with(Traits::PREPOSITION);
    if !prose.traits(end).any(tail) || prose.traits(end).any(Traits::SUBORDINATOR.with(Traits::BY)) && !prose.traits(end).any(Traits::OF) {
        return None;
    }
    let mut last = end + 1;
    // `secretary of state Hillary Clinton steps`: a name that a word in small letters follows has a verb.
    let subject = |at: usize| {
        prose.in_name(at - 1)
            && !prose.possessive(at - 1)
            && !prose.capital(at)
            && prose.joined(at)
            && !prose.closed(at)
            && !prose.compound(at)
    };
    while last < limit && last - end <= LONGEST_TAIL {
        let clause = Traits::AUXILIARY.with(Traits::MODAL).with(Traits::PERSONAL).with(Traits::THAT);
        if prose.traits(last).any(clause) || prose.verb(last) || last > end + 1 && subject(last) {
            return None;
        }
        last += 1;
        if closed(last) {
            return Some(Span::new(first, last));
        }
    }
    None
}

/// A noun that says what somebody or something is.
fn is_head(prose: &Prose<'_>, at: usize) -> bool {
    prose.kinds(at).any(Kinds::HEAD)
}

/// An adjective, as far as its ending tells.
fn is_adjective(prose: &Prose<'_>, at: usize) -> bool {
    const ENDINGS: [&str; 10] = ["al", "ic", "ist", "ish", "ian", "ary", "ive", "ous", "ese", "less"];
    let word = prose.word(at).span().of(prose.text);
    word.chars().count() > 4 && ENDINGS.iter().any(|end| word.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::{ending_before, starting_at};
    use crate::corpus::document::Document;
    use crate::corpus::vocabulary::Vocabulary;
    use crate::framing::label_words::LabelWords;
    use crate::framing::prose::Prose;
    use crate::text::language::Language;
    use crate::text::span::Span;
    use crate::voice::lexis::{Lexis, VoiceWords};

    /// The phrase at the bar of a text, before it or after it.
    fn phrase(marked: &str, before: bool) -> Option<String> {
        let at = marked.find('|').unwrap();
        let text = marked.replacen('|', "", 1);
        let mut vocabulary = Vocabulary::default();
        let document = Document::new(&text, &[Span::new(0, text.len())], Language::english(), &mut vocabulary);
        let (lexis, words) = (Lexis::new(VoiceWords::english(), &vocabulary), LabelWords::english(&vocabulary));
        let prose = Prose { document: &document, text: &text, lexis: &lexis, words: &words };
        let word = document.words().partition_point(|w| w.span().start() < at);
        let found = if before { ending_before(&prose, word) } else { starting_at(&prose, word) };
        found.and_then(|span| document.bytes(span)).map(|bytes| bytes.of(&text).to_owned())
    }

    #[test]
    fn before_a_name() {
        for (text, expected) in [
            ("It hurt the Lebanese militant group |Hezbollah on Monday.", Some("Lebanese militant group")),
            ("They killed Iran's anti-terror commander |Soleimani there.", Some("Iran's anti-terror commander")),
            ("He told lawmaker |Aliwi that it was late.", Some("lawmaker")),
            ("On Monday Pentagon chief |Austin came.", Some("Pentagon chief")),
            ("They met then-US president |Trump again.", Some("then-US president")),
            ("It was the badly wounded rebel |Villa who fled.", Some("rebel")),
            ("He killed commander |Soleimani.", Some("commander")),
            ("The town of Columbus saw |Villa.", None),
            ("They said |Villa was there.", None),
            ("The cause of |Villa.", None),
            ("Then Secretary of State |Kerry came.", Some("Secretary of State")),
            ("The news follows President |Trump everywhere.", Some("President")),
            ("A TOP aide to failed presidential contender |Clinton left.", Some("presidential contender")),
            ("Accounts state |Villa was there.", None),
            ("They left Camp |Douglas.", None),
            ("They left the conference President |Roe had called.", Some("President")),
            ("He led the pro-Iranian and pro-Iraqi coalition |Fatah there.", None),
            ("It was N M Secretary |Baker.", Some("Secretary")),
            ("On Monday Senator Roe beseeehed President |Wilson.", Some("President")),
            ("On Monday former President |Wilson left.", Some("former President")),
        ] {
            assert_eq!(phrase(text, true).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn after_a_name() {
        for (text, expected) in [
            ("They killed Soleimani, |the commander of the Quds Force, there.", Some("commander of the Quds Force")),
            ("Rikabi, |a former member of parliament, said so.", Some("former member of parliament")),
            ("Khazali, |secretary general of the movement, said so.", Some("secretary general of the movement")),
            ("Khazali, |leader of the movement, said so.", Some("leader of the movement")),
            ("Roe, |the president who left, said so.", Some("president")),
            // An introduction and not an apposition.
            ("In Iraq, |the commander said it was late.", None),
            ("In Iraq, |the commander of the force said it was late.", None),
            ("France, |Germany and Italy.", None),
            ("They met Roe, |a teacher.", Some("teacher")),
            ("They met Roe, |the idea of a teacher.", None),
            ("They met Roe, |43, and left.", None),
            ("It fell to Roe, |former secretary of state Hillary Clinton steps on the stage.", None),
        ] {
            assert_eq!(phrase(text, false).as_deref(), expected, "{text}");
        }
    }
}
