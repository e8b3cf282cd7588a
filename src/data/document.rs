//! From a data file to its texts: a CSV file is one, a zip has one for each table in it, a workbook one for each visible sheet.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::finding::{Code, Finding, Level};
use crate::syntax::archive::{self, Archive, Unread};
use crate::syntax::workbook::{self, Fault, Limit, Workbook};
use crate::syntax::{Container, decode, encoding_of};
use crate::text::{FilePath, Place, SourceId, Sources, Spanned, nearest};
use crate::words;
use crate::world::{Lost, Refusal, World};

/// More in a zip or a workbook than is read.
static DATA_FILE_LIMIT: Code =
    Code { id: "P423", name: "data_file_limit", level: Level::Error, since: "0.1.0" };
/// A data file whose bytes are no table, or are damaged.
static UNREADABLE_DATA_FILE: Code =
    Code { id: "P424", name: "unreadable_data_file", level: Level::Error, since: "0.1.0" };
/// A data file with a password.
static ENCRYPTED_DATA_FILE: Code =
    Code { id: "P425", name: "encrypted_data_file", level: Level::Error, since: "0.1.0" };
/// A zip in a zip.
static NESTED_ARCHIVE: Code =
    Code { id: "P426", name: "nested_archive", level: Level::Warning, since: "0.1.0" };
/// No such file in a zip, or sheet in a workbook.
static NO_SUCH_PART: Code = Code { id: "P428", name: "no_such_part", level: Level::Error, since: "0.1.0" };
/// Hidden sheets of a workbook.
static HIDDEN_SHEET: Code = Code { id: "P429", name: "hidden_sheet", level: Level::Note, since: "0.1.0" };
/// A file with several tables, of which none was named.
static PART_NOT_NAMED: Code =
    Code { id: "P430", name: "part_not_named", level: Level::Warning, since: "0.1.0" };

/// Codes of this file.
pub static CODES: &[&Code] = &[
    &DATA_FILE_LIMIT,
    &UNREADABLE_DATA_FILE,
    &ENCRYPTED_DATA_FILE,
    &NESTED_ARCHIVE,
    &NO_SUCH_PART,
    &HIDDEN_SHEET,
    &PART_NOT_NAMED,
];

/// Extensions of files that may hold data.
pub const EXTENSIONS: &[&str] = &["csv", "tsv", "txt", "zip", "xlsx", "xlsm", "xls", "ods"];

/// One text with places: a CSV file, a file in a zip, a sheet of a workbook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// The text, under the path `path#member`.
    pub source: SourceId,
    /// The file on disk.
    pub path: FilePath,
    /// Name in the zip, or of the sheet.
    pub member: Option<String>,
    /// From a workbook: numbers have a decimal point, dates are ISO, and nothing is to be guessed.
    pub exact: bool,
    /// The encoding of the text; of a sheet empty.
    pub encoding: &'static str,
}

/// Reads a data file, whatever it is by its bytes. What cannot be read is told, and is not among the documents.
pub fn open(
    world: &dyn World,
    path: &FilePath,
    sources: &mut Sources,
    findings: &mut Vec<Finding>,
) -> Vec<Document> {
    match world.read(path) {
        Ok(bytes) => {
            let mut opener = Opener { world, path, sources, findings, documents: Vec::new() };
            opener.open(bytes, None);
            opener.documents
        }
        Err(error) => {
            findings.push(refused(path, &error.reason));
            Vec::new()
        }
    }
}

/// The document that an author means: by the name of its part, or the only one, or the first.
pub fn pick<'d>(
    documents: &'d [Document],
    part: Option<&str>,
    name: &Spanned<String>,
    findings: &mut Vec<Finding>,
) -> Option<&'d Document> {
    let first = documents.first()?;
    let names: Vec<&str> = documents.iter().filter_map(|document| document.member.as_deref()).collect();
    let list = || names.iter().take(8).map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    let file = &first.path;
    let Some(part) = part else {
        if documents.len() > 1 {
            let (count, list) = (documents.len(), list());
            let read = first.member.as_deref().unwrap_or_default();
            findings.push(
                Finding::new(
                    &PART_NOT_NAMED,
                    name.span,
                    words!(
                        "`{file}` holds {count} tables, and none of them is named",
                        "`{file}` contiene {count} tablas y no se nombra ninguna"
                    ),
                )
                .why(words!(
                    "the first one is read, `{read}`; there are {list}",
                    "se lee la primera, `{read}`; hay {list}"
                ))
                .help(words!(
                    "name the one that is meant: `{file}#{read}`",
                    "nombra la que sea: `{file}#{read}`"
                )),
            );
        }
        return Some(first);
    };
    let wanted = |document: &&Document| document.member.as_deref() == Some(part);
    let alike = |document: &&Document| {
        let member = document.member.as_deref().unwrap_or_default();
        member.eq_ignore_ascii_case(part) || member.rsplit('/').next() == Some(part)
    };
    let found = documents.iter().find(wanted).or_else(|| documents.iter().find(alike));
    if found.is_none() {
        let finding = Finding::new(
            &NO_SUCH_PART,
            name.span,
            words!("there is no `{part}` in `{file}`", "en `{file}` no hay `{part}`"),
        );
        findings.push(match nearest(part, names.iter().copied()) {
            Some(near) => finding.replace(format!("{file}#{near}")),
            None if names.is_empty() => finding.help(words!(
                "the file is a single table: leave out `#{part}`",
                "el archivo es una sola tabla: quita `#{part}`"
            )),
            None => {
                let list = list();
                finding.help(words!("there are {list}", "hay {list}"))
            }
        });
    }
    found
}

struct Opener<'o> {
    world: &'o dyn World,
    path: &'o FilePath,
    sources: &'o mut Sources,
    findings: &'o mut Vec<Finding>,
    documents: Vec<Document>,
}

impl Opener<'_> {
    /// Reads bytes: of the file itself, or of a member of the zip that it is.
    fn open(&mut self, bytes: Vec<u8>, member: Option<&str>) {
        match Container::of(&bytes) {
            Container::Text => {
                let encoding = encoding_of(&bytes);
                let text = decode(bytes, &self.label(member), self.findings);
                self.add(member, text, encoding);
            }
            Container::Zip if member.is_some() => self.nested(member),
            Container::Zip => self.zip(&bytes),
            Container::Xlsx | Container::Xls | Container::Ods => self.workbook(&bytes, member),
            Container::Html => self.unreadable(
                member,
                &words!("it is a web page, not a table", "es una página web, no una tabla"),
                words!(
                    "some platforms save tables as web pages, and some send the page for signing in: open it in a spreadsheet and save it as XLSX or CSV, or export it anew",
                    "algunas plataformas guardan las tablas como páginas web y otras envían la página de inicio de sesión: ábrela con una hoja de cálculo y guárdala como XLSX o CSV, o vuelve a exportarla"
                ),
            ),
            Container::Other("") => self.unreadable(
                member,
                &words!("its bytes are no text", "sus bytes no son texto"),
                words!("export it anew as CSV or XLSX", "vuelve a exportarlo como CSV o XLSX"),
            ),
            Container::Other(format) => self.unreadable(
                member,
                &words!("its format is {format}", "su formato es {format}"),
                words!("export it as CSV, XLSX or ODS", "expórtalo como CSV, XLSX u ODS"),
            ),
        }
    }

    /// `path` or `path#member`, fit for a path.
    fn label(&self, member: Option<&str>) -> FilePath {
        let Some(member) = member else { return self.path.clone() };
        let clean: String = member
            .chars()
            .map(|letter| if letter.is_control() || letter == '\\' { '_' } else { letter })
            .collect();
        let parts: Vec<&str> = clean.split('/').filter(|part| !matches!(*part, "" | "." | "..")).collect();
        FilePath::new(&format!("{}#{}", self.path, parts.join("/"))).unwrap_or_else(|| self.path.clone())
    }

    fn add(&mut self, member: Option<&str>, text: String, encoding: &'static str) {
        let source = self.sources.add(self.label(member), text);
        let member = member.map(str::to_owned);
        let exact = encoding.is_empty();
        self.documents.push(Document { source, path: self.path.clone(), member, exact, encoding });
    }

    fn zip(&mut self, bytes: &[u8]) {
        let mut archive = match Archive::open(bytes) {
            Ok(archive) => archive,
            Err(unread) => return self.unread(None, unread),
        };
        let names: Vec<String> = archive.names().collect();
        let told = self.findings.len();
        for (index, name) in names.iter().enumerate() {
            let litter = name
                .split(['/', '\\'])
                .any(|part| (part.starts_with('.') && !matches!(part, "." | "..")) || part == "__MACOSX");
            let extension = name.rsplit_once('.').map(|(_, extension)| extension).unwrap_or_default();
            if litter
                || name.ends_with('/')
                || !EXTENSIONS.iter().any(|known| known.eq_ignore_ascii_case(extension))
            {
                continue;
            }
            match archive.read(index) {
                Ok(bytes) => self.open(bytes, Some(name)),
                Err(Unread::Unpacked(limit)) => return self.unread(Some(name), Unread::Unpacked(limit)),
                Err(unread) => self.unread(Some(name), unread),
            }
        }
        if self.documents.is_empty() && self.findings.len() == told {
            self.unreadable(
                None,
                &words!("there is no table in it", "no contiene ninguna tabla"),
                words!(
                    "a zip may hold CSV, TSV, TXT, XLSX, XLS and ODS files",
                    "un zip puede contener archivos CSV, TSV, TXT, XLSX, XLS y ODS"
                ),
            );
        }
    }

    fn workbook(&mut self, bytes: &[u8], member: Option<&str>) {
        let read = match self.world.read_apart(bytes) {
            Some(Ok(answer)) => workbook::read_answer(&answer),
            Some(Err(lost)) => return self.lost(member, &lost),
            None => catch_unwind(AssertUnwindSafe(|| workbook::read(bytes)))
                .unwrap_or_else(|_| Err(Fault::Damaged(String::new()))),
        };
        match read {
            Ok(workbook) => self.sheets(workbook, member),
            Err(Fault::Password) => self.unread(member, Unread::Encrypted),
            Err(Fault::Damaged(what)) => self.unread(member, Unread::Damaged(what)),
            Err(Fault::Limit(limit)) => self.limit(member, limit),
        }
    }

    fn sheets(&mut self, workbook: Workbook, member: Option<&str>) {
        if !workbook.hidden.is_empty() {
            let list = workbook.hidden.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
            self.findings.push(
                Finding::new(
                    &HIDDEN_SHEET,
                    Place::File(self.label(member)),
                    words!("hidden sheets are not read: {list}", "las hojas ocultas no se leen: {list}"),
                )
                .help(words!(
                    "show a sheet in the spreadsheet if it belongs to the data",
                    "muestra la hoja en la hoja de cálculo si forma parte de los datos"
                )),
            );
        }
        let before = self.documents.len();
        for sheet in workbook.sheets.into_iter().filter(|sheet| !sheet.text.is_empty()) {
            let name = match member {
                Some(member) => format!("{member}#{}", sheet.name),
                None => sheet.name,
            };
            self.add(Some(&name), sheet.text, "");
        }
        if self.documents.len() == before {
            self.unreadable(
                member,
                &words!("no visible sheet has anything in it", "ninguna hoja visible tiene contenido"),
                words!("export it anew", "vuelve a exportarlo"),
            );
        }
    }

    fn nested(&mut self, member: Option<&str>) {
        let name = member.unwrap_or_default();
        self.findings.push(
            Finding::new(
                &NESTED_ARCHIVE,
                Place::File(self.path.clone()),
                words!(
                    "`{name}` is a zip inside of the zip and is not read",
                    "`{name}` es un zip dentro del zip y no se lee"
                ),
            )
            .help(words!(
                "unpack it and put it beside the other one",
                "descomprímelo y déjalo junto al otro"
            )),
        );
    }

    /// The name of the file, or of the member with its file, for a sentence.
    fn named(&self, member: Option<&str>) -> String {
        self.label(member).as_str().to_owned()
    }

    fn unreadable(&mut self, member: Option<&str>, why: &crate::finding::Words, help: crate::finding::Words) {
        let name = self.named(member);
        self.findings.push(
            Finding::new(
                &UNREADABLE_DATA_FILE,
                Place::File(self.label(member)),
                words!("`{name}` cannot be read as data", "`{name}` no se puede leer como datos"),
            )
            .why(why.clone())
            .help(help),
        );
    }

    fn unread(&mut self, member: Option<&str>, unread: Unread) {
        let again = words!("download or export it anew", "vuelve a descargarlo o a exportarlo");
        match unread {
            Unread::Encrypted => {
                let name = self.named(member);
                self.findings.push(
                    Finding::new(
                        &ENCRYPTED_DATA_FILE,
                        Place::File(self.label(member)),
                        words!(
                            "`{name}` has a password and is not read",
                            "`{name}` tiene contraseña y no se lee"
                        ),
                    )
                    .help(words!("save it without a password", "guárdalo sin contraseña")),
                );
            }
            Unread::Damaged(what) => {
                let what: String = what.chars().filter(|letter| !letter.is_control()).take(120).collect();
                let colon = if what.is_empty() { "" } else { ": " };
                self.unreadable(
                    member,
                    &words!("it is damaged{colon}{what}", "está dañado{colon}{what}"),
                    again,
                );
            }
            Unread::Method => self.unreadable(
                member,
                &words!(
                    "it is packed in a way that is not read",
                    "está comprimido de una forma que no se lee"
                ),
                words!("pack it as an ordinary zip", "comprímelo como un zip corriente"),
            ),
            Unread::Entries(_) => self.limit(member, Limit::Entries),
            Unread::Unpacked(_) => self.limit(member, Limit::Unpacked),
        }
    }

    fn lost(&mut self, member: Option<&str>, lost: &Lost) {
        let why = match lost {
            Lost::Time(seconds) => words!(
                "it was not read within {seconds} seconds",
                "no se ha podido leer en {seconds} segundos"
            ),
            Lost::Ended => words!(
                "reading it took more memory than is allowed, or met something that no workbook should hold",
                "al leerlo se ha superado la memoria permitida o ha aparecido algo que ningún libro debería contener"
            ),
            Lost::System(error) => words!("the system says: {error}", "el sistema dice: {error}"),
        };
        let help = words!(
            "open it in a spreadsheet and save the sheet as CSV",
            "ábrelo con una hoja de cálculo y guarda la hoja como CSV"
        );
        self.unreadable(member, &why, help);
    }

    fn limit(&mut self, member: Option<&str>, limit: Limit) {
        let name = self.named(member);
        let megabytes = |bytes: u64| bytes / 1_000_000;
        let why = match limit {
            Limit::Unpacked => {
                let most = megabytes(archive::MAX_UNPACKED);
                words!("unpacked it has more than {most} MB", "descomprimido ocupa más de {most} MB")
            }
            Limit::Entries => {
                let most = archive::MAX_ENTRIES;
                words!("it holds more than {most} files", "contiene más de {most} archivos")
            }
            Limit::Sheets => {
                let most = workbook::MAX_SHEETS;
                words!("it has more than {most} sheets", "tiene más de {most} hojas")
            }
            Limit::Cells => {
                let most = workbook::MAX_CELLS;
                words!("it has more than {most} cells", "tiene más de {most} celdas")
            }
            Limit::Text => {
                let most = megabytes(workbook::MAX_TEXT as u64);
                words!("as text it has more than {most} MB", "como texto ocupa más de {most} MB")
            }
        };
        self.findings.push(
            Finding::new(
                &DATA_FILE_LIMIT,
                Place::File(self.label(member)),
                words!("`{name}` is too large to be read", "`{name}` es demasiado grande para leerlo"),
            )
            .why(why)
            .help(words!(
                "export a shorter period, or only the table that is needed",
                "exporta un periodo más corto o solo la tabla que haga falta"
            )),
        );
    }
}

fn refused(path: &FilePath, reason: &Refusal) -> Finding {
    let why = match reason {
        Refusal::System(error) => words!("the system says: {error}", "el sistema dice: {error}"),
        Refusal::TooLarge { size, limit } => {
            words!("it has {size} bytes; the limit is {limit}", "tiene {size} bytes; el límite es {limit}")
        }
        _ => words!("it is no file of this folder", "no es un archivo de esta carpeta"),
    };
    Finding::new(
        &UNREADABLE_DATA_FILE,
        Place::File(path.clone()),
        words!("`{path}` cannot be read as data", "`{path}` no se puede leer como datos"),
    )
    .why(why)
}

#[cfg(test)]
mod tests;
