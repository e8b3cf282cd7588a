//! Words and tables of the reference, in one language.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use portolan::catalog;
use portolan::finding::{Language, Level, Words};
use portolan::model::{Chapter, Field, FieldType, Kind, Kinds, Readerships, Want};
use portolan::pipeline::Checked;
use portolan::text::fold;

use super::example_of;
use crate::program::example;

/// What a page is written with: the kinds, the language, and what stands around them.
pub(super) struct Writer<'c> {
    pub(super) checked: &'c Checked,
    pub(super) kinds: &'c Kinds,
    pub(super) language: Language,
    pub(super) suffix: &'static str,
    pub(super) words: BTreeMap<String, String>,
}

impl Writer<'_> {
    fn say(&self, en: &'static str, es: &'static str) -> &'static str {
        if self.language == Language::English { en } else { es }
    }

    fn of<'w>(&self, words: &'w Words) -> &'w str {
        words.within(self.language)
    }

    /// A link to a kind's page from within `kinds/`.
    fn kind_link(&self, kind: &Kind, folder: &str) -> String {
        format!("[{}]({folder}{}{}.md)", self.of(&kind.label).to_lowercase(), kind.name, self.suffix)
    }

    /// The name of a page and the link to the same one in the other language.
    fn head(&self, title: &str, stem: &str) -> String {
        let other = self.say("Español", "English");
        let file = if self.suffix.is_empty() { format!("{stem}.es.md") } else { format!("{stem}.md") };
        format!("# {title}\n\n[{other}]({file})\n")
    }

    fn readers(&self, seen_by: Readerships) -> String {
        let names: Vec<String> = seen_by.iter().map(|one| self.of(&one.words()).to_owned()).collect();
        names.join(", ")
    }

    /// What an author may write, in words.
    fn shape(&self, shape: &FieldType, folder: &str) -> String {
        match shape {
            FieldType::Text => self.say("text", "texto").to_owned(),
            FieldType::Markdown => self.say("text with Markdown", "texto con Markdown").to_owned(),
            FieldType::Number { min, max, unit } => {
                let unit = self.of(unit);
                let unit = if unit.is_empty() { String::new() } else { format!(", {unit}") };
                let number = self.say("number", "número");
                match (min, max) {
                    (Some(min), Some(max)) => {
                        format!(
                            "{number} {} {min} {} {max}{unit}",
                            self.say("from", "de"),
                            self.say("to", "a")
                        )
                    }
                    (Some(min), None) => {
                        format!("{number}, {} {min}{unit}", self.say("at least", "como mínimo"))
                    }
                    (None, Some(max)) => {
                        format!("{number}, {} {max}{unit}", self.say("at most", "como máximo"))
                    }
                    (None, None) => format!("{number}{unit}"),
                }
            }
            FieldType::Band => self.say("number, or two: `3..5`", "número, o dos: `3..5`").to_owned(),
            FieldType::Percent => self.say("percentage: `12 %`", "porcentaje: `12 %`").to_owned(),
            FieldType::Money => self.say("amount: `40 EUR`", "importe: `40 EUR`").to_owned(),
            FieldType::Hours => self.say("hours: `5`, `1 h 30`", "horas: `5`, `1 h 30`").to_owned(),
            FieldType::Date => self.say("day: `2026-05-31`", "día: `2026-05-31`").to_owned(),
            FieldType::DateTime => {
                self.say("day and time: `2026-05-31 18:30`", "día y hora: `2026-05-31 18:30`").to_owned()
            }
            FieldType::Period => self
                .say("period: `2026`, `2026-Q2`, `2026-05`", "periodo: `2026`, `2026-T2`, `2026-05`")
                .to_owned(),
            FieldType::Span => self
                .say("two days: `2026-01-01..2026-03-31`", "dos días: `2026-01-01..2026-03-31`")
                .to_owned(),
            FieldType::Duration => {
                self.say("length of time: `24h`, `2 days`", "tiempo: `24h`, `2 días`").to_owned()
            }
            FieldType::Cadence => {
                self.say("how often: `3 per week`", "cada cuánto: `3 por semana`").to_owned()
            }
            FieldType::YesNo => self.say("`yes` or `no`", "`sí` o `no`").to_owned(),
            FieldType::Choice(choices) => {
                let name = |choice: &portolan::model::Choice| {
                    format!("`{}`", self.say_owned(&choice.name, &choice.es))
                };
                let names: Vec<String> = choices.iter().map(name).collect();
                format!("{} {}", self.say("one of", "uno de"), names.join(", "))
            }
            FieldType::Url => self.say("address of a page", "dirección de una página").to_owned(),
            FieldType::Email => self.say("e-mail address", "dirección de correo").to_owned(),
            FieldType::Phone => self.say("telephone number", "teléfono").to_owned(),
            FieldType::File => self.say("file of the playbook", "archivo de la guía").to_owned(),
            FieldType::Color => self.say("colour: `#0f6674`", "color: `#0f6674`").to_owned(),
            FieldType::Link(relation) | FieldType::Links(relation) => {
                let targets: Vec<String> = relation
                    .to
                    .iter()
                    .filter_map(|id| self.kinds.kind(*id))
                    .map(|kind| self.kind_link(kind, folder))
                    .collect();
                let targets = if targets.is_empty() {
                    self.say("any page", "cualquier página").to_owned()
                } else {
                    targets.join(self.say(" or ", " o "))
                };
                match shape {
                    FieldType::Link(_) => format!("{} {targets}", self.say("link to", "enlace a")),
                    _ => format!("{} {targets}", self.say("links to", "enlaces a")),
                }
            }
            FieldType::Record(_) => self.say("the fields below", "los campos siguientes").to_owned(),
            FieldType::List(item) => match item.as_ref() {
                FieldType::Record(_) => self
                    .say(
                        "list, each with the fields below",
                        "lista; cada elemento, con los campos siguientes",
                    )
                    .to_owned(),
                item => format!("{} {}", self.say("list:", "lista:"), self.shape(item, folder)),
            },
            FieldType::Map => self.say("names and texts", "nombres y textos").to_owned(),
        }
    }

    fn say_owned<'w>(&self, en: &'w str, es: &'w str) -> &'w str {
        if self.language == Language::English { en } else { es }
    }

    /// A table of fields, those of records under them.
    fn fields<'f>(&self, fields: impl Iterator<Item = &'f Field>, folder: &str) -> String {
        let mut out = self
            .say(
                "| Field | In Spanish | What is written | Wanted | What it means |\n|---|---|---|---|---|\n",
                "| Campo | En inglés | Qué se escribe | ¿Hace falta? | Qué significa |\n|---|---|---|---|---|\n",
            )
            .to_owned();
        for field in fields {
            self.row(&mut out, field, "", folder);
        }
        out
    }

    fn row(&self, out: &mut String, field: &Field, above: &str, folder: &str) {
        let (name, other) = match self.language {
            Language::English => (&field.name, &field.es),
            Language::Spanish => (&field.es, &field.name),
        };
        let path = format!("{above}{name}");
        let wanted = match field.want {
            Want::Required => self.say("required", "obligatorio"),
            Want::Expected => self.say("expected", "esperado"),
            Want::Optional => "",
        };
        let label = self.of(&field.label);
        let stop = if label.ends_with('?') { "" } else { "." };
        let mut about = vec![format!("**{label}{stop}** {}", self.of(&field.help)).trim().to_owned()];
        // The other side of a relation has no words of its own.
        if self.of(&field.help).is_empty()
            && let Some(inverse) = field.shape.relation().and_then(|relation| relation.inverse.as_ref())
        {
            let there = self.say_owned(&inverse.name, inverse.es.first().unwrap_or(&inverse.name));
            about.push(self.say("The same as `{}` there.", "Lo mismo que `{}` allí.").replace("{}", there));
        }
        let known: BTreeSet<String> = [fold(&field.name), fold(&field.es)].into();
        let also: Vec<String> = field
            .names
            .iter()
            .filter(|name| !known.contains(*name))
            .map(|name| format!("`{name}`"))
            .collect();
        if !also.is_empty() {
            about.push(format!("{} {}.", self.say("Also", "También"), also.join(", ")));
        }
        if let Some(seen_by) = field.seen_by {
            about.push(format!("{} {}.", self.say("Seen only in:", "Solo se ve en:"), self.readers(seen_by)));
        }
        let about = about.join(" ").replace('|', "\\|");
        *out += &format!(
            "| `{path}` | `{other}` | {} | {wanted} | {about} |\n",
            self.shape(&field.shape, folder)
        );
        for inner in field.shape.record().unwrap_or_default() {
            self.row(out, inner, &format!("{path}."), folder);
        }
    }

    /// The relations of a kind, each with both of its verbs.
    fn relations(&self, kind: &Kind) -> String {
        let mut out = String::new();
        for field in kind.fields.iter().filter(|field| !field.common) {
            let Some(relation) = field.shape.relation() else { continue };
            let targets: Vec<&Kind> = relation.to.iter().filter_map(|id| self.kinds.kind(*id)).collect();
            let verb = self.of(&relation.verb);
            if verb.is_empty() || targets.is_empty() {
                continue;
            }
            let name = field.name_in(self.language);
            let links: Vec<String> = targets.iter().map(|target| self.kind_link(target, "")).collect();
            out += &format!("- `{name}`: **{verb}** {}", links.join(self.say(" or ", " o ")));
            if let Some(inverse) = &relation.inverse {
                let other = self.say_owned(&inverse.name, inverse.es.first().unwrap_or(&inverse.name));
                let (verb, from) =
                    (self.of(&inverse.verb), self.say("the other way round", "visto desde allí"));
                out += &format!("; {from}, **{verb}** (`{other}`)");
            }
            out.push('\n');
        }
        out
    }

    fn rules(&self, kind: &Kind) -> String {
        let level = |level: Level| self.level(level);
        kind.rules
            .iter()
            .map(|rule| {
                let id = rule.code.id;
                let page = format!("../../codes/{id}{}.md", self.suffix);
                let (say, why, help) = (self.of(&rule.say), self.of(&rule.why), self.of(&rule.help));
                format!("- [{id}]({page}), {}: {say}. {why}. {help}.\n", level(rule.level))
            })
            .collect()
    }

    fn level(&self, level: Level) -> &'static str {
        match level {
            Level::Error => "error",
            Level::Warning => self.say("warning", "aviso"),
            Level::Note => self.say("note", "nota"),
        }
    }

    pub(super) fn kind(&self, kind: &Kind) -> String {
        let mut out = self.head(self.of(&kind.label), &kind.name);
        out += &format!("\n{}\n", self.of(&kind.about));
        let mut folders: Vec<String> = vec![self.of(&kind.folder).to_owned()];
        let all = self.kinds.folders_of(kind.id);
        folders.extend(
            all.iter().map(|name| name.replace('_', "-")).filter(|name| name != self.of(&kind.folder)),
        );
        let mut folders: Vec<String> = folders.iter().map(|name| format!("`{name}`")).collect();
        let last = folders.pop().unwrap_or_default();
        if !kind.folder.en.is_empty() {
            out += &format!(
                "\n{} {}{}{last}.\n",
                self.say("**Where it is written:** a file in a folder, or an entry of a list file, named", "**Dónde se escribe:** un archivo de una carpeta, o una entrada de un archivo de lista, que se llame"),
                folders.join(", "),
                if folders.is_empty() { "" } else { self.say(" or ", " o ") },
            );
        }
        out += &format!(
            "\n{} {}.\n",
            self.say(
                "**Editions that show it**, unless `seen_by` says otherwise:",
                "**Ediciones que lo muestran**, si `visible_para` no dice otra cosa:"
            ),
            self.readers(kind.seen_by)
        );
        let chapter =
            self.words.get(&format!("chapter_{}", kind.chapter.name())).cloned().unwrap_or_default();
        out += &format!("\n{} {chapter}.\n", self.say("**Chapter:**", "**Capítulo:**"));
        let own: Vec<&Field> = kind.fields.iter().filter(|field| !field.common).collect();
        out += &format!("\n## {}\n\n", self.say("Fields", "Campos"));
        if !own.is_empty() {
            out += &self.fields(own.into_iter(), "");
            out.push('\n');
        }
        let common = format!(
            "[{}](../common{}.md)",
            self.say("fields of every kind", "campos de todos los tipos"),
            self.suffix
        );
        out += &format!("{} {common}.\n", self.say("And the", "Y los"));
        for (title, text) in [
            (self.say("Relations", "Relaciones"), self.relations(kind)),
            (self.say("What `portolan check` looks at", "Qué mira `portolan check`"), self.rules(kind)),
        ] {
            if !text.is_empty() {
                out += &format!("\n## {title}\n\n{text}");
            }
        }
        if let Some((path, fence, text)) = example_of(self.checked, kind) {
            out += &format!(
                "\n## {}\n\n{} [{path}](../../../example-playbook/{path}){}\n\n```{fence}\n{}\n```\n",
                self.say("Example", "Ejemplo"),
                self.say("From the example playbook, which is in Spanish:", "De la guía de ejemplo:"),
                self.say("; the same fields may be written in English.", ""),
                text.trim_end(),
            );
        }
        out
    }

    pub(super) fn index(&self) -> String {
        let mut out = self.head(self.say("Reference", "Referencia"), "README");
        out += self.say(
            "\nWhat can be written in a playbook, and what it means. Fields may be written in English or in Spanish, with or without accents. An editor proposes and explains the same while you write: [writing with an editor](../guide/writing-with-an-editor.md).\n",
            "\nQué se puede escribir en una guía y qué significa. Los campos se escriben en español o en inglés, con o sin tildes. El editor propone y explica lo mismo mientras escribes: [escribir con un editor](../guide/writing-with-an-editor.es.md).\n",
        );
        let suffix = self.suffix;
        let pages = [
            ("settings", self.say("Settings: `playbook.yaml`", "Ajustes: `guia.yaml`")),
            ("common", self.say("Fields of every kind", "Campos de todos los tipos")),
            ("findings", self.say("Findings: every code", "Avisos: todos los códigos")),
            ("../coverage", self.say("What the model covers", "Qué abarca el modelo")),
        ];
        out.push('\n');
        for (page, title) in pages {
            out += &format!("- [{title}]({page}{suffix}.md)\n");
        }
        for chapter in Chapter::ALL {
            let title = self.words.get(&format!("chapter_{}", chapter.name())).cloned().unwrap_or_default();
            out += &format!("\n## {title}\n\n");
            let mut kinds: Vec<&Kind> = self.kinds.iter().filter(|kind| kind.chapter == chapter).collect();
            kinds.sort_by_key(|kind| (kind.order, kind.name.clone()));
            for kind in kinds {
                let (label, about) = (self.of(&kind.label), self.of(&kind.about));
                out += &format!("- [{label}](kinds/{}{suffix}.md): {about}\n", kind.name);
            }
        }
        out
    }

    pub(super) fn common(&self) -> String {
        let mut out = self.head(self.say("Fields of every kind", "Campos de todos los tipos"), "common");
        let kind = self.kinds.named("article").expect("articles");
        out += &format!(
            "\n{}\n\n",
            self.say("Whatever a page is, it may have these.", "Sea lo que sea una página, puede llevarlos.")
        );
        out + &self.fields(kind.fields.iter().filter(|field| field.common), "kinds/")
    }

    pub(super) fn settings(&self) -> String {
        let mut out = self.head(self.say("Settings", "Ajustes"), "settings");
        out += self.say(
            "\nWhat holds for the whole playbook. It stands in `playbook.yaml` (or `guia.yaml`) in its folder; all of it may be left out.\n\n",
            "\nLo que vale para toda la guía. Está en `guia.yaml` (o `playbook.yaml`), en su carpeta; se puede dejar fuera todo.\n\n",
        );
        out += &self.fields(self.kinds.settings.iter(), "kinds/");
        let text = fs::read_to_string(example().join("guia.yaml")).expect("the settings of the example");
        let title = self.say("Example", "Ejemplo");
        out + &format!(
            "\n## {title}\n\n[guia.yaml](../../example-playbook/guia.yaml)\n\n```yaml\n{}\n```\n",
            text.trim_end()
        )
    }

    pub(super) fn findings(&self) -> String {
        let mut out = self.head(self.say("Findings", "Avisos"), "findings");
        out += self.say(
            "\nEverything that `portolan check` and `portolan build` may tell. The level is the one without settings; `levels:` and `accept:` change it: [findings and levels](../guide/findings-and-levels.md).\n\n| Code | What is wrong | Level | Name |\n|---|---|---|---|\n",
            "\nTodo lo que pueden decir `portolan check` y `portolan build`. El nivel es el que tiene sin ajustes; se cambia con `niveles:` y `aceptado:`: [avisos y niveles](../guide/findings-and-levels.es.md).\n\n| Código | Qué ocurre | Nivel | Nombre |\n|---|---|---|---|\n",
        );
        for code in catalog::codes(self.kinds) {
            let page = catalog::page(code.id, self.language).unwrap_or_default();
            let title =
                page.lines().next().and_then(|line| line.split_once(": ")).map_or("", |(_, title)| title);
            assert!(!title.is_empty(), "the page of {} has no title", code.id);
            let (id, name) = (code.id, code.name);
            out += &format!(
                "| [{id}](../codes/{id}{}.md) | {title} | {} | `{name}` |\n",
                self.suffix,
                self.level(code.level)
            );
        }
        out
    }
}
