//! `portolan schema`: JSON Schemas of all kinds, so that an editor with a YAML language server completes and checks.

use std::path::PathBuf;

use super::{Outcome, failure, out, own_language};
use crate::read;
use crate::schema;
use crate::words;
use crate::world::{DiskOptions, DiskWorld};

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Folder of a playbook, for its own kinds
    #[arg(value_name = "DIR", default_value = ".")]
    folder: PathBuf,
    /// One kind only (`channel`, `canal`, `settings`)
    #[arg(long, value_name = "KIND")]
    kind: Option<String>,
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
    let kinds = read::kinds(&world);
    let Some(document) = schema::schema(&kinds, arguments.kind.as_deref()) else {
        let name = arguments.kind.as_deref().unwrap_or_default();
        let known: Vec<&str> = kinds.all_names().collect();
        let known = known.join(", ");
        let what = words!("there is no kind `{name}`", "no hay ningún tipo `{name}`");
        let help = words!("the kinds are {known}", "los tipos son {known}");
        return failure(language, &what, Some(&help));
    };
    out(&document);
    Outcome::Clean
}
