//! `portolan init`: a playbook to begin with, in Spanish or English.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use super::{Outcome, failure, language_named, out, own_language};
use crate::finding::Language;
use crate::model::{self, Kinds};
use crate::schema::{self, Editor, Schemas};
use crate::words;

include!(concat!(env!("OUT_DIR"), "/starter_files.rs"));

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Folder to make; it must not exist or be empty
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Language of the playbook: es or en [default: that of the terminal]
    #[arg(long, value_name = "LANG", value_parser = language_named)]
    lang: Option<Language>,
}

pub fn run(arguments: &Arguments) -> Outcome {
    let language = arguments.lang.unwrap_or_else(own_language);
    let folder = &arguments.folder;
    let shown = folder.display();
    if !is_free(folder) {
        let what = words!("`{shown}` is not empty", "`{shown}` no está vacía");
        let help = words!("name a folder that does not exist yet", "indica una carpeta que aún no exista");
        return failure(language, &what, Some(&help));
    }
    let prefix = format!("{}/", language.tag());
    let kinds = model::builtin(&mut Vec::new());
    let schemas = Schemas { kinds: &kinds, language, ids: BTreeMap::new() };
    let mut count = 0;
    for (name, text) in STARTER_FILES {
        let Some(name) = name.strip_prefix(prefix.as_str()) else { continue };
        let text = modeline(&kinds, name) + text;
        if let Err(error) = write(&folder.join(name), &text) {
            let what =
                words!("`{name}` could not be written: {error}", "no se pudo escribir `{name}`: {error}");
            return failure(language, &what, None);
        }
        count += 1;
    }
    let schema = schemas.all().into_iter().map(|(name, text)| (format!("{}/{name}", schema::FOLDER), text));
    for (name, text) in schema.chain(Editor { schemas: &schemas }.settings()) {
        if let Err(error) = write(&folder.join(&name), &text) {
            let what =
                words!("`{name}` could not be written: {error}", "no se pudo escribir `{name}`: {error}");
            return failure(language, &what, None);
        }
    }
    let next = match language {
        Language::English => format!(
            "A playbook of {count} files is in {shown}.\nRead {shown}/README.md, change what you like, and see it with\n  portolan build {shown}\n"
        ),
        Language::Spanish => format!(
            "En {shown} hay una guía de {count} archivos.\nLee {shown}/README.md, cambia lo que quieras y mírala con\n  portolan build {shown}\n"
        ),
    };
    out(&next);
    Outcome::Clean
}

fn is_free(folder: &Path) -> bool {
    match fs::read_dir(folder) {
        Ok(mut entries) => entries.next().is_none(),
        Err(error) => error.kind() == std::io::ErrorKind::NotFound && folder.symlink_metadata().is_err(),
    }
}

/// For editors other than VS Code: the schema of a YAML file, in its first line.
fn modeline(kinds: &Kinds, name: &str) -> String {
    let stem = name.strip_suffix(".yaml").unwrap_or_default();
    let schema = match stem {
        "playbook" | "guia" => "settings".to_owned(),
        stem => match kinds.of_folder(stem) {
            Some(kind) => format!("{}-list", kind.name),
            None => return String::new(),
        },
    };
    format!("# yaml-language-server: $schema={}/{schema}.json\n", schema::FOLDER)
}

/// Never over something that is there already.
fn write(path: &Path, text: &str) -> std::io::Result<()> {
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    fs::File::create_new(path)?.write_all(text.as_bytes())
}
