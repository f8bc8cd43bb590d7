//! What an article calls an entity: the noun phrases that stand before its name, after it, or for it.

use crate::text::span::{Span, Token};
use crate::text::token::Shape;
use crate::voice::traits::Traits;

use super::label_words::Kinds;
use super::mention::Mention;
use super::name::tells_names;
use super::noun_phrase::{ending_before, starting_at};
use super::prose::Prose;

/// By what a phrase is taken for a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Basis {
    /// A rank or an office alone, before the name: General Roe.
    Title,
    /// Before the name: the rebel leader Roe; the border town of Ada.
    BeforeName,
    /// Behind the name: the Roe militia group.
    AfterName,
    /// Beside the name, in commas, dashes or brackets.
    Apposition,
    /// Known as, dubbed, nicknamed.
    KnownAs,
    /// In its place where another outlet has the name.
    SameSlot,
}

impl Basis {
    /// As written in tables.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::BeforeName => "before_name",
            Self::AfterName => "after_name",
            Self::Apposition => "apposition",
            Self::KnownAs => "known_as",
            Self::SameSlot => "same_slot",
        }
    }
}

/// A label at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Labelled {
    /// Position in the list of entities.
    pub entity: usize,
    /// The label, without its article.
    pub tokens: Span<Token>,
    /// By what it is taken for one.
    pub basis: Basis,
    /// Whether it says what a person is.
    pub person: bool,
}

/// Least share of a name's mentions with a label of a person, for such labels to be right: `Chicago, secretary of the club`
/// tells who lives there. A town is called so once in a thousand times, a person more often than not.
const PERSONAL: f64 = 0.05;

/// Leaves out labels of persons where what is named is none. `mentions` tells how often each entity is named.
pub fn keep_personal<A>(labels: &mut Vec<(A, Labelled)>, mentions: &[usize]) {
    let mut personal = vec![0usize; mentions.len()];
    labels.iter().filter(|(_, label)| label.person).for_each(|(_, label)| personal[label.entity] += 1);
    let is_person = |entity: usize| personal[entity] as f64 >= PERSONAL * mentions[entity] as f64;
    labels.retain(|(_, label)| !label.person || is_person(label.entity));
}

/// Whether a label says what a person is, by its noun.
fn is_personal(prose: &Prose<'_>, label: Span<Token>) -> bool {
    let head = label.range().take_while(|&at| !prose.traits(at).any(Traits::PREPOSITION.with(Traits::OF))).last();
    head.is_some_and(|at| {
        let kinds = prose.kinds(at);
        kinds.any(Kinds::PERSON.with(Kinds::TITLE)) && !kinds.any(Kinds::GROUP.with(Kinds::PLACE))
    })
}

/// Letters of the longest initialism; a longer word in capitals is a dateline or a headline in running text.
const INITIALISM: usize = 6;

/// The labels beside the mentions of an article, in order of place. Headlines are left out: their capitals tell no names.
/// Linear in the number of mentions.
#[must_use]
pub fn labels(prose: &Prose<'_>, mentions: &[Mention]) -> Vec<Labelled> {
    let mut found = Vec::new();
    for mention in mentions {
        let paragraph = prose.document.paragraph_of(mention.tokens.start());
        let shouted =
            mention.tokens.range().any(|at| prose.word(at).shape.has(Shape::ALL_CAPITAL) && prose.word(at).span().len() > INITIALISM);
        if shouted || prose.document.paragraphs().get(paragraph).is_none_or(|p| !tells_names(prose, p)) {
            continue;
        }
        let mut add = |tokens: Option<Span<Token>>, basis| {
            found.extend(tokens.filter(|t| !t.is_empty()).map(|tokens| {
                let person = is_personal(prose, tokens);
                Labelled { entity: mention.entity, tokens, basis, person }
            }));
        };
        let before = Before::new(prose, mention.tokens.start());
        match before.phrase {
            Some(phrase) if phrase.range().all(|at| prose.kinds(at).any(Kinds::OFFICE.with(Kinds::RANK))) => {
                add(Some(phrase), Basis::Title)
            }
            Some(phrase) => add(Some(phrase), Basis::BeforeName),
            None => add(before.title, Basis::Title),
        }
        add(place_of(prose, mention.tokens), Basis::BeforeName);
        add(after_name(prose, mention.tokens), Basis::AfterName);
        add(apposition_after(prose, mention.tokens, before.start), Basis::Apposition);
        add(apposition_before(prose, before.start, mention.tokens), Basis::Apposition);
        add(known_as(prose, mention.tokens), Basis::KnownAs);
    }
    found.sort_unstable();
    found.dedup();
    found.sort_by_key(|l| (l.tokens.start(), l.tokens.end(), l.entity, l.basis));
    found
}

/// What stands directly before a name.
struct Before {
    /// Where name, titles and phrase start.
    start: usize,
    /// A rank with its nation: Iranian Lieutenant General.
    title: Option<Span<Token>>,
    /// A phrase that describes.
    phrase: Option<Span<Token>>,
}

impl Before {
    fn new(prose: &Prose<'_>, name: usize) -> Self {
        let from = prose.sentence_start(name);
        let titled = |at: usize| prose.capital(at) && prose.kinds(at).any(Kinds::ADDRESS.with(Kinds::RANK));
        let mut start = name;
        while start > from && prose.joined(start) && titled(start - 1) && !prose.possessive(start - 1) {
            start -= 1;
        }
        let joins = start > from && prose.joined(start);
        // `In the latter district Berlin reports`: a place has an `of` before its name.
        let place =
            |at: usize| prose.kinds(at).any(Kinds::PLACE) && !prose.kinds(at).any(Kinds::PERSON.with(Kinds::OFFICE).with(Kinds::GROUP));
        let phrase = if joins && !place(start - 1) { ending_before(prose, start) } else { None };
        let ranks = (start..name).find(|&at| prose.kinds(at).any(Kinds::RANK));
        let mut first = ranks.unwrap_or(name);
        while ranks == Some(start) && first > from && prose.joined(first) && prose.kinds(first - 1).any(Kinds::PEOPLE) {
            first -= 1;
        }
        let title = ranks.map(|_| Span::new(first, name));
        let start = phrase.map_or(first.min(start), |p| p.start());
        Self { start, title, phrase }
    }
}

/// Nouns that may stand before "of" and the name of what they describe: a region of X is a part of it.
const EQUAL: [&str; 16] = [
    "borough",
    "city",
    "country",
    "county",
    "enclave",
    "hamlet",
    "island",
    "kingdom",
    "municipality",
    "nation",
    "port",
    "province",
    "republic",
    "resort",
    "state",
    "village",
];

/// `the border town of X`; `the Iraqi capital of X`.
fn place_of(prose: &Prose<'_>, name: Span<Token>) -> Option<Span<Token>> {
    let start = name.start();
    let of = start.checked_sub(1).filter(|&at| prose.traits(at).has(Traits::OF) && prose.joined(start) && prose.joined(at))?;
    let noun = prose.word(of.checked_sub(1)?).span().of(prose.text);
    let phrase = ending_before(prose, of)?;
    // `the capital of Iraq` is not Iraq, nor is a city of it.
    let nation = prose.kinds(start).any(Kinds::COUNTRY);
    let fits = match noun {
        "country" | "kingdom" | "nation" | "republic" => true,
        "town" => !nation,
        "capital" => !nation && phrase.range().any(|at| prose.kinds(at).any(Kinds::PEOPLE)),
        _ => !nation && EQUAL.contains(&noun),
    };
    fits.then_some(phrase)
}

/// `the X terrorist group`.
fn after_name(prose: &Prose<'_>, name: Span<Token>) -> Option<Span<Token>> {
    const MOST: usize = 4;
    // `the X group`, `Iraq's X group`, `the Islamist X group`, `Iraq's Islamist X group`.
    let mut opening = name.start();
    let from = prose.sentence_start(opening);
    let describes = |at: usize| prose.kinds(at).any(Kinds::MODIFIER.with(Kinds::PEOPLE)) || prose.compound(at);
    while opening > from && (prose.joined(opening) || prose.hyphened(opening)) && describes(opening - 1) && !prose.possessive(opening - 1) {
        opening -= 1;
    }
    let leads = |at: usize| prose.traits(at).any(Traits::DETERMINER) || prose.possessive(at);
    let opened = opening > from && prose.joined(opening) && leads(opening - 1);
    let limit = prose.sentence_end(name.start()).min(name.end() + MOST);
    // `the Islamic State (IS) group`.
    let bracket = prose.after(name.end()) == " (" && prose.after(name.end() + 1) == ") ";
    let start = name.end() + usize::from(bracket);
    let limit = limit.max(prose.sentence_end(name.start()).min(start + MOST));
    let mut end = start;
    if !opened || prose.possessive(name.end() - 1) {
        return None;
    }
    while end < limit && (bracket && end == start || prose.joined(end) || prose.hyphened(end)) && !prose.closed(end) && !prose.verb(end) {
        end += 1;
    }
    // `the X terrorist group leader` speaks of somebody else.
    let is_group = |head: &usize| prose.kinds(*head).any(Kinds::AFTER_NAME) && !prose.capital(*head) && !prose.possessive(*head);
    // `the X militia group` is one phrase.
    let head = (start..end).rev().find(is_group)?;
    let goes_on = head + 1 < end && prose.kinds(head + 1).any(Kinds::HEAD);
    (!goes_on).then(|| Span::new(start, head + 1))
}

/// `X, the leader of the movement,`: an age or a bracket in between is stepped over.
fn apposition_after(prose: &Prose<'_>, name: Span<Token>, phrase: usize) -> Option<Span<Token>> {
    let limit = prose.sentence_end(name.start());
    let mut at = name.end();
    // `Senator Fall of New Mexico, a Republican,`: of whom the name is told, and not of the place.
    let from = |at: usize| prose.word(at).span().of(prose.text) == "from";
    let owned = phrase >= 2 && prose.joined(phrase) && (prose.traits(phrase - 1).any(Traits::OF) || from(phrase - 1)) && {
        let owner = phrase - 2;
        prose.in_name(owner) || prose.kinds(owner).any(Kinds::PERSON.with(Kinds::OFFICE).with(Kinds::GROUP))
    };
    if prose.possessive(at - 1) || owned || introduces(prose, phrase) {
        return None;
    }
    if at < limit && prose.gap(at).contains('(') {
        at = (at + 1..limit.min(at + 6)).find(|&i| prose.gap(i).contains(')'))?;
    }
    let aside = |at: usize| {
        at < limit && matches!(prose.gap(at).trim_start_matches([')', '"', '”']).trim(), "," | "—" | "–" | "-") && !prose.hyphened(at)
    };
    if aside(at) && prose.word(at).span().of(prose.text).chars().all(char::is_numeric) {
        at += 1;
    }
    let phrase = if aside(at) { starting_at(prose, at)? } else { return None };
    // `Ada, state of Iowa`: where it is, and not what.
    let place = prose.kinds(phrase.start()).any(Kinds::PLACE) && phrase.start() == at;
    // `born in Ada, the daughter of a baker`: nobody is in a person.
    let within = name.start().checked_sub(1).filter(|_| prose.joined(name.start())).map(|at| prose.word(at).span().of(prose.text));
    let elsewhere = matches!(within, Some("in" | "at" | "near" | "across" | "into")) && is_personal(prose, phrase);
    (!place && !elsewhere).then_some(phrase)
}

/// Whether a sentence opens with a phrase of place or time that the name ends: `In Iraq, the commander said`.
fn introduces(prose: &Prose<'_>, name: usize) -> bool {
    const OPENING: usize = 8;
    let from = prose.sentence_start(name);
    let opens = prose.traits(from).any(Traits::PREPOSITION.with(Traits::SUBORDINATOR).with(Traits::ADVERB));
    name > from && name - from <= OPENING && opens && (from + 1..name).all(|at| !prose.gap(at).contains(','))
}

/// `the leader of the movement, X,`: article and commas on both sides, and nothing that leads into another phrase.
fn apposition_before(prose: &Prose<'_>, name: usize, mention: Span<Token>) -> Option<Span<Token>> {
    const LONGEST: usize = 14;
    let end = mention.end();
    let from = prose.sentence_start(name);
    let closed = end >= prose.sentence_end(name) || prose.after(end).trim_start().starts_with([',', '.', ';', ')', '—', '–']);
    if name == from || !closed || prose.gap(name).trim() != "," {
        return None;
    }
    let first = (from.max(name.saturating_sub(LONGEST))..name)
        .rev()
        .take_while(|&at| at + 1 == name || !prose.gap(at + 1).contains([',', ';', ':', '—', '–', '(', ')']));
    let opens = |at: &usize| {
        let determined = prose.traits(*at).any(Traits::DETERMINER) && !prose.compound(*at) || prose.possessive(*at);
        let led = *at > from && prose.traits(*at - 1).any(Traits::PREPOSITION.with(Traits::CONJUNCTION)) && prose.joined(*at);
        determined && !led
    };
    let phrase = first.filter(opens).filter_map(|at| starting_at(prose, at)).find(|phrase| phrase.end() == name)?;
    // `the White Motor Company of Cleveland, Ohio`, `the club, London`: a comma before a bare name of a place says where.
    let bare = mention.len() == 1 && name == mention.start();
    let located = prose.in_name(name - 1) || prose.kinds(name - 1).any(Kinds::GROUP);
    (!bare || !located).then_some(phrase)
}

/// `X, known as the butcher of Ada`; `the group known as X`.
fn known_as(prose: &Prose<'_>, name: Span<Token>) -> Option<Span<Token>> {
    const ADVERBS: usize = 3;
    let limit = prose.sentence_end(name.start());
    let is = |at: usize, words: &[&str]| at < prose.len() && words.contains(&prose.word(at).span().of(prose.text));
    let called = |at: usize| is(at, &["known"]) && prose.traits(at + 1).has(Traits::AS) || is(at, &["dubbed", "nicknamed"]);
    let verb = (name.end()..limit.min(name.end() + ADVERBS)).find(|&at| called(at));
    if let Some(verb) = verb.filter(|&verb| (name.end()..verb).all(|at| prose.traits(at).any(Traits::ADVERB))) {
        let first = if is(verb, &["known"]) { verb + 2 } else { verb + 1 };
        return if first < limit { starting_at(prose, first) } else { None };
    }
    let before = name.start().checked_sub(1).filter(|&at| prose.joined(name.start()) && prose.traits(at).has(Traits::AS))?;
    let known = before.checked_sub(1).filter(|&at| is(at, &["known"]))?;
    ending_before(prose, known).filter(|phrase| phrase.start() > 0 && prose.traits(phrase.start() - 1).any(Traits::DETERMINER))
}

#[cfg(test)]
mod tests {
    use super::{Basis, Labelled, keep_personal, labels};
    use crate::corpus::builder::CorpusBuilder;
    use crate::corpus::locus::Locus;
    use crate::corpus::record::Record;
    use crate::framing::entity::given;
    use crate::framing::entity_sheet::Given;
    use crate::framing::label_words::LabelWords;
    use crate::framing::mention::Gazetteer;
    use crate::framing::prose::Prose;
    use crate::text::span::Span;
    use crate::voice::lexis::{Lexis, VoiceWords};

    /// Basis and text of the labels of Jane Roe, the Hezb, Ada (a town), Iraq and al-Nur (a group).
    fn found(text: &str) -> Vec<String> {
        let mut builder = CorpusBuilder::default();
        builder.admit(Record::of_text("a.txt", "A", text.to_owned()));
        let corpus = builder.seal();
        let id = corpus.ids().next().unwrap();
        let one = |name: &str, aliases: &[&str]| Given {
            name: name.to_owned(),
            aliases: aliases.iter().map(|&a| a.to_owned()).collect(),
            kind: String::new(),
        };
        let entities =
            given(&[one("Jane Roe", &["Roe"]), one("Hezb", &[]), one("Ada", &[]), one("Iraq", &[]), one("al-Nur", &[])], &corpus);
        let (lexis, words) = (Lexis::new(VoiceWords::english(), corpus.vocabulary()), LabelWords::english(corpus.vocabulary()));
        let lent = corpus.lend(id);
        let prose = Prose::of(&lent, &lexis, &words);
        let mentions = Gazetteer::new(&entities, corpus.vocabulary()).mentions(&prose);
        let shown = |l: &super::Labelled| format!("{}: {}", l.basis.as_str(), corpus.text(Locus { article: id, tokens: l.tokens }));
        labels(&prose, &mentions).iter().map(shown).collect()
    }

    #[test]
    fn labels_of_each_pattern() {
        for (text, expected) in [
            ("On Monday Gen. Roe went to the coast.", &["title: Gen"][..]),
            ("They heard President Roe speak of it.", &["title: President"]),
            ("They heard Mrs. Roe speak of it.", &[]),
            ("Iranian Lieutenant General Jane Roe went home.", &["title: Iranian Lieutenant General"]),
            ("It shook the Lebanese militant group Hezb on Monday.", &["before_name: Lebanese militant group"]),
            ("Fighters reached the border town of Ada at noon.", &["before_name: border town"]),
            ("They fear the Hezb terrorist group more than that.", &["after_name: terrorist group"]),
            ("They fear the Hezb terrorist group leader more.", &[]),
            ("They met Roe, the commander of the coast guard, at noon.", &["apposition: commander of the coast guard"]),
            ("They met Roe, 43, a former lawmaker, at noon.", &["apposition: former lawmaker"]),
            ("The head of the alliance, Jane Roe, said so.", &["apposition: head of the alliance"]),
            ("They fear Roe, also known as the butcher of Ada, and leave.", &[]),
            ("They fear Roe, also known as the tyrant of Ada, and leave.", &["known_as: tyrant of Ada"]),
            ("They fear the militant group known as Hezb there.", &["known_as: militant group"]),
            ("Hezb leader Jane Roe went home.", &["before_name: Hezb leader"]),
            ("It shook the Lebanese militant group al-Nur on Monday.", &["before_name: Lebanese militant group"]),
            ("Hearing President Roe, they left.", &["title: President"]),
            ("They met President-elect Roe at noon.", &["before_name: President-elect"]),
            ("They heard the terrorist group's leader Roe there.", &["before_name: terrorist group's leader"]),
            ("They fear Iraq's Hezb militia group there.", &["after_name: militia group"]),
            ("They fear the Lebanese Hezb group there.", &["after_name: group"]),
            ("They fear the Hezb (HZB) militia group there.", &["after_name: militia group"]),
            ("They heard British PM Jane Roe there.", &["before_name: British PM"]),
        ] {
            assert_eq!(found(text), expected, "{text}");
        }
    }

    #[test]
    fn traps() {
        for text in [
            // Verbs and their subjects and objects.
            "Nobody wept, said Roe, when it was over.",
            "She was born in Ada, the daughter of a baker.",
            "The senator from Ada, a Republican, said so.",
            "The commander told Roe that it was late.",
            "The day Roe came the leader attacked Hezb there.",
            // Introductions, lists, places in places.
            "In Iraq, the commander said that it was late.",
            "In Iraq, the commander, who was late, said so.",
            "They came from Iraq, Syria and the coast.",
            "Senator Fall of Ada, a Republican, was there.",
            "They sued the White Motor Company of Cleveland, Ada, at noon.",
            "It happened at Ada, state of Iowa, in the night.",
            "In the latter district Ada reports a raid.",
            "After the attack on the president, Roe went home.",
            // Parts of other names and words.
            "The commander of Roe Tower left for Iraq-led talks.",
            "They met leader Mary Roe there.",
            // The capital of a country is another place.
            "They went to the capital of Iraq again.",
            // A headline.
            "Rebel Leader Roe Goes Home",
            "",
        ] {
            assert_eq!(found(&format!("It rained all day in the valley, they say, and nobody came.\n\n{text}")), [""; 0], "{text}");
        }
    }

    #[test]
    fn what_is_seldom_called_a_person_is_none() {
        let label = |entity, person| ((), Labelled { entity, tokens: Span::new(0, 1), basis: Basis::Apposition, person });
        let mut all = vec![label(0, true), label(0, false), label(1, true)];
        // A town named a hundred times, a person three times.
        keep_personal(&mut all, &[100, 3]);
        assert_eq!(all, [label(0, false), label(1, true)]);
    }
}
