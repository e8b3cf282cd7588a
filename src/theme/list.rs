//! Everything that a playbook's theme can override, and what it overrides now.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::outline::outline;
use super::{ThemeFile, builtin, template_name};
use crate::syntax::yaml;

/// What can be overridden.
#[derive(Clone, Debug, Serialize)]
pub struct Inventory {
    /// Templates.
    pub templates: Vec<TemplateEntry>,
    /// Components, by name.
    pub components: Vec<ComponentEntry>,
    /// Variables of the style sheet.
    pub tokens: Vec<TokenEntry>,
    /// Words of the site.
    pub words: Vec<WordEntry>,
    /// Style sheets; `style.css` of a playbook is loaded after them.
    pub styles: Vec<StyleEntry>,
    /// Templates of the playbook that take no built-in one's place: for kinds, for sheets, with components.
    pub further: Vec<String>,
}

/// A template.
#[derive(Clone, Debug, Serialize)]
pub struct TemplateEntry {
    /// Its name.
    pub name: String,
    /// What it extends; empty for none.
    pub extends: String,
    /// Its blocks, in order.
    pub blocks: Vec<String>,
    /// Whether the playbook has its own.
    pub overridden: bool,
}

/// A component.
#[derive(Clone, Debug, Serialize)]
pub struct ComponentEntry {
    /// Its name.
    pub name: String,
    /// How it is called: `tag(tag)`.
    pub signature: String,
    /// The file that holds it.
    pub file: String,
    /// Whether the playbook has its own.
    pub overridden: bool,
}

/// A variable of the style sheet.
#[derive(Clone, Debug, Serialize)]
pub struct TokenEntry {
    /// `--paper`.
    pub name: String,
    /// Its value on light pages, or on all.
    pub light: String,
    /// Its value on dark pages; empty when it is the same.
    pub dark: String,
    /// Whether the playbook's style sheet sets it.
    pub overridden: bool,
}

/// A word of the site.
#[derive(Clone, Debug, Serialize)]
pub struct WordEntry {
    /// Its key.
    pub key: String,
    /// What the default theme says.
    pub text: String,
    /// What the playbook says in its place; empty for none.
    pub own: String,
}

/// A style sheet.
#[derive(Clone, Debug, Serialize)]
pub struct StyleEntry {
    /// `style.css`, `parts.css`, `boxes.css`.
    pub name: String,
    /// Whether the playbook has a sheet that is loaded after it.
    pub overridden: bool,
}

/// What there is, with the files of a playbook's theme and the language of its site.
pub fn inventory(files: &[ThemeFile], language: &str) -> Inventory {
    let own: BTreeSet<&str> = files.iter().filter_map(|file| template_name(&file.path)).collect();
    let own_components: BTreeSet<&str> = files
        .iter()
        .filter(|file| template_name(&file.path).is_some())
        .flat_map(|file| outline(&file.text).components.into_iter().map(|(name, _)| name.text))
        .collect();
    let sheet = files.iter().find(|file| file.path == "style.css").map_or("", |file| file.text.as_str());
    let mut templates = Vec::new();
    let mut components = Vec::new();
    for (name, text) in builtin::TEMPLATES {
        let outline = outline(text);
        for (component, signature) in &outline.components {
            components.push(ComponentEntry {
                name: component.text.to_owned(),
                signature: signature.trim_end_matches(['-', ' ']).to_owned(),
                file: (*name).to_owned(),
                overridden: own_components.contains(component.text),
            });
        }
        if !name.starts_with("components/") {
            templates.push(TemplateEntry {
                name: (*name).to_owned(),
                extends: outline.extends.unwrap_or_default().to_owned(),
                blocks: outline.blocks.iter().map(|block| block.text.to_owned()).collect(),
                overridden: own.contains(name),
            });
        }
    }
    components.sort_by(|a, b| a.name.cmp(&b.name));
    let known: BTreeSet<&str> = builtin::TEMPLATES.iter().map(|(name, _)| *name).collect();
    let said = own_words(files, language);
    Inventory {
        templates,
        components,
        tokens: tokens()
            .into_iter()
            .map(|Token { name, light, dark }| TokenEntry {
                overridden: sheet.contains(&format!("{name}:")),
                name: name.to_owned(),
                light: light.to_owned(),
                dark: dark.to_owned(),
            })
            .collect(),
        words: builtin::words(language)
            .into_iter()
            .map(|(key, text)| WordEntry { own: said.get(&key).cloned().unwrap_or_default(), key, text })
            .collect(),
        styles: ["style.css", "parts.css", "boxes.css"]
            .map(|name| StyleEntry { name: name.to_owned(), overridden: !sheet.is_empty() })
            .to_vec(),
        further: own.difference(&known).map(|name| (*name).to_owned()).collect(),
    }
}

fn own_words(files: &[ThemeFile], language: &str) -> BTreeMap<String, String> {
    let file = files.iter().find(|file| file.path == format!("words/{language}.yaml"));
    let node = file.and_then(|file| yaml::parse(&file.text, file.source, 0, &mut Vec::new()));
    let entries = node.iter().flat_map(|node| node.entries());
    entries.filter_map(|entry| Some((entry.key.value.clone(), entry.value.text()?.to_owned()))).collect()
}

/// The rule of the sheet that follows a comment, between its braces.
fn rule(comment: &str) -> &'static str {
    let after = builtin::STYLE.split_once(comment).map_or("", |(_, rest)| rest);
    let inside = after.find("--").and_then(|at| after.get(at..)).unwrap_or_default();
    inside.split_once('}').map_or("", |(inside, _)| inside.trim_end())
}

fn declarations(rule: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let parts = rule.split(';').filter_map(|part| part.trim().split_once(':'));
    parts.map(|(name, value)| (name.trim(), value.trim())).filter(|(name, _)| name.starts_with("--"))
}

/// A variable: name, value on light pages, value on dark ones or nothing.
struct Token {
    name: &'static str,
    light: &'static str,
    dark: &'static str,
}

/// Variables with their values on light and on dark pages.
fn tokens() -> Vec<Token> {
    let dark: BTreeMap<&str, &'static str> = declarations(rule("/* dark */")).collect();
    declarations(rule("/* light */"))
        .map(|(name, light)| Token { name, light, dark: dark.get(name).copied().unwrap_or_default() })
        .collect()
}

/// The rules that set all variables, as a sheet of its own.
pub(super) fn token_rules() -> String {
    let tokens = tokens();
    let line = |indent: &str, name: &str, value: &str| format!("{indent}{name}: {value};\n");
    let light: String = tokens.iter().map(|token| line("  ", token.name, token.light)).collect();
    let in_dark = tokens.iter().filter(|token| !token.dark.is_empty());
    let dark: String = in_dark.map(|token| line("    ", token.name, token.dark)).collect();
    format!(
        ":root {{\n{light}}}\n@media screen and (prefers-color-scheme: dark) {{\n  :root:not([data-theme=\"light\"]) {{\n{dark}  }}\n}}\n@media screen {{\n  :root[data-theme=\"dark\"] {{\n{dark}  }}\n}}\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::SourceId;

    #[test]
    fn everything_is_listed_and_what_is_overridden_is_marked() {
        let file =
            |path: &str, text: &str| ThemeFile { path: path.into(), source: SourceId(0), text: text.into() };
        let files = [
            file("templates/entity.html", "x"),
            file("templates/kinds/channel.html", "x"),
            file("templates/components/a.html", "{% component tag(tag) %}{% endcomponent tag %}"),
            file("words/es.yaml", "home: \"Portada\""),
            file("style.css", ":root { --measure: 40rem; }"),
        ];
        let found = inventory(&files, "es");
        let overridden = |names: Vec<(&str, bool)>| -> Vec<String> {
            names.into_iter().filter(|(_, own)| *own).map(|(name, _)| name.to_owned()).collect()
        };
        let templates = found.templates.iter().map(|entry| (entry.name.as_str(), entry.overridden)).collect();
        assert_eq!(overridden(templates), ["entity.html"]);
        let components = found.components.iter().map(|one| (one.name.as_str(), one.overridden)).collect();
        assert_eq!(overridden(components), ["tag"]);
        let tokens: Vec<_> = found.tokens.iter().map(|one| (one.name.as_str(), one.overridden)).collect();
        assert!(tokens.contains(&("--paper", false)) && tokens.contains(&("--headings", false)));
        assert_eq!(overridden(tokens), ["--measure"]);
        let words: Vec<_> = found.words.iter().filter(|word| !word.own.is_empty()).collect();
        assert_eq!((words.len(), words[0].own.as_str()), (1, "Portada"));
        assert_eq!(found.further, ["components/a.html", "kinds/channel.html"]);
        let entity = found.templates.iter().find(|entry| entry.name == "entity.html").unwrap();
        assert!(entity.blocks.contains(&"facts".to_owned()), "{entity:?}");
    }

    #[test]
    fn the_ejected_variables_say_what_the_sheet_says() {
        let rules = token_rules();
        assert!(rules.contains("  --paper: #fbfaf7;") && rules.contains("    --paper: #13181b;"), "{rules}");
    }
}
