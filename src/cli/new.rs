//! `portolan new KIND NAME`: a file of a kind to fill in, with every field and what it is for.

use std::fs;
use std::io::Write;
use std::path::PathBuf;

use super::schema::unknown_kind;
use super::{Outcome, failure, out, own_language};
use crate::finding::Language;
use crate::model::{Kind, Kinds};
use crate::pipeline;
use crate::read::{Files, without_number};
use crate::schema::front_matter;
use crate::text::slug;
use crate::words;
use crate::world::{DiskOptions, DiskWorld};

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// What it is: `channel`, `canal`, or a kind of the playbook's own
    #[arg(value_name = "KIND")]
    kind: String,
    /// Its name, as people read it
    #[arg(value_name = "NAME")]
    name: String,
    /// Folder of the playbook
    #[arg(value_name = "DIR", default_value = ".")]
    folder: PathBuf,
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
    let language =
        if checked.playbook.settings_span.is_some() { pipeline::language(&checked) } else { language };
    let kinds: &Kinds = &checked.playbook.kinds;
    let Some(kind) = kinds.named(&arguments.kind).filter(|kind| kind.name != "article") else {
        return unknown_kind(language, kinds, &arguments.kind);
    };
    let id = slug(&arguments.name);
    if id.is_empty() {
        let what = words!("the name needs a letter or a digit", "el nombre necesita alguna letra o cifra");
        return failure(language, &what, None);
    }
    let taken = checked.playbook.entities.iter().find(|entity| entity.kind == kind.id && entity.id == id);
    let path = format!("{}/{id}.md", folder_of(&checked.files, kinds, kind, language));
    if let Some(file) = taken.map(|entity| entity.file.to_string()) {
        let what = words!("there is already `{id}`, in `{file}`", "ya existe `{id}`, en `{file}`");
        let help = words!("choose another name", "elige otro nombre");
        return failure(language, &what, Some(&help));
    }
    let target = arguments.folder.join(&path);
    let text = front_matter(kind, &arguments.name, language);
    let parent = target.parent().map_or(Ok(()), fs::create_dir_all);
    let written = parent
        .and_then(|()| fs::File::create_new(&target))
        .and_then(|mut file| file.write_all(text.as_bytes()));
    let shown = target.display();
    match written {
        Ok(()) => {
            out(&match language {
                Language::English => format!("{shown}\nFill in the fields; those behind # may stay away.\n"),
                Language::Spanish => {
                    format!("{shown}\nRellena los campos; los que van tras # son opcionales.\n")
                }
            });
            Outcome::Clean
        }
        Err(error) => {
            let what =
                words!("`{shown}` could not be written: {error}", "no se pudo escribir `{shown}`: {error}");
            failure(language, &what, None)
        }
    }
}

/// The folder of the kind that the playbook has, else the one of its language.
fn folder_of(files: &Files, kinds: &Kinds, kind: &Kind, language: Language) -> String {
    let known = files.iter().find_map(|path| {
        let mut folder = path.parent();
        while !folder.as_str().is_empty() {
            let is_kind =
                kinds.of_folder(without_number(folder.name())).is_some_and(|found| found.id == kind.id);
            if is_kind {
                return Some(folder.to_string());
            }
            folder = folder.parent();
        }
        None
    });
    known.unwrap_or_else(|| kind.folder.within(language).to_owned())
}
