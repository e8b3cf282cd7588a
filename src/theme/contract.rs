//! The contract of the theme for machines: a JSON Schema of everything that a template gets, made from the types of `site/view.rs` and held against them by a test.

/// The schema: `page`, `site`, `words`, `view` (one of all views), `assets`, `brand`.
pub static SCHEMA: &str = include_str!("../../docs/reference/theme/views.json");

#[cfg(test)]
mod tests {
    #![allow(
        clippy::disallowed_methods,
        clippy::disallowed_types,
        reason = "the test holds files of the documentation against the types"
    )]

    use std::collections::{BTreeMap, BTreeSet};
    use std::fmt::Write;
    use std::path::PathBuf;

    use schemars::JsonSchema;
    use schemars::generate::SchemaSettings;
    use serde::Serialize;
    use serde_json::Value;

    use crate::site::view::{
        ChartView, KpisView, MenuView, PageHead, PartsView, RedirectView, SiteHead, View,
    };

    /// The names that a template gets.
    #[derive(Serialize, JsonSchema)]
    #[allow(dead_code, reason = "only its schema is wanted")]
    struct Template {
        /// What differs from page to page. Not in fragments.
        page: PageHead,
        /// What is the same on all pages. Not in fragments.
        site: SiteHead,
        /// The interface words of the page's language, by key.
        words: BTreeMap<String, String>,
        /// What the page shows, by template.
        view: Views,
        /// Paths of style sheets and scripts, from the root of the site; `policy` is the content security policy.
        assets: BTreeMap<String, String>,
        /// `logo`: path of the logo, empty for none.
        brand: BTreeMap<String, String>,
    }

    #[derive(Serialize, JsonSchema)]
    #[serde(untagged)]
    #[allow(dead_code, reason = "only its schema is wanted")]
    enum Views {
        /// Of a page.
        Page(Box<View>),
        /// Of `fragments/menu.html`.
        Menu(MenuView),
        /// Of `fragments/chart.html`.
        Chart(Box<ChartView>),
        /// Of `fragments/kpis.html`.
        Kpis(KpisView),
        /// Of `fragments/parts.html`.
        Parts(PartsView),
        /// Of `fragments/redirect.html`.
        Redirect(RedirectView),
    }

    fn schema() -> Value {
        let generator = SchemaSettings::draft2020_12().for_serialize().into_generator();
        let mut schema = generator.into_root_schema_for::<Template>().to_value();
        schema["title"] = "What a template of Portolan gets".into();
        schema
    }

    /// "A text", "list of LinkView", as a link to where it is described.
    fn type_of(schema: &Value) -> String {
        if let Some(name) = schema["$ref"].as_str().and_then(|path| path.rsplit('/').next()) {
            return format!("[{name}](#{})", name.to_lowercase());
        }
        let one = |name: &str| match name {
            "string" => "text".to_owned(),
            "integer" | "number" => "number".to_owned(),
            "boolean" => "yes or no".to_owned(),
            "array" => format!("list of {}", type_of(&schema["items"])),
            "object" => match &schema["additionalProperties"] {
                Value::Object(_) => format!("map of {}", type_of(&schema["additionalProperties"])),
                _ => "map".to_owned(),
            },
            "null" => "nothing".to_owned(),
            other => other.to_owned(),
        };
        match &schema["type"] {
            Value::String(name) => one(name),
            Value::Array(names) => {
                names.iter().filter_map(Value::as_str).map(one).collect::<Vec<_>>().join(" or ")
            }
            _ => match schema["anyOf"].as_array().or_else(|| schema["oneOf"].as_array()) {
                Some(kinds) => kinds.iter().map(type_of).collect::<Vec<_>>().join(" or "),
                None => "one of the views".to_owned(),
            },
        }
    }

    fn said(schema: &Value) -> String {
        let text = schema["description"].as_str().unwrap_or_default();
        // Names of Rust in square brackets become code.
        text.replace("[`", "`").replace("`]", "`").replace('\n', " ").replace('|', "\\|").replace('<', "&lt;")
    }

    fn fields(schema: &Value, page: &mut String) {
        let Some(properties) = schema["properties"].as_object() else { return };
        page.push_str("| field | type | what |\n|---|---|---|\n");
        for (name, field) in properties {
            let constant = field["const"].as_str().map(|text| format!("`{text}`"));
            let shape = constant.unwrap_or_else(|| type_of(field));
            writeln!(page, "| `{name}` | {shape} | {} |", said(field)).unwrap();
        }
        page.push('\n');
    }

    /// The page of the reference that says the same.
    fn page(schema: &Value) -> String {
        let mut page = String::from(
            "# Views\n\n[All pages](../README.md) · [The theme](../../theme.md)\n\nWhat a template gets, made from the program. For editors and other programs: [views.json](views.json), which `portolan theme schema` prints too. Fields may be added between versions; none changes its meaning. Texts are plain; names that are `html` or end in `_html` are safe HTML. Addresses are relative to the page.\n\n## A template\n\n",
        );
        fields(schema, &mut page);
        let definitions: BTreeMap<&String, &Value> = schema["$defs"].as_object().unwrap().iter().collect();
        for (name, definition) in definitions {
            if name == "View" || name == "Views" {
                continue;
            }
            writeln!(page, "## {name}\n\n{}\n", said(definition)).unwrap();
            fields(definition, &mut page);
            let variants = definition["oneOf"].as_array().or_else(|| definition["anyOf"].as_array());
            for variant in variants.into_iter().flatten() {
                let tag = variant["properties"].as_object().and_then(|properties| {
                    properties.iter().find_map(|(name, field)| Some((name, field["const"].as_str()?)))
                });
                if let Some((key, value)) = tag {
                    writeln!(page, "### {name}: `{key}` is `{value}`\n\n{}\n", said(variant)).unwrap();
                    fields(variant, &mut page);
                }
            }
        }
        page.trim_end().to_owned() + "\n"
    }

    #[test]
    fn the_schema_says_what_templates_get() {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("docs/reference/theme");
        let schema = schema();
        let files = [
            ("views.json", serde_json::to_string_pretty(&schema).unwrap() + "\n"),
            ("views.md", page(&schema)),
        ];
        for (name, text) in files {
            let path = folder.join(name);
            if std::env::var_os("UPDATE").is_some() {
                std::fs::write(&path, &text).unwrap();
            }
            let there = std::fs::read_to_string(&path).unwrap_or_default();
            assert!(there == text, "{name} is out of date (UPDATE=1 writes it)");
        }
    }

    #[test]
    fn every_field_is_described() {
        let schema = schema();
        let mut silent = BTreeSet::new();
        for (name, definition) in schema["$defs"].as_object().unwrap() {
            let variants = definition["oneOf"].as_array().into_iter().flatten();
            for fields in std::iter::once(definition).chain(variants) {
                for (field, what) in fields["properties"].as_object().into_iter().flatten() {
                    if said(what).is_empty() && what["const"].is_null() {
                        silent.insert(format!("{name}.{field}"));
                    }
                }
            }
        }
        assert_eq!(silent, BTreeSet::new());
    }
}
