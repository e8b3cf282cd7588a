//! `portolan theme`: what of the look can be overridden, a built-in file as one's own, and the contract of templates.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use clap::{Subcommand, ValueEnum};

use super::{Outcome, failure, language_named, out, own_language};
use crate::finding::Language;
use crate::pipeline::{self, Checked};
use crate::theme::{self, Ejected, Inventory, NothingToEject};
use crate::words;
use crate::world::{DiskOptions, DiskWorld};

#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Lists everything that a playbook's theme can override, and what it overrides now
    List(List),
    /// Writes a built-in file into the playbook's theme folder, to be changed there
    Eject(Eject),
    /// Prints the JSON Schema of everything that a template gets
    Schema,
}

#[derive(Debug, clap::Args)]
struct List {
    /// Folder of the playbook
    #[arg(value_name = "DIR", default_value = ".")]
    folder: PathBuf,
    /// One part only
    #[arg(long, value_enum)]
    only: Option<Part>,
    /// How it is printed
    #[arg(long, value_enum, default_value_t = Form::Human)]
    format: Form,
    /// Language of the listing: es or en [default: that of the playbook]
    #[arg(long, value_name = "LANG", value_parser = language_named)]
    lang: Option<Language>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Part {
    Templates,
    Components,
    Tokens,
    Words,
    Styles,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Form {
    /// For people
    Human,
    /// One JSON document
    Json,
}

#[derive(Debug, clap::Args)]
struct Eject {
    /// The file: `entity.html`, `components/figure.html`, `kinds/channel.html`, `style.css`, `words/es.yaml`
    #[arg(value_name = "FILE")]
    file: String,
    /// Folder of the playbook
    #[arg(value_name = "DIR", default_value = ".")]
    folder: PathBuf,
    /// One block of the template only, such as `facts`
    #[arg(long, value_name = "NAME")]
    block: Option<String>,
    /// Print it and write nothing
    #[arg(long)]
    print: bool,
}

pub fn run(arguments: &Arguments) -> Outcome {
    match &arguments.command {
        Command::List(arguments) => list(arguments),
        Command::Eject(arguments) => eject(arguments),
        Command::Schema => {
            out(theme::SCHEMA);
            Outcome::Clean
        }
    }
}

fn read(folder: &Path) -> Result<(Checked, Language), Outcome> {
    let language = own_language();
    let shown = folder.display();
    let world = DiskWorld::open(folder, DiskOptions::default()).map_err(|error| {
        let what = words!(
            "the folder `{shown}` could not be read: {error}",
            "no se pudo leer la carpeta `{shown}`: {error}"
        );
        failure(language, &what, None)
    })?;
    let checked = pipeline::check(&world);
    let language =
        if checked.playbook.settings_span.is_some() { pipeline::language(&checked) } else { language };
    Ok((checked, language))
}

fn list(arguments: &List) -> Outcome {
    let (checked, language) = match read(&arguments.folder) {
        Ok(read) => read,
        Err(outcome) => return outcome,
    };
    let language = arguments.lang.unwrap_or(language);
    let inventory = theme::inventory(&checked.theme, language.tag());
    if arguments.format == Form::Json {
        let document = match arguments.only {
            None => serde_json::to_string_pretty(&inventory),
            Some(Part::Templates) => serde_json::to_string_pretty(&inventory.templates),
            Some(Part::Components) => serde_json::to_string_pretty(&inventory.components),
            Some(Part::Tokens) => serde_json::to_string_pretty(&inventory.tokens),
            Some(Part::Words) => serde_json::to_string_pretty(&inventory.words),
            Some(Part::Styles) => serde_json::to_string_pretty(&inventory.styles),
        };
        out(&document.unwrap_or_default());
        out("\n");
        return Outcome::Clean;
    }
    out(&human(&inventory, arguments.only, language));
    Outcome::Clean
}

fn human(inventory: &Inventory, only: Option<Part>, language: Language) -> String {
    let mut text = String::new();
    let wished = |part: Part| only.is_none_or(|only| only == part);
    let head = |text: &mut String, en: &str, es: &str| {
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(match language {
            Language::English => en,
            Language::Spanish => es,
        });
        text.push('\n');
    };
    let line = |text: &mut String, own: bool, name: &str, rest: &str| {
        let mark = if own { '*' } else { ' ' };
        text.push_str(format!("{mark} {name:<26}  {rest}").trim_end());
        text.push('\n');
    };
    if wished(Part::Templates) {
        head(&mut text, "Templates and their blocks", "Plantillas y sus bloques");
        for one in &inventory.templates {
            line(&mut text, one.overridden, &one.name, &one.blocks.join(" "));
        }
        for name in &inventory.further {
            line(&mut text, true, name, "");
        }
    }
    if wished(Part::Components) {
        head(&mut text, "Components", "Componentes");
        for one in &inventory.components {
            line(&mut text, one.overridden, &one.signature, &one.file);
        }
    }
    if wished(Part::Tokens) {
        head(
            &mut text,
            "Variables of the style sheet, on light and on dark pages",
            "Variables de la hoja de estilo, en páginas claras y oscuras",
        );
        for one in &inventory.tokens {
            let values =
                if one.dark.is_empty() { one.light.clone() } else { format!("{}  {}", one.light, one.dark) };
            line(&mut text, one.overridden, &one.name, &values);
        }
    }
    if wished(Part::Styles) {
        head(
            &mut text,
            "Style sheets; yours is loaded after them",
            "Hojas de estilo; la vuestra se carga después",
        );
        for one in &inventory.styles {
            line(&mut text, one.overridden, &one.name, "");
        }
    }
    if wished(Part::Words) {
        head(&mut text, "Words", "Palabras");
        let own = inventory.words.iter().filter(|word| !word.own.is_empty());
        let all = only == Some(Part::Words);
        let shown: Vec<_> = if all { inventory.words.iter().collect() } else { own.collect() };
        for word in shown {
            let changed = if word.own.is_empty() { String::new() } else { format!("  → {}", word.own) };
            line(&mut text, !word.own.is_empty(), &word.key, &format!("{}{changed}", word.text));
        }
        if !all {
            let count = inventory.words.len();
            text.push_str(&match language {
                Language::English => {
                    format!("  {count} words: `portolan theme list --only words` shows them\n")
                }
                Language::Spanish => {
                    format!("  {count} palabras: `portolan theme list --only words` las muestra\n")
                }
            });
        }
    }
    text.push_str(match language {
        Language::English => "\n* the playbook has its own. `portolan theme eject FILE [--block NAME]` writes one to begin with.\n",
        Language::Spanish => "\n* la guía tiene la suya. `portolan theme eject ARCHIVO [--block NOMBRE]` escribe una con la que empezar.\n",
    });
    text
}

fn eject(arguments: &Eject) -> Outcome {
    let (checked, language) = match read(&arguments.folder) {
        Ok(read) => read,
        Err(outcome) => return outcome,
    };
    let name = arguments.file.strip_prefix("theme/").or_else(|| arguments.file.strip_prefix("tema/"));
    let name = name.unwrap_or(&arguments.file);
    let ejected = match theme::eject(name, arguments.block.as_deref(), language) {
        Ok(ejected) => ejected,
        Err(nothing) => match of_kind(name, arguments, &checked, language) {
            Some(ejected) => ejected,
            None => return unknown(name, &nothing, language),
        },
    };
    if arguments.print {
        out(&ejected.text);
        return Outcome::Clean;
    }
    let folder = theme_folder(&checked, language);
    let target = arguments.folder.join(folder).join(&ejected.path);
    let shown = target.display();
    let parent = target.parent().map_or(Ok(()), fs::create_dir_all);
    let written = parent
        .and_then(|()| fs::File::create_new(&target))
        .and_then(|mut file| file.write_all(ejected.text.as_bytes()));
    match written {
        Ok(()) => {
            out(&match language {
                Language::English => {
                    format!("{shown}\nIt now takes the place of ours; delete it to have ours again.\n")
                }
                Language::Spanish => {
                    format!("{shown}\nAhora sustituye al nuestro; bórralo para volver a tenerlo.\n")
                }
            });
            Outcome::Clean
        }
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            let what = words!("`{shown}` is there already", "`{shown}` ya existe");
            let help = words!(
                "nothing was written; `--print` shows ours",
                "no se ha escrito nada; `--print` muestra el nuestro"
            );
            failure(language, &what, Some(&help))
        }
        Err(error) => {
            let what =
                words!("`{shown}` could not be written: {error}", "no se pudo escribir `{shown}`: {error}");
            failure(language, &what, None)
        }
    }
}

/// A template for a kind that has none of its own.
fn of_kind(name: &str, arguments: &Eject, checked: &Checked, language: Language) -> Option<Ejected> {
    let name = name.strip_prefix("templates/").unwrap_or(name);
    let kind = name.strip_prefix("kinds/")?.trim_end_matches(".html");
    let kind = checked.playbook.kinds.named(kind).filter(|_| arguments.block.is_none())?;
    Some(theme::for_kind(&kind.name, language))
}

fn unknown(name: &str, nothing: &NothingToEject, language: Language) -> Outcome {
    let (what, near, else_help) = match nothing {
        NothingToEject::File(near) => (
            words!("the theme has no file `{name}`", "el tema no tiene ningún archivo `{name}`"),
            near,
            words!("`portolan theme list` says what there is", "`portolan theme list` dice qué hay"),
        ),
        NothingToEject::Block(near, all) => {
            let list = all.join(", ");
            (
                words!("`{name}` has no such block", "`{name}` no tiene ese bloque"),
                near,
                words!("its blocks are {list}", "sus bloques son {list}"),
            )
        }
    };
    let help = match near {
        Some(near) => words!("did you mean `{near}`?", "¿querías decir `{near}`?"),
        None => else_help,
    };
    failure(language, &what, Some(&help))
}

/// The theme folder that the playbook has, else the one of its language.
fn theme_folder(checked: &Checked, language: Language) -> &'static str {
    let has = |folder: &str| checked.files.iter().any(|file| file.parts().next() == Some(folder));
    match language {
        _ if has("theme") => "theme",
        _ if has("tema") => "tema",
        Language::Spanish => "tema",
        Language::English => "theme",
    }
}
