//! Why a site could not be written, in words for its author. Whatever the error, the site that stood there before is untouched.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use super::fit::{LONGEST, Unfit, is_unseen};
use crate::finding::Words;
use crate::words;

/// A site that was not written.
#[derive(Debug)]
pub enum OutputError {
    /// The place is not one that a site may take.
    Refused {
        /// The folder, as asked for.
        target: PathBuf,
        /// What speaks against it.
        reason: Refusal,
    },
    /// Another build is writing the same site.
    Busy {
        /// The folder.
        target: PathBuf,
        /// Number of the other process, when known.
        process: Option<u32>,
    },
    /// A page has an address that cannot be a file everywhere.
    Unfit {
        /// Path below the root of the site.
        path: String,
        /// What is wrong with it.
        reason: Unfit,
    },
    /// Two pages would be one file, here or on a system that keeps neither case nor spelling of accents.
    Collision {
        /// The path that came second, below the root of the site.
        path: String,
        /// The path that came first; a folder ends in a slash.
        other: String,
    },
    /// The system refused.
    System {
        /// Which file or folder.
        file: PathBuf,
        /// What was attempted.
        attempt: Attempt,
        /// What the system says.
        error: io::Error,
    },
}

/// Why a folder is not replaced by a site. Lists of names are sorted and complete.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// A symbolic link.
    Link,
    /// A file.
    File,
    /// The root of the file system.
    Root,
    /// The home folder, or one that holds it.
    Home,
    /// The playbook's folder.
    Source,
    /// A folder that holds the playbook.
    AboveSource,
    /// The root of a repository.
    Repository,
    /// A folder with content and without a manifest.
    NotOurs(Vec<String>),
    /// Files that no build made.
    Foreign(Vec<String>),
    /// Files that a build made and somebody changed.
    Edited(Vec<String>),
    /// The manifest was changed or cut short.
    DamagedManifest,
    /// The manifest is of a later version of the program.
    NewerManifest,
    /// A file that no build made stands where a zip is to be written.
    OtherFile,
}

/// What was done when the system refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attempt {
    /// Looking at what is there.
    Look,
    /// Making a folder.
    Folder,
    /// Taking the lock beside the site.
    Lock,
    /// Writing a file of the new site.
    Write,
    /// Taking over an unchanged file of the old site.
    Keep,
    /// Bringing the new site safely to the disk.
    Sync,
    /// Putting the new site in the place of the old one.
    Swap,
    /// Removing what an earlier build left behind.
    Clean,
}

impl OutputError {
    /// What happened: a phrase, small first letter, no full stop.
    pub fn words(&self) -> Words {
        match self {
            Self::Refused { target, reason } => reason.words(&shown(&target.to_string_lossy())),
            Self::Busy { target, process: Some(process) } => {
                let target = shown(&target.to_string_lossy());
                words!(
                    "another build (process {process}) is writing `{target}` at this moment",
                    "otra generación (proceso {process}) está escribiendo `{target}` en este momento"
                )
            }
            Self::Busy { target, process: None } => {
                let target = shown(&target.to_string_lossy());
                words!(
                    "another build is writing `{target}` at this moment",
                    "otra generación está escribiendo `{target}` en este momento"
                )
            }
            Self::Unfit { path, reason } => reason.words(&shown(path)),
            Self::Collision { path, other } if path == other => {
                let path = shown(path);
                words!(
                    "two pages would be written to the same file `{path}`",
                    "dos páginas se escribirían en el mismo archivo `{path}`"
                )
            }
            Self::Collision { path, other } => {
                let (path, other) = (shown(path), shown(other));
                words!(
                    "`{path}` and `{other}` are the same to many computers and web servers",
                    "`{path}` y `{other}` son lo mismo para muchos ordenadores y servidores web"
                )
            }
            Self::System { file, attempt, error } => {
                let told = attempt.words(&shown(&file.to_string_lossy()));
                let reason = reason(error);
                Words { en: format!("{}: {}", told.en, reason.en), es: format!("{}: {}", told.es, reason.es) }
            }
        }
    }

    /// What to do about it.
    pub fn help(&self) -> Words {
        match self {
            Self::Refused { reason, .. } => reason.help(),
            Self::Busy { .. } => words!(
                "wait until it has finished and build again, or write to another folder with `-o`",
                "espera a que termine y vuelve a generar, o escribe en otra carpeta con `-o`"
            ),
            Self::Unfit { .. } => words!(
                "rename the source file with letters, digits and hyphens",
                "cambia el nombre del archivo de origen: solo letras, cifras y guiones"
            ),
            Self::Collision { .. } => {
                words!("give one of the two another name", "cambia el nombre de una de las dos")
            }
            Self::System { error, .. } => system_help(error),
        }
    }
}

impl fmt::Display for OutputError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.words().en)
    }
}

impl std::error::Error for OutputError {}

impl Refusal {
    fn words(&self, target: &str) -> Words {
        match self {
            Self::Link => words!(
                "`{target}` is a link, and a site is never written through a link",
                "`{target}` es un enlace, y un sitio nunca se escribe a través de un enlace"
            ),
            Self::File => words!(
                "`{target}` is a file, and a site needs a folder",
                "`{target}` es un archivo, y un sitio necesita una carpeta"
            ),
            Self::Root => words!(
                "`{target}` is the root of the disk; a site would replace all that is in it",
                "`{target}` es la raíz del disco; un sitio sustituiría todo lo que contiene"
            ),
            Self::Home => words!(
                "`{target}` is or holds your home folder; a site would replace all that is in it",
                "`{target}` es o contiene tu carpeta personal; un sitio sustituiría todo lo que contiene"
            ),
            Self::Source => words!(
                "`{target}` is the folder of the playbook itself; the site would replace your sources",
                "`{target}` es la carpeta de la propia guía; el sitio sustituiría tus archivos de origen"
            ),
            Self::AboveSource => words!(
                "`{target}` holds the folder of the playbook; the site would replace your sources",
                "`{target}` contiene la carpeta de la guía; el sitio sustituiría tus archivos de origen"
            ),
            Self::Repository => words!(
                "`{target}` is the root of a repository (it has a `.git`)",
                "`{target}` es la raíz de un repositorio (tiene un `.git`)"
            ),
            Self::NotOurs(names) => {
                let (en, es) = list(names);
                words!(
                    "`{target}` is not empty and was not made by Portolan: it holds {en}",
                    "`{target}` no está vacía y no la ha creado Portolan: contiene {es}"
                )
            }
            Self::Foreign(names) => {
                let (en, es) = list(names);
                words!(
                    "`{target}` holds what no build has made and the new site would remove: {en}",
                    "`{target}` contiene cosas que no ha creado ninguna generación y que el sitio nuevo borraría: {es}"
                )
            }
            Self::Edited(names) => {
                let (en, es) = list(names);
                words!(
                    "`{target}` was changed by hand after the last build, and the changes would be lost: {en}",
                    "`{target}` se ha modificado a mano después de la última generación, y los cambios se perderían: {es}"
                )
            }
            Self::DamagedManifest => words!(
                "`{target}` holds a file `.portolan` that was changed or cut short, so it cannot be told what is ours in it",
                "`{target}` contiene un archivo `.portolan` modificado o incompleto, y no se puede saber qué es nuestro"
            ),
            Self::OtherFile => words!(
                "`{target}` exists and is no zip of a site made by this program",
                "`{target}` ya existe y no es un zip hecho por este programa"
            ),
            Self::NewerManifest => words!(
                "`{target}` was written by a newer version of Portolan",
                "`{target}` se escribió con una versión más reciente de Portolan"
            ),
        }
    }

    fn help(&self) -> Words {
        match self {
            Self::Foreign(_) => words!(
                "move these files out; what the site should carry belongs into the playbook's folder",
                "saca esos archivos de ahí; lo que deba publicarse con el sitio va en la carpeta de la guía"
            ),
            Self::Edited(_) => words!(
                "make the change in the playbook, then delete the changed file here and build again",
                "haz el cambio en la guía, borra aquí el archivo modificado y vuelve a generar"
            ),
            Self::DamagedManifest => words!(
                "delete the folder yourself if nothing in it is yours, or write to another one with `-o`",
                "borra tú la carpeta si no hay nada tuyo en ella, o escribe en otra con `-o`"
            ),
            Self::OtherFile => words!(
                "name another file with `--zip=FILE`, or move that one away",
                "indica otro archivo con `--zip=ARCHIVO`, o aparta ese"
            ),
            Self::NewerManifest => words!(
                "update Portolan, or write to another folder with `-o`",
                "actualiza Portolan o escribe en otra carpeta con `-o`"
            ),
            _ => words!(
                "give the site a folder of its own, for example `-o site`",
                "dale al sitio una carpeta propia, por ejemplo `-o sitio`"
            ),
        }
    }
}

impl Unfit {
    fn words(&self, path: &str) -> Words {
        match self {
            Self::Empty => words!(
                "the address `{path}` has an empty part",
                "la dirección `{path}` tiene una parte vacía"
            ),
            Self::Dots => {
                words!("the address `{path}` leads out of the site", "la dirección `{path}` sale del sitio")
            }
            Self::Character(character) => {
                let character = character.escape_debug();
                words!(
                    "the address `{path}` has a character that file systems refuse: `{character}`",
                    "la dirección `{path}` tiene un carácter que los sistemas de archivos rechazan: `{character}`"
                )
            }
            Self::Device(part) => words!(
                "the address `{path}` has a part that Windows keeps for a device: `{part}`",
                "la dirección `{path}` tiene una parte que Windows reserva para un dispositivo: `{part}`"
            ),
            Self::Ending(part) => words!(
                "the address `{path}` has a part that ends in a dot or a space: `{part}`",
                "la dirección `{path}` tiene una parte que acaba en punto o en espacio: `{part}`"
            ),
            Self::Long(part) => {
                let bytes = part.len();
                words!(
                    "the address `{path}` has a part of {bytes} bytes; the limit is {LONGEST}",
                    "la dirección `{path}` tiene una parte de {bytes} bytes; el límite es {LONGEST}"
                )
            }
            Self::Decomposed(_) => words!(
                "the address `{path}` writes its accents as separate characters",
                "la dirección `{path}` escribe las tildes como caracteres separados"
            ),
            Self::Kept => words!(
                "the name `{path}` is kept for the program's own list of files",
                "el nombre `{path}` está reservado para la lista de archivos del programa"
            ),
        }
    }
}

impl Attempt {
    fn words(self, file: &str) -> Words {
        match self {
            Self::Look => words!("cannot read `{file}`", "no se puede leer `{file}`"),
            Self::Folder => {
                words!("cannot make the folder `{file}`", "no se puede crear la carpeta `{file}`")
            }
            Self::Lock => words!(
                "cannot make the lock file `{file}` beside the site",
                "no se puede crear el archivo de bloqueo `{file}` junto al sitio"
            ),
            Self::Write => words!("cannot write `{file}`", "no se puede escribir `{file}`"),
            Self::Keep => words!(
                "cannot take over `{file}` from the site as it was",
                "no se puede conservar `{file}` del sitio anterior"
            ),
            Self::Sync => words!(
                "cannot bring the new site `{file}` safely to the disk",
                "no se puede guardar en el disco con seguridad el sitio nuevo `{file}`"
            ),
            Self::Swap => words!(
                "cannot put the new site in the place of `{file}`",
                "no se puede poner el sitio nuevo en lugar de `{file}`"
            ),
            Self::Clean => words!(
                "cannot remove `{file}`, left behind by an earlier build",
                "no se puede borrar `{file}`, un resto de una generación anterior"
            ),
        }
    }
}

/// What the system said, in words of both languages where we have them.
fn reason(error: &io::Error) -> Words {
    use io::ErrorKind as Kind;
    match error.kind() {
        Kind::StorageFull => words!("the disk is full", "el disco está lleno"),
        Kind::QuotaExceeded => words!("your share of the disk is used up", "has agotado tu cuota de disco"),
        Kind::FileTooLarge => words!(
            "the file is larger than this system allows",
            "el archivo es más grande de lo que permite este sistema"
        ),
        Kind::PermissionDenied => words!("you have no permission", "no tienes permiso"),
        Kind::ReadOnlyFilesystem => words!("the disk is read-only", "el disco es de solo lectura"),
        Kind::NotFound => words!("it is not there", "no existe"),
        Kind::AlreadyExists => words!("there is something already", "ya existe algo con ese nombre"),
        Kind::NotADirectory => {
            words!("a part of the path is no folder", "una parte de la ruta no es una carpeta")
        }
        Kind::ResourceBusy => {
            words!(
                "the folder is in use, or is a disk of its own",
                "la carpeta está en uso, o es un disco aparte"
            )
        }
        Kind::InvalidFilename => {
            words!("the name is too long or not allowed", "el nombre es demasiado largo o no está permitido")
        }
        _ => Words::same(shown(&error.to_string())),
    }
}

fn system_help(error: &io::Error) -> Words {
    use io::ErrorKind as Kind;
    match error.kind() {
        Kind::StorageFull | Kind::QuotaExceeded | Kind::FileTooLarge => words!(
            "make room and build again; while building, the new site stands beside the old one. The old site is untouched",
            "libera espacio y vuelve a generar; mientras se genera, el sitio nuevo convive con el anterior. El sitio anterior está intacto"
        ),
        Kind::PermissionDenied | Kind::ReadOnlyFilesystem => words!(
            "write to a folder that is yours with `-o`; the folder that holds the site must be writable too. The old site is untouched",
            "escribe con `-o` en una carpeta tuya; también hay que poder escribir en la carpeta que contiene el sitio. El sitio anterior está intacto"
        ),
        Kind::ResourceBusy => words!(
            "when the folder is a mounted disk, write to a folder inside it, for example `-o disk/site`. The old site is untouched",
            "si la carpeta es un disco montado, escribe en una carpeta dentro de él, por ejemplo `-o disco/sitio`. El sitio anterior está intacto"
        ),
        _ => words!("the old site is untouched", "el sitio anterior está intacto"),
    }
}

/// The first five of these names, in both languages.
fn list(names: &[String]) -> (String, String) {
    const SHOWN: usize = 5;
    let first: Vec<String> = names.iter().take(SHOWN).map(|name| format!("`{}`", shown(name))).collect();
    let first = first.join(", ");
    match names.len().saturating_sub(SHOWN) {
        0 => (first.clone(), first),
        more => (format!("{first} and {more} more"), format!("{first} y {more} más")),
    }
}

/// A name that cannot play tricks on a terminal.
fn shown(name: &str) -> String {
    let mut text = String::with_capacity(name.len());
    for character in name.chars() {
        if character.is_control() || is_unseen(character) {
            text.extend(character.escape_unicode());
        } else {
            text.push(character);
        }
    }
    text
}

/// Says of which file and attempt an error of the system is.
pub trait Attempted<T> {
    /// Adds file and attempt.
    fn attempted(self, attempt: Attempt, file: &Path) -> Result<T, OutputError>;
}

impl<T> Attempted<T> for io::Result<T> {
    fn attempted(self, attempt: Attempt, file: &Path) -> Result<T, OutputError> {
        self.map_err(|error| OutputError::System { file: file.to_owned(), attempt, error })
    }
}
