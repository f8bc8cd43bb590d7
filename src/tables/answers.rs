//! The sheets of a worksheet: what pupils fill in, and the key to it.

use crate::id::Key;

use super::cell::{Code, Quoted};
use super::row::row;

row! {
    /// A place where two texts differ, in one of them. Blank in `answers.csv`, filled in `key.csv`.
    pub struct AnswerRow {
        /// Names the row: passage, place and text, as p1-2-t1.
        task_id: String,
        /// The passage, which tells one worksheet from another.
        passage_id: Key,
        /// Number of the passage on the pages, from 1.
        passage: usize,
        /// 1 or 2: Text 1 or Text 2 of the page.
        text: u8,
        /// The words around the place, which is ▢.
        sentence: Quoted<String>,
        /// To fill in: what the text has at ▢; a dash where it has nothing.
        words: Quoted<String>,
        /// To fill in, yes or no: whether these words do more than name the thing. In the key: yes where they hold listed wording.
        loaded: Option<Code>,
        /// To fill in, own, reported or quoted: whose words they are.
        voice: Option<Code>,
        /// To fill in, yes or no: whether the reader should be told who says so. In the key: yes for listed wording in the outlet's own words.
        attribute: Option<Code>,
        /// To fill in: anything else. In the key: the entry of the list with plainer wording.
        remark: Quoted<String>,
    }
}
