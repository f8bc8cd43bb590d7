//! The words by which a language says whose words stand where, by token: a cue is found by one look into a table.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::corpus::vocabulary::Vocabulary;
use crate::id::TokenId;

use super::traits::Traits;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WordData {
    verbs: BTreeMap<String, Vec<String>>,
    prepositions: BTreeMap<String, Vec<String>>,
    irregular: BTreeMap<String, [String; 2]>,
    doubling: Doubling,
    nouns: BTreeMap<String, Vec<String>>,
    words: BTreeMap<String, Vec<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Doubling {
    verbs: Vec<String>,
}

/// What is known of a word: its traits, and for a verb the prepositions that lead to content, for a preposition its own bit.
#[derive(Clone, Copy, Debug, Default)]
struct Entry {
    traits: Traits,
    particles: u32,
}

/// The words of one language by which voices are told apart, before they are joined with a vocabulary.
#[derive(Debug)]
pub struct VoiceWords {
    entries: BTreeMap<String, Entry>,
}

static ENGLISH: LazyLock<VoiceWords> = LazyLock::new(|| {
    let data: WordData = toml::from_str(include_str!("../../lexicons/en/voice.toml")).expect("the shipped file is tested");
    VoiceWords::new(&data)
});

const FRAMES: [(&str, Traits); 10] = [
    ("guarded", Traits::GUARDED),
    ("speech", Traits::SPEECH),
    ("quoting", Traits::QUOTING),
    ("telling", Traits::TELLING),
    ("showing", Traits::SHOWING),
    ("mental", Traits::MENTAL),
    ("infinitive", Traits::INFINITIVE),
    ("ordering", Traits::ORDERING),
    ("object", Traits::OBJECT),
    ("naming", Traits::NAMING),
];

const NOUNS: [(&str, Traits); 3] = [("content", Traits::CONTENT_NOUN), ("intention", Traits::INTENT_NOUN), ("view", Traits::VIEW_NOUN)];

const WORDS: [(&str, Traits); 25] = [
    ("concessive", Traits::CONCESSIVE),
    ("indefinite", Traits::INDEFINITE),
    ("plurals", Traits::PLURAL),
    ("not_adverbs", Traits::NO_ADVERB),
    ("roles", Traits::ROLE),
    ("titles", Traits::TITLE),
    ("nouns_too", Traits::NOUN_TOO),
    ("auxiliaries", Traits::AUXILIARY),
    ("be", Traits::BE),
    ("have", Traits::HAVE),
    ("do", Traits::DO),
    ("modals", Traits::MODAL),
    ("pronouns", Traits::PRONOUN),
    ("personal", Traits::PERSONAL),
    ("determiners", Traits::DETERMINER),
    ("prepositions", Traits::PREPOSITION),
    ("subordinators", Traits::SUBORDINATOR),
    ("relatives", Traits::RELATIVE),
    ("questions", Traits::QUESTION),
    ("conjunctions", Traits::CONJUNCTION),
    ("adverbs", Traits::ADVERB),
    ("times", Traits::TIME),
    ("manner", Traits::MANNER),
    ("labels", Traits::LABEL),
    ("masculine", Traits::MASCULINE),
];

const SINGLE: [(&str, Traits); 18] = [
    ("the", Traits::THE),
    ("they", Traits::THEY),
    ("what", Traits::WHAT),
    ("was", Traits::WAS),
    ("so", Traits::SO),
    ("called", Traits::CALLED),
    ("that", Traits::THAT),
    ("to", Traits::TO),
    ("and", Traits::AND),
    ("but", Traits::BUT),
    ("by", Traits::BY),
    ("of", Traits::OF),
    ("as", Traits::AS),
    ("according", Traits::ACCORDING),
    ("it", Traits::IT),
    ("who", Traits::WHO),
    ("which", Traits::WHICH),
    ("in", Traits::IN),
];

impl VoiceWords {
    /// English as shipped.
    #[must_use]
    pub fn english() -> &'static Self {
        &ENGLISH
    }

    fn new(data: &WordData) -> Self {
        let mut entries: BTreeMap<String, Entry> = BTreeMap::new();
        let mut add = |word: &str, traits: Traits, particles: u32| {
            let entry = entries.entry(word.to_owned()).or_default();
            entry.traits = entry.traits.with(traits);
            entry.particles |= particles;
        };
        let mut verbs: BTreeMap<&str, (Traits, u32)> = BTreeMap::new();
        for (name, frame) in FRAMES {
            for verb in data.verbs.get(name).into_iter().flatten() {
                let known = verbs.entry(verb).or_default();
                known.0 = known.0.with(frame);
            }
        }
        for (bit, (preposition, with)) in data.prepositions.iter().enumerate() {
            add(preposition, Traits::default(), 1 << bit);
            for verb in with {
                let known = verbs.entry(verb).or_default();
                *known = (known.0.with(Traits::PARTICLE_VERB), known.1 | 1 << bit);
            }
        }
        for (verb, (frames, particles)) in verbs {
            for (form, kind) in conjugate(verb, data.irregular.get(verb), &data.doubling.verbs) {
                add(&form, frames.with(kind), particles);
            }
        }
        let lists = |lists: &BTreeMap<String, Vec<String>>, kinds: &[(&str, Traits)], add: &mut dyn FnMut(&str, Traits, u32)| {
            for (name, kind) in kinds {
                lists.get(*name).into_iter().flatten().for_each(|word| add(word, *kind, 0));
            }
        };
        lists(&data.nouns, &NOUNS, &mut add);
        lists(&data.words, &WORDS, &mut add);
        lists(&data.words, &[("feminine", Traits::FEMININE)], &mut add);
        SINGLE.iter().for_each(|(word, kind)| add(word, *kind, 0));
        Self { entries }
    }
}

/// The forms of a verb with what each can be.
fn conjugate(verb: &str, irregular: Option<&[String; 2]>, doubling: &[String]) -> Vec<(String, Traits)> {
    let vowel_y = ["ay", "ey", "oy", "uy"].iter().any(|end| verb.ends_with(end));
    let stem_y = verb.strip_suffix('y').filter(|_| !vowel_y);
    let hissing = ["s", "x", "z", "ch", "sh"].iter().any(|end| verb.ends_with(end));
    let third = match stem_y {
        Some(stem) => format!("{stem}ies"),
        None => format!("{verb}{}", if hissing { "es" } else { "s" }),
    };
    let doubled = doubles(verb, doubling).then(|| verb.chars().last()).flatten().map(String::from).unwrap_or_default();
    let regular = match (stem_y, verb.strip_suffix('e')) {
        (Some(stem), _) => format!("{stem}ied"),
        (None, Some(stem)) => format!("{stem}ed"),
        (None, None) => format!("{verb}{doubled}ed"),
    };
    let ing = match verb.strip_suffix('e').filter(|_| !["ee", "ye", "oe"].iter().any(|end| verb.ends_with(end))) {
        Some(stem) => format!("{stem}ing"),
        None => format!("{verb}{doubled}ing"),
    };
    let [past, participle] = irregular.cloned().unwrap_or_else(|| [regular.clone(), regular]);
    vec![
        (verb.to_owned(), Traits::BASE),
        (third, Traits::THIRD),
        (past, Traits::PAST),
        (participle, Traits::PARTICIPLE),
        (ing, Traits::ING),
    ]
}

/// Whether a verb doubles its last letter: one syllable that ends in one vowel and one consonant, or a listed one.
fn doubles(verb: &str, listed: &[String]) -> bool {
    let vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u');
    let letters: Vec<char> = verb.replace("qu", "q").chars().collect();
    let closed = matches!(letters[..], [.., v, c] if vowel(v) && !vowel(c) && !matches!(c, 'w' | 'x' | 'y' | 'h'));
    closed && letters.iter().filter(|&&c| vowel(c)).count() == 1 || listed.iter().any(|v| v == verb)
}

/// The words of a language by the token ids of one vocabulary.
#[derive(Debug)]
pub struct Lexis {
    entries: Vec<Entry>,
}

impl Lexis {
    /// Looks every word up once.
    #[must_use]
    pub fn new(words: &VoiceWords, vocabulary: &Vocabulary) -> Self {
        let mut entries = vec![Entry::default(); vocabulary.len()];
        for (word, entry) in &words.entries {
            if let Some(id) = vocabulary.find(word) {
                entries[id.index()] = *entry;
            }
        }
        // Adverbs of manner are an open class.
        for (index, entry) in entries.iter_mut().enumerate() {
            let word = vocabulary.word(TokenId::new(index));
            if word.len() > 4 && word.ends_with("ly") && entry.traits == Traits::default() {
                entry.traits = Traits::ADVERB;
            }
        }
        Self { entries }
    }

    /// What a word can be.
    #[must_use]
    pub fn traits(&self, id: TokenId) -> Traits {
        self.entries[id.index()].traits
    }

    /// Whether `preposition` leads from `verb` to content.
    #[must_use]
    pub fn joins(&self, verb: TokenId, preposition: TokenId) -> bool {
        let (verb, preposition) = (self.entries[verb.index()], self.entries[preposition.index()]);
        verb.traits.has(Traits::PARTICLE_VERB) && !preposition.traits.any(Traits::VERB) && verb.particles & preposition.particles != 0
    }
}

#[cfg(test)]
mod tests {
    use super::{Lexis, Traits, Vocabulary, VoiceWords, conjugate};
    use crate::text::language::Language;

    #[test]
    fn forms_of_verbs() {
        let forms = |verb: &str, irregular: Option<[&str; 2]>| {
            let irregular = irregular.map(|pair| pair.map(str::to_owned));
            conjugate(verb, irregular.as_ref(), &["admit".to_owned()]).into_iter().map(|(form, _)| form).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(forms("say", Some(["said", "said"])), "say says said said saying");
        assert_eq!(forms("deny", None), "deny denies denied denied denying");
        assert_eq!(forms("agree", None), "agree agrees agreed agreed agreeing");
        assert_eq!(forms("stress", None), "stress stresses stressed stressed stressing");
        assert_eq!(forms("slam", None), "slam slams slammed slammed slamming");
        assert_eq!(forms("admit", None), "admit admits admitted admitted admitting");
        assert_eq!(forms("claim", None), "claim claims claimed claimed claiming");
        assert_eq!(forms("show", Some(["showed", "shown"])), "show shows showed shown showing");
    }

    #[test]
    fn words_by_token() {
        let mut vocabulary = Vocabulary::default();
        let ids: Vec<_> = ["called", "for", "with", "repeatedly", "harbour"].map(|w| vocabulary.intern(w, Language::english())).into();
        let lexis = Lexis::new(VoiceWords::english(), &vocabulary);
        assert!(lexis.traits(ids[0]).has(Traits::NAMING.with(Traits::PAST)));
        assert!(lexis.joins(ids[0], ids[1]) && !lexis.joins(ids[0], ids[2]));
        assert!(lexis.traits(ids[3]).has(Traits::ADVERB));
        assert_eq!(lexis.traits(ids[4]), Traits::default());
    }
}
