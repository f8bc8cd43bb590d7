//! Where entities are named: forms of their names that are not part of a longer one.

use std::collections::BTreeMap;

use crate::corpus::vocabulary::Vocabulary;
use crate::id::TokenId;
use crate::text::language::Language;
use crate::text::span::{Span, Token};
use crate::text::token::Shape;
use crate::voice::traits::Traits;

use super::entity::Entity;
use super::label_words::Kinds;
use super::prose::Prose;

/// A place where an entity is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Position in the list of entities.
    pub entity: usize,
    /// Its name there, small words in front included, titles not.
    pub tokens: Span<Token>,
}

/// A form of a name.
#[derive(Clone, Debug)]
struct Form {
    words: Vec<TokenId>,
    entity: usize,
    /// A last name of which the full name is known: a strange first name before it is somebody else's.
    short: bool,
    /// The name of a nation: a rank before it is part of another name.
    nation: bool,
}

/// The forms of all entities by their first word.
#[derive(Debug)]
pub struct Gazetteer {
    forms: BTreeMap<TokenId, Vec<Form>>,
    starts: Vec<bool>,
}

impl Gazetteer {
    /// Prepares entities for documents over a vocabulary.
    #[must_use]
    pub fn new(entities: &[Entity], vocabulary: &Vocabulary) -> Self {
        let language = Language::english();
        let (mut forms, mut starts): (BTreeMap<TokenId, Vec<Form>>, _) = (BTreeMap::new(), vec![false; vocabulary.len()]);
        for (entity, one) in entities.iter().enumerate() {
            for words in &one.aliases {
                let Some(&first) = words.first() else { continue };
                let short = words.len() == 1 && one.aliases.iter().any(|other| other.len() > 1 && other.ends_with(words));
                starts[first.index()] = true;
                let nation = words.len() == 1 && language.nations.contains_key(vocabulary.word(first));
                forms.entry(first).or_default().push(Form { words: words.clone(), entity, short, nation });
            }
        }
        // The longest first.
        forms.values_mut().for_each(|all| all.sort_by_key(|form| (std::cmp::Reverse(form.words.len()), form.entity)));
        Self { forms, starts }
    }

    /// The mentions of an article, in order, none over another. Linear in its length.
    #[must_use]
    pub fn mentions(&self, prose: &Prose<'_>) -> Vec<Mention> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < prose.len() {
            let forms = if self.starts[prose.word(at).id.index()] { self.forms.get(&prose.word(at).id) } else { None };
            let fitting = forms.into_iter().flatten().find(|form| is_here(prose, form, at));
            match fitting {
                Some(form) => {
                    let end = at + form.words.len();
                    found.push(Mention { entity: form.entity, tokens: Span::new(with_particles(prose, at), end) });
                    at = end;
                }
                None => at += 1,
            }
        }
        found
    }
}

/// The small words of a name before its first word: `al-` of `al-Ameri`.
fn with_particles(prose: &Prose<'_>, at: usize) -> usize {
    let mut start = at;
    while start > 0 && prose.kinds(start - 1).any(Kinds::PARTICLE) && (prose.joined(start) || prose.hyphened(start)) {
        start -= 1;
    }
    start
}

fn is_here(prose: &Prose<'_>, form: &Form, at: usize) -> bool {
    let end = at + form.words.len();
    let Some(words) = prose.document.words().get(at..end) else { return false };
    let same = words.iter().zip(&form.words).all(|(word, id)| word.id == *id);
    let follows = |i: usize| prose.joined(i) || prose.hyphened(i);
    let together = (at + 1..end).all(follows);
    // `al-Shabab`: a particle needs no capital where the name behind it has one.
    let particle = form.words.len() > 1 && prose.kinds(at).any(Kinds::PARTICLE) && words[1].shape.has(Shape::CAPITAL);
    if !same || !together || !(words[0].shape.has(Shape::CAPITAL) || particle) {
        return false;
    }
    // US, and not us.
    let initialism = form.words.len() == 1 && prose.traits(at).any(Traits::PRONOUN) && !words[0].shape.has(Shape::ALL_CAPITAL);
    if initialism {
        return false;
    }
    // `Trump Tower`, `US-led`, `France 2`: part of something else.
    let goes_on = |at: usize| prose.in_name(at) && !prose.gap(at).contains('\n') || prose.word(at).shape.has(Shape::DIGIT);
    let part_of_next = end < prose.len() && (prose.hyphened(end) || prose.joined(end) && !prose.possessive(end - 1) && goes_on(end));
    let start = with_particles(prose, at);
    let before = start.checked_sub(1).filter(|_| follows(start));
    let part_of_last = before.is_some_and(|before| {
        let kinds = prose.kinds(before);
        let described = kinds.any(Kinds::HEAD.with(Kinds::TITLE).with(Kinds::PEOPLE).with(Kinds::COUNTRY).with(Kinds::MODIFIER));
        // `Melania Trump`, `New Mexico`, `Captain America`.
        let other = form.short && !described || kinds.any(Kinds::PLACE_WORD) || form.nation && kinds.any(Kinds::TITLE);
        // `pro-Trump`.
        prose.hyphened(start) || form.words.len() == 1 && other && prose.in_name(before) && !prose.possessive(before)
    });
    !part_of_next && !part_of_last
}
