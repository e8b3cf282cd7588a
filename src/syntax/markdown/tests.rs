//! What Markdown becomes, case by case; that nothing unsafe gets through; that time grows with the text only.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "tests measure time and set up folders of their own"
)]

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::*;
use crate::syntax::{Filling, Target};

const SOURCE: SourceId = SourceId(0);
const BLOCKS: &[&str] = &["chart"];

fn read(text: &str) -> (Prose, Vec<Finding>) {
    let mut findings = Vec::new();
    let origin = Origin::Exact { source: SOURCE, offset: 0 };
    let prose =
        parse(text, &Reading { origin, prefix: "", blocks: BLOCKS, is_block: |_, _| true }, &mut findings);
    (prose, findings)
}

/// The HTML with what is missing at its holes in braces.
fn shown(prose: &Prose) -> String {
    let mut shown = String::new();
    let mut from = 0;
    for hole in &prose.holes {
        let at = hole.at as usize;
        shown.push_str(&prose.html[from..at]);
        from = at;
        let name = |target: &Target| {
            let sharp = if target.fragment.is_empty() { "" } else { "#" };
            let wiki = if target.wiki { "wiki " } else { "" };
            format!("{wiki}{}{sharp}{}", target.name, target.fragment)
        };
        match &hole.filling {
            Filling::LinkStart(target) => write!(shown, "{{a {}}}", name(target)),
            Filling::LinkEnd => write!(shown, "{{/a}}"),
            Filling::LinkText(target) => write!(shown, "{{name {}}}", name(target)),
            Filling::Picture { target, alt, caption, alone, .. } => {
                let tag = if *alone { "figure" } else { "img" };
                write!(shown, "{{{tag} {}|{alt}|{caption}}}", name(target))
            }
            Filling::Word(word) => write!(shown, "{{{word}}}"),
            Filling::Block { name, text } => write!(shown, "{{{}: {}}}", name.value, text.value),
        }
        .unwrap();
    }
    shown.push_str(&prose.html[from..]);
    shown
}

#[track_caller]
fn check(text: &str, expected: &str) {
    let (prose, findings) = read(text);
    assert_eq!(shown(&prose).trim_end(), expected, "{text:?}");
    let names: Vec<_> = findings.iter().map(|finding| finding.code.name).collect();
    assert!(names.is_empty(), "{text:?}: {names:?}");
}

/// As `check`, with the findings: the code's name and the marked text.
#[track_caller]
fn check_found(text: &str, expected: &str, expected_findings: &[(&str, &str)]) {
    let (prose, findings) = read(text);
    assert_eq!(shown(&prose).trim_end(), expected, "{text:?}");
    let found: Vec<_> = findings.iter().map(|finding| (finding.code.name, marked(text, finding))).collect();
    assert_eq!(found, expected_findings, "{text:?}");
}

fn marked<'a>(text: &'a str, finding: &Finding) -> &'a str {
    match finding.place {
        crate::text::Place::Span(span) => &text[span.start as usize..span.end as usize],
        _ => panic!("no span: {finding:?}"),
    }
}

mod blocks {
    use super::*;

    #[test]
    fn paragraphs_and_marks() {
        check("", "");
        check(
            "Hola *mundo* **grande** ~~viejo~~ `a<b`\nlínea  \notra\\\nmás",
            "<p>Hola <em>mundo</em> <strong>grande</strong> <del>viejo</del> <code>a&lt;b</code>\nlínea<br>\notra<br>\nmás</p>",
        );
        check(
            "a & b < c > d \"e\" &amp; &copy; &#0; \\* \\<b>",
            "<p>a &amp; b &lt; c &gt; d \"e\" &amp; © \u{fffd} * &lt;b&gt;</p>",
        );
        check("a\n\n---\n\nb", "<p>a</p>\n<hr>\n<p>b</p>");
        check("a\r\nb\r\n\r\nc\r\n", "<p>a\nb</p>\n<p>c</p>");
        check("¿«Qué»… ñ 😀\u{7}", "<p>¿«Qué»… ñ 😀</p>");
        check("no $math$ -- \"no\" ... smart", "<p>no $math$ -- \"no\" ... smart</p>");
        check("a\n\n---\nb: c\n---\n", "<p>a</p>\n<hr>\n<h2 id=\"b-c\">b: c</h2>");
    }

    #[test]
    fn lists() {
        check("- a\n- b\n  - c", "<ul>\n<li>a</li>\n<li>b<ul>\n<li>c</li>\n</ul>\n</li>\n</ul>");
        check("1. a\n\n2. b", "<ol>\n<li><p>a</p>\n</li>\n<li><p>b</p>\n</li>\n</ol>");
        check("7. a", "<ol start=\"7\">\n<li>a</li>\n</ol>");
        check("-\n- ", "<ul>\n<li></li>\n<li></li>\n</ul>");
    }

    #[test]
    fn task_lists() {
        check(
            "- [x] hecha *a*\n- [ ] [b](c.md)\n- no",
            "<ul>\n<li class=\"task done\"><span class=\"box\" aria-hidden=\"true\"></span><span class=\"visually-hidden\">{task-done}</span> hecha <em>a</em></li>\n<li class=\"task\"><span class=\"box\" aria-hidden=\"true\"></span><span class=\"visually-hidden\">{task-open}</span> {a c.md}b{/a}</li>\n<li>no</li>\n</ul>",
        );
        check(
            "- [x] a\n\n- [y] b",
            "<ul>\n<li class=\"task done\"><p><span class=\"box\" aria-hidden=\"true\"></span><span class=\"visually-hidden\">{task-done}</span> a</p>\n</li>\n<li><p>[y] b</p>\n</li>\n</ul>",
        );
        check(
            "- [x] a\n  -",
            "<ul>\n<li class=\"task done\"><h2 id=\"a\"><span class=\"box\" aria-hidden=\"true\"></span><span class=\"visually-hidden\">{task-done}</span> a</h2>\n</li>\n</ul>",
        );
    }

    #[test]
    fn quotes_and_callouts() {
        check("> a\n> b", "<blockquote>\n<p>a\nb</p>\n</blockquote>");
        let callout = |kind: &str, title: &str, body: &str| {
            format!(
                "<div class=\"callout {kind}\" role=\"note\">\n<p class=\"callout-title\">{title}</p>\n{body}</div>"
            )
        };
        check("> [!NOTE]\n> a", &callout("note", "{callout-note}", "<p>a</p>\n"));
        check("> [!tip]\n> - a", &callout("tip", "{callout-tip}", "<ul>\n<li>a</li>\n</ul>\n"));
        check("> [!NOTA]\n> a\n>\n> b", &callout("note", "{callout-note}", "<p>a</p>\n<p>b</p>\n"));
        check(
            "> [!AVISO] Ojo con *esto* & <eso>  \n> **a\n> b**",
            &callout("warning", "{callout-warning}: Ojo con esto &amp; ", "<p><strong>a\nb</strong></p>\n")
                .replace(" </p>", "</p>"),
        );
        check("> [!CRISIS]\n> llama", &callout("crisis", "{callout-crisis}", "<p>llama</p>\n"));
        check("> [!Peligro] Solo título", &callout("caution", "{callout-caution}: Solo título", ""));
        let details = |title: &str, body: &str| {
            format!("<details class=\"box-details\">\n<summary>{title}</summary>\n{body}</details>")
        };
        check("> [!ejemplo]- Caso\r\n> a\r\n", &details("{callout-example}: Caso", "<p>a</p>\n"));
        check("> [!ejemplo]+ Caso\r\n> a\r\n", &callout("example", "{callout-example}: Caso", "<p>a</p>\n"));
        check("> [!FAQ]- ¿Y si no?\n> a", &details("FAQ: ¿Y si no?", "<p>a</p>\n"));
        check("> [!SUMMARY]\n> a", &callout("note", "Summary", "<p>a</p>\n"));
        check("> [!error] Error de red\n> a", &callout("caution", "Error de red", "<p>a</p>\n"));
        check("> [!todo]\n> a", &callout("note", "Todo", "<p>a</p>\n"));
        check("> [!info]+\n> a", &callout("note", "{callout-note}", "<p>a</p>\n"));
        check("> [!IMPORTANTE]\n>\n> a", &callout("important", "{callout-important}", "<p>a</p>\n"));
        check(
            "> > [!CONSEJO]\n> > a",
            &format!("<blockquote>\n{}\n</blockquote>", callout("tip", "{callout-tip}", "<p>a</p>\n")),
        );
        check(
            "- > [!INFO] T\n  > a",
            &format!("<ul>\n<li>{}\n</li>\n</ul>", callout("note", "{callout-note}: T", "<p>a</p>\n")),
        );
        check("> [!NOTA] Nota final\n> a", &callout("note", "Nota final", "<p>a</p>\n"));
        check("> [!NOTA] *a\n> b* c", &callout("note", "{callout-note}: *a", "<p>b c</p>\n"));
        check_found(
            "> [!WARNNG]\n> a",
            "<blockquote>\n<p>a</p>\n</blockquote>",
            &[("unknown_callout", "[!WARNNG]")],
        );
        check_found(
            "> [!WARNNG]- T *b*\n> a",
            "<blockquote>\n<p>T <em>b</em>\na</p>\n</blockquote>",
            &[("unknown_callout", "[!WARNNG]")],
        );
        assert_eq!(read("> [!WARNNG]\n> a").1[0].replacement.as_deref(), Some("[!WARNING]"));
        assert_eq!(read("> [!XYZXYZ]\n> a").1[0].replacement, None);
    }

    #[test]
    fn code() {
        check(
            "```rust\na < b\n\n\"c\"\n```",
            "<pre tabindex=\"0\"><code class=\"language-rust\">a &lt; b\n\n\"c\"\n</code></pre>",
        );
        check("    x\n    y", "<pre tabindex=\"0\"><code>x\ny</code></pre>");
        check("```C++ title=x\n```", "<pre tabindex=\"0\"><code class=\"language-c++\"></code></pre>");
        check("```js,ignore\na\n```", "<pre tabindex=\"0\"><code class=\"language-js\">a\n</code></pre>");
        check("```x\"onclick=y\na\n```", "<pre tabindex=\"0\"><code>a\n</code></pre>");
        check(
            "```c#\n{{ a }} https://x.org [^1]\n```",
            "<pre tabindex=\"0\"><code>{{ a }} https://x.org [^1]\n</code></pre>",
        );
        check("~~~\r\na\r\n\r\nb\r\n~~~\r\n", "<pre tabindex=\"0\"><code>a\n\nb\n</code></pre>");
    }

    #[test]
    fn blocks_of_the_program() {
        check("a\n\n```chart id=x\na: 1\nb: <2>\n```\n\nc", "<p>a</p>\n{chart: a: 1\nb: <2>\n}\n<p>c</p>");
        let block = |text: &str| match read(text).0.holes.remove(0).filling {
            Filling::Block { name, text: inner } => {
                let name_written = &text[name.span.start as usize..name.span.end as usize];
                assert_eq!(name_written, name.value);
                (inner.value, text[inner.span.start as usize..inner.span.end as usize].to_owned())
            }
            other => panic!("{other:?}"),
        };
        for text in
            ["```chart\na: ñ\n\nb\n```", "x\n\n~~~~  chart\na: ñ\n\nb\n~~~~\n", "```chart\na: ñ\n\nb\n"]
        {
            assert_eq!(block(text), ("a: ñ\n\nb\n".to_owned(), "a: ñ\n\nb\n".to_owned()), "{text:?}");
        }
        assert_eq!(block("```chart\r\na\r\n\r\nb\r\n```").0, "a\r\n\r\nb\r\n");
        assert_eq!(block("```chart\n```"), (String::new(), String::new()));
        assert_eq!(block("> ```chart\n> a\n>  b\n> ```").0, "a\n b\n");
        assert_eq!(block("- x\n\n  ```chart\n  a\n  ```").0, "a\n");
        check("> ```chart\n> a\n> ```", "<blockquote>\n{chart: a\n}\n</blockquote>");
    }

    #[test]
    fn tables() {
        check(
            "| a | b | c |\n|---|:-:|--:|\n| *x* | `1|2` \\| | |\n| y |",
            "<div class=\"table-scroll\"><table>\n<thead>\n<tr><th scope=\"col\">a</th><th scope=\"col\" class=\"center\">b</th><th scope=\"col\" class=\"end\">c</th></tr>\n</thead>\n<tbody>\n<tr><td><em>x</em></td><td class=\"center\">`1</td><td class=\"end\">2` |</td></tr>\n<tr><td>y</td><td></td><td></td></tr>\n</tbody>\n</table></div>",
        );
        check(
            "| | a |\n|-|-|",
            "<div class=\"table-scroll\"><table>\n<thead>\n<tr><td></td><th scope=\"col\">a</th></tr>\n</thead>\n</table></div>",
        );
        check(
            "|a|\n|-|\n|x<br>y [z](w.md) ![p](q.png)|",
            "<div class=\"table-scroll\"><table>\n<thead>\n<tr><th scope=\"col\">a</th></tr>\n</thead>\n<tbody>\n<tr><td>x<br>y {a w.md}z{/a} {img q.png|p|}</td></tr>\n</tbody>\n</table></div>",
        );
        let wide = format!("|{}\n|{}\n|a|\n", "h|".repeat(300), "-|".repeat(300));
        let (prose, findings) = read(&wide);
        assert_eq!(prose.html.matches("<th ").count(), 200);
        assert!(prose.html.contains("<tr><td>a</td><td colspan=\"199\"></td></tr>"), "{}", prose.html);
        assert_eq!(findings[0].message.en, "the table has 300 columns; only the first 200 are shown");
    }

    #[test]
    fn definition_lists() {
        check(
            "Alcance\n: Personas que lo vieron\n: *Reach*",
            "<dl>\n<dt>Alcance</dt>\n<dd>Personas que lo vieron</dd>\n<dd><em>Reach</em></dd>\n</dl>",
        );
        check_found(
            "a\n: b\n\n::: note\nc\n:::",
            "<p>a\n: b</p>\n<p>::: note\nc\n:::</p>",
            &[("foreign_syntax", "::: note")],
        );
        check("nota: esto\nhora: 10:30", "<p>nota: esto\nhora: 10:30</p>");
    }

    #[test]
    fn footnotes() {
        let back = |anchor: &str, rest: &str| {
            format!(
                " <a class=\"footnote-back\" href=\"#{anchor}\" role=\"doc-backlink\"><span aria-hidden=\"true\">↩</span><span class=\"visually-hidden\">{{footnote-back}}</span>{rest}</a>"
            )
        };
        let mark = |anchor: &str, number: u8| {
            format!(
                "<sup class=\"footnote-ref\"><a href=\"#fn-{number}\" id=\"{anchor}\" role=\"doc-noteref\">{number}</a></sup>"
            )
        };
        let notes = |items: &str| {
            format!(
                "<section class=\"footnotes\" role=\"doc-endnotes\">\n<h2 class=\"visually-hidden\" id=\"footnotes\">{{footnotes}}</h2>\n<ol>\n{items}</ol>\n</section>"
            )
        };
        check(
            "[^b]: Nota [b](b.md).\n\nUno[^b] dos[^A] tres[^b].\n\n[^a]: - x",
            &format!(
                "<p>Uno{} dos{} tres{}.</p>\n{}",
                mark("fnref-1", 1),
                mark("fnref-2", 2),
                mark("fnref-1-2", 1),
                notes(&format!(
                    "<li id=\"fn-1\"><p>Nota {{a b.md}}b{{/a}}.{}{}</p>\n</li>\n<li id=\"fn-2\"><ul>\n<li>x</li>\n</ul>\n<p>{}</p>\n</li>\n",
                    back("fnref-1", ""),
                    back("fnref-1-2", "<sup>2</sup>"),
                    back("fnref-2", "")
                ))
            ),
        );
        check_found(
            "a[^1] [^9] \\[^8] [^no esto]\n\n[^1]: b\n\n[^1]: c [^2]\n\n[^2]: d",
            &format!(
                "<p>a{} [^9] [^8] [^no esto]</p>\n{}",
                mark("fnref-1", 1),
                notes(&format!(
                    "<li id=\"fn-1\"><p>b{}</p>\n</li>\n<li id=\"fn-2\"><p>d</p>\n</li>\n",
                    back("fnref-1", "")
                ))
            ),
            &[("missing_footnote", "[^9]"), ("repeated_footnote", "[^1]"), ("unused_footnote", "[^2]")],
        );
        // Text around a reference is no link; ids never collide with headings.
        check(
            "## Fn 1\n\n[a[^x]](b.md)\n\n[^x]: n",
            &format!(
                "<h2 id=\"fn-1\">Fn 1</h2>\n<p>[a{}](b.md)</p>\n{}",
                mark("fnref-1", 1).replace("#fn-1", "#fn-1-2"),
                notes(&format!("<li id=\"fn-1-2\"><p>n{}</p>\n</li>\n", back("fnref-1", "")))
            ),
        );
        let mut findings = Vec::new();
        let origin = Origin::Exact { source: SOURCE, offset: 0 };
        let prose = parse(
            "# a\n\n# b\n\nc[^1]\n\n[^1]: d",
            &Reading { origin, prefix: "pitch-", blocks: &[], is_block: |_, _| true },
            &mut findings,
        );
        for id in ["pitch-b", "pitch-fn-1", "pitch-fnref-1", "pitch-footnotes"] {
            assert!(prose.html.contains(&format!("id=\"{id}\"")), "{id} in {}", prose.html);
        }
        assert!(findings.is_empty());
    }
}

mod headings {
    use super::*;

    fn of(text: &str) -> (Option<String>, String) {
        let (prose, _) = read(text);
        let list: Vec<_> =
            prose.headings.iter().map(|it| format!("{} {} {}", it.level, it.anchor, it.text)).collect();
        (prose.title.map(|title| title.value), list.join("; "))
    }

    #[track_caller]
    fn check_outline(text: &str, title: Option<&str>, headings: &str) {
        assert_eq!(of(text), (title.map(str::to_owned), headings.to_owned()), "{text:?}");
    }

    #[test]
    fn outlines() {
        check_outline("# *T* `x`\n\n## A\n### B\n## A", Some("T x"), "2 a A; 3 b B; 2 a-2 A");
        check_outline("<!-- c -->\n\nT\n===\n\na", Some("T"), "");
        check_outline("a\n\n# B\n\n## C\n\n# D", None, "2 b B; 3 c C; 2 d D");
        check_outline("# T\n\n## A\n\n# B\n\n###### C", Some("T"), "2 a A; 2 b B; 6 c C");
        check_outline("> # a", None, "2 a a");
        check_outline("# \n\n## \n\n## <!-- x -->\n\n## ¡!", None, "2 section ¡!");
        check_outline(
            "## a {#x .c onclick=y}\n## x\n## x {#x-2}\n## y {#x}",
            None,
            "2 x a; 2 x-3 x; 2 x-2 x; 2 x-4 y",
        );
        check_outline("## ![foto](a.png) [[channel:x]]", None, "2 foto-channel-x foto channel:x");
    }

    #[test]
    fn html() {
        check_found(
            "# T [a](b.md) [^1] {#x}\n\n## *A* & [b](c.md)[d](https://x.org)\n\n[^1]: n",
            "<h2 id=\"a-bd\"><em>A</em> &amp; {a c.md}b{/a}<a href=\"https://x.org\" rel=\"noopener noreferrer\" class=\"external\">d</a></h2>\n<section class=\"footnotes\" role=\"doc-endnotes\">\n<h2 class=\"visually-hidden\" id=\"footnotes\">{footnotes}</h2>\n<ol>\n<li id=\"fn-1\"><p>n</p>\n</li>\n</ol>\n</section>",
            &[("unused_footnote", "[^1]")],
        );
        check("## a <br>", "<h2 id=\"a\">a <br></h2>");
        check("a\n-\n", "<h2 id=\"a\">a</h2>");
    }
}

mod links {
    use super::*;

    fn outside(address: &str, text: &str) -> String {
        format!("<a href=\"{address}\" rel=\"noopener noreferrer\" class=\"external\">{text}</a>")
    }

    #[test]
    fn inside() {
        check("[a *b*](../c%20d/%C3%B1.md#s%20x \"t\")", "<p>{a ../c d/ñ.md#s x}a <em>b</em>{/a}</p>");
        check(
            "[a](#b) [c][d] [d] [d][]\n\n[d]: e.md",
            "<p>{a #b}a{/a} {a e.md}c{/a} {a e.md}d{/a} {a e.md}d{/a}</p>",
        );
        check("[](a.md) [ ](#b)", "<p>{a a.md}{name a.md}{/a} {a #b} {name #b}{/a}</p>");
        check(
            "[[channel:instagram]] [[ a b#c | T *x* ]]",
            "<p>{a wiki channel:instagram}{name wiki channel:instagram}{/a} {a wiki a b#c} T <em>x</em> {/a}</p>",
        );
        check(
            "[[a|]] [[100%25]]",
            "<p>{a wiki a}{name wiki a}{/a} {a wiki 100%25}{name wiki 100%25}{/a}</p>",
        );
        check("[a https://x.org b](c.md)", "<p>{a c.md}a https://x.org b{/a}</p>");
        check("[a](/b.md) [c](d.md?e=f)", "<p>{a /b.md}a{/a} {a d.md?e=f}c{/a}</p>");
    }

    #[test]
    fn spans() {
        let text = "ñ\n\n> x [a](b.md)\n\n![c](d.png) [[e]]";
        let (prose, _) = read(text);
        let spans: Vec<_> = prose
            .holes
            .iter()
            .filter_map(|hole| match &hole.filling {
                Filling::LinkStart(target) | Filling::Picture { target, .. } => Some(target.span),
                _ => None,
            })
            .map(|span| &text[span.start as usize..span.end as usize])
            .collect();
        assert_eq!(spans, ["[a](b.md)", "![c](d.png)", "[[e]]"]);

        let within = Span::new(SourceId(3), 40, 50);
        let mut findings = Vec::new();
        let reading =
            Reading { origin: Origin::Within(within), prefix: "", blocks: BLOCKS, is_block: |_, _| true };
        let prose = parse("# a\n\n[b](c.md) [d](data:x) [^1]\n\n```chart\n```", &reading, &mut findings);
        assert_eq!((prose.title, prose.headings[0].level, prose.headings[0].span), (None, 2, within));
        assert!(findings.len() == 2 && findings.iter().all(|it| it.place == within.into()), "{findings:?}");
        let origin = Origin::Exact { source: SourceId(3), offset: 100 };
        let prose =
            parse("# a", &Reading { origin, prefix: "", blocks: &[], is_block: |_, _| true }, &mut findings);
        assert_eq!(prose.title.unwrap().span, Span::new(SourceId(3), 100, 103));
    }

    #[test]
    fn outside_and_persons() {
        check(
            "[a](https://x.org/b?c=d&e=f#g)",
            &format!("<p>{}</p>", outside("https://x.org/b?c=d&amp;e=f#g", "a")),
        );
        check(
            "<HTTPS://X.org> [](https://x.org)",
            &format!(
                "<p>{} {}</p>",
                outside("HTTPS://X.org", "HTTPS://X.org"),
                outside("https://x.org", "https://x.org")
            ),
        );
        check(
            "<a@b.org> [c](mailto:d@e.org?subject=f%20g) [h](<tel:+34 600 100>)",
            "<p><a href=\"mailto:a@b.org\">a@b.org</a> <a href=\"mailto:d@e.org?subject=f%20g\">c</a> <a href=\"tel:+34600100\">h</a></p>",
        );
        check("[[https://x.org|a]]", &format!("<p>{}</p>", outside("https://x.org", "a")));
    }

    #[test]
    fn bare_addresses() {
        let bare = |text: &str, address: &str| {
            let written = address.replace('&', "&amp;");
            let expected = text.replacen(address, &outside(&written, &written), 1);
            check(text, &format!("<p>{expected}</p>"));
        };
        bare("ve a https://x.org/_a_/b_c?d=1&e=*2*3. Y", "https://x.org/_a_/b_c?d=1&e=*2*3");
        bare("(https://x.org/a_(b)), y", "https://x.org/a_(b)");
        bare("«https://x.org»", "https://x.org");
        bare("http://ñandú.es/ñ!", "http://ñandú.es/ñ");
        bare("HTTPS://x.org…", "HTTPS://x.org");
        check(
            "**https://x.org** *(https://y.org)*",
            &format!(
                "<p><strong>{}</strong> <em>({})</em></p>",
                outside("https://x.org", "https://x.org"),
                outside("https://y.org", "https://y.org")
            ),
        );
        check(
            "|a|\n|-|\n|https://x.org|",
            &format!(
                "<div class=\"table-scroll\"><table>\n<thead>\n<tr><th scope=\"col\">a</th></tr>\n</thead>\n<tbody>\n<tr><td>{}</td></tr>\n</tbody>\n</table></div>",
                outside("https://x.org", "https://x.org")
            ),
        );
        for text in [
            "xhttps://x.org",
            "https://",
            "https://.",
            "`https://x.org`",
            "ftp://x.org",
            "://x",
            "https:// x",
        ] {
            let (prose, _) = read(text);
            assert!(!prose.html.contains("<a "), "{text:?}: {}", prose.html);
        }
        check(
            "https://x.org/\\<b>",
            &format!("<p>{}\\&lt;b&gt;</p>", outside("https://x.org/", "https://x.org/")).replace('\\', ""),
        );
        check(
            "https://x.org?a=1&amp;b=2",
            &format!("<p>{}</p>", outside("https://x.org?a=1&amp;b=2", "https://x.org?a=1&amp;b=2")),
        );
    }

    #[test]
    fn refused() {
        check_found(
            "[a *b*](javascript:alert(1)) c",
            "<p>a <em>b</em> c</p>",
            &[("link_scheme", "[a *b*](javascript:alert(1))")],
        );
        check_found(
            "[a](//x.org) [b]() ![c](data:d) ![]( )",
            "<p>a b c </p>",
            &[
                ("link_scheme", "[a](//x.org)"),
                ("empty_link", "[b]()"),
                ("link_scheme", "![c](data:d)"),
                ("empty_link", "![]( )"),
            ],
        );
        check_found(
            "<javascript:alert(1)>",
            "<p>javascript:alert(1)</p>",
            &[("link_scheme", "<javascript:alert(1)>")],
        );
        let (_, findings) = read("[a](channel:instagram)");
        assert!(findings[0].help.as_ref().unwrap().es.contains("`[[channel:instagram]]`"));
        assert_eq!(read(&"[a](data:x) ".repeat(5000)).1.len(), 100);
    }

    #[test]
    fn pictures() {
        check("![Foto *de* `x`](a%20b.png \"Pie & nota\")", "{figure a b.png|Foto de x|Pie & nota}");
        check("a ![b](c.png) ![](d.png)", "<p>a {img c.png|b|} {img d.png||}</p>");
        check("[![b](c.png)](d.md)", "<p>{a d.md}{img c.png|b|}{/a}</p>");
        check("![a ![b](c) [d](e)](f.png)", "{figure f.png|a b d|}");
        check(
            "![[a.png]] ![[b.png|300]] ![[c.png|Texto]]",
            "<p>{img wiki a.png||} {img wiki b.png||} {img wiki c.png|Texto|}</p>",
        );
        check("- ![b](c.png)\n\n![b\nd](c.png)", "<ul>\n<li>{img c.png|b|}</li>\n</ul>\n{figure c.png|b d|}");
        check_found(
            "![a](https://x.org/b.png) [![](http://x.org/b.png)](c.md)",
            &format!("<p>{} {{a c.md}}http://x.org/b.png{{/a}}</p>", outside("https://x.org/b.png", "a")),
            &[
                ("outside_picture", "![a](https://x.org/b.png)"),
                ("outside_picture", "![](http://x.org/b.png)"),
            ],
        );
    }
}

mod foreign {
    use super::*;

    #[test]
    fn kept_tags() {
        check(
            "<kbd>Ctrl</kbd> H<sub>2</sub>O x<SUP>2</SUP> <mark>*y*</mark> a<br/>b",
            "<p><kbd>Ctrl</kbd> H<sub>2</sub>O x<sup>2</sup> <mark><em>y</em></mark> a<br>b</p>",
        );
        check("a <!-- b --> c\n\n<!-- d\n\ne -->\n\nf", "<p>a  c</p>\n<p>f</p>");
        check("<sub>a<sup>b</sup></sub>", "<p><sub>a<sup>b</sup></sub></p>");
        check_found(
            "*a <kbd>b* c</kbd> [d](e.md)",
            "<p><em>a b</em> c {a e.md}d{/a}</p>",
            &[("raw_html", "<kbd>"), ("raw_html", "</kbd>")],
        );
        check_found(
            "[a](b.md) x <sub>c<sup>d</sub> [e](f.md)\n\n</sub> g",
            "<p>{a b.md}a{/a} x <sub>cd</sub> {a f.md}e{/a}</p>\n<p> g</p>",
            &[("raw_html", "<sup>"), ("raw_html", "</sub>")],
        );
        check_found(
            "- <mark>a\n  - b</mark>",
            "<ul>\n<li>a<ul>\n<li>b</li>\n</ul>\n</li>\n</ul>",
            &[("raw_html", "<mark>"), ("raw_html", "</mark>")],
        );
        check_found(
            "x <kbd onclick=a>b</kbd>",
            "<p>x b</p>",
            &[("raw_html", "<kbd onclick=a>"), ("raw_html", "</kbd>")],
        );
    }

    #[test]
    fn dropped_tags() {
        check_found(
            "a <b>c</b> <img src=x onerror=y> d",
            "<p>a c  d</p>",
            &[("raw_html", "<b>"), ("raw_html", "<img src=x onerror=y>")],
        );
        check_found(
            "<div class=x>\nHola <b>tú</b> &amp; yo\n</div>\n\na",
            "<p>Hola tú &amp; yo</p>\n<p>a</p>",
            &[("raw_html", "<div class=x>"), ("raw_html", "<div class=x>")],
        );
        check_found("<script>alert(1)</script>", "", &[("raw_html", "<script>alert(1)</script>")]);
        check_found(
            "<details>\n<summary>Más</summary>\n\n*a*\n\n</details>",
            "<p>Más</p>\n<p><em>a</em></p>",
            &[("raw_html", "<details>"), ("raw_html", "<details>")],
        );
        let (_, findings) = read("<b>x</b>");
        assert_eq!(findings[0].group.as_deref(), Some("b"));
        assert_eq!(findings[0].message.es, "la etiqueta HTML `<b>` no se publica");
    }

    #[test]
    fn directives_stay_as_they_are() {
        check_found(
            "a {{< figure src=\"x_y_z\" >}} *b*",
            "<p>a {{&lt; figure src=\"x_y_z\" &gt;}} <em>b</em></p>",
            &[("foreign_syntax", "{{< figure src=\"x_y_z\" >}}")],
        );
        check_found(
            "{{<img src=x>}} {{a*b*c}} {% raw %}",
            "<p>{{&lt;img src=x&gt;}} {{a*b*c}} {% raw %}</p>",
            &[
                ("foreign_syntax", "{{<img src=x>}}"),
                ("foreign_syntax", "{{a*b*c}}"),
                ("foreign_syntax", "{% raw %}"),
            ],
        );
        check_found(
            "*a {{b* c [d](e)}} f*",
            "<p><em>a {{b* c [d](e)}}</em> f*</p>",
            &[("foreign_syntax", "{{b* c [d](e)}}")],
        );
        check_found("{{% note\nx %}}", "<p>{{% note\nx %}}</p>", &[("foreign_syntax", "{{%")]);
        check_found(
            "|a|b|\n|-|-|\n|{{x|y}}|",
            "<div class=\"table-scroll\"><table>\n<thead>\n<tr><th scope=\"col\">a</th><th scope=\"col\">b</th></tr>\n</thead>\n<tbody>\n<tr><td>{{x</td><td>y}}</td></tr>\n</tbody>\n</table></div>",
            &[("foreign_syntax", "{{")],
        );
        check("\\{{ a }} `{{ b }}` { {c} } {}", "<p>{{ a }} <code>{{ b }}</code> { {c} } {}</p>");
        let (_, findings) = read("{{< figure >}}\n\n::: tip\n");
        assert_eq!(findings[0].group.as_deref(), Some("figure"));
        assert_eq!(findings[0].message.en, "`{{< figure >}}` belongs to another program and stays text");
        assert_eq!(findings[1].message.en, "`::: tip` belongs to another program and stays text");
    }

    #[test]
    fn containers() {
        check_found(
            "a\n\n::: note Título\nb\n:::",
            "<p>a</p>\n<p>::: note Título\nb\n:::</p>",
            &[("foreign_syntax", "::: note Título")],
        );
        check_found(
            "!!! note \"T\"\n    a\n\n??? tip\n",
            "<p>!!! note \"T\"\na</p>\n<p>??? tip</p>",
            &[("foreign_syntax", "!!! note \"T\""), ("foreign_syntax", "??? tip")],
        );
        check(
            "!!! ¡Bien!!! ¿¿¿???\n\na ::: b\n\n!!!hola",
            "<p>!!! ¡Bien!!! ¿¿¿???</p>\n<p>a ::: b</p>\n<p>!!!hola</p>",
        );
    }
}

mod facts {
    use super::*;

    #[test]
    fn words_and_summaries() {
        let (prose, _) = read("# Uno dos\n\n- tres\n\nCuatro *cin*co `seis`,\nsiete [ocho](a.md)\n\nnueve");
        assert_eq!((prose.words, prose.summary.as_str()), (9, "Cuatro cinco seis, siete ocho"));
        let (prose, _) = read(&"palabra ".repeat(50));
        assert_eq!(prose.summary, format!("{}palabra…", "palabra ".repeat(19)));
        assert_eq!(read(&"ñ".repeat(500)).0.summary, format!("{}…", "ñ".repeat(160)));
        assert_eq!(read("> a\n\n![b](c.png)\n\nd & e").0.summary, "b");
        // Rows of links at the head of a page say nothing of it.
        assert_eq!(read("[Español](b.md) · [c](d.md)\n\nText.").0.summary, "Text.");
        assert_eq!(read("[Español](b.md) · [c](d.md)").0.summary, "Español · c");
        assert_eq!(read("See [a](b.md).\n\nText.").0.summary, "See a.");
        assert_eq!(read("```\nx\n```\n").0.words, 0);
    }

    #[test]
    fn boxes() {
        check(
            "> [!PASOS] Al *recibir* una queja\n> 1. Lee\n> 2. [[role:portavoz]]",
            "<div class=\"box-steps\">\n<p class=\"box-title\">Al recibir una queja</p>\n<ol>\n<li>Lee</li>\n<li>{a wiki role:portavoz}{name wiki role:portavoz}{/a}</li>\n</ol>\n</div>",
        );
        check("> [!cards]\n> - a", "<div class=\"box-cards\">\n<ul>\n<li>a</li>\n</ul>\n</div>");
        let half = |kind: &str, title: &str, body: &str| {
            format!("<div class=\"box-{kind}\">\n<p class=\"box-title\">{title}</p>\n<p>{body}</p>\n</div>")
        };
        let pair = |inside: &str| format!("<div class=\"box-pair\">\n{inside}\n</div>");
        let (right, wrong) = (half("do", "{box-do}", "a"), half("dont", "Nunca", "b"));
        check("> [!HAZ]\n> a\n\n> [!NO HAGAS] Nunca\n> b", &pair(&format!("{right}\n{wrong}")));
        check(
            "> [!HAZ]\n> a\n\nx\n\n> [!DON'T] Nunca\n> b",
            &format!("{}\n<p>x</p>\n{}", pair(&right), pair(&wrong)),
        );
        check("> [!HAZ]\n> a\n\n> [!HAZ]\n> a", &format!("{}\n{}", pair(&right), pair(&right)));
        check(
            "> [!DETALLES] Por qué\n> a\n>\n> > [!NOTE]\n> > b",
            "<details class=\"box-details\">\n<summary>Por qué</summary>\n<p>a</p>\n<div class=\"callout note\" role=\"note\">\n<p class=\"callout-title\">{callout-note}</p>\n<p>b</p>\n</div>\n</details>",
        );
        assert!(read("> [!STEPS]\n> 1. a").0.boxes && !read("> [!NOTE]\n> a").0.boxes);
    }

    #[test]
    fn boxes_that_are_none() {
        check_found(
            "> [!PASOS]\n> - a",
            "<div class=\"box-steps\">\n<ul>\n<li>a</li>\n</ul>\n</div>",
            &[("box_without_list", "[!PASOS]")],
        );
        check_found(
            "> [!CARDS] x\n> > [!STEPS]\n> > 1. a",
            "<div class=\"box-cards\">\n<p class=\"box-title\">x</p>\n<div class=\"box-steps\">\n<ol>\n<li>a</li>\n</ol>\n</div>\n</div>",
            &[("box_without_list", "[!CARDS]")],
        );
        check_found("[!AVISO] Ojo", "<p>[!AVISO] Ojo</p>", &[("stray_box", "[!AVISO]")]);
        let (prose, findings) = read("> [!HAZ]\n> a\n> [!NO HAGAS]\n> b");
        assert!(shown(&prose).contains("<p>a\n[!NO HAGAS]\nb</p>"), "{}", shown(&prose));
        assert_eq!(findings.iter().map(|finding| finding.code.id).collect::<Vec<_>>(), ["P031"]);
        for text in ["\\[!NOTE]", "[!x]", "[!NOTE](a.md)", "a [!NOTE]", "`[!NOTE]`"] {
            assert!(read(text).1.iter().all(|finding| finding.code.id != "P031"), "{text}");
        }
    }

    #[test]
    fn pictures_for_the_eye_only() {
        let decorative = |text: &str| match &read(text).0.holes[0].filling {
            Filling::Picture { alt, decorative, .. } => (alt.clone(), *decorative),
            _ => panic!("a picture"),
        };
        assert_eq!(decorative("![-](a.svg)"), (String::new(), true));
        assert_eq!(decorative("![](a.svg)"), (String::new(), false));
        assert_eq!(decorative("![- a](a.svg)"), ("- a".to_owned(), false));
    }

    #[test]
    fn plain_texts() {
        for (text, expected) in [
            ("Familias", "Familias"),
            (" **Familias** y `x`\n[z](w.md) &amp; <b>q</b> ", "Familias y x z & q"),
            ("# A\n\n- b\n- c", "A b c"),
            ("***", "***"),
            ("", ""),
            ("10 < 20", "10 < 20"),
        ] {
            assert_eq!(plain(text), expected, "{text:?}");
        }
    }

    #[test]
    fn codes_are_in_order() {
        assert!(CODES.is_sorted_by(|a, b| a.id < b.id));
    }
}

/// The strict reading of output: only tags and attributes of the list, every `id` once, balanced, no text that opens a tag.
mod safety {
    use std::collections::BTreeSet;

    use super::*;

    const VOID: [&str; 2] = ["br", "hr"];

    fn allows(tag: &str, attribute: &str, value: &str) -> bool {
        let classes = |list: &[&str]| list.contains(&value);
        match (tag, attribute) {
            ("a", "href") => {
                let lower = value.to_ascii_lowercase();
                let safe = ["https://", "http://", "mailto:", "tel:", "#"];
                safe.iter().any(|start| lower.starts_with(start))
                    && !value.contains([' ', '\n', '\t', '<', '>', '\'', '`', '\\'])
            }
            ("a", "rel") => value == "noopener noreferrer",
            ("a", "class") => classes(&["external", "footnote-back"]),
            ("a", "role") => classes(&["doc-noteref", "doc-backlink"]),
            ("a" | "li" | "h2" | "h3" | "h4" | "h5" | "h6", "id") => {
                !value.is_empty() && value.chars().all(|it| it.is_alphanumeric() || "-_.".contains(it))
            }
            ("h2", "class") => value == "visually-hidden",
            ("div", "class") => {
                value == "table-scroll" || value.starts_with("callout ") || value.starts_with("box-")
            }
            ("div", "role") => value == "note",
            ("p", "class") => classes(&["callout-title", "box-title"]),
            ("details", "class") => value == "box-details",
            ("section", "class") => value == "footnotes",
            ("section", "role") => value == "doc-endnotes",
            ("sup", "class") => value == "footnote-ref",
            ("span", "class") => classes(&["box", "visually-hidden"]),
            ("span", "aria-hidden") => value == "true",
            ("li", "class") => classes(&["task", "task done"]),
            ("ol", "start") => value.parse::<u32>().is_ok(),
            ("pre", "tabindex") => value == "0",
            ("code", "class") => value.strip_prefix("language-").is_some_and(|language| {
                !language.is_empty()
                    && language
                        .bytes()
                        .all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || b"+-".contains(&it))
            }),
            ("th", "scope") => value == "col",
            ("th" | "td", "class") => classes(&["center", "end"]),
            ("td", "colspan") => value.parse::<u32>().is_ok_and(|span| span <= 200),
            _ => false,
        }
    }

    /// What a tag may stand in.
    fn fits(tag: &str, parents: &[&str]) -> bool {
        let parent = parents.last().copied().unwrap_or_default();
        let inline = [
            "p", "h2", "h3", "h4", "h5", "h6", "dt", "code", "a", "em", "strong", "del", "kbd", "sub", "sup",
            "mark", "span", "th", "td", "summary",
        ];
        match tag {
            "li" => matches!(parent, "ul" | "ol"),
            "tr" => matches!(parent, "thead" | "tbody"),
            "td" | "th" => parent == "tr",
            "thead" | "tbody" => parent == "table",
            "dt" | "dd" => parent == "dl",
            "a" => !parents.contains(&"a"),
            "em" | "strong" | "del" | "kbd" | "sub" | "sup" | "mark" | "span" | "br" => {
                !["ul", "ol", "dl", "table", "tr"].contains(&parent)
            }
            "code" => parent != "code",
            "summary" => parent == "details",
            "p" | "h2" | "h3" | "h4" | "h5" | "h6" | "ul" | "ol" | "dl" | "div" | "blockquote" | "pre"
            | "hr" | "section" | "table" | "details" => {
                !inline.contains(&parent) && !["ul", "ol", "dl", "pre"].contains(&parent)
            }
            _ => false,
        }
    }

    pub(super) fn verify(html: &str) -> Result<(), String> {
        let mut open: Vec<&str> = Vec::new();
        let mut ids = BTreeSet::new();
        let mut links = Vec::new();
        let mut rest = html;
        loop {
            let end = rest.find('<').unwrap_or(rest.len());
            let text = &rest[..end];
            if text.contains('>') {
                return Err(format!("a bare > in {text:?}"));
            }
            if let Some(bad) = text.chars().find(|it| escape::is_forbidden(*it)) {
                return Err(format!("forbidden {bad:?}"));
            }
            for part in text.split('&').skip(1) {
                if !["amp;", "lt;", "gt;", "quot;"].iter().any(|entity| part.starts_with(entity)) {
                    return Err(format!("a bare & in {text:?}"));
                }
            }
            rest = &rest[end..];
            if rest.is_empty() {
                break;
            }
            let close = rest.find('>').ok_or("an open tag")?;
            let (tag, after) = (&rest[1..close], &rest[close + 1..]);
            rest = after;
            if let Some(name) = tag.strip_prefix('/') {
                if open.pop() != Some(name) {
                    return Err(format!("</{name}> closes nothing"));
                }
                continue;
            }
            let (name, mut attributes) = tag.split_once(' ').unwrap_or((tag, ""));
            if !fits(name, &open) {
                return Err(format!("<{name}> in {open:?}"));
            }
            while !attributes.is_empty() {
                let (attribute, value) =
                    attributes.split_once("=\"").ok_or(format!("attributes {attributes:?}"))?;
                let (value, after) = value.split_once('"').ok_or(format!("attributes {attributes:?}"))?;
                if !allows(name, attribute, value) {
                    return Err(format!("<{name} {attribute}={value:?}>"));
                }
                if attribute == "id" && !ids.insert(value.to_owned()) {
                    return Err(format!("id {value:?} twice"));
                }
                if let ("href", Some(anchor)) = (attribute, value.strip_prefix('#')) {
                    links.push(anchor.to_owned());
                }
                attributes = after.strip_prefix(' ').unwrap_or(after);
            }
            if !VOID.contains(&name) {
                open.push(name);
            }
        }
        match links.iter().find(|anchor| !ids.contains(*anchor)) {
            _ if !open.is_empty() => Err(format!("left open: {open:?}")),
            Some(anchor) => Err(format!("nothing has the id {anchor:?}")),
            None => Ok(()),
        }
    }

    /// The HTML with tags in place of holes, as the plan would write them; checks order, boundaries and spans on the way.
    fn filled(text: &str, prose: &Prose) -> Result<String, String> {
        let mut html = String::new();
        let mut from = 0;
        let slices = |span: &Span| {
            text.get(span.start as usize..span.end as usize).map(|_| ()).ok_or(format!("{span:?}"))
        };
        for hole in &prose.holes {
            let at = hole.at as usize;
            html.push_str(prose.html.get(from..at).ok_or(format!("hole at {at} after {from}"))?);
            from = at;
            html.push_str(match &hole.filling {
                Filling::LinkStart(target) => {
                    slices(&target.span)?;
                    "<a href=\"tel:0\">"
                }
                Filling::LinkEnd => "</a>",
                Filling::LinkText(target) | Filling::Picture { target, alone: false, .. } => {
                    slices(&target.span)?;
                    "<span></span>"
                }
                Filling::Picture { target, alone: true, .. } => {
                    slices(&target.span)?;
                    "<p></p>"
                }
                Filling::Word(_) => "x",
                Filling::Block { name, text } => {
                    slices(&name.span)?;
                    slices(&text.span)?;
                    "<p></p>"
                }
            });
        }
        html.push_str(&prose.html[from..]);
        Ok(html)
    }

    pub(super) fn verify_text(text: &str) -> Result<(), String> {
        let (prose, findings) = read(text);
        let html = filled(text, &prose)?;
        verify(&html).map_err(|reason| format!("{reason} in {html}"))?;
        for heading in &prose.headings {
            text.get(heading.span.start as usize..heading.span.end as usize).ok_or("span of a heading")?;
            if !html.contains(&format!("<h{} id=\"{}\">", heading.level, heading.anchor)) {
                return Err(format!("heading {heading:?} in {html}"));
            }
        }
        for finding in &findings {
            if let crate::text::Place::Span(span) = finding.place {
                text.get(span.start as usize..span.end as usize).ok_or(format!("{finding:?}"))?;
            }
        }
        Ok(())
    }

    const PAYLOADS: [&str; 68] = [
        "<script>alert(1)</script>",
        "\"><script>alert(1)</script>",
        "'><script>alert(1)</script>",
        "<ScRiPt src=//x.example></ScRiPt>",
        "<img src=x onerror=alert(1)>",
        "\" onerror=\"alert(1)",
        "\" onmouseover=alert(1) x=\"",
        "' onfocus=alert(1) autofocus x='",
        "<svg onload=alert(1)>",
        "<svg><script>alert(1)</script></svg>",
        "<math><mtext><img src=x onerror=alert(1)></mtext></math>",
        "<iframe src=javascript:alert(1)></iframe>",
        "<iframe srcdoc='<script>alert(1)</script>'>",
        "<object data=javascript:alert(1)>",
        "<embed src=javascript:alert(1)>",
        "<form action=javascript:alert(1)><button>x</button></form>",
        "<body onload=alert(1)>",
        "<base href=//x.example>",
        "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
        "<link rel=stylesheet href=//x.example>",
        "<style>@import '//x.example';</style>",
        "<div style=\"background:url(javascript:alert(1))\">",
        "<details open ontoggle=alert(1)>",
        "<video><source onerror=alert(1)></video>",
        "<audio src onerror=alert(1)>",
        "<input autofocus onfocus=alert(1)>",
        "<select onfocus=alert(1) autofocus>",
        "<textarea autofocus onfocus=alert(1)>",
        "<marquee onstart=alert(1)>",
        "<kbd onclick=alert(1)>x</kbd>",
        "<br onclick=alert(1)>",
        "<sub/onclick=alert(1)>",
        "<mark\nonclick=alert(1)>",
        "</p></div></main></body>",
        "</textarea></title></script>",
        "<!--><script>alert(1)</script>",
        "<!-- --!><script>alert(1)</script> -->",
        "<![CDATA[<script>alert(1)</script>]]>",
        "<?xml version=1?><script>alert(1)</script>",
        "<!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]>",
        "<plaintext>",
        "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
        "<template><script>alert(1)</script></template>",
        "<a href=javascript:alert(1)>x</a>",
        "<x:script xmlns:x='http://www.w3.org/1999/xhtml'>alert(1)</x:script>",
        "<scr\0ipt>alert(1)</scr\0ipt>",
        "<<script>script>alert(1)<</script>/script>",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\tscript:alert(1)",
        "\u{1}javascript:alert(1)",
        "&#106;avascript:alert(1)",
        "javascript&colon;alert(1)",
        "&#x6A&#x61;vascript&#58;alert(1)",
        "java&Tab;script:alert(1)",
        "java&NewLine;script:alert(1)",
        "javascript%3Aalert(1)",
        "\\javascript:alert(1)",
        "data:text/html;base64,PHNjcmlwdD4=",
        "data:image/svg+xml,<svg/onload=alert(1)>",
        "vbscript:msgbox(1)",
        "file:///etc/passwd",
        "blob:https://x.example/1",
        "//x.example/a",
        "/\\x.example/a",
        "feed:javascript:alert(1)",
        "view-source:javascript:alert(1)",
        "https://x.example/\"onmouseover=\"alert(1)",
    ];

    const PLACES: [&str; 36] = [
        "@",
        "a @ b",
        "# @",
        "# a\n\n## @",
        "## a {#@}",
        "## a {#x @}",
        "@\n===",
        "[@](b.md)",
        "[a](@)",
        "[a](<@>)",
        "[a](b.md \"@\")",
        "[a](b.md '@')",
        "[a](https://x.org/@)",
        "[a](https://@)",
        "![@](b.png)",
        "![a](@)",
        "![a](<@>)",
        "![a](b.png \"@\")",
        "[a][r]\n\n[r]: <@> \"@\"",
        "<@>",
        "[[@]]",
        "[[a|@]]",
        "![[@]]",
        "![[a|@]]",
        "```@\n@\n```",
        "```x @\n```",
        "`@`",
        "    @",
        "a[^@] b[^1]\n\n[^@]: c\n\n[^1]: @",
        "> [!NOTE] @\n> @",
        "> [!@]\n> a",
        "- [x] @",
        "|@|b|\n|-|-|\n|c|@|",
        "{{< @ >}} {% @ %}",
        "t\n: @",
        "https://x.org/@ <https://x.org/@>",
    ];

    #[test]
    fn payloads() {
        for payload in PAYLOADS {
            for place in PLACES {
                let text = place.replace('@', payload);
                verify_text(&text).unwrap_or_else(|reason| panic!("{text:?}: {reason}"));
            }
        }
    }

    #[test]
    fn the_checker_refuses() {
        for html in [
            "<script>",
            "<p onclick=\"x\">a</p>",
            "<a href=\"javascript:x\">a</a>",
            "<p>a",
            "a</p>",
            "<b>a</b>",
            "a > b",
            "a & b",
            "<p><p>a</p></p>",
            "<p><div class=\"table-scroll\"></div></p>",
            "<a href=\"tel:0\"><a href=\"tel:0\">x</a></a>",
            "<h2 id=\"a\">a</h2><h2 id=\"a\">a</h2>",
            "<p>\0</p>",
            "<a href=\"#x\">a</a>",
            "<ul>a<p>b</p></ul>",
        ] {
            assert!(verify(html).is_err(), "{html}");
        }
    }

    fn pieces() -> impl Strategy<Value = String> {
        let piece = prop::sample::select(vec![
            "a",
            "ñ",
            "😀",
            " ",
            "  ",
            "\n",
            "\n\n",
            "\r\n",
            "*",
            "**",
            "_",
            "~~",
            "`",
            "```",
            "```chart\n",
            "> ",
            "- ",
            "1. ",
            "    ",
            "# ",
            "## ",
            "===",
            "---",
            "|",
            "|-|-|\n",
            "[",
            "]",
            "(",
            ")",
            "[[",
            "]]",
            "![",
            "[a](b.md)",
            "[a](",
            "![a](b.png)",
            "[^1]",
            "[^1]: ",
            "[^2]",
            "> [!NOTE]",
            "> [!AVISO] x",
            "- [x] ",
            "<kbd>",
            "</kbd>",
            "<sub>",
            "</sub>",
            "<br>",
            "<b>",
            "</div>\n",
            "<div>\n",
            "<!--",
            "-->",
            "&amp;",
            "&#0;",
            "\\",
            "https://x.org/a_b",
            "https://",
            "{{",
            "}}",
            "{%",
            "%}",
            "{#x}",
            "{#y .c}",
            ": ",
            "\n: a\n",
            ":::",
            "!!! note",
            "<https://x.org>",
            "<a@b.org>",
            "<script>",
            "\"",
            "'",
            "\t",
            "\u{85}",
            "[x]: y.md\n",
            "[x]",
            "$",
            "^",
            "<",
            ">",
            "Título",
            "section",
        ]);
        prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn whatever_is_written(text in pieces()) {
            prop_assert_eq!(verify_text(&text), Ok(()), "{:?}", text);
        }

        #[test]
        fn any_characters(text in "\\PC*") {
            prop_assert_eq!(verify_text(&text), Ok(()));
        }
    }
}

mod growth {
    use super::*;

    /// What this thread has cost so far, so that a busy machine does not count; the clock where the system does not tell.
    fn on_cpu() -> Duration {
        static START: std::sync::LazyLock<Instant> = std::sync::LazyLock::new(Instant::now);
        let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
        let nanoseconds = told.and_then(|told| told.split(' ').next()?.parse().ok());
        nanoseconds.map_or_else(|| START.elapsed(), Duration::from_nanos)
    }

    /// Twice the text may take little more than twice the time; a bound in seconds is for debug builds on busy machines.
    #[track_caller]
    fn check_growth(name: &str, text: impl Fn(usize) -> String) {
        let time = |size: usize| {
            let text = text(size);
            let start = on_cpu();
            let (prose, _) = read(&text);
            let time = on_cpu() - start;
            assert!(
                prose.html.len() < 60 * text.len() + 20_000,
                "{name}: {} from {}",
                prose.html.len(),
                text.len()
            );
            time
        };
        // The better of two: the machine may be busy.
        let (once, four_times) = (time(1_500).min(time(1_500)), time(6_000).min(time(6_000)));
        let allowed = once * 9 + Duration::from_millis(150);
        assert!(four_times < allowed, "{name}: {once:?}, then {four_times:?}");
    }

    #[test]
    fn of_hostile_texts() {
        for piece in [
            "> ",
            "[",
            "*a ",
            "**a",
            "_a_",
            "[a](",
            "![[",
            "[[a|",
            "`a",
            "``` \n",
            "<kbd>",
            "</kbd>",
            "<sub>a</sub>",
            "<b>",
            "<!--",
            "<div>\n",
            "{{",
            "{{ a ",
            "{{a}}",
            "{% ",
            "https://",
            "https://x.org ",
            "https://x.org/(",
            "[^1]",
            "[^",
            "![a](b.png)",
            "a[^1] \n\n",
            "::: a\n",
            "- a\n",
            "- ",
            "# a\n",
            "# a {#b}\n",
            "> [!NOTE] a\n",
            "> [!X] a\n\n",
            "|a",
            "|a|b|\n|-|-|\n",
            "\\",
            "&amp;",
            "a\n: b\n\n",
            ": ",
            "[a]: b\n",
            "[^a]: b\n\n",
            "<kbd>*a",
            "~~",
            "ñ ",
            "![",
            "\n  :",
            ")",
            "https://x.org.))",
        ] {
            check_growth(piece, |size| piece.repeat(size));
        }
        check_growth("references", |size| format!("{}\n\n[^1]: x", "a[^1] ".repeat(size)));
        check_growth("reserved", |size| format!("{}# y {{#x}}", "# x\n".repeat(size)));
        check_growth("counted", |size| (0..size / 4).map(|n| format!("# x-{n}\n# x\n")).collect());
        check_growth("nested list", |size| {
            (0..size.min(6000) / 8).map(|n| format!("{}- a\n", " ".repeat(n * 2 % 600))).collect()
        });
        check_growth("indented quotes", |size| {
            (0..size / 20).map(|n| format!("{}a\n", "> ".repeat(n % 100))).collect()
        });
    }

    #[test]
    fn of_wide_tables() {
        let row = "|a".repeat(1000);
        let head = format!("{row}|\n{}|\n", "|-".repeat(1000));
        let start = Instant::now();
        let text = format!("{head}{}", "|a|\n".repeat(2000));
        let (prose, _) = read(&text);
        assert!(prose.html.len() < 20 * text.len(), "{}", prose.html.len());
        assert!(start.elapsed() < Duration::from_secs(10));
        safety::verify_text(&text).unwrap();
    }

    #[test]
    fn of_equal_headings() {
        let (prose, _) = read(&"## Objetivo\n\n".repeat(20_000));
        assert_eq!(prose.headings.last().unwrap().anchor, "objetivo-20000");
    }

    #[test]
    fn of_depth() {
        let (prose, findings) = read(&format!("{}a", "> ".repeat(1000)));
        assert_eq!(prose.html.matches("<blockquote>").count(), 100);
        assert_eq!(findings.iter().map(|it| it.code.name).collect::<Vec<_>>(), ["markdown_limit"]);
        for text in [
            format!("{}a", "- ".repeat(500)),
            format!("{}a{}", "*a **b ".repeat(300), "** *".repeat(300)),
            format!("{}a", "> - ".repeat(300)),
        ] {
            safety::verify_text(&text).unwrap();
        }
    }
}
