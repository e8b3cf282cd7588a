//! `portolan schema`: JSON Schemas of all kinds, so that an editor with a YAML language server completes and checks.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use super::{Outcome, failure, language_named, out, own_language};
use crate::finding::Language;
use crate::model::Kinds;
use crate::pipeline;
use crate::schema::Schemas;
use crate::text::nearest;
use crate::words;
use crate::world::{DiskOptions, DiskWorld};

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Folder of a playbook, for its own kinds and the ids that links may name
    #[arg(value_name = "DIR", default_value = ".")]
    folder: PathBuf,
    /// One kind only (`channel`, `canal`, `settings`, `kind-file`, `profile`)
    #[arg(long, value_name = "KIND")]
    kind: Option<String>,
    /// Write one file a kind and an index to this folder, such as `.portolan/schema`
    #[arg(short, long, value_name = "FOLDER", conflicts_with = "kind")]
    output: Option<PathBuf>,
    /// Language in which names are proposed and explained: es or en [default: that of the playbook]
    #[arg(long, value_name = "LANG", value_parser = language_named)]
    lang: Option<Language>,
}

pub fn run(arguments: &Arguments) -> Outcome {
    let language = own_language();
    let shown = arguments.folder.display();
    let world = match DiskWorld::open(&arguments.folder, DiskOptions::default()) {
        Ok(world) => world,
        Err(error) => {
            let what = words!(
                "the folder `{shown}` could not be read: {error}",
                "no se pudo leer la carpeta `{shown}`: {error}"
            );
            return failure(language, &what, None);
        }
    };
    let checked = pipeline::check(&world);
    let kinds: &Kinds = &checked.playbook.kinds;
    let has_entities = !checked.playbook.entities.is_empty() || checked.playbook.settings_span.is_some();
    let of_playbook = if has_entities { pipeline::language(&checked) } else { language };
    let mut ids: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for entity in &checked.playbook.entities {
        if let Some(kind) = kinds.kind(entity.kind) {
            ids.entry(kind.name.clone()).or_default().push(entity.id.clone());
        }
    }
    let schemas = Schemas { kinds, language: arguments.lang.unwrap_or(of_playbook), ids };
    if let Some(folder) = &arguments.output {
        let files = schemas.all();
        for (name, text) in &files {
            let path = folder.join(name);
            let written = fs::create_dir_all(folder).and_then(|()| fs::write(&path, text));
            if let Err(error) = written {
                let shown = path.display();
                let what = words!(
                    "`{shown}` could not be written: {error}",
                    "no se pudo escribir `{shown}`: {error}"
                );
                return failure(language, &what, None);
            }
        }
        let (count, shown) = (files.len(), folder.display());
        out(&match language {
            Language::English => format!("{count} files are in {shown}.\n"),
            Language::Spanish => format!("En {shown} hay {count} archivos.\n"),
        });
        return Outcome::Clean;
    }
    let Some(name) = arguments.kind.as_deref() else {
        out(&schemas.together());
        return Outcome::Clean;
    };
    let Some(document) = schemas.one(name) else { return unknown_kind(language, kinds, name) };
    out(&document);
    Outcome::Clean
}

/// There is no such kind; the nearest name, or all.
pub(super) fn unknown_kind(language: Language, kinds: &Kinds, name: &str) -> Outcome {
    let what = words!("there is no kind `{name}`", "no hay ningún tipo `{name}`");
    let names = kinds.iter().flat_map(|kind| [kind.name.as_str(), kind.es.as_str()]);
    let help = match nearest(name, names) {
        Some(near) => words!("did you mean `{near}`?", "¿querías decir `{near}`?"),
        None => {
            let list =
                |name: fn(&crate::model::Kind) -> &str| kinds.iter().map(name).collect::<Vec<_>>().join(", ");
            let (en, es) = (list(|kind| &kind.name), list(|kind| &kind.es));
            words!("the kinds are {en}", "los tipos son {es}")
        }
    };
    failure(language, &what, Some(&help))
}
