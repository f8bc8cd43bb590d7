//! Credits in running text: `Shafaq news agency reported`, `told Reuters`, `according to a report in the Guardian`.
//!
//! A medium that is named is no credit yet: it must be what somebody told, cited or read, or what reports. Being in the news
//! ("Reuters journalists were jailed"), reporting of itself ("the Post reported a profit") and speaking for itself ("CNN said it
//! would appeal") are none.

use super::credit::CreditForm;
use super::credit_words::CreditWords;
use super::mention::Mention;
use super::source_names::Needs;
use super::stretch::Stretch;

/// How a mention credits, and the words that say so.
pub(super) fn credit_of(stretch: &Stretch<'_>, mention: &Mention) -> Option<(CreditForm, usize, usize)> {
    if mention.needs == Needs::Mark || goes_on(stretch, mention) {
        return None;
    }
    let from = phrase_start(stretch, mention.start);
    before(stretch, from, mention).or_else(|| after(stretch, from, mention))
}

/// Whether the name is part of a longer one: "Reuters Institute", "Fox Sports".
fn goes_on(stretch: &Stretch<'_>, mention: &Mention) -> bool {
    let words = CreditWords::english();
    let next = mention.end;
    let follows = stretch.is_joined(next) && !stretch.is_possessive(next - 1) && stretch.is_capital(next);
    let free = |at: usize| {
        let word = stretch.word(at);
        let known = words.is_calendar(word) || words.roles.contains(word) || words.reports.contains(word) || words.works.contains(word);
        known && !stretch.gap(at).contains('-')
    };
    if follows && !free(next) {
        return true;
    }
    let Some(before) = mention.start.checked_sub(1) else { return false };
    let leads = stretch.gap(mention.start) == " "
        && stretch.is_capital(before)
        && !stretch.is_possessive(before)
        && !stretch.starts_sentence(before);
    let word = stretch.word(before);
    leads && !(words.modifiers.contains(word) || words.determiners.contains(word) || words.is_people(word) || is_cue(word))
}

fn is_cue(word: &str) -> bool {
    let words = CreditWords::english();
    words.telling.contains(word) || words.citing.contains(word) || words.links.contains(word) || words.reports.contains(word)
}

/// Where the noun phrase of a name starts: "the Russian state news agency TASS".
fn phrase_start(stretch: &Stretch<'_>, name: usize) -> usize {
    const LONGEST: usize = 8;
    let words = CreditWords::english();
    let mut at = name;
    while stretch.is_soft(at) && name - at < LONGEST {
        let word = stretch.word(at - 1);
        if words.determiners.contains(word) {
            return at - 1;
        }
        let people = stretch.is_capital(at - 1) && words.is_people(word);
        // "Qatar-based", "Hezbollah-affiliated".
        let compound = at < name && words.modifiers.contains(stretch.word(at)) && stretch.gap(at) == "-";
        if !(words.modifiers.contains(word) || people || compound || stretch.is_possessive(at - 1)) {
            break;
        }
        at -= 1;
    }
    at
}

/// Words before a cue in which it is denied.
const DENIAL: usize = 4;

/// By what stands before the name.
fn before(stretch: &Stretch<'_>, from: usize, mention: &Mention) -> Option<(CreditForm, usize, usize)> {
    let words = CreditWords::english();
    if from == 0 || !stretch.is_soft(from) {
        return None;
    }
    let (end, at) = (mention.end, from - 1);
    let earlier = |back: usize| at.checked_sub(back).filter(|&i| (i + 1..=at).all(|j| stretch.is_soft(j))).map_or("", |i| stretch.word(i));
    let is = |list: &std::collections::HashSet<String>, back: usize| list.contains(earlier(back));
    let found = |form, back: usize| Some((form, at - back, end));
    // "declined to comment to Reuters", "has not spoken with AFP".
    let denied = (1..=DENIAL).map(earlier).any(|word| {
        matches!(word, "declined" | "declines" | "declining" | "refused" | "refuses" | "refusing" | "not" | "never" | "without" | "nor")
            || word.ends_with("n't")
    });
    if denied && matches!(stretch.word(at), "to" | "with" | "for") && earlier(1) != "according" {
        return None;
    }
    match stretch.word(at) {
        "to" if earlier(1) == "according" => found(CreditForm::Report, 1),
        "to" if is(&words.said_to, 1) => found(CreditForm::Told, 1),
        "by" if is(&words.asked_by, 1) => found(CreditForm::Told, 1),
        "by" if is(&words.done_by, 1) => found(CreditForm::Report, 1),
        "with" | "for" if is(&words.spoke_with, 1) => found(CreditForm::Told, 1),
        "on" if is(&words.spoke_on, 1) => found(CreditForm::Told, 1),
        "in" | "from" | "by" | "on" | "with" | "of" if is(&words.stands_in, 1) => {
            found(if earlier(1).starts_with("interview") { CreditForm::Told } else { CreditForm::Report }, 1)
        }
        word if words.telling.contains(word) => found(CreditForm::Told, 0),
        word if words.citing.contains(word) => found(CreditForm::Report, 0),
        // "…, reports Reuters."
        "reported" | "reports" | "writes" if stretch.gap(at).contains([',', '"', '”', '’', '\'']) => found(CreditForm::Report, 0),
        _ => None,
    }
}

/// By what stands after it.
fn after(stretch: &Stretch<'_>, from: usize, mention: &Mention) -> Option<(CreditForm, usize, usize)> {
    let words = CreditWords::english();
    let mut at = mention.end;
    let named = stretch.is_possessive(at - 1);
    // "CNN's Jane Roe", "a Reuters photographer".
    if words.works.contains(stretch.word(at)) && stretch.is_joined(at) && !stretch.gap(at).contains('-') && !named {
        let article = matches!(stretch.word(from), "the" | "a" | "an" | "this") || from < mention.start;
        if article {
            let form = if stretch.word(at).starts_with("interview") { CreditForm::Told } else { CreditForm::Report };
            return Some((form, from, at + 1));
        }
    }
    let staff = words.roles.contains(stretch.word(at)) && stretch.is_soft(at);
    if staff || named {
        while stretch.is_soft(at) && words.roles.contains(stretch.word(at)) {
            at += 1;
        }
        let people = (at..at + 4).take_while(|&i| stretch.is_joined(i) && stretch.is_capital(i)).count();
        at += people;
        if named && people == 0 {
            return None;
        }
    } else {
        // "Students' News Agency (ISNA) reported".
        if stretch.gap(at) == " (" && stretch.gap(at + 1) == ") " && stretch.is_all_capital(at) {
            at += 1;
        }
        at = behind_apposition(stretch, at);
    }
    let mut auxiliary = "";
    for _ in 0..5 {
        let word = stretch.word(at);
        if matches!(word, "is" | "are" | "was" | "were" | "has" | "had" | "have" | "been") {
            auxiliary = if auxiliary.is_empty() || word == "been" { word } else { auxiliary };
            at += 1;
        } else if words.adverbs.contains(word) || (word.len() > 4 && word.ends_with("ly")) {
            at += 1;
        } else {
            break;
        }
    }
    if at >= stretch.len() || (mention.end + 1..=at).any(|i| stretch.gap(i).contains(['.', ';', '?', '!', '\n'])) {
        return None;
    }
    if at == mention.end && !stretch.is_soft(at) {
        return None;
    }
    let verb = stretch.word(at);
    let start = mention.start;
    match (verb, auxiliary) {
        ("told", "was" | "were" | "been") => Some((CreditForm::Told, start, at + 1)),
        ("reporting", "is" | "are" | "was" | "were") => Some((CreditForm::Report, start, at + 1)),
        ("report", _) if stretch.word(at + 1) == "that" => Some((CreditForm::Report, start, at + 1)),
        _ if words.reports.contains(verb) && !matches!(auxiliary, "is" | "are" | "was" | "were" | "been") => {
            (!of_itself(stretch, at)).then_some((CreditForm::Report, start, at + 1))
        }
        _ => None,
    }
}

/// The word behind an apposition: "Sama, a channel close to the ministry, reported".
fn behind_apposition(stretch: &Stretch<'_>, at: usize) -> usize {
    const LONGEST: usize = 12;
    if !stretch.gap(at).starts_with(',') || !matches!(stretch.word(at), "a" | "an" | "the" | "which" | "citing" | "quoting") {
        return at;
    }
    let end = (at + 1..(at + LONGEST).min(stretch.len())).find(|&i| !stretch.is_soft(i));
    end.filter(|&i| stretch.gap(i).starts_with(',')).unwrap_or(at)
}

/// Whether the words behind a verb make the name speak of itself.
fn of_itself(stretch: &Stretch<'_>, verb: usize) -> bool {
    let words = CreditWords::english();
    let speaks = matches!(stretch.word(verb), "said" | "says" | "added" | "adds" | "noted" | "notes" | "claimed" | "claims");
    let mut at = verb + 1;
    while stretch.is_soft(at) && (words.adverbs.contains(stretch.word(at)) || matches!(stretch.word(at), "in" | "a" | "that")) {
        at += 1;
    }
    if speaks && stretch.is_soft(at) && words.itself.contains(stretch.word(at)) {
        return true;
    }
    let announces = matches!(stretch.word(verb), "reported" | "reports" | "said" | "says");
    let next = (verb + 1..verb + 7).take_while(|&i| stretch.is_soft(i) || stretch.gap(i).contains('$'));
    let mut object =
        next.map(|i| (stretch.word(i), stretch.is_possessive(i))).take_while(|(word, own)| !own && !matches!(*word, "that" | "the"));
    announces && object.any(|(word, _)| words.business.contains(word))
}

#[cfg(test)]
mod tests {
    use super::super::mention::{by_noun, listed};
    use super::super::source_names::SourceNames;
    use super::{CreditForm, Stretch, credit_of};
    use crate::text::span::Span;

    /// The first credit of a sentence: name, form, the words that credit.
    fn found(text: &str) -> Option<(String, CreditForm, String)> {
        let names = SourceNames::shipped();
        let stretch = Stretch::read(text, Span::new(0, text.len()));
        let mut at = 0;
        while at < stretch.len() {
            let mention = match listed(names, &stretch, at, false) {
                Some(Err(end)) => {
                    at = end;
                    continue;
                }
                Some(Ok(mention)) => Some(mention),
                None => by_noun(&stretch, at),
            };
            if let Some(mention) = mention {
                if let Some((form, from, to)) = credit_of(&stretch, &mention) {
                    return Some((mention.name, form, stretch.hull(from, to).of(text).to_owned()));
                }
                at = mention.end.max(at + 1);
            } else {
                at += 1;
            }
        }
        None
    }

    #[test]
    fn what_credits() {
        use CreditForm::{Report, Told};
        for (text, name, form, words) in [
            ("It was a goal, Mizan news agency reported.", "Mizan", Report, "Mizan news agency reported"),
            ("A lawmaker told Iraq’s al-Maluma news agency on Tuesday.", "Al-Maalomah", Told, "told Iraq’s al-Maluma news agency"),
            ("Four died, according to Reuters.", "Reuters", Report, "according to Reuters"),
            ("Reuters reported that four died.", "Reuters", Report, "Reuters reported"),
            ("Four died, Reuters reports.", "Reuters", Report, "Reuters reports"),
            ("Al Jazeera, citing Reuters, gave no number.", "Reuters", Report, "citing Reuters"),
            ("He spoke in an interview with CNN.", "CNN", Told, "interview with CNN"),
            ("She said in a statement carried by Xinhua that it was over.", "Xinhua", Report, "carried by Xinhua"),
            ("The Russian state news agency TASS quoted him as saying so.", "TASS", Report, "TASS quoted"),
            ("The minister told the Russian state news agency TASS.", "TASS", Told, "told the Russian state news agency TASS"),
            ("A Reuters photographer saw two tanks.", "Reuters", Report, ""),
            ("A Reuters witness said shots were heard.", "Reuters", Report, "Reuters witness said"),
            ("CNN's Jane Roe reported from the scene.", "CNN", Report, "CNN's Jane Roe reported"),
            ("He told CNN’s Jane Roe that he would go.", "CNN", Told, "told CNN’s"),
            ("According to a report in The New York Times, he left.", "The New York Times", Report, "report in The New York Times"),
            ("The BBC has learned that he left.", "BBC News", Report, "BBC has learned"),
            ("The BBC was told of the plan.", "BBC News", Told, "BBC was told"),
            ("A Washington Post investigation found leaks.", "The Washington Post", Report, "A Washington Post investigation"),
            ("“It is over,” reports Le Monde.", "Le Monde", Report, "reports Le Monde"),
            ("AFP on Monday quoted him.", "Agence France-Presse", Report, "AFP on Monday quoted"),
            ("The plan was first reported by Politico.", "Politico", Report, "reported by Politico"),
            ("He told Qatar-based Al Jazeera television that talks failed.", "Al Jazeera", Told, "told Qatar-based Al Jazeera"),
            ("Folha de S.Paulo reported that he left.", "Folha de S.Paulo", Report, "Folha de S.Paulo reported"),
            ("The deputy told Reuters Monday that he would go.", "Reuters", Told, "told Reuters"),
        ] {
            if words.is_empty() {
                assert_eq!(found(text), None, "{text}");
            } else {
                assert_eq!(found(text), Some((name.to_owned(), form, words.to_owned())), "{text}");
            }
        }
    }

    #[test]
    fn what_does_not() {
        for text in [
            "Reuters journalists were jailed on Monday.",
            "A spokesman declined to comment to Reuters.",
            "The minister has not spoken to AFP, nor given an interview to CNN.",
            "Two reporters of Reuters and AFP were hurt.",
            "A person told a court so.",
            "The Washington Post reported a profit of $3 million.",
            "CNN reported record quarterly revenue.",
            "CNN said it would appeal.",
            "CNN said in a statement on Monday that it regretted the error.",
            "The Reuters Institute said so.",
            "The Guardian-Dispatch is a paper.",
            "She told the Thomson Reuters board so.",
            "He sued the New York Times for libel.",
            "The AFP said two men were arrested in Sydney.",
            "The Associated Press could not verify the account.",
            "A German newspaper reported so.",
            "It was time, he said.",
            "He told Dawn that he loved her.",
            "The news agency business is hard.",
        ] {
            assert_eq!(found(text), None, "{text}");
        }
    }
}
