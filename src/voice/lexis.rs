//! The words by which a language says whose words stand where, by token: a cue is found by one look into a table.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use serde::Deserialize;

use crate::corpus::vocabulary::Vocabulary;
use crate::id::TokenId;

/// What a folded word can be, as bits; a word can be several things.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Traits(u64);

macro_rules! traits {
    ($($(#[$doc:meta])* $name:ident = $bit:literal;)+) => {
        impl Traits {
            $($(#[$doc])* pub const $name: Traits = Traits(1 << $bit);)+
        }
    };
}

traits! {
    /// Verb: said (that).
    SPEECH = 0;
    /// Verb beside quotation marks only: laughed.
    QUOTING = 1;
    /// Verb with an addressee before the content: told them that.
    TELLING = 2;
    /// Verb of evidence: shows that.
    SHOWING = 3;
    /// Verb of thought: believes that.
    MENTAL = 4;
    /// Verb before an infinitive: promised to.
    INFINITIVE = 5;
    /// Verb before one who is to act: urged them to.
    ORDERING = 6;
    /// Verb before what is spoken of: rejected the plan.
    OBJECT = 7;
    /// Verb before a name for something: called it a lie.
    NAMING = 8;
    /// Verb with a preposition: called for.
    PARTICLE_VERB = 9;
    /// Form: say.
    BASE = 10;
    /// Form: says.
    THIRD = 11;
    /// Form: said.
    PAST = 12;
    /// Form: written.
    PARTICIPLE = 13;
    /// Form: saying.
    ING = 14;
    /// Noun: claim (that).
    CONTENT_NOUN = 15;
    /// Noun: promise (to).
    INTENT_NOUN = 16;
    /// Noun: (in X's) view.
    VIEW_NOUN = 17;
    /// Any auxiliary.
    AUXILIARY = 18;
    /// A form of be.
    BE = 19;
    /// A form of have.
    HAVE = 20;
    /// can, will …
    MODAL = 21;
    /// Stands for a noun phrase as a subject.
    PRONOUN = 22;
    /// he, they …
    PERSONAL = 23;
    /// Opens a noun phrase.
    DETERMINER = 24;
    /// in, of …
    PREPOSITION = 25;
    /// when, that …
    SUBORDINATOR = 26;
    /// who, which …
    RELATIVE = 27;
    /// whether, how …
    QUESTION = 28;
    /// and, but …
    CONJUNCTION = 29;
    /// not, also, repeatedly …
    ADVERB = 30;
    /// Friday, later …
    TIME = 31;
    /// Opens a remark on how something was said.
    MANNER = 32;
    /// In a heading before a colon, names no speaker.
    LABEL = 33;
    /// Says that its bearer is a man.
    MASCULINE = 34;
    /// Says that its bearer is a woman.
    FEMININE = 35;
    /// that
    THAT = 36;
    /// to
    TO = 37;
    /// and
    AND = 38;
    /// but
    BUT = 39;
    /// by
    BY = 40;
    /// of
    OF = 41;
    /// as
    AS = 42;
    /// according
    ACCORDING = 43;
    /// it
    IT = 44;
    /// who
    WHO = 45;
    /// which
    WHICH = 46;
    /// in
    IN = 47;
    /// do, does, did and their negations
    DO = 48;
    /// A form that is a noun as often as a verb: plans
    NOUN_TOO = 49;
    /// A rank or office before a name.
    TITLE = 50;
    /// so
    SO = 51;
    /// called
    CALLED = 52;
    /// Verb that reports only before what can be nothing but content.
    GUARDED = 53;
    /// A noun for a person by office.
    ROLE = 54;
    /// what
    WHAT = 55;
    /// it was, and not it is
    WAS = 56;
}

impl Traits {
    /// Every frame of a verb.
    pub const VERB: Traits = Traits(0x3FF);
    /// Every form of a verb.
    pub const FORM: Traits = Traits(0x1F << 10);

    /// Whether all bits of `other` are set.
    #[must_use]
    pub const fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Whether some bit of `other` is set.
    #[must_use]
    pub const fn any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// With the bits of `other` as well.
    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WordData {
    verbs: BTreeMap<String, Vec<String>>,
    prepositions: BTreeMap<String, Vec<String>>,
    irregular: BTreeMap<String, [String; 2]>,
    nouns: BTreeMap<String, Vec<String>>,
    words: BTreeMap<String, Vec<String>>,
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

const WORDS: [(&str, Traits); 21] = [
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

const SINGLE: [(&str, Traits); 16] = [
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
            for (form, kind) in conjugate(verb, data.irregular.get(verb)) {
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
fn conjugate(verb: &str, irregular: Option<&[String; 2]>) -> Vec<(String, Traits)> {
    // A verb of two words is listed by its first; the second is a particle.
    let vowel_y = ["ay", "ey", "oy", "uy"].iter().any(|end| verb.ends_with(end));
    let stem_y = verb.strip_suffix('y').filter(|_| !vowel_y);
    let hissing = ["s", "x", "z", "ch", "sh"].iter().any(|end| verb.ends_with(end));
    let third = match stem_y {
        Some(stem) => format!("{stem}ies"),
        None => format!("{verb}{}", if hissing { "es" } else { "s" }),
    };
    let doubled = doubles(verb).then(|| verb.chars().last()).flatten().map(String::from).unwrap_or_default();
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

/// Verbs of two syllables that double their last letter.
const DOUBLING: [&str; 13] =
    ["admit", "begin", "commit", "compel", "concur", "demur", "infer", "propel", "rebel", "rebut", "refer", "submit", "regret"];

/// Whether a verb doubles its last letter: one syllable that ends in one vowel and one consonant, or a listed one.
fn doubles(verb: &str) -> bool {
    let vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u');
    let letters: Vec<char> = verb.replace("qu", "q").chars().collect();
    let closed = matches!(letters[..], [.., v, c] if vowel(v) && !vowel(c) && !matches!(c, 'w' | 'x' | 'y' | 'h'));
    closed && letters.iter().filter(|&&c| vowel(c)).count() == 1 || DOUBLING.contains(&verb)
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
            if word.len() > 4 && word.ends_with("ly") && entry.traits == Traits::default() && !LY_NOUNS.contains(word) {
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

static LY_NOUNS: LazyLock<BTreeSet<&str>> = LazyLock::new(|| {
    BTreeSet::from([
        "assembly", "family", "italy", "july", "monopoly", "supply", "reply", "ally", "bully", "emily", "kelly", "kimberly", "molly",
        "sally", "billy", "family", "daily", "weekly", "early", "friendly",
    ])
});
