//! What a word can be to attribution, as bits: frames and forms of verbs, and the small words around them.

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
    /// while, although …
    CONCESSIVE = 57;
    /// a, an
    INDEFINITE = 58;
    /// A plural without -s.
    PLURAL = 59;
    /// the
    THE = 60;
    /// they
    THEY = 61;
    /// In -ly and no adverb.
    NO_ADVERB = 62;
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
