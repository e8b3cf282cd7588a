//! What must hold for the default theme and for a playbook's templates over it.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "tests measure time and set up folders of their own"
)]

use std::collections::{BTreeMap, BTreeSet};

use super::brand::contrast;
use super::gallery::{PROSE, entity, head, render_all, site};
use super::*;
use crate::finding::Language;
use crate::site::view::{ArticleView, LinkView, ReviewView, View};
use crate::text::{FilePath, Sources};

fn load(files: &[(&str, &str)]) -> (Theme, Vec<Finding>, Sources) {
    let mut sources = Sources::default();
    let files: Vec<ThemeFile> = files
        .iter()
        .map(|(path, text)| ThemeFile {
            path: (*path).to_owned(),
            source: sources.add(FilePath::new(&format!("theme/{path}")).unwrap(), (*text).to_owned()),
            text: (*text).to_owned(),
        })
        .collect();
    let mut findings = Vec::new();
    let theme = Theme::load(&files, &Brand::default(), &mut findings);
    (theme, findings, sources)
}

fn page(theme: &Theme, view: &View, template: &'static str) -> Reported<String> {
    let site = shared(&site()).value;
    let words = shared(&words("es")).value;
    theme.render(&head(template, "Título", "canales/instagram.html"), &site, &words, view)
}

fn article() -> View {
    View::Article(ArticleView {
        lead_lang: String::new(),
        body_lang: String::new(),
        lead: "Entrada".into(),
        review: ReviewView::default(),
        body_html: PROSE.into(),
        children: Vec::new(),
        relations: Vec::new(),
    })
}

/// What stands at a finding: line, column and the marked text.
fn mark(finding: &Finding, sources: &Sources) -> (usize, usize, String) {
    let Place::Span(span) = finding.place else { panic!("a place in a file: {finding:?}") };
    let position = sources.position(span);
    (position.line, position.column, sources.text(span).to_owned())
}

// The style sheet

fn sheet() -> &'static str {
    builtin::STYLE
}

/// Colour tokens of the rule that follows a comment.
fn tokens(comment: &str) -> BTreeMap<&'static str, Rgb> {
    let (_, rest) = sheet().split_once(&format!("/* {comment} */")).unwrap();
    let block = rest.split_once("--paper").map(|(_, block)| block.split_once('}').unwrap().0).unwrap();
    format!("--paper{block}")
        .leak()
        .split(';')
        .filter_map(|declaration| declaration.trim().split_once(": #"))
        .map(|(name, value)| {
            let channel = |at: usize| u8::from_str_radix(&value[at..at + 2], 16).unwrap();
            (name, (channel(0), channel(2), channel(4)))
        })
        .collect()
}

#[test]
fn every_token_pair_has_its_contrast_in_both_schemes() {
    for scheme in ["light", "dark", "dark, chosen by the reader"] {
        let tokens = tokens(scheme);
        let least = |front: &str, grounds: &[&str], least: f64| {
            for ground in grounds {
                let (front_color, ground_color) =
                    (tokens[format!("--{front}").as_str()], tokens[format!("--{ground}").as_str()]);
                let found = contrast(front_color, ground_color);
                assert!(found >= least, "{scheme}: {front} on {ground} has {found:.2}, needs {least}");
            }
        };
        let grounds = ["paper", "surface", "sunken"];
        for text in ["ink", "muted", "accent", "visited", "good", "warn", "bad", "info"] {
            least(text, &grounds, 4.5);
        }
        for tone in ["good", "warn", "bad", "info"] {
            let tint = format!("{tone}-tint");
            least(tone, &[&tint], 4.5);
            least("ink", &[&tint], 7.0);
            // Links and notes in callouts.
            for text in ["accent", "visited", "muted"] {
                least(text, &[&tint], 4.5);
            }
        }
        least("accent", &["neutral"], 4.5);
        least("visited", &["neutral"], 4.5);
        least("muted", &["neutral"], 4.5);
        least("ink", &["neutral"], 7.0);
        for mark in ["focus", "control", "c1", "c2", "c3", "c4"] {
            least(mark, &grounds[..2], 3.0);
        }
        least("focus", &["good-tint", "warn-tint", "bad-tint", "info-tint", "sunken"], 3.0);
    }
    assert_eq!(tokens("dark"), tokens("dark, chosen by the reader"));
    assert_eq!(tokens("light").keys().collect::<Vec<_>>(), tokens("dark").keys().collect::<Vec<_>>());
}

/// Declarations of the sheet, property and value, custom properties and comments left out.
fn declarations() -> Vec<(String, String)> {
    let mut text = sheet().to_owned();
    while let Some(start) = text.find("/*") {
        let end = start + text[start..].find("*/").unwrap() + 2;
        text.replace_range(start..end, "");
    }
    text.split(['{', '}', ';'])
        .filter_map(|part| part.trim().split_once(": "))
        .filter(|(property, _)| property.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'))
        .filter(|(property, _)| !property.starts_with("--"))
        .map(|(property, value)| (property.to_owned(), value.to_owned()))
        .collect()
}

#[test]
fn the_sheet_knows_no_left_and_right() {
    let physical = [
        "left",
        "right",
        "top",
        "bottom",
        "width",
        "height",
        "min-width",
        "min-height",
        "max-width",
        "max-height",
        "float",
        "clear",
    ];
    let declarations = declarations();
    assert!(declarations.len() > 500, "the sheet is read: {}", declarations.len());
    for (property, value) in declarations {
        let side = ["-left", "-right", "-top", "-bottom"].iter().any(|side| property.contains(side));
        assert!(!side && !physical.contains(&property.as_str()), "{property}: {value}");
        if ["text-align", "float"].contains(&property.as_str()) {
            assert!(!["left", "right"].contains(&value.as_str()), "{property}: {value}");
        }
        if ["margin", "padding", "inset"].contains(&property.as_str()) {
            let sides = value.split("calc(").next().unwrap().split_whitespace().count();
            assert!(sides < 4, "four sides are physical: {property}: {value}");
        }
    }
}

#[test]
fn files_stay_small() {
    // Measured with gzip -9: 21 % of the size for the sheet as it is written, a third for the scripts. The limits are 12 and 10 KiB for a page of text with its boxes; the browser tests weigh the sheets themselves.
    let css = super::compact(builtin::STYLE).len() + super::compact(builtin::BOXES_STYLE).len();
    assert!(css < 54 * 1024, "style sheets of a page of text: {css} bytes");
    let js = builtin::SCRIPT.len() + builtin::THEME_SCRIPT.len();
    assert!(js < 24 * 1024, "scripts: {js} bytes");
    assert!(builtin::THEME_SCRIPT.len() < 1024, "it stops the first paint");
    assert!(builtin::CHART_SCRIPT.len() <= 3584, "script of charts: {} bytes", builtin::CHART_SCRIPT.len());
    // 5 KiB and 2 KiB with gzip, at the first search.
    assert!(
        builtin::SEARCH_SCRIPT.len() < 13 * 1024,
        "script of the search: {} bytes",
        builtin::SEARCH_SCRIPT.len()
    );
    assert!(
        builtin::SEARCH_STYLE.len() < 8 * 1024,
        "sheet of the search: {} bytes",
        builtin::SEARCH_STYLE.len()
    );
}

// The templates

#[test]
fn no_style_or_script_stands_in_a_template() {
    for (name, text) in builtin::TEMPLATES {
        for forbidden in [" style=", "<style", " onclick", " onload", "javascript:", "http://", "https://"] {
            assert!(!text.contains(forbidden), "{name} holds {forbidden}");
        }
        for (at, _) in text.match_indices("<script") {
            assert!(
                text[at..].split_once('>').unwrap().1.starts_with("</script>"),
                "{name}: a script with text"
            );
        }
    }
}

#[test]
fn every_word_is_there_in_both_languages_and_used() {
    let (en, es) = (words("en"), words("es"));
    assert_eq!(en.keys().collect::<Vec<_>>(), es.keys().collect::<Vec<_>>());
    for (key, text) in en.iter().chain(&es) {
        assert!(!text.is_empty() && text.trim() == text, "{key}");
    }
    let mut used: BTreeSet<&str> = PROGRAM_WORDS.iter().copied().collect();
    for (_, template) in builtin::TEMPLATES {
        for (at, start) in template.match_indices("words.") {
            let rest = &template[at + start.len()..];
            let end =
                rest.find(|character: char| !character.is_ascii_lowercase() && character != '_').unwrap();
            used.insert(&rest[..end]);
        }
    }
    assert_eq!(used, en.keys().map(String::as_str).collect::<BTreeSet<_>>());
    assert_eq!(words("es-MX"), es);
    assert_eq!(words("de"), en, "a language without words speaks English");
    for tag in ["ca", "eu", "fr", "gl", "pt"] {
        let own = own_words(tag).expect("a file");
        assert_eq!(own["experimental"], "yes", "{tag}: incomplete words say so");
        let is_known = |key: &&String| {
            let other = ["experimental", FALLS_BACK_TO].contains(&key.as_str());
            let of_kind = ["kind_", "kinds_", "folder_"].iter().any(|start| key.starts_with(start));
            en.contains_key(*key) || other || of_kind
        };
        let unknown: Vec<_> = own.keys().filter(|key| !is_known(key)).collect();
        assert!(unknown.is_empty(), "{tag}: words of nothing: {unknown:?}");
        let braces = |text: &str| text.match_indices('{').count();
        for (key, text) in own.iter().filter(|(key, _)| en.contains_key(*key)) {
            assert_eq!(braces(text), braces(&en[key]), "{tag}: {key}");
        }
        assert!(words(tag).len() > en.len(), "{tag}: what is missing comes from another language");
    }
    assert_eq!(words("ca")["menu"], "Menú");
    assert_eq!(words("ca")["chain_why"], es["chain_why"]);
}

#[test]
fn what_an_author_wrote_is_text() {
    let (theme, _, _) = load(&[]);
    let evil = "\"><script>alert(1)</script><b title='";
    let mut view = entity();
    view.lead = evil.into();
    view.review.owner = Some(LinkView { text: evil.into(), url: evil.into(), ..LinkView::default() });
    view.review.tags = vec![evil.into()];
    for fact in &mut view.facts {
        fact.label = evil.into();
    }
    view.charts[0].title = evil.into();
    view.charts[0].table.rows[0][0] = evil.into();
    view.relations[0].verb = evil.into();
    view.references[0].note = evil.into();
    let mut head = head("entity", evil, "canales/instagram.html");
    head.description = evil.into();
    head.window_title = evil.into();
    let site = shared(&site()).value;
    let words = shared(&words("es")).value;
    let page = theme.render(&head, &site, &words, &View::Entity(Box::new(view)));
    assert_eq!(page.findings, Vec::new());
    assert!(page.value.contains("&lt;script&gt;alert(1)"));
    assert!(!page.value.contains("<script>alert"));
    assert!(!page.value.contains("<b title"));
}

#[test]
fn rendering_twice_gives_the_same_bytes() {
    let (one, _, _) = load(&[]);
    let (other, _, _) = load(&[]);
    assert_eq!(render_all(&one), render_all(&other));
    assert_eq!(one.assets(), other.assets());
}

#[test]
fn pages_name_their_assets_by_content() {
    let (theme, _, _) = load(&[("style.css", "h1 { color: teal }")]);
    let page = page(&theme, &article(), "article").value;
    assert_eq!(theme.assets().len(), 13);
    for asset in theme.assets() {
        // Only pages with charts or steps to tick off load the scripts of these, only those with computed parts their sheet. What searches is loaded at its first use.
        let wanted =
            !["assets/chart.", "assets/checklist.", "assets/parts.", "assets/search.", "assets/filter."]
                .iter()
                .any(|own| asset.path.starts_with(own));
        let is_loaded =
            [" src", " href"].iter().any(|by| page.contains(&format!("{by}=\"../{}\"", asset.path)));
        assert!(wanted == is_loaded, "{}", asset.path);
        let hash = asset.path.split('.').nth(1).unwrap();
        assert_eq!(hash.len(), 10);
    }
    let position = |name: &str| page.find(name).unwrap();
    assert!(position("assets/portolan.") < position("assets/custom."), "the playbook's sheet comes last");
}

// Templates of a playbook

#[test]
fn a_template_may_extend_the_built_in_one() {
    let text =
        "{% extends \"builtin/article.html\" %}{% block main %}<p>antes</p>{{ super() }}{% endblock main %}";
    let (theme, findings, _) = load(&[("templates/article.html", text)]);
    assert_eq!(findings, Vec::new());
    let page = page(&theme, &article(), "article");
    assert_eq!(page.findings, Vec::new());
    assert!(page.value.contains("<p>antes</p>") && page.value.contains("Qué publicamos"));
}

#[test]
fn a_component_of_the_playbook_wins() {
    let text = "{% component tag(tag) %}<b>[{{ tag.text }}]</b>{% endcomponent tag %}";
    let (theme, findings, _) = load(&[("templates/components/own.html", text)]);
    assert_eq!(findings, Vec::new());
    let page = page(&theme, &View::Entity(Box::new(entity())), "entity");
    assert_eq!(page.findings, Vec::new());
    assert!(page.value.contains("<b>[A prueba]</b>"));
}

#[test]
fn a_kind_may_have_its_own_template() {
    let text = "{% extends \"base.html\" %}{% block main %}canal: {{ view.id }}{% endblock main %}";
    let (theme, findings, _) = load(&[("templates/kinds/channel.html", text)]);
    assert_eq!(findings, Vec::new());
    assert!(theme.has_template("kinds/channel.html"));
    assert!(page(&theme, &View::Entity(Box::new(entity())), "entity").value.contains("canal: instagram"));
}

#[test]
fn a_mistake_in_syntax_is_told_with_its_place() {
    let (theme, findings, sources) = load(&[
        (
            "templates/article.html",
            "{% extends \"base.html\" %}\n{% block main %}\n{{ page.title | }}\n{% endblock main %}",
        ),
        (
            "templates/glossary.html",
            "{% extends \"builtin/glossary.html\" %}{% block footer %}pie{% endblock footer %}",
        ),
    ]);
    assert_eq!(findings.len(), 1, "{findings:?}");
    assert_eq!(findings[0].code.id, "P601");
    assert_eq!(mark(&findings[0], &sources).0, 3);
    assert!(findings[0].message.within(Language::Spanish).contains("`article.html`"));
    assert!(page(&theme, &article(), "article").value.contains("Qué publicamos"), "the built-in one is used");
    assert!(theme.engine.contains_template("user/glossary.html"), "the other one is kept");
}

#[test]
fn unknown_names_are_told_with_the_nearest() {
    let (_, findings, sources) = load(&[(
        "templates/article.html",
        "{% extends \"base.html\" %}\n{% block main %}\nñ {{ <neigbours /> }} {{ page.title | uper }}\n{% endblock main %}",
    )]);
    assert_eq!(findings.len(), 2, "{findings:?}");
    let told: Vec<(usize, String)> = findings
        .iter()
        .map(|finding| (mark(finding, &sources).0, finding.help.as_ref().unwrap().es.clone()))
        .collect();
    assert!(told.contains(&(3, "¿querías decir `neighbours`?".into())), "{told:?}");
    assert!(told.contains(&(3, "¿querías decir `upper`?".into())), "{told:?}");
    let marked: BTreeSet<String> = findings.iter().map(|finding| mark(finding, &sources).2).collect();
    assert_eq!(marked, BTreeSet::from(["neigbours".to_owned(), "uper".to_owned()]));
}

#[test]
fn an_unknown_parent_is_told() {
    let (_, findings, sources) =
        load(&[("templates/article.html", "{% extends \"bass.html\" %}{% block main %}{% endblock main %}")]);
    assert_eq!(findings.len(), 1, "{findings:?}");
    assert_eq!(mark(&findings[0], &sources).2, "bass.html");
    assert_eq!(findings[0].help.as_ref().unwrap().en, "did you mean `base.html`?");
}

#[test]
fn an_unknown_field_is_told_when_a_page_asks_for_it() {
    let (theme, findings, sources) = load(&[(
        "templates/article.html",
        "{% extends \"base.html\" %}\n{% block main %}\n<h1>{{ page.titel }}</h1>\n{% endblock main %}",
    )]);
    assert_eq!(findings, Vec::new(), "only a page can tell");
    let page = page(&theme, &article(), "article");
    assert_eq!(page.findings.len(), 1);
    let (line, column, text) = mark(&page.findings[0], &sources);
    assert_eq!((line, column, text.as_str()), (3, 13, "titel"));
    assert_eq!(page.findings[0].replacement.as_deref(), Some("title"));
    assert_eq!(page.findings[0].help.as_ref().unwrap().en, "did you mean `title`?");
    assert!(page.findings[0].mark.as_ref().unwrap().es.contains("el campo `titel` no existe"));
    assert!(page.value.contains("Qué publicamos"), "the built-in one is used");
}

#[test]
fn a_template_that_breaks_a_built_in_one_is_left_out() {
    let (theme, findings, _) = load(&[
        ("templates/base.html", "<html>{% block other %}{% endblock other %}</html>"),
        ("templates/components/own.html", "{% component own() %}x{% endcomponent own %}"),
    ]);
    assert_eq!(findings.len(), 1, "{findings:?}");
    assert!(findings[0].message.en.contains("`base.html`"), "{:?}", findings[0]);
    assert!(page(&theme, &article(), "article").value.contains("Qué publicamos"));
    assert!(theme.engine.contains_component("own"), "the other one is kept");
}

#[test]
fn a_component_with_other_arguments_falls_back() {
    let (theme, _, _) = load(&[(
        "templates/components/own.html",
        "{% component tag(label) %}{{ label }}{% endcomponent tag %}",
    )]);
    let page = page(&theme, &View::Entity(Box::new(entity())), "entity");
    assert!(!page.findings.is_empty());
    assert!(page.findings.iter().all(|finding| finding.code.id == "P601"), "{:?}", page.findings);
    assert!(page.value.contains("A prueba"));
}

#[test]
fn a_template_that_calls_itself_without_end_falls_back() {
    let text = "{% component tag(tag) %}{{ <tag tag={tag} /> }}{% endcomponent tag %}";
    let (theme, _, _) = load(&[("templates/components/own.html", text)]);
    let page = page(&theme, &View::Entity(Box::new(entity())), "entity");
    assert!(!page.findings.is_empty());
    assert!(page.value.contains("A prueba"));
}

#[test]
fn an_unknown_block_is_told_with_the_nearest() {
    let text = "{% extends \"builtin/base.html\" %}{% block foter %}x{% endblock foter %}";
    let (_, findings, sources) = load(&[("templates/base.html", text)]);
    assert_eq!(findings.len(), 1, "{findings:?}");
    assert_eq!(mark(&findings[0], &sources).2, "foter");
    assert_eq!(findings[0].help.as_ref().unwrap().es, "¿querías decir `footer`?");
    assert!(findings[0].mark.as_ref().unwrap().es.starts_with("el bloque `foter` no existe"));
}

#[test]
fn an_inner_block_may_be_replaced_alone() {
    let text =
        "{% extends \"builtin/entity.html\" %}{% block facts %}<p>antes</p>{{ super() }}{% endblock facts %}";
    let (theme, findings, _) = load(&[("templates/entity.html", text)]);
    assert_eq!(findings, Vec::new());
    let page = page(&theme, &View::Entity(Box::new(entity())), "entity");
    assert_eq!(page.findings, Vec::new());
    let (plain, _, _) = load(&[]);
    let ours = self::page(&plain, &View::Entity(Box::new(entity())), "entity").value;
    assert_eq!(
        page.value.replace("<p>antes</p>", "").split_whitespace().collect::<String>(),
        ours.split_whitespace().collect::<String>()
    );
    assert!(page.value.contains("<p>antes</p>"));
}

#[test]
fn every_ejected_file_works_as_it_is() {
    for (name, text) in builtin::TEMPLATES {
        let outline = super::outline::outline(text);
        let blocks = outline.blocks.iter().map(|block| Some(block.text));
        for block in std::iter::once(None).chain(blocks) {
            let ejected = super::eject(name, block, Language::Spanish).unwrap();
            let (theme, findings, _) = load(&[(&ejected.path, &ejected.text)]);
            assert_eq!(findings, Vec::new(), "{name} {block:?}");
            assert!(theme.fallback.is_some());
        }
    }
    let (plain, _, _) = load(&[]);
    let ours = render_all(&plain);
    let all: Vec<_> = builtin::TEMPLATES
        .iter()
        .map(|(name, _)| super::eject(name, None, Language::English).unwrap())
        .collect();
    let all: Vec<(&str, &str)> = all.iter().map(|one| (one.path.as_str(), one.text.as_str())).collect();
    let (copied, findings, _) = load(&all);
    assert_eq!(findings, Vec::new());
    assert_eq!(render_all(&copied), ours);
}

#[test]
fn a_page_that_grows_without_end_falls_back() {
    let filler = "x".repeat(10_000);
    let text = format!(
        "{{% extends \"base.html\" %}}{{% block main %}}{{% for a in range(end=100000) %}}{{% for b in range(end=100000) %}}{filler}{{% endfor %}}{{% endfor %}}{{% endblock main %}}"
    );
    let (theme, findings, _) = load(&[("templates/article.html", &text)]);
    assert_eq!(findings, Vec::new());
    let page = page(&theme, &article(), "article");
    assert_eq!(page.findings.len(), 1);
    assert_eq!(page.findings[0].mark.as_ref().unwrap().es, "la página pasa de 16 MiB");
    assert!(page.value.contains("Qué publicamos"));
}

#[test]
fn the_gallery_draws_every_component() {
    let marked: Vec<(String, String)> = builtin::TEMPLATES
        .iter()
        .filter(|(name, _)| name.starts_with("components/"))
        .map(|(name, text)| {
            let mut parts = text.split("{% component ");
            let mut marked = parts.next().unwrap().to_owned();
            for part in parts {
                let (head, rest) = part.split_once("%}").unwrap();
                let component = head.split('(').next().unwrap();
                marked.push_str(&format!("{{% component {head}%}}<!--drawn {component}-->{rest}"));
            }
            (format!("templates/{name}"), marked)
        })
        .collect();
    let marked: Vec<(&str, &str)> =
        marked.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let (theme, findings, _) = load(&marked);
    assert_eq!(findings, Vec::new());
    let drawn: String = render_all(&theme).into_iter().map(|(_, html)| html).collect();
    let missing: Vec<_> = super::names::builtin_components()
        .into_iter()
        .filter(|component| !drawn.contains(&format!("<!--drawn {component}-->")))
        .collect();
    assert!(missing.is_empty(), "components without a sample: {missing:?}");
}

/// Text of the documentation of the theme, in both languages.
fn documentation() -> [String; 2] {
    ["docs/theme.md", "docs/theme.es.md"].map(|name| {
        std::fs::read_to_string(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap()
    })
}

#[test]
fn the_documentation_names_all_that_can_be_overridden() {
    let inventory = super::inventory(&[], "en");
    for (page, language) in documentation().iter().zip(["en", "es"]) {
        let mut missing: Vec<String> = Vec::new();
        for one in &inventory.templates {
            let row = page.lines().find(|line| line.starts_with(&format!("| `{}` |", one.name)));
            let Some(row) = row else {
                missing.push(one.name.clone());
                continue;
            };
            missing.extend(
                one.blocks
                    .iter()
                    .filter(|block| !row.contains(&format!("`{block}`")))
                    .map(|block| format!("{} in {}", block, one.name)),
            );
        }
        missing.extend(
            inventory
                .components
                .iter()
                .filter(|one| {
                    let bare = one.signature.split('(').next().unwrap();
                    !page.contains(&format!("`{bare}(")) && !page.contains(&format!("`{bare}`"))
                })
                .map(|one| one.signature.clone()),
        );
        missing.extend(
            inventory
                .tokens
                .iter()
                .filter(|one| !page.contains(&format!("`{}`", one.name)))
                .map(|one| one.name.clone()),
        );
        missing.extend(theme_assets().into_iter().filter(|name| !page.contains(&format!("`{name}`"))));
        assert!(missing.is_empty(), "{language}: {missing:?}");
    }
}

/// The names in `assets`.
fn theme_assets() -> Vec<String> {
    super::assets(&Brand::default(), String::new(), &mut Vec::new())
        .1
        .into_keys()
        .map(str::to_owned)
        .collect()
}

#[test]
fn files_without_a_job_are_told() {
    let (_, findings, _) =
        load(&[("home.html", ""), ("estilos.css", ""), ("words/es.yaml", "home: \"Portada\"")]);
    let told: Vec<_> =
        findings.iter().map(|finding| (finding.code.id, finding.help.as_ref().unwrap().es.clone())).collect();
    assert_eq!(
        told,
        [
            (
                "P603",
                "el tema lee `theme/templates/home.html`: cambia el nombre o la carpeta del archivo"
                    .to_owned()
            ),
            ("P603", "el tema lee `theme/style.css`: cambia el nombre o la carpeta del archivo".to_owned()),
        ]
    );
}
