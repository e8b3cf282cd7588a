//! Rules about the code itself: imports point down, libraries stay in their files, every code is in the catalogue and explained, and nothing is left undone.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use crate::program::{package, run_in};

/// The floors, from the ground. A part may name parts of its own floor and of those below.
const FLOORS: &[&[&str]] = &[
    &["text"],
    &["finding", "world", "locale"],
    &["picture", "syntax", "report", "search"],
    &["model", "series"],
    &["data", "edition", "read", "relations", "resolve", "schema"],
    &["insight"],
    &["card", "chart", "directive", "lint", "pictures", "plates"],
    &["site"],
    &["theme"],
    &["leak", "output"],
    &["pipeline"],
    &["serve"],
    &["catalog", "cli"],
];

/// Libraries, and the files (or folders, with `/`) that may name them. One that is missing here may be named nowhere.
const LIBRARIES: &[(&str, &[&str])] = &[
    ("ab_glyph_rasterizer", &["card/"]),
    ("aho_corasick", &["edition.rs", "leak.rs"]),
    ("annotate_snippets", &["report/human.rs"]),
    (
        "blake3",
        &[
            "pictures.rs",
            "read/translation.rs",
            "site/address.rs",
            "site/publish/cards.rs",
            "theme/asset.rs",
            "output/",
            "serve/stage.rs",
        ],
    ),
    // It can end the process: `world/apart.rs` says how it is called.
    ("calamine", &["syntax/workbook.rs"]),
    ("chardetng", &["syntax/decode.rs"]),
    ("clap", &["cli/"]),
    ("clap_complete", &["cli/"]),
    ("crc32fast", &["card/png.rs"]),
    ("encoding_rs", &["syntax/decode.rs"]),
    ("fixed_decimal", &["locale/"]),
    ("flate2", &["card/png.rs", "world/git/"]),
    ("granit_parser", &["syntax/yaml.rs", "syntax/yaml/"]),
    ("http_body_util", &["serve/http.rs"]),
    ("hyper", &["serve/"]),
    ("hyper_util", &["serve/http.rs"]),
    ("icu_calendar", &["locale/"]),
    ("icu_collator", &["locale/"]),
    ("icu_datetime", &["locale/"]),
    ("icu_decimal", &["locale/"]),
    ("icu_locale_core", &["locale/"]),
    ("icu_plurals", &["locale/"]),
    ("image_webp", &["picture/pixels.rs"]),
    // Dates of the calendar; the clock is forbidden below.
    ("jiff", &["world/", "cli/", "locale/", "model/", "series/"]),
    ("jpeg_encoder", &["picture/pixels.rs"]),
    ("mimalloc", &["main.rs"]),
    ("notify", &["serve/watch.rs"]),
    ("pagefind_stem", &["search/stem.rs"]),
    ("plotters", &["chart/"]),
    ("plotters_backend", &["chart/"]),
    // `card/` and `picture/` have a file of that name each; the library is in `picture/pixels.rs`.
    ("png", &["card/", "picture/"]),
    ("pulldown_cmark", &["syntax/markdown.rs", "syntax/markdown/"]),
    ("rustix", &["output/", "world/disk.rs", "world/apart.rs"]),
    // For tests only: the contract of the theme.
    ("schemars", &["site/", "theme/contract.rs"]),
    ("strsim", &["text/suggestion.rs"]),
    ("tera", &["theme/"]),
    ("tokio", &["serve/"]),
    ("ttf_parser", &["card/font.rs"]),
    (
        "unicode_normalization",
        &["card/text.rs", "resolve/alias.rs", "text/name.rs", "locale/mod.rs", "output/fit.rs"],
    ),
    ("walkdir", &["world/disk.rs"]),
    ("zip", &["output/parcel.rs", "syntax/archive.rs"]),
    ("zune_jpeg", &["picture/pixels.rs"]),
    // Used everywhere: what they do is no matter of a part.
    ("rayon", &["*"]),
    ("serde", &["*"]),
    ("serde_json", &["*"]),
];

/// Parts that touch the outside world: clock, environment, current folder, files.
const OUTSIDE: &[&str] = &["world/", "output/", "cli/"];

struct SourceFile {
    /// Below `src`.
    path: String,
    /// The whole text.
    whole: String,
    /// Without comments, without texts between quotes, without what is compiled for tests only.
    code: String,
}

fn sources() -> Vec<SourceFile> {
    let root = package().join("src");
    let mut paths = Vec::new();
    rust_files(&root, &mut paths);
    paths.sort();
    assert!(paths.len() > 60, "the walk found only {} files", paths.len());
    let read = |path: &String| {
        let whole = fs::read_to_string(root.join(path)).expect("a source file");
        let code = if is_test_file(path) { String::new() } else { without_tests(&bare(&whole)) };
        SourceFile { path: path.clone(), whole, code }
    };
    let mut sources: Vec<SourceFile> = paths.iter().map(read).collect();
    // `#[cfg(test)] mod gallery;` makes a test of a whole file.
    let tests: BTreeSet<String> = sources.iter().flat_map(test_modules).collect();
    for source in sources.iter_mut().filter(|source| tests.contains(&source.path)) {
        source.code.clear();
    }
    sources
}

/// The files that a file declares for tests only.
fn test_modules(source: &SourceFile) -> Vec<String> {
    let folder = source
        .path
        .strip_suffix("mod.rs")
        .map(str::to_owned)
        .unwrap_or_else(|| source.path.trim_end_matches(".rs").to_owned() + "/");
    let declared = source.whole.split("#[cfg(test)]\n").skip(1).filter_map(|rest| {
        let name =
            rest.lines().next()?.trim_start_matches("pub(crate) ").strip_prefix("mod ")?.strip_suffix(';')?;
        Some(format!("{folder}{name}.rs"))
    });
    declared.collect()
}

fn rust_files(folder: &Path, paths: &mut Vec<String>) {
    fn walk(root: &Path, folder: &Path, paths: &mut Vec<String>) {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                walk(root, &path, paths);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                paths.push(path.strip_prefix(root).expect("below").to_str().expect("UTF-8").to_owned());
            }
        }
    }
    walk(folder, folder, paths);
}

/// `tests.rs` and files of a folder `tests` are declared under `#[cfg(test)]`.
fn is_test_file(path: &str) -> bool {
    path.ends_with("/tests.rs") || path.contains("/tests/")
}

/// The code with comments, texts and character literals blanked out; lines stay where they are.
fn bare(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut kept = String::with_capacity(text.len());
    let mut at = 0;
    let blank = |kept: &mut String, part: &str| {
        kept.extend(part.chars().map(|letter| if letter == '\n' { '\n' } else { ' ' }));
    };
    while at < bytes.len() {
        let rest = &text[at..];
        let length = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if let Some(length) = raw_text(rest, kept.chars().last()) {
            length
        } else if rest.starts_with('"') {
            quoted(rest, '"')
        } else if rest.starts_with('\'') && is_character(rest) {
            quoted(rest, '\'')
        } else {
            let letter = rest.chars().next().expect("not at the end");
            kept.push(letter);
            at += letter.len_utf8();
            continue;
        };
        blank(&mut kept, &rest[..length]);
        at += length;
    }
    kept
}

/// The length of a raw text (`r"…"`, `br#"…"#`) that begins here.
fn raw_text(rest: &str, before: Option<char>) -> Option<usize> {
    if before.is_some_and(|before| before.is_alphanumeric() || before == '_') {
        return None;
    }
    let after = rest.strip_prefix("br").or_else(|| rest.strip_prefix('r'))?;
    let hashes = after.len() - after.trim_start_matches('#').len();
    let body = after[hashes..].strip_prefix('"')?;
    let end = format!("\"{}", "#".repeat(hashes));
    let length = body.find(&end)?;
    Some(rest.len() - body.len() + length + end.len())
}

fn quoted(rest: &str, mark: char) -> usize {
    let mut escaped = false;
    for (index, letter) in rest.char_indices().skip(1) {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if letter == mark => return index + 1,
            _ => {}
        }
    }
    rest.len()
}

/// `'a'` and `'\n'`, in contrast to a lifetime.
fn is_character(rest: &str) -> bool {
    let mut letters = rest.chars().skip(1);
    match letters.next() {
        Some('\\') => true,
        Some(_) => letters.next() == Some('\''),
        None => false,
    }
}

/// The code without items under `#[cfg(test)]` and `#[test]`.
fn without_tests(code: &str) -> String {
    let mut kept = String::new();
    let mut rest = code;
    while let Some(at) = ["#[cfg(test)]", "#[cfg(all(test,"].iter().filter_map(|mark| rest.find(mark)).min() {
        kept.push_str(&rest[..at]);
        let item = &rest[at..];
        let (brace, end) = (item.find('{'), item.find(';'));
        let length = match (brace, end) {
            (Some(brace), Some(end)) if end < brace => end + 1,
            (Some(brace), _) => brace + block(&item[brace..]),
            (None, Some(end)) => end + 1,
            (None, None) => item.len(),
        };
        rest = &item[length..];
    }
    kept + rest
}

/// The length of the block that begins with `{`.
fn block(text: &str) -> usize {
    let mut depth = 0_usize;
    for (index, letter) in text.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' if depth == 1 => return index + 1,
            '}' => depth -= 1,
            _ => {}
        }
    }
    text.len()
}

/// The part that a file belongs to: the first name of its path.
fn part(path: &str) -> &str {
    let name = path.split('/').next().expect("a name");
    name.strip_suffix(".rs").unwrap_or(name)
}

fn floor(part: &str) -> Option<usize> {
    FLOORS.iter().position(|floor| floor.contains(&part))
}

/// The parts named by `crate::part` and by the groups of `crate::{part, …}`.
fn named_parts(code: &str) -> BTreeSet<String> {
    let mut parts = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        let before = code[..at].chars().last();
        if before.is_some_and(|before| before.is_alphanumeric() || before == '_') {
            continue;
        }
        let rest = &code[at + "crate::".len()..];
        if let Some(group) = rest.strip_prefix('{') {
            let group = &group[..block(rest).saturating_sub(2)];
            let mut depth = 0;
            for piece in group.split_inclusive(['{', '}', ',']) {
                if depth == 0 {
                    parts.extend(identifier(piece.trim_start()));
                }
                depth += piece.matches('{').count();
                depth -= piece.matches('}').count();
            }
        } else {
            parts.extend(identifier(rest));
        }
    }
    parts
}

fn identifier(text: &str) -> Option<String> {
    let name: String = text.chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect();
    let is_macro = text[name.len()..].starts_with('!');
    (!name.is_empty() && !is_macro).then_some(name)
}

/// Whether a word stands in the code, not as part of a longer one.
fn names(code: &str, word: &str) -> bool {
    code.match_indices(word).any(|(at, _)| {
        let is_part =
            |letter: Option<char>| letter.is_some_and(|letter| letter.is_alphanumeric() || letter == '_');
        !is_part(code[..at].chars().last()) && !is_part(code[at + word.len()..].chars().next())
    })
}

fn is_allowed(path: &str, allowed: &[&str]) -> bool {
    allowed
        .iter()
        .any(|place| *place == "*" || path == *place || (place.ends_with('/') && path.starts_with(place)))
}

#[test]
fn imports_point_down() {
    let mut faults = Vec::new();
    for source in sources() {
        let own = part(&source.path);
        if matches!(own, "lib" | "main") {
            continue;
        }
        let Some(own_floor) = floor(own) else {
            faults.push(format!("{}: the part `{own}` has no floor", source.path));
            continue;
        };
        for other in named_parts(&source.code) {
            // Macros of the crate's root (`words!`) are imported by name.
            if other == "words" || other == own {
                continue;
            }
            match floor(&other) {
                Some(floor) if floor > own_floor => {
                    faults.push(format!("{}: `{own}` names `{other}`, which stands above it", source.path));
                }
                Some(_) => {}
                None => faults.push(format!("{}: names `crate::{other}`, which has no floor", source.path)),
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_floors_are_those_of_the_library() {
    let library = fs::read_to_string(package().join("src/lib.rs")).expect("src/lib.rs");
    let declared: Vec<&str> =
        library.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    let known: BTreeSet<&str> = FLOORS.iter().flat_map(|floor| floor.iter().copied()).collect();
    let unknown: Vec<&&str> = declared.iter().filter(|part| !known.contains(**part)).collect();
    assert!(unknown.is_empty(), "parts without a floor: {unknown:?}");
    // The order of the file is the order of the floors, so that a reader learns it there.
    let floors: Vec<usize> = declared.iter().filter_map(|part| floor(part)).collect();
    assert!(floors.is_sorted(), "src/lib.rs names the parts in another order: {declared:?}");
}

#[test]
fn the_tests_of_the_architecture_can_see() {
    let code = bare(
        "use crate::{text::Place, site::{a, b}, words}; // crate::cli\nlet x = \"crate::cli\"; crate::model::x()",
    );
    let parts: Vec<String> = named_parts(&code).into_iter().collect();
    assert_eq!(parts, ["model", "site", "text", "words"]);
    let code =
        without_tests(&bare("fn a() {}\n#[cfg(test)]\nmod tests { fn x() { '{'; \"}\"; } }\nfn b() {}"));
    assert!(code.contains("fn a()") && code.contains("fn b()") && !code.contains("fn x"), "{code}");
    assert!(names("use tera::Tera;", "tera") && !names("let tera_like = 1;", "tera"));
}

#[test]
fn every_file_says_what_stands_in_it() {
    let silent: Vec<String> = sources()
        .into_iter()
        .filter(|source| !source.whole.starts_with("//! "))
        .map(|source| source.path)
        .collect();
    assert!(silent.is_empty(), "the first line of these is no `//! …`: {silent:?}");
}

#[test]
fn libraries_stay_in_their_files() {
    let manifest = fs::read_to_string(package().join("Cargo.toml")).expect("Cargo.toml");
    let known: BTreeMap<&str, &[&str]> = LIBRARIES.iter().copied().collect();
    let section =
        manifest.split("[dependencies]").nth(1).and_then(|rest| rest.split("\n[").next()).unwrap_or_default();
    let mut faults = Vec::new();
    let sources = sources();
    for line in section.lines() {
        let Some((name, _)) = line.split_once('=').filter(|_| !line.starts_with('#')) else { continue };
        let name = name.trim().replace('-', "_");
        // Chosen for its features only.
        if name == "icu_provider" {
            continue;
        }
        let Some(allowed) = known.get(name.as_str()) else {
            faults.push(format!("`{name}` has no place in LIBRARIES of this test"));
            continue;
        };
        let mut used = false;
        for source in &sources {
            let is_path = source.code.contains(&format!("{name}::")) && names(&source.code, &name);
            if !is_path {
                continue;
            }
            used = true;
            if !is_allowed(&source.path, allowed) {
                faults.push(format!("{} names `{name}`, whose place is {allowed:?}", source.path));
            }
        }
        if !used {
            faults.push(format!("`{name}` is a dependency that no file names"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn words_that_the_code_does_not_use() {
    /// What, why, and where it is allowed.
    const NEVER: &[(&str, &str, &[&str])] = &[
        // The names of one YAML map and the words of the search are looked up, never listed; the lint on iteration holds that.
        (
            "HashMap",
            "its order is not that of the input: BTreeMap",
            &["syntax/yaml/reader.rs", "search/page.rs", "search/index.rs"],
        ),
        ("HashSet", "its order is not that of the input: BTreeSet", &[]),
        ("todo!", "unfinished", &[]),
        ("unimplemented!", "unfinished", &[]),
        ("dbg!", "for the desk only", &[]),
        ("unsafe", "no part needs it", &[]),
        ("use super::*", "names come from somewhere", &[]),
        ("SystemTime::now", "the date comes from the world", &["world/"]),
        ("Instant::now", "the same input gives the same bytes", &["serve/"]),
        ("Zoned::now", "the date comes from the world", &["world/"]),
        ("Timestamp::now", "the date comes from the world", &["world/"]),
        ("set_current_dir", "a process has one", &[]),
        ("env::current_dir", "touched at the top only", &["cli/"]),
        ("env::var", "touched at the top only", &["cli/"]),
        ("env::args", "touched at the top only", &["cli/", "main.rs"]),
        ("process::exit", "touched at the top only", &[]),
        ("std::fs", "files are the world's and the output's", OUTSIDE),
        ("fs::read", "files are the world's and the output's", OUTSIDE),
        ("File::open", "files are the world's and the output's", OUTSIDE),
        ("std::net", "nothing is fetched", &["serve/"]),
        (
            "process::Command",
            "nothing is executed but this program itself",
            &["world/apart.rs", "cli/serve.rs"],
        ),
    ];
    let mut faults = Vec::new();
    for source in sources() {
        for (word, why, allowed) in NEVER {
            if names_phrase(&source.code, word) && !is_allowed(&source.path, allowed) {
                faults.push(format!("{}: `{word}` ({why})", source.path));
            }
        }
        if source.whole.contains("#[ignore") {
            faults.push(format!("{}: a test is ignored", source.path));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Like [`names`], for phrases that end in a mark.
fn names_phrase(code: &str, phrase: &str) -> bool {
    let ends_in_word = phrase.chars().last().is_some_and(char::is_alphanumeric);
    if ends_in_word {
        // `fs::read` also means `fs::read_dir` and `fs::read_to_string`.
        return code.match_indices(phrase).any(|(at, _)| {
            !code[..at].chars().last().is_some_and(|before| before.is_alphanumeric() || before == '_')
                && (phrase.contains("::")
                    || !code[at + phrase.len()..]
                        .chars()
                        .next()
                        .is_some_and(|after| after.is_alphanumeric() || after == '_'))
        });
    }
    code.contains(phrase)
}

/// The ids in `Code { id: "P…" }` of the sources, with their files; tests make codes of their own.
fn codes_in_sources() -> Vec<(String, String)> {
    let mut codes = Vec::new();
    for source in sources().iter().filter(|source| !is_test_file(&source.path)) {
        let text = source.whole.split("#[cfg(test)]\nmod tests {").next().expect("a part");
        for (at, _) in text.match_indices("Code {") {
            let rest = text[at + 6..].trim_start();
            if let Some(id) = rest.strip_prefix("id: \"").and_then(|rest| rest.split('"').next()) {
                codes.push((id.to_owned(), source.path.clone()));
            }
        }
    }
    codes
}

fn codes_of_rules() -> Vec<(String, String)> {
    let mut codes = Vec::new();
    for (name, text) in crate::program::tree(&package().join("kinds")) {
        let text = String::from_utf8(text).expect("UTF-8");
        for line in text.lines() {
            if let Some(code) = line.trim_start().strip_prefix("- code: ") {
                codes.push((code.trim().to_owned(), format!("kinds/{name}")));
            }
        }
    }
    codes
}

#[test]
fn every_code_is_given_once_and_listed() {
    let all: Vec<(String, String)> = codes_in_sources().into_iter().chain(codes_of_rules()).collect();
    assert!(all.len() > 80, "the search found only {} codes", all.len());
    let mut given: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (id, place) in &all {
        given.entry(id).or_default().push(place);
    }
    let twice: Vec<_> = given.iter().filter(|(_, places)| places.len() > 1).collect();
    assert!(twice.is_empty(), "codes that mean two things: {twice:?}");
    let listed = run_in(&package(), &["explain", "--lang", "en"]).ended(0);
    let listed: BTreeSet<&str> =
        listed.out.lines().filter_map(|line| line.split_whitespace().next()).collect();
    let given: BTreeSet<&str> = given.keys().copied().collect();
    assert_eq!(given, listed, "codes in the sources (left) and in the catalogue (right)");
}

#[test]
fn every_code_is_explained_in_both_languages() {
    let listed = run_in(&package(), &["explain", "--lang", "en"]).ended(0);
    let listed: BTreeSet<String> =
        listed.out.lines().filter_map(|line| line.split_whitespace().next()).map(str::to_owned).collect();
    let pages: BTreeSet<String> =
        crate::program::tree(&package().join("docs/codes")).into_iter().map(|(name, _)| name).collect();
    let wanted: BTreeSet<String> =
        listed.iter().flat_map(|code| [format!("{code}.md"), format!("{code}.es.md")]).collect();
    let missing: Vec<_> = wanted.difference(&pages).collect();
    let orphaned: Vec<_> = pages.difference(&wanted).collect();
    assert!(missing.is_empty(), "codes without a page: {missing:?}");
    assert!(orphaned.is_empty(), "pages of codes that do not exist: {orphaned:?}");
    for (name, text) in crate::program::tree(&package().join("docs/codes")) {
        let code = name.split('.').next().expect("a name");
        let text = String::from_utf8(text).expect("UTF-8");
        assert!(text.starts_with(&format!("# {code}: ")), "{name} begins with another title");
    }
}
