//! What a file is, by its name and place alone.

use crate::model::{KindId, Kinds};
use crate::text::{FilePath, capital, fold};

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// `playbook.yaml`, `guia.yaml`.
    Settings,
    /// A file of `types/`.
    Kinds,
    /// A file of `theme/`.
    Theme,
    /// A file of `data/`: read when a metric or a chart names it.
    Data,
    /// Markdown that is no entity of a kind.
    Article,
    /// A Markdown file in the folder of a kind: one entity.
    Entity(KindId),
    /// A list file named after a kind (`audiences.yaml`).
    List(KindId),
    /// A YAML or CSV file in the folder of a kind: one entity or a list.
    KindFolder(KindId),
    /// A picture, document or other file, published when something links to it.
    Asset,
    /// YAML that belongs to no kind.
    Unused,
}

/// Whether this is the settings file.
pub fn is_settings(path: &FilePath) -> bool {
    matches!(path.as_str(), "playbook.yaml" | "playbook.yml" | "guia.yaml" | "guia.yml")
}

/// Whether this is a kind file of the playbook.
pub fn is_kind_file(path: &FilePath) -> bool {
    is_yaml(path) && top(path).is_some_and(|folder| matches!(folder, "types" | "tipos"))
}

/// What this file is. Without settings a folder's name alone does not make an entity of a Markdown file; the reader decides by its fields.
pub fn role(path: &FilePath, kinds: &Kinds, has_settings: bool) -> Role {
    if is_settings(path) {
        return Role::Settings;
    }
    if is_kind_file(path) {
        return Role::Kinds;
    }
    match top(path) {
        Some("theme" | "tema") if has_settings => return Role::Theme,
        Some("data" | "datos" | "profiles" | "perfiles") if has_settings || !is_markdown(path) => {
            return Role::Data;
        }
        _ => {}
    }
    let list = is_yaml(path) || path.has_extension(&["csv"]);
    if is_markdown(path) {
        if is_folder_page(path) {
            return Role::Article;
        }
        return match folder_kind(path, kinds) {
            Some(kind) => Role::Entity(kind),
            None => Role::Article,
        };
    }
    if list && has_settings {
        let stem = without_number(path.stem());
        return match (kinds.of_folder(stem), folder_kind(path, kinds)) {
            // `people/roles.yaml` holds roles: the file's own name is innermost.
            (Some(kind), _) => Role::List(kind.id),
            (None, Some(kind)) => Role::KindFolder(kind),
            (None, None) if is_yaml(path) => Role::Unused,
            (None, None) => Role::Asset,
        };
    }
    Role::Asset
}

/// The kind of the innermost known folder.
fn folder_kind(path: &FilePath, kinds: &Kinds) -> Option<KindId> {
    path.parent().parts().rev().find_map(|part| kinds.of_folder(without_number(part))).map(|kind| kind.id)
}

/// README, index and their like: the page of their folder.
pub fn is_folder_page(path: &FilePath) -> bool {
    matches!(fold(path.stem()).as_str(), "readme" | "index" | "_index" | "leeme")
}

/// A name without a leading number that only orders it: `2-objetivos`, `01_intro`. A year stays.
pub fn without_number(name: &str) -> &str {
    let digits = name.bytes().take_while(u8::is_ascii_digit).count();
    let rest = name.get(digits..).unwrap_or_default();
    let bare = rest.trim_start_matches(['-', '_', '.', ' ']);
    if (1..=3).contains(&digits) && bare.len() < rest.len() && !bare.is_empty() { bare } else { name }
}

/// The name of a file or folder for people: `01-plan_de-crisis` → "Plan de crisis".
pub fn readable(name: &str) -> String {
    let spaced = without_number(name).replace(['-', '_'], " ");
    let readable = capital(spaced.trim());
    if readable.is_empty() { name.to_owned() } else { readable }
}

/// The number that [`without_number`] takes away.
pub fn number_of(name: &str) -> Option<i64> {
    let bare = without_number(name);
    if bare.len() == name.len() {
        return None;
    }
    let digits: String = name.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

fn top(path: &FilePath) -> Option<&str> {
    let mut parts = path.parts();
    let first = parts.next()?;
    parts.next().map(|_| without_number(first))
}

/// Whether this is Markdown.
pub fn is_markdown(path: &FilePath) -> bool {
    path.has_extension(&["md", "markdown", "mdx"])
}

fn is_yaml(path: &FilePath) -> bool {
    path.has_extension(&["yaml", "yml"])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles() {
        let kinds = crate::model::builtin(&mut Vec::new());
        let role_of = |path: &str| role(&FilePath::new(path).expect("a path"), &kinds, true);
        let kind = |name: &str| kinds.named(name).expect("a kind").id;
        assert_eq!(role_of("2-objetivos/canales/instagram.md"), Role::Entity(kind("channel")));
        assert_eq!(role_of("channels/instagram.md"), Role::Entity(kind("channel")));
        assert_eq!(role_of("audiences.yaml"), Role::List(kind("audience")));
        assert_eq!(role_of("equipo/funciones.yaml"), Role::List(kind("role")));
        assert_eq!(role_of("3-contenido/calendario/noviembre.yaml"), Role::KindFolder(kind("post")));
        assert_eq!(role_of("guide/intro.md"), Role::Article);
        assert_eq!(role_of("channels/README.md"), Role::Article);
        assert_eq!(role_of("datos/x.csv"), Role::Data);
        assert_eq!(role_of("logo.png"), Role::Asset);
    }

    #[test]
    fn numbers_that_order() {
        assert_eq!(without_number("2-objetivos"), "objetivos");
        assert_eq!(without_number("2024-05-01-nota"), "2024-05-01-nota");
        assert_eq!(without_number("01"), "01");
        assert_eq!(number_of("03_x"), Some(3));
    }
}
