//! Files of a playbook's theme that change nothing: a component, word or variable that ours does not have; and copies of templates that have changed since. (A block that is nowhere is told by the engine.)

use std::collections::{BTreeMap, BTreeSet};

use super::outline::{Name, Outline, outline};
use super::{ThemeFile, UNUSED_THEME_FILE, builtin, eject, template_name};
use crate::finding::{Code, Finding, Level, Words};
use crate::syntax::yaml;
use crate::text::{Place, Span, nearest};
use crate::words;

/// A name in a theme file that stands for nothing.
pub static OVERRIDES_NOTHING: Code =
    Code { id: "P605", name: "overrides_nothing", level: Level::Warning, since: "0.1.0" };
/// A copy of a built-in template that is older than the program's.
pub static OUTDATED_COPY: Code =
    Code { id: "P606", name: "outdated_copy", level: Level::Note, since: "0.1.0" };

/// Names that templates may bear besides the built-in ones.
#[derive(Clone, Debug, Default)]
pub struct Known<'k> {
    /// Kinds: `templates/kinds/NAME.html`, each with its Spanish name.
    pub kinds: Vec<(&'k str, &'k str)>,
    /// Pages about the whole playbook: `templates/sheets/NAME.html`.
    pub sheets: Vec<&'k str>,
}

/// Says what in the theme files of a playbook has no effect, and what is out of date.
pub fn check_names(files: &[ThemeFile], known: &Known<'_>, findings: &mut Vec<Finding>) {
    let mut own: BTreeMap<&str, (&ThemeFile, Outline<'_>)> = BTreeMap::new();
    for file in files {
        if let Some(name) = template_name(&file.path) {
            own.insert(name, (file, outline(&file.text)));
        } else if let Some(language) = file.path.strip_prefix("words/") {
            words_of(file, language, findings);
        } else if file.path == "style.css" {
            variables(file, findings);
        }
    }
    let calls: BTreeSet<&str> = own.values().flat_map(|(_, outline)| outline.calls.iter().copied()).collect();
    let asked: BTreeSet<&str> = own
        .values()
        .flat_map(|(_, outline)| outline.extends.iter().chain(&outline.includes))
        .map(|name| name.strip_prefix("user/").unwrap_or(name))
        .collect();
    for (name, (file, outline)) in &own {
        template(name, file, known, &asked, findings);
        components(file, outline, &calls, findings);
        outdated(file, findings);
    }
}

/// A template that nothing asks for.
fn template(
    name: &str,
    file: &ThemeFile,
    known: &Known<'_>,
    asked: &BTreeSet<&str>,
    findings: &mut Vec<Finding>,
) {
    let is_builtin = builtin::TEMPLATES.iter().any(|(known, _)| *known == name);
    if is_builtin || name.starts_with("components/") || asked.contains(name) {
        return;
    }
    let place = Place::Span(Span::new(file.source, 0, 0));
    let bare = |folder: &str| name.strip_prefix(folder).and_then(|rest| rest.strip_suffix(".html"));
    if let Some(kind) = bare("kinds/") {
        if known.kinds.iter().any(|(name, _)| *name == kind) {
            return;
        }
        let names = known.kinds.iter().flat_map(|(en, es)| [*en, *es]);
        let near = nearest(kind, names);
        let canonical =
            known.kinds.iter().find(|(en, es)| near.is_some_and(|near| near == *en || near == *es));
        let finding = Finding::new(
            &OVERRIDES_NOTHING,
            place,
            words!(
                "there is no kind `{kind}` to draw with `{name}`",
                "no hay ningún tipo `{kind}` que dibujar con `{name}`"
            ),
        );
        findings.push(match canonical {
            Some((meant, _)) => finding.help(words!(
                "rename it to `templates/kinds/{meant}.html`",
                "cámbiale el nombre a `templates/kinds/{meant}.html`"
            )),
            None => finding.help(words!(
                "`portolan schema` lists the kinds; the file bears the English name of its kind",
                "`portolan schema` enumera los tipos; el archivo lleva el nombre inglés de su tipo"
            )),
        });
        return;
    }
    if let Some(sheet) = bare("sheets/") {
        if known.sheets.contains(&sheet) {
            return;
        }
        let list = known.sheets.join(", ");
        let finding = Finding::new(
            &OVERRIDES_NOTHING,
            place,
            words!(
                "there is no page `{sheet}` about the whole playbook",
                "no hay ninguna página `{sheet}` sobre la guía entera"
            ),
        );
        findings.push(match nearest(sheet, known.sheets.iter().copied()) {
            Some(meant) => finding.help(words!(
                "rename it to `templates/sheets/{meant}.html`",
                "cámbiale el nombre a `templates/sheets/{meant}.html`"
            )),
            None => finding.help(words!("there are {list}", "hay {list}")),
        });
        return;
    }
    let near = nearest(name, builtin::TEMPLATES.iter().map(|(name, _)| *name));
    let finding = Finding::new(
        &UNUSED_THEME_FILE,
        place,
        words!("no page uses the template `{name}`", "ninguna página usa la plantilla `{name}`"),
    );
    findings.push(match near {
        Some(meant) => finding
            .help(words!("rename it to `templates/{meant}`", "cámbiale el nombre a `templates/{meant}`")),
        None => finding.help(words!(
            "`portolan theme list` says which templates there are",
            "`portolan theme list` dice qué plantillas hay"
        )),
    });
}

fn components(file: &ThemeFile, outline: &Outline<'_>, calls: &BTreeSet<&str>, findings: &mut Vec<Finding>) {
    for (component, _) in &outline.components {
        let known = builtin_components();
        if known.contains(component.text) || calls.contains(component.text) {
            continue;
        }
        let text = component.text;
        findings.push(nothing(
            file,
            component,
            words!(
                "nothing calls the component `{text}`, and ours has another name",
                "nada llama al componente `{text}`, y el nuestro se llama de otro modo"
            ),
            nearest(text, known.iter().copied()),
        ));
    }
}

/// All components of the built-in templates.
pub(super) fn builtin_components() -> BTreeSet<&'static str> {
    let outlines = builtin::TEMPLATES.iter().map(|(_, text)| outline(text));
    outlines.flat_map(|outline| outline.components.into_iter().map(|(name, _)| name.text)).collect()
}

fn nothing(file: &ThemeFile, name: &Name<'_>, what: Words, near: Option<&str>) -> Finding {
    let span = Span::new(file.source, name.at, name.at + name.text.len());
    let finding = Finding::new(&OVERRIDES_NOTHING, span, what)
        .why(words!("what stands there appears on no page", "lo que contiene no aparece en ninguna página"));
    match near {
        Some(_) => finding.suggest(near),
        None => finding.help(words!(
            "`portolan theme list` says what can be overridden",
            "`portolan theme list` dice qué se puede cambiar"
        )),
    }
}

/// Words that the site does not say.
fn words_of(file: &ThemeFile, name: &str, findings: &mut Vec<Finding>) {
    let Some(language) = name.strip_suffix(".yaml").or_else(|| name.strip_suffix(".yml")) else { return };
    let known = builtin::words(language);
    // A mistake of syntax is told where the words are read.
    let node = yaml::parse(&file.text, file.source, 0, &mut Vec::new());
    for entry in node.iter().flat_map(|node| node.entries()) {
        let key = entry.key.value.as_str();
        if known.contains_key(key) {
            continue;
        }
        let finding = Finding::new(
            &OVERRIDES_NOTHING,
            entry.key.span,
            words!("the site has no word `{key}`", "el sitio no tiene ninguna palabra `{key}`"),
        )
        .why(words!("what stands there appears on no page", "lo que contiene no aparece en ninguna página"));
        let near = nearest(key, known.keys().map(String::as_str));
        // Who knows what is read on the page, and not the key, finds it by that.
        let said = entry.value.text().and_then(|text| {
            let near = nearest(text, known.values().map(String::as_str))?;
            known.iter().find(|(_, value)| *value == near).map(|(key, _)| key.as_str())
        });
        findings.push(match near.or(said) {
            Some(near) => finding.replace(near),
            None => finding.help(words!(
                "`portolan theme list --only words` lists the words with their keys",
                "`portolan theme list --only words` enumera las palabras con sus claves"
            )),
        });
    }
}

/// A variable of the style sheet that is nearly one of ours and is used nowhere.
fn variables(file: &ThemeFile, findings: &mut Vec<Finding>) {
    let known: BTreeSet<&str> =
        [builtin::STYLE, builtin::CHART_STYLE, builtin::PARTS_STYLE, builtin::BOXES_STYLE]
            .into_iter()
            .flat_map(|sheet| declared(sheet).map(|(name, _)| name))
            .collect();
    for (name, at) in declared(&file.text) {
        if known.contains(name) || file.text.contains(&format!("var({name}")) {
            continue;
        }
        if let Some(near) = nearest(name, known.iter().copied()) {
            findings.push(
                Finding::new(
                    &OVERRIDES_NOTHING,
                    Span::new(file.source, at, at + name.len()),
                    words!("no style uses the variable `{name}`", "ningún estilo usa la variable `{name}`"),
                )
                .replace(near),
            );
        }
    }
}

/// Variables that a sheet declares, each with its place.
fn declared(sheet: &str) -> impl Iterator<Item = (&str, usize)> {
    sheet.match_indices("--").filter_map(|(at, _)| {
        let before = sheet.get(..at)?.trim_end_matches([' ', '\n', '\t', '\r']);
        let rest = sheet.get(at..)?;
        let end = rest.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '-')?;
        let is_declared = rest.get(end..)?.trim_start().starts_with(':');
        let begins = before.is_empty() || before.ends_with(['{', ';', '}', '/']);
        (is_declared && begins).then(|| (rest.get(..end).unwrap_or_default(), at))
    })
}

/// A copy made by `theme eject` of something that has changed since.
fn outdated(file: &ThemeFile, findings: &mut Vec<Finding>) {
    let Some(mark) = eject::mark_of(&file.text) else { return };
    let Some(now) = eject::fingerprint_of(mark.what) else { return };
    if now == mark.fingerprint {
        return;
    }
    let (what, version) = (mark.what, mark.version);
    let (name, option) = match what.split_once('#') {
        Some((name, block)) => (name, format!(" --block {block}")),
        None => (what, String::new()),
    };
    findings.push(
        Finding::new(
            &OUTDATED_COPY,
            Span::new(file.source, mark.range.0, mark.range.1),
            words!(
                "this is a copy of `{what}` as it was in {version}, and it has changed since",
                "esto es una copia de `{what}` tal como era en {version}, y desde entonces ha cambiado"
            ),
        )
        .why(words!(
            "what was mended or added in it does not appear on your pages",
            "lo que se ha corregido o añadido en ella no aparece en vuestras páginas"
        ))
        .help(words!(
            "compare it with `portolan theme eject {name}{option} --print`, and put the new mark at its head",
            "compárala con `portolan theme eject {name}{option} --print` y pon la nueva marca al principio"
        )),
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::SourceId;

    fn told(files: &[(&str, &str)]) -> Vec<(&'static str, String, String)> {
        let files: Vec<ThemeFile> = files
            .iter()
            .map(|(path, text)| ThemeFile { path: (*path).into(), source: SourceId(0), text: (*text).into() })
            .collect();
        let known = Known { kinds: vec![("scenario", "escenario")], sheets: vec!["calendar"] };
        let mut findings = Vec::new();
        check_names(&files, &known, &mut findings);
        findings
            .into_iter()
            .map(|finding| {
                let help = finding.help.map(|help| help.en).unwrap_or_default();
                (finding.code.id, finding.message.en, help)
            })
            .collect()
    }

    #[test]
    fn what_has_an_effect_is_not_told() {
        let base = "{% extends \"builtin/base.html\" %}{% block footer %}{% block own %}x{% endblock own %}{% endblock footer %}";
        let kind = "{% extends \"entity.html\" %}{% block facts %}{{ <stamp /> }}{% endblock facts %}{% block own %}y{% endblock own %}";
        let files = [
            ("templates/base.html", base),
            ("templates/kinds/scenario.html", kind),
            ("templates/sheets/calendar.html", "{% extends \"sheet.html\" %}"),
            (
                "templates/components/own.html",
                "{% component stamp() %}{% endcomponent stamp %}{% component tag(tag) %}{% endcomponent tag %}",
            ),
            ("words/en.yaml", "home: \"Start\""),
            ("style.css", ":root { --measure: 40rem; --own-thing: 1px; }\nh1 { margin: var(--own-thing); }"),
        ];
        assert_eq!(told(&files), Vec::new());
    }

    #[test]
    fn what_has_none_is_told_with_the_nearest() {
        let cases = [
            (("templates/entitiy.html", "x"), "P603", "templates/entity.html"),
            (("templates/kinds/escenario.html", "x"), "P605", "templates/kinds/scenario.html"),
            (("templates/sheets/calender.html", "x"), "P605", "templates/sheets/calendar.html"),
            (
                ("templates/components/a.html", "{% component figuer(chart) %}{% endcomponent figuer %}"),
                "P605",
                "`figure`",
            ),
            (("words/en.yaml", "hom: \"Start\""), "P605", "`home`"),
            (("words/en.yaml", "start: \"Start here\""), "P605", "`highlights`"),
            (("style.css", ":root { --mesure: 40rem; }"), "P605", "`--measure`"),
        ];
        for (file, code, help) in cases {
            let found = told(&[file]);
            assert_eq!(found.len(), 1, "{file:?}: {found:?}");
            assert_eq!(found[0].0, code, "{found:?}");
            assert!(found[0].2.contains(help), "{found:?}");
        }
    }

    #[test]
    fn an_old_copy_is_told_and_a_fresh_one_is_not() {
        let fresh = eject::template("entity.html", Some("facts"), crate::finding::Language::English).unwrap();
        assert_eq!(told(&[("templates/entity.html", &fresh.text)]), Vec::new());
        let mark = eject::mark_of(&fresh.text).unwrap();
        let old = fresh.text.replace(mark.fingerprint, "0000000000").replace(mark.version, "0.0.9");
        let found = told(&[("templates/entity.html", &old)]);
        assert_eq!(found[0].0, "P606");
        assert!(found[0].1.contains("`entity.html#facts` as it was in 0.0.9"), "{found:?}");
        assert!(found[0].2.contains("eject entity.html --block facts --print"), "{found:?}");
    }
}
