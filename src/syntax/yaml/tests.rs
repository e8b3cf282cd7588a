//! What authors write, and what is told and read.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "tests measure time and set up folders of their own"
)]

use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::*;
use crate::syntax::tree::{Entry, Style, Tree};
use crate::text::{Place, Span};

fn run(text: &str) -> (Option<Node>, Vec<Finding>) {
    let mut findings = Vec::new();
    let node = parse(text, SourceId(0), 0, &mut findings);
    (node, findings)
}

/// The tree in one line.
fn show(node: &Node) -> String {
    match &node.tree {
        Tree::Null => "~".into(),
        Tree::Scalar(text, Style::Plain) => text.clone(),
        Tree::Scalar(text, Style::Quoted) => format!("{text:?}"),
        Tree::Scalar(text, Style::Block) => format!("|{text:?}"),
        Tree::List(items) => format!("[{}]", items.iter().map(show).collect::<Vec<_>>().join(", ")),
        Tree::Map(entries) => {
            let show = |entry: &Entry| format!("{}: {}", entry.key.value, show(&entry.value));
            format!("{{{}}}", entries.iter().map(show).collect::<Vec<_>>().join(", "))
        }
    }
}

fn tree(text: &str) -> String {
    run(text).0.as_ref().map_or("nothing".into(), show)
}

/// `P014 Foo: bar` for each finding: code and marked text.
fn told(text: &str) -> Vec<String> {
    let mark = |finding: Finding| {
        let Place::Span(span) = finding.place else { panic!("a place in the text") };
        format!("{} {}", finding.code.id, &text[span.start as usize..span.end as usize])
    };
    run(text).1.into_iter().map(mark).collect()
}

#[track_caller]
fn fine(text: &str, expected: &str) {
    assert_eq!(told(text), Vec::<String>::new(), "{text}");
    assert_eq!(tree(text), expected, "{text}");
}

#[track_caller]
fn wrong(text: &str, finding: &str, expected: &str) {
    assert_eq!(told(text), [finding], "{text}");
    assert_eq!(tree(text), expected, "{text}");
    for finding in run(text).1 {
        assert!(finding.help.is_some(), "no help: {finding:?}");
        for words in
            [Some(&finding.message), finding.help.as_ref(), finding.why.as_ref()].into_iter().flatten()
        {
            assert!(!words.en.is_empty() && !words.es.is_empty());
        }
    }
}

/// What the author gets by taking the suggestion is read without findings.
#[track_caller]
fn mends(text: &str, mended: &str) {
    let finding = run(text).1.remove(0);
    let Place::Span(span) = finding.place else { panic!("a place in the text") };
    let mut after = text.to_owned();
    after.replace_range(span.start as usize..span.end as usize, &finding.replacement.expect("a replacement"));
    assert_eq!(after, mended);
    assert_eq!(told(&after), Vec::<String>::new());
}

#[test]
fn well_written() {
    fine(
        "titulo: año\nlista:\n- ñu\n- 'b'\nm: {a: 1, b}\n",
        "{titulo: año, lista: [ñu, \"b\"], m: {a: 1, b: ~}}",
    );
    fine("titulo: año\r\nlista:\r\n- ñu\r\n- b\r\n", "{titulo: año, lista: [ñu, b]}");
    fine(
        "t: |\n  uno\n   dos\n\nu: >\n  tres\n  cuatro\n",
        "{t: |\"uno\\n dos\\n\", u: |\"tres cuatro\\n\"}",
    );
    fine(
        "a: no\nb: 014\nc: 1_000\nd: 2026-01-02\ne: 1.10\nf: 12:30\n",
        "{a: no, b: 014, c: 1_000, d: 2026-01-02, e: 1.10, f: 12:30}",
    );
    fine(
        "a: null\nb: ~\nc:\nd: ''\ne: 'null'\nf: Null\n",
        "{a: ~, b: ~, c: ~, d: \"\", e: \"null\", f: Null}",
    );
    fine("null: x\n", "{null: x}");
    fine("url: https://x.es/a?b=c#d\n", "{url: https://x.es/a?b=c#d}");
    fine("a: x # nota\nb: y #nota de prueba\nc: # nota\n", "{a: x, b: y, c: ~}");
    fine("a: \"dos\n  líneas\"\nb: dos\n  líneas\n", "{a: \"dos líneas\", b: dos líneas}");
    fine("---\na: b\n---\n", "{a: b}");
    fine("ref:\n  channel:instagram\n", "{ref: channel:instagram}");
    fine("solo texto", "solo texto");
    fine("", "nothing");
    fine("# nada\n\n", "nothing");
    fine(&format!("a:\n{}  b: 1\n", "  # nota\n".repeat(500)), "{a: {b: 1}}");
}

#[test]
fn repeated_with_aliases() {
    fine(
        "a: &n {x: 1, y: 2}\nb:\n  <<: *n\n  y: 3\nc: *n\n",
        "{a: {x: 1, y: 2}, b: {y: 3, x: 1}, c: {x: 1, y: 2}}",
    );
    fine("a: &n {x: 1}\nb: &m {y: 2}\nc:\n  <<: [*n, *m]\n", "{a: {x: 1}, b: {y: 2}, c: {x: 1, y: 2}}");
    fine("a: &k clave\n*k : 1\n", "{a: clave, clave: 1}");
    wrong("a: &n x\nb:\n  <<: *n\n  y: 1\n", "P010 <<", "{a: x, b: {y: 1}}");
    wrong("a: &x [*x]\n", "P010 *x", "{a: [~]}");
}

#[test]
fn tabs() {
    wrong("a:\n\tb: 2\n\tc: 3\nd: 4\n", "P011 \t", "{a: {b: 2, c: 3}, d: 4}");
    wrong("a: 1\n\tb: 2\nc: 3\n", "P011 \t", "{a: 1, b: 2, c: 3}");
    wrong("a:\n\tb:\n\t\tc: 3\nd: 4\n", "P011 \t", "{a: {b: {c: 3}}, d: 4}");
    wrong("- a: 1\n\tb: 2\n", "P011 \t", "[{a: 1, b: 2}]");
    wrong("a:\n  - x\n\t- y\n", "P011 \t", "{a: [x, y]}");
    mends("a:\n\tb: 2\n", "a:\n  b: 2\n");
}

#[test]
fn open_quotes() {
    wrong("a: \"hola\nb: 2\nc: 3\n", "P012 \"hola", "{a: \"hola\", b: 2, c: 3}");
    wrong("a: 'hola\r\nb: 2\r\n", "P012 'hola", "{a: \"hola\", b: 2}");
    wrong("x:\n  - t: \"uno\n  - t: \"dos\"\n", "P012 \"uno", "{x: [{t: \"uno\"}, {t: \"dos\"}]}");
    wrong("a: 'b", "P012 'b", "{a: \"b\"}");
    mends("a: \"hola\nb: 2\n", "a: \"hola\"\nb: 2\n");
}

#[test]
fn around_quotes() {
    wrong("a: 'l'été'\nb: 1\n", "P010 'l'été'", "{a: \"l'été\", b: 1}");
    wrong("a: \"dijo \"hola\" y\"\nb: 2\n", "P010 \"dijo \"hola\" y\"", "{a: \"dijo \\\"hola\\\" y\", b: 2}");
    wrong("a: 'x' y # z\n", "P010 'x' y", "{a: \"'x' y\"}");
    wrong("a: \"C:\\datos\"\nb: 1\n", "P010 \"C:\\datos\"", "{a: \"C:\\\\datos\", b: 1}");
    mends("a: 'l'été'\n", "a: \"l'été\"\n");
    mends("a: \"C:\\datos\"\n", "a: 'C:\\datos'\n");
}

#[test]
fn colons() {
    wrong("title: Foo: bar # nota\nx: 1\n", "P014 Foo: bar", "{title: \"Foo: bar\", x: 1}");
    wrong("a: b: c: d\n", "P014 b: c: d", "{a: \"b: c: d\"}");
    wrong("- t: Campaña: verano\n- adiós\n", "P014 Campaña: verano", "[{t: \"Campaña: verano\"}, adiós]");
    wrong(
        "desc: uno\n  dos\n  tres: 4\n  cinco\ne: 1\n",
        "P014 tres: 4",
        "{desc: \"uno dos tres: 4 cinco\", e: 1}",
    );
    wrong("a: 1\ntitulo:Instagram\nb: 1\n", "P013 titulo:Instagram", "{a: 1, titulo: Instagram, b: 1}");
    wrong("a:1\nb:2\n", "P013 a:1", "{a: 1, b: 2}");
    wrong("x:\n  a:1\n  b:2\ny: 1\n", "P013 a:1", "{x: {a: 1, b: 2}, y: 1}");
    wrong("titulo Instagram\nb: 1\n", "P013 titulo Instagram", "{b: 1}");
    wrong("a: 1\ntitulo Instagram\nb: 1\n", "P013 titulo Instagram", "{a: 1, b: 1}");
    wrong("a: |\n  uno\ndos\nb: 1\n", "P013 dos", "{a: |\"uno\\n\", b: 1}");
    wrong(": x\nb: 1\n", "P010 ", "{b: 1}");
    mends("title: Foo: bar\n", "title: \"Foo: bar\"\n");
    mends("a: 1\ntitulo:Instagram\n", "a: 1\ntitulo: Instagram\n");
    mends("a: 1\ntitulo Instagram\n", "a: 1\ntitulo: Instagram\n");
}

#[test]
fn signs_that_mean_something_else() {
    for value in [
        "@foo",
        "`x`",
        "%x",
        "*x",
        "**negrita** y más",
        "& x",
        ">5%",
        "> 5 %",
        "- b",
        "]",
        "{{ x }}",
        "[Borrador] Plan",
        "[x](http://y.es) z",
        "| b",
    ] {
        let text = format!("a: {value}\nb: 1\n");
        wrong(&text, &format!("P010 {value}"), &format!("{{a: {value:?}, b: 1}}"));
        mends(&text, &format!("a: \"{value}\"\nb: 1\n"));
    }
    wrong("cuentas: [@ayto, @poli, x]\nb: 1\n", "P010 @ayto", "{cuentas: [\"@ayto\", \"@poli\", x], b: 1}");
    wrong("a: {u: @x, v: 1}\n", "P010 @x", "{a: {u: \"@x\", v: 1}}");
}

#[test]
fn hashtags() {
    wrong("a: #campaña\nb: 1\n", "P008 #campaña", "{a: ~, b: 1}");
    wrong("a: Verano #Playa #Sol\n", "P008 Verano #Playa #Sol", "{a: Verano}");
    wrong("- #playa\n- sol # nota\n", "P008 #playa", "[~, sol]");
    mends("a: Verano #Playa\n", "a: \"Verano #Playa\"\n");
}

#[test]
fn brackets() {
    wrong("title: [a, b\nc: d\n", "P010 [a, b", "{title: [a, b], c: d}");
    wrong("title: [a, b,\n  e, f\nc: d\n", "P010 [", "{title: [a, b, e, f], c: d}");
    wrong("a: {b: c\nd: e\n", "P010 {b: c", "{a: {b: c}, d: e}");
    wrong("b: [\nc: 2\n", "P010 [", "{b: [], c: 2}");
    wrong("a: [x}\nb: 1\n", "P010 }", "{a: [x], b: 1}");
    wrong("a: [\"x\" y]\ne: 1\n", "P010 y]", "{e: 1}");
    mends("title: [a, b\nc: d\n", "title: [a, b]\nc: d\n");
}

#[test]
fn levels() {
    wrong("a: b\n  c: d\ne: f\n", "P010   ", "{a: b, c: d, e: f}");
    wrong("a:\n  b: 1\n c: 2\nd: 3\n", "P010  ", "{a: {b: 1, c: 2}, d: 3}");
    wrong("- id: a\n   name: b\n- id: c\n", "P010    ", "[{id: a, name: b}, {id: c}]");
    wrong("- a\n b: c\n- d\n", "P010  ", "[a, d]");
    wrong("- a\nb: c\n", "P010 b: c", "[a]");
    wrong("a: 1\n- b\nc: 2\n", "P010 - b", "{a: 1, c: 2}");
    wrong("a:\n  - b\n  c: d\ne: 1\n", "P010 c: d", "{a: [b], e: 1}");
    wrong("{a: 1}\nb: 2\n", "P010 b: 2", "{a: 1}");
    wrong("a: x # c\n y\nb: 1\n", "P010 # c", "{b: 1}");
    mends("- id: a\n   name: b\n", "- id: a\n  name: b\n");
    mends("a:\n  b: 1\n c: 2\n", "a:\n  b: 1\n  c: 2\n");
}

#[test]
fn names() {
    wrong("a: 1\nb: 2\na: 3\n", "P015 a", "{a: 1, b: 2}");
    let many: String = (0..40).map(|n| format!("k{n}: {n}\n")).collect();
    assert_eq!(told(&format!("{many}k3: x\nk30: y\n")), ["P015 k3", "P015 k30"]);
    wrong("[a]: b\nc: d\n", "P010 [a]", "{c: d}");
    wrong("a: !x b\nc: 1\n", "P017 !x", "{a: b, c: 1}");
    wrong("a: b\n---\nc: d\n", "P018 ---", "{a: b}");
    wrong("a: b\n...\nc: d\n", "P018 c: d", "{a: b}");
    wrong("a\n...\n, x\n", "P018 , x", "a");
    wrong("a\n...\nb\n", "P018 b", "a");
    fine("a: b\n...\n# fin\n", "{a: b}");
    wrong("%YAML 1.2\n---\na: b\n", "P010 %YAML 1.2", "{a: b}");
}

#[test]
fn several_mistakes_in_one_run() {
    let text = "título: Plan: 2026\ncuenta: @ayto\nobjetivos:\n  - id: a\n    meta: \"alta\n  - id:b\n    meta: [1, 2\nfin: sí\n";
    assert_eq!(told(text), ["P014 Plan: 2026", "P010 @ayto", "P012 \"alta", "P013 id:b", "P010 [1, 2"]);
    assert_eq!(
        tree(text),
        "{título: \"Plan: 2026\", cuenta: \"@ayto\", objetivos: [{id: a, meta: \"alta\"}, {id: b, meta: [1, 2]}], fin: sí}"
    );
}

#[test]
fn places_count_in_the_source() {
    let source = "---\r\ntítulo: «ñ»\r\nsub:\r\n  clave: Foo: bar\r\n  lista: [uno, \"dós\"]\r\n---\r\n";
    let start = source.find('t').unwrap();
    let yaml = &source[start..source.rfind("---").unwrap()];
    let mut findings = Vec::new();
    let node = parse(yaml, SourceId(3), start, &mut findings).unwrap();
    let at = |span: Span| {
        assert_eq!(span.source, SourceId(3));
        &source[span.start as usize..span.end as usize]
    };
    assert_eq!(at(node.entries()[0].key.span), "título");
    assert_eq!(at(node.entries()[0].value.span), "«ñ»");
    let sub = node.entry("sub").unwrap();
    assert_eq!(at(sub.entries()[0].value.span), "Foo: bar");
    assert_eq!(at(sub.entry("lista").unwrap().span), "[uno, \"dós\"]");
    assert_eq!(at(sub.entry("lista").unwrap().items()[1].span), "\"dós\"");
    assert_eq!(at(sub.span), "clave: Foo: bar\r\n  lista: [uno, \"dós\"]");
    assert_eq!(findings.len(), 1);
    let block = "a: |\n  uno\n  dos\n\nb: 1\n";
    let node = run(block).0.unwrap();
    assert_eq!(
        &block[node.entries()[0].value.span.start as usize..node.entries()[0].value.span.end as usize],
        "uno\n  dos"
    );
}

#[test]
fn limits_name_limit_and_size() {
    let check = |text: &str, en: &str, why: &str| {
        let start = Instant::now();
        let (_, findings) = run(text);
        // Generous for a busy machine; what is not linear takes minutes.
        assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
        let finding = findings.iter().find(|finding| finding.code == &YAML_LIMIT).expect("P016");
        assert!(finding.message.en.contains(en), "{}", finding.message.en);
        assert!(finding.why.as_ref().unwrap().en.contains(why), "{:?}", finding.why);
    };
    check(&"a".repeat(2_000_001), "2000001 bytes", "2000000");
    check(&"[".repeat(100_000), "65 levels", "64");
    check(&"{".repeat(100_000), "65 levels", "64");
    check(&"- ".repeat(100_000), "65 levels", "64");
    let deep: String = (0..1_000).map(|n| format!("{}a:\n", " ".repeat(n))).collect();
    check(&deep, "65 levels", "64");
    let bomb: String =
        (1..30).map(|n| format!("a{n}: &a{n} [{}]\n", vec![format!("*a{}", n - 1); 9].join(", "))).collect();
    check(&format!("a0: &a0 [x]\n{bomb}"), "repeated with", "limit");
    let wide = format!("a: &a {}\nb: [{}]\n", "x".repeat(100_000), vec!["*a"; 900].join(", "));
    check(&wide, "bytes repeated", "limit");
    check(&format!("a: &a x\nb: [{}]\n", vec!["*a"; 1_001].join(", ")), "1001 repetitions", "1000");
    let chain: String = (1..40).map(|n| format!("a{n}: &a{n} [[*a{}]]\n", n - 1)).collect();
    check(&format!("a0: &a0 [x]\n{chain}"), "levels", "64");
    check(&format!("[{}]", "a,".repeat(200_001)), "200001 values", "200000");
    // Marked at every level, and large within.
    let nested = format!(
        "{}{}{}\nz: *a1",
        (1..50).map(|n| format!("&a{n} [")).collect::<String>(),
        "a,".repeat(50_000),
        "]".repeat(49)
    );
    check(&format!("y: {nested}"), "marked", "limit");
}

#[test]
fn long_and_nasty_texts_take_no_time() {
    let all = [
        "a".repeat(1_000_000),
        "a: b: ".repeat(50_000),
        "a: b: c\n".repeat(20_000),
        "\"".repeat(100_000),
        "'a' b\n".repeat(20_000),
        "a: \"x\n".repeat(20_000),
        "\t".repeat(100_000),
        "a:\n\tb: 1\n".repeat(10_000),
        "[a, ".repeat(60) + &"#".repeat(100_000),
        "? ".repeat(50_000),
        "&a ".repeat(50_000),
        "!a ".repeat(50_000),
        format!("[{}]", "!a x, ".repeat(30_000)),
        format!("[{}]", "@a, ".repeat(30_000)),
        "#a\n".repeat(50_000),
        format!("a: b\n{}c", "\n# x".repeat(30_000)),
        "a:1\n".repeat(20_000),
        "a\n".repeat(50_000),
        "a: 1\n".repeat(20_000),
        ":\n".repeat(20_000),
        "---\n".repeat(20_000),
        "a: |\n".repeat(20_000),
        "%".repeat(50_000),
        "{a: [".repeat(30_000),
        "]".repeat(50_000),
        format!("{}: 1", "k".repeat(50_000)),
    ];
    for text in all {
        let start = Instant::now();
        run(&text);
        assert!(start.elapsed() < Duration::from_secs(5), "{:?} for {:?}", start.elapsed(), text.get(..20));
    }
}

/// Every place lies in its source, and a plain scalar is what stands at its place.
fn places(node: &Node, source: &str) {
    let text = source.get(node.span.start as usize..node.span.end as usize).expect("a slice of the source");
    match &node.tree {
        Tree::Scalar(value, Style::Plain) if !value.contains([' ', '\n']) => assert_eq!(value, text),
        Tree::Null | Tree::Scalar(..) => {}
        Tree::List(items) => items.iter().for_each(|item| places(item, source)),
        Tree::Map(entries) => {
            for entry in entries {
                assert!(source.get(entry.key.span.start as usize..entry.key.span.end as usize).is_some());
                places(&entry.value, source);
            }
        }
    }
}

fn check_any(text: &str) {
    let offset = 5;
    let source = format!("-- ñ{text} fin");
    let mut findings = Vec::new();
    let node = parse(text, SourceId(0), offset, &mut findings);
    // No mistake is mended in silence. (`decode` leaves no NUL, which the parser refuses even in comments.)
    let broken = granit_parser::Parser::new_from_str(text).any(|event| event.is_err());
    assert!(!broken || text.contains('\0') || !findings.is_empty(), "nothing said of {text:?}");
    if let Some(node) = node {
        places(&node, &source);
    }
    for finding in findings {
        let Place::Span(span) = finding.place else { panic!("a place in the text") };
        let spans = finding.also.iter().map(|(span, _)| *span).chain([span]);
        for span in spans {
            assert!(
                source.get(span.start as usize..span.end as usize).is_some(),
                "{span:?} of {text:?}: {}",
                finding.message.en
            );
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(1_500) })]

    #[test]
    fn any_text_is_read(text in "\\PC{0,60}") {
        check_any(&text);
    }

    #[test]
    fn any_mixture_of_signs_is_read(parts in prop::collection::vec(prop::sample::select(vec![
        "a", "ñ", "clave", ": ", ":", "\n", "\r\n", "  ", " ", "\t", "- ", "-", "[", "]", "{", "}", ",", ", ", "\"", "'", "#", " #",
        "&x ", "*x", "!t ", "|", ">", "|\n", "@", "`", "%", "?", "? ", "---\n", "...\n", "<<: ", "~", "null", "\\", "€", "😀", "\u{a0}", "\u{feff}", "\0",
    ]), 0..40)) {
        check_any(&parts.concat());
    }

    #[test]
    fn a_broken_playbook_is_read(at in 0usize..400, sign in prop::sample::select(vec![":", "\"", "'", "[", "}", "\t", "\n", " ", "#", "- ", "@", "ñ"])) {
        let mut text = "título: Plan de redes\nidioma: es\npúblicos:\n  - id: jóvenes\n    nombre: \"Jóvenes\"\n    notas: |\n      Uno\n      dos\n  - id: familias\n    edades: [20, 30]\ncanales: {instagram: {url: https://x.es}}\n# fin\nfecha: 2026-01-02\n".to_owned();
        let mut at = at.min(text.len());
        while !text.is_char_boundary(at) { at -= 1; }
        text.insert_str(at, sign);
        check_any(&text);
    }

    #[test]
    fn maps_come_back(entries in prop::collection::vec(("[a-zñ_]{1,8}", "[a-zA-Záéñ][a-zA-Záéñ0-9 .]{0,20}[a-z]"), 1..10)) {
        let text: String = entries.iter().enumerate().map(|(n, (key, value))| format!("{key}{n}: {value}\n")).collect();
        let (node, findings) = run(&text);
        prop_assert!(findings.is_empty());
        let node = node.unwrap();
        for (entry, (key, value)) in node.entries().iter().zip(&entries) {
            prop_assert!(entry.key.value.starts_with(key.as_str()));
            if value != "null" {
                prop_assert_eq!(entry.value.text(), Some(value.as_str()));
            }
        }
    }
}
