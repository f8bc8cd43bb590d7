//! Any text to quotations, reported speech and a mask of voices.

use retold::corpus::document::Document;
use retold::corpus::vocabulary::Vocabulary;
use retold::framing::usage::words_by_voice;
use retold::text::language::Language;
use retold::text::span::{Byte, Span};
use retold::voice::lexis::{Lexis, VoiceWords};
use retold::voice::mask::VoiceMask;
use retold::voice::quote::{mask, quotations};
use retold::voice::utterance::voices;

/// A text.
pub(super) fn check(bytes: &[u8]) {
    let text = &*String::from_utf8_lossy(bytes);
    let mut vocabulary = Vocabulary::default();
    let document = Document::new(text, &[Span::new(0, text.len())], Language::english(), &mut vocabulary);
    let lexis = Lexis::new(VoiceWords::english(), &vocabulary);
    let fits = |span: Span<Byte>| assert!(text.get(span.range()).is_some(), "{span:?} does not fit the text");
    let found = quotations(&document, text, Language::english());
    let mut before = 0;
    for quotation in &found {
        fits(quotation.span);
        fits(quotation.content);
        assert!(quotation.span.contains(quotation.content), "{quotation:?}");
        assert!(quotation.span.start() >= before, "quotations overlap at {:?}", quotation.span);
        before = quotation.span.end();
    }
    disjoint(&mask(&found, text), text);
    let voices = voices(&document, text, &found, &lexis);
    for utterance in &voices.utterances {
        fits(utterance.span);
        fits(utterance.content);
        utterance.cue.into_iter().for_each(fits);
        assert!(utterance.span.contains(utterance.content), "{utterance:?}");
        assert!((0.0..=1.0).contains(&utterance.confidence), "{utterance:?}");
    }
    assert!(voices.utterances.is_sorted_by_key(|u| u.span.start()), "utterances are not in order");
    disjoint(&voices.mask, text);
    let words = words_by_voice(&document, &voices.mask);
    assert_eq!(words.iter().sum::<u64>(), document.words().len() as u64, "every word is somebody's, once");
}

fn disjoint(mask: &VoiceMask, text: &str) {
    let mut before = 0;
    for &(span, _) in mask.stretches() {
        assert!(text.get(span.range()).is_some() && !span.is_empty(), "{span:?} does not fit the text");
        assert!(span.start() >= before, "stretches of voices overlap at {span:?}");
        before = span.end();
    }
}
