//! Every code that Retold shows in brackets, and what stands behind it. A test holds this list against the source.

/// A code explained.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Code {
    /// As shown in brackets: `E` ends a run or says why it could not start, `W` does not.
    pub code: &'static str,
    /// What happened.
    pub what: &'static str,
    /// Why it matters.
    pub why: &'static str,
    /// How to mend it.
    pub mend: &'static str,
}

/// The explanation of a code, in capitals or not.
#[must_use]
pub fn find(code: &str) -> Option<&'static Code> {
    CODES.iter().find(|known| known.code.eq_ignore_ascii_case(code))
}

/// A code a block: code, what, why, how to mend it.
macro_rules! codes {
    ($($code:literal: $what:literal, $why:literal, $mend:literal;)+) => {
        /// All codes, in order.
        pub const CODES: &[Code] = &[$(Code { code: $code, what: $what, why: $why, mend: $mend }),+];
    };
}

codes! {
    "E001":
        "Arguments that do not fit together.",
        "What was asked for can be read in two ways, or in none.",
        "The message says which argument to change; retold COMMAND --help has the rest.";
    "E010":
        "A path that was given cannot be read.",
        "A run over part of what was asked for would look like the whole, so it does not start.",
        "Check the spelling of the path, from the folder you are in, and that you may read it.";
    "E011":
        "Nothing that was given holds an article.",
        "There is no text to read: the folder is empty, or every file in it was skipped. Skipped files are named with their reasons.",
        "Give files in one of the formats of docs/formats.md (text, CSV, JSON, web pages, exports of databases, feeds, archives), or folders that hold some.";
    "E012":
        "Two articles were to be set side by side, and the files hold more or fewer, or one and the same.",
        "`retold align` shows one pair; with any other number it could only guess which two are meant.",
        "Give two different files with one article each. For more, use `retold compare`.";
    "E014":
        "All articles belong to one outlet.",
        "What is compared is outlets. With one of them there is no other side.",
        "Put each outlet in its own folder, or name the outlets in a sheet articles.csv with the columns path,outlet.";
    "E015":
        "No passage suits a worksheet.",
        "A page sets one passage of two outlets side by side that differ in listed wording. Here outlets share no text, or what they share is worded alike or too long for a page.",
        "Give articles that report one event in outlets that share text, such as agency copy; retold compare shows what they share, and --lexicon adds wording to look for.";
    "E020":
        "A sheet of articles cannot be used.",
        "The sheet says who published which file. Read wrongly, it would put words into the mouth of the wrong outlet.",
        "Save it as CSV in UTF-8, with the names of the columns in its first line; path,outlet is enough.";
    "E021":
        "A retold.toml cannot be used.",
        "It says how articles are read and what is made of them. Passed over, it would change the result without a word.",
        "Mend the line that is named; keys are the long flags of retold COMMAND --help. --isolated runs without it.";
    "E025":
        "A file of known findings (--baseline) cannot be used.",
        "If it were passed over, every known finding would come back as a new one.",
        "Write it anew with --write-baseline FILE, and keep it under version control.";
    "E026":
        "A sheet of entities (--entities) cannot be used.",
        "It says which names are one person, group or place. Read by half, labels of one would be counted for another or for nobody.",
        "Mend the line that is named: CSV in UTF-8 with the header name,aliases,kind; | parts several aliases.";
    "E027":
        "Filled answers (retold worksheet --check), or their key, cannot be used.",
        "Answers are set beside the key row by row. Read by half, they would agree or differ where nobody did.",
        "Save the sheet as CSV in UTF-8, with the header of answers.csv and its column task_id as it was; the key is key.csv of the same worksheet.";
    "E030":
        "A lexicon cannot be used: a file does not parse, or a field of an entry holds what it may not.",
        "A list that is half read finds half of what it lists, and nobody would see which half.",
        "Mend the line that is named; lexicons/README.md describes the fields.";
    "E031":
        "A name that was given stands for nothing: no entry, no category, no code of that name is there.",
        "Entries are found in the lexicons that are named with --lexicon, and in the shipped one where none is named.",
        "Take one of the names that are given as the nearest; retold lexicon list shows all entries.";
    "E040":
        "The output folder exists and was not written by Retold.",
        "A run replaces its folder whole. What stands there may be your work.",
        "Choose another folder with -o DIR, or add --force: files that are not Retold's own then stay where they are.";
    "E041":
        "The output folder is an input, lies inside one, or holds one.",
        "The next run would read what this one wrote, or this one would replace what it reads.",
        "Choose a folder outside the input with -o DIR.";
    "E042":
        "Something could not be written.",
        "The disk is full, or the place may not be written to. Nothing is left half written.",
        "Check free space and permissions.";
    "E043":
        "The output folder is the folder you are in, or holds it.",
        "The folder is swapped for a new one when the run is done, and you would stand in one that is gone.",
        "Give a folder inside it: -o out.";
    "E046":
        "A file to write is one of the files to read.",
        "Your article would be replaced by what was found in it.",
        "Give the output, or the baseline, a name of its own.";
    "E050":
        "A chart could not be drawn.",
        "This is a fault of Retold's, not of your texts. The table of the same name holds the figures.",
        "Please report it with that table.";
    "E051":
        "Something was asked for that this build leaves out.",
        "Parts of Retold that are large to build can be left away (cargo's --no-default-features), or have to be asked for (--features parquet).",
        "Build it with the feature that the message names, or do without.";
    "E055":
        "A step of a comparison on many machines cannot go on: what comes in is of another table or version, damaged, or not whole.",
        "The step gives out nothing that could be taken for a result; an engine tries it again and then fails with this line.",
        "Give what docs/stages.md says, and install one version of Retold on the driver and on all executors.";
    "E060":
        "A run needs more memory, or more space for temporary files, than it may take.",
        "Texts go to a temporary file where they do not fit, but what is kept of each article and of each passage stays in memory. A run that cannot end is told before it starts, and not after an hour.",
        "Give more with --memory, or fewer articles. With --window DAYS, fewer articles are set side by side. docs/limits.md has the formula; TMPDIR names another place for temporary files.";
    "E061":
        "The temporary file that holds texts while they do not fit in memory cannot be written or read.",
        "Whatever is computed without these texts would be wrong, and holding them in memory after all could end the run, and others, without a word. Nothing is left half written.",
        "Make room where the system keeps temporary files, or name another place with the variable TMPDIR. With --memory as large as three times the texts and more, no such file is needed.";
    "E070":
        "Another run is writing into the output folder.",
        "Of two runs into one folder one would replace what the other wrote. The one that came first goes on; this one has changed nothing.",
        "Wait until the other has ended, or choose another folder with -o DIR. A run that was killed blocks nothing.";
    "E071":
        "The run was told to end: ctrl-c, or a signal from the system or from another program.",
        "What was half made is cleared away. Where a result is to stand there is what stood there before, or the new result as a whole.",
        "Run the command again.";
    "E075":
        "What was read is not what was analysed and skipped together.",
        "A record went by without a word. Nothing that is computed from the rest could be trusted, so nothing was written.",
        "This is a fault of Retold's: please report the line, with what was given if you may.";
    "E076":
        "Something could not be read or compared, and --strict asks for all.",
        "With --strict a result is made of everything that was given or not at all: nothing was written.",
        "Mend what is named above the line, or leave --strict away: what is skipped is then a row of tables/skipped.csv, and the exit code is 3.";
    "E077":
        "Articles met a fault inside Retold.",
        "Such articles are left out and named; here that did not help, or a program that uses Retold as a library did not ask for it.",
        "Please report the line; it names the place in the source.";
    "E099":
        "A fault inside Retold.",
        "Something that should always hold did not. Nothing is left half written.",
        "Please report the line; it names the place in the source.";
    "W002":
        "A file holds bytes that are no UTF-8; each such place shows as a replacement character.",
        "A word with such a place in it is not recognised, and wording may be missed there.",
        "Save the file as UTF-8.";
    "W003":
        "A file is not UTF-8 and states no encoding; it was guessed, because --encoding auto asks for that.",
        "A wrong guess turns quotation marks and accents into other characters, and what is quoted may then count as the outlet's own.",
        "Look at a sentence with quotation marks in the report. If it is right, name the encoding with --encoding.";
    "W004":
        "Text was decoded wrongly before it came here: it holds sequences such as â€™ where an apostrophe was meant.",
        "Quotation marks among them are not recognised, and words with such a sequence match no other outlet's.",
        "Fetch or export it anew with the right encoding; --mend turns the sequences back into what they were.";
    "W005":
        "A text holds characters that do not show: zero-width spaces, soft hyphens, marks of direction, controls.",
        "A word with one inside looks like any other and is not the same to a computer. The text is left as it is.",
        "Take them out if they are of no use.";
    "W006":
        "A text holds accents or primes that may stand for quotation marks.",
        "Quotations between them are not recognised, and their words count as the outlet's own.",
        "Write straight or curly quotation marks instead.";
    "W008":
        "A quotation mark is never closed. The quotation was ended with its paragraph.",
        "What stands after it in the paragraph counts as somebody else's words, which may be wrong.",
        "Close it in the text if it was lost in copying.";
    "W009":
        "Articles are not in English.",
        "The lists of wording are English. Such articles are compared with one another and with the rest, and are left out of listed wording and its rates.",
        "Nothing is to be done if that is meant. If the language is wrong, name it in the column language of articles.csv.";
    "W020":
        "A table gives headlines without texts, and one of its columns that are not read looks like a text.",
        "The articles are compared by their headlines alone.",
        "Name the column that holds the text: --columns \"text=NAME\". Nothing is to be done if it is none.";
    "W021":
        "No article has a date.",
        "Nothing can be said of who published first.",
        "Add a column published_at to articles.csv.";
    "W022":
        "A date cannot be read and counts as unknown.",
        "Order and windows of days leave the article out.",
        "Write it as 2021-12-28, or 2021-12 where only the month is known.";
    "W023":
        "A sheet names a file that was not given.",
        "Its row does nothing; often the path has a typing error, and the file then counts as an outlet of its own.",
        "Check the column path: it is relative to the sheet.";
    "W024":
        "A date can be read in two ways: 03/04/2021 is a day in March or in April.",
        "A guess could turn round who published first, so the date counts as unknown.",
        "Say which number is the day with --date-order dmy or --date-order mdy; other dates of the same file often show it.";
    "W025":
        "Items of a WordPress export are no published posts.",
        "Pages, attachments, menus and drafts are no articles. They are counted and left out.",
        "Publish what should be read, and export again.";
    "W026":
        "A delivery of a news database says that it holds another number of articles than were found in it.",
        "What is missing is not compared, and nothing else would show it.",
        "Check whether the delivery is whole: large ones come in several files, and some databases leave texts out that they may not give.";
    "W027":
        "Two records of a file have the same id.",
        "Both are kept and told apart by their text; a table joined on source_id would mix them up.",
        "Give each record an id of its own, or join on article_id.";
    "W028":
        "A web page is nested or tangled beyond what is safe to build a tree of.",
        "Its text was taken by the lengths of its paragraphs alone, which may take too much or too little.",
        "Compare the text with the page, or copy it into a .txt file.";
    "W029":
        "Parts of a web archive are no articles, or were not served as such.",
        "Pictures, scripts, redirects and pages that were not found lie between the articles; their number shows whether the crawl went well.",
        "If articles are missing, crawl them again; retold reads responses with status 200 that hold HTML, text or JSON.";
    "W030":
        "An entry of a lexicon has no reason.",
        "Whoever meets the wording in a report cannot see why it is listed, nor disagree.",
        "Say in one sentence (why) what the wording does beyond naming the thing.";
    "W031":
        "An entry of a lexicon has no source, or one that is not described.",
        "A source lets readers check a judgement that is not theirs.",
        "Name a guide or study of sources.csv, or house for your own judgement.";
    "W032":
        "An entry of a lexicon has neither plainer wording nor advice.",
        "Wording that cannot be put otherwise is no choice of words.",
        "Give plainer words, or (drop), (attribute), (specify: what), (keep: when).";
    "W033":
        "The plainer wording of an entry is itself listed.",
        "Who follows the advice is flagged again.",
        "Choose a wording that is not listed.";
    "W034":
        "An entry names a pair that is no entry.",
        "The pair is the other side's counterpart; the balance of a dispute is counted with it.",
        "Name the id of an entry, or leave the field empty.";
    "W035":
        "A category of a lexicon is not described.",
        "Reports group wording by category and say what each is.",
        "Give the category a title and an about.";
    "W036":
        "Two entries of one lexicon list the same wording.",
        "Only one of them ever counts.",
        "Make them one entry with several wordings.";
    "W037":
        "An entry lacks an example, or is not found in a sentence that it must be found in (hit).",
        "Examples are the tests of an entry: without them nobody knows what it matches.",
        "Add the sentence, or mend it or the guards; a longer or stronger entry may take the place.";
    "W038":
        "An entry is found in a sentence that it must not be found in (miss).",
        "It would flag innocent wording of that kind everywhere.",
        "Add a guard: not_next, not_prev, not_near, near, cap or pos.";
    "W039":
        "An entry is found in the name of a people, a country or a faith.",
        "No such name is loaded wording by itself.",
        "List the loaded phrase that holds the name, not the name.";
    "W040":
        "An entry of strength 2 or more is found in plain news text.",
        "It is too broad: it would flag texts in which nothing is loaded.",
        "Add a guard, or lower its strength to 1.";
    "W041":
        "An entry leans to a side that its dispute does not have.",
        "The balance of the dispute cannot count it.",
        "Name one of the sides of lexicons/en/topics.toml.";
    "W042":
        "A dispute is unevenly listed: one side has more than twice as many entries as another.",
        "A list that watches one side more closely finds more of its words.",
        "List the wording of the other side as strictly.";
    "W043":
        "A chart in pixels has characters that none of its fonts has.",
        "Boxes stand in their place: the fonts that Retold brings hold Latin, Greek, Cyrillic, Arabic and Hebrew.",
        "Take the SVG of the same name: a browser draws it with the fonts of its system.";
    "W060":
        "A run may take more memory than it was given.",
        "What is kept of articles, passages and stories stays in memory; news shares enough to outgrow the budget by what the message says. The result is the same, if the machine has that much.",
        "Give more with --memory, or fewer articles; --window DAYS sets fewer of them side by side. docs/limits.md has the formula.";
    "W065":
        "The work folder cannot be used: another run works in it, or it cannot be written.",
        "The results are whole, but should this run be cut off, the next one begins anew.",
        "Give another folder with --work DIR, or wait until the other run has ended.";
    "W066":
        "What a stage found could not be kept in the work folder, as on a full disk.",
        "The results are whole, but a run that is cut off later begins with this stage anew.",
        "Make room, or give a folder on another disk with --work DIR.";
    "W075":
        "An input was skipped: a file, a record or a row that did not become an article.",
        "It is in no count and no table but skipped.csv, and the exit code is 3.",
        "Each has its own reason and advice. With --strict nothing is written unless everything was read.";
    "W076":
        "Two articles could not be compared, for a fault inside Retold.",
        "What they share is told nowhere; both stand in all other tables, and the exit code is 3.",
        "Please report the line; it names the place in the source.";
    "W085":
        "A text has Cyrillic or Greek letters that look like Latin ones inside words of Latin letters.",
        "Such a word looks like another and is not the same to a computer: it is not found in a list, and matches no other outlet's. The text is left as it is.",
        "Write the word in one script if that is what was meant.";
}

#[cfg(test)]
mod tests {
    use super::{CODES, find};

    #[test]
    fn in_order_and_found_in_any_case() {
        assert!(CODES.windows(2).all(|pair| pair[0].code < pair[1].code));
        assert_eq!(find("w008").map(|code| code.code), Some("W008"));
        assert_eq!(find("E000"), None);
    }
}
