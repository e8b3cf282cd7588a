//! `portolan serve`: the site in the browser while it is written.

use std::cell::RefCell;
use std::io::{self, IsTerminal};
use std::path::PathBuf;
use std::process::{Command, Stdio};

use super::{
    Common, Format, Outcome, failure, language_named, open, out, own_language, print, summary, talk,
};
use crate::finding::{Finding, Language, Level, Words};
use crate::model::Readership;
use crate::serve::{self, Place, Preview, Round, Said};
use crate::words;
use crate::world::Date;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Folder of the playbook
    #[arg(value_name = "DIR", default_value = ".")]
    folder: PathBuf,
    /// For whom
    #[arg(long, default_value = "public", value_parser = readership_named, value_name = "EDITION")]
    edition: Readership,
    /// Opens the preview in the browser
    #[arg(long)]
    open: bool,
    /// Port on this machine [default: the first free one from 4400 on; 0: any free one]
    #[arg(long, value_name = "N")]
    port: Option<u16>,
    /// Looks for changes in intervals: for network drives and shared folders, where the system does not tell of them
    #[arg(long)]
    poll: bool,
    /// Language of the findings: es or en [default: that of the playbook]
    #[arg(long, value_name = "LANG", value_parser = language_named)]
    lang: Option<Language>,
    /// Today's date, for pages that depend on it [default: `SOURCE_DATE_EPOCH`, else today]
    #[arg(long, value_name = "YYYY-MM-DD")]
    today: Option<Date>,
}

fn readership_named(name: &str) -> Result<Readership, String> {
    let found = Readership::ALL.iter().find(|one| one.name() == name);
    found.copied().ok_or_else(|| "public, staff, board or crisis".to_owned())
}

pub fn run(arguments: &Arguments) -> Outcome {
    let common = Common {
        folder: arguments.folder.clone(),
        format: Format::Human,
        lang: arguments.lang,
        strict: false,
        today: arguments.today,
    };
    let outputs: Vec<PathBuf> = Readership::ALL
        .iter()
        .map(|one| match one {
            Readership::Public => common.folder.join("site"),
            other => common.folder.join(format!("site-{other}")),
        })
        .collect();
    let world = match open(&common, &outputs) {
        Ok(world) => world,
        Err(outcome) => return outcome,
    };
    let language = arguments.lang.unwrap_or_else(own_language);
    let place = match Place::take(arguments.port) {
        Ok(place) => place,
        Err(error) => return no_place(arguments.port, &error, language),
    };
    let address = place.address();
    let edition = arguments.edition.words();
    let words = words!(
        "Preview of the {} edition: {address}",
        "Vista previa de la edición {}: {address}",
        edition.within(language)
    );
    out(&format!("{}\n", words.within(language)));
    if arguments.edition == Readership::Public {
        talk(
            words!(
                "Drafts and pages for the team show with `--edition staff`. Ctrl+C ends the preview.",
                "Los borradores y las páginas del equipo se ven con `--edition staff`. Ctrl+C termina la vista previa."
            )
            .within(language),
        );
    } else {
        talk(words!("Ctrl+C ends the preview.", "Ctrl+C termina la vista previa.").within(language));
    }
    if arguments.open {
        open_browser(&address, language);
    }
    let (known, today) = (world.clone(), super::today(&common));
    let preview = Preview {
        open: Box::new(move || known.anew(today)),
        readership: arguments.edition,
        language: arguments.lang,
        poll: arguments.poll,
    };
    let told = RefCell::new(String::new());
    let say = move |said: Said<'_>| {
        match said {
        Said::Made(round) => tell(&round, &common, &told),
        Said::Gone => talk(
            words!(
                "The folder of the playbook is gone; waiting for it to come back",
                "La carpeta de la guía ha desaparecido; a la espera de que vuelva"
            )
            .within(language),
        ),
        Said::Polls(reason) => talk(
            words!(
                "The system does not tell of changes ({reason}); the folder is looked at every second",
                "El sistema no avisa de los cambios ({reason}); se mira la carpeta cada segundo"
            )
            .within(language),
        ),
        Said::Fault => talk(
            words!(
                "A fault of the program, please report what stands above; the preview goes on with the next change",
                "Un fallo del programa, comunica lo que aparece arriba; la vista previa sigue con el próximo cambio"
            )
            .within(language),
        ),
    }
    };
    match serve::serve(preview, world, place, say) {
        Ok(()) => Outcome::Clean,
        Err(error) => {
            let what =
                words!("the preview could not go on: {error}", "la vista previa no pudo continuar: {error}");
            failure(language, &what, None)
        }
    }
}

fn no_place(wish: Option<u16>, error: &io::Error, language: Language) -> Outcome {
    let taken = error.kind() == io::ErrorKind::AddrInUse;
    let what = match wish {
        Some(port) if taken => {
            words!("port {port} is in use by another program", "otro programa ya usa el puerto {port}")
        }
        Some(port) => {
            words!("port {port} cannot be used: {error}", "no se puede usar el puerto {port}: {error}")
        }
        None => words!(
            "no port of this machine can be used: {error}",
            "no se puede usar ningún puerto de este equipo: {error}"
        ),
    };
    let help = words!(
        "leave `--port` out, and a free one is taken; maybe another `portolan serve` is still running",
        "quita `--port` y se toma uno libre; quizá siga en marcha otro `portolan serve`"
    );
    failure(language, &what, wish.map(|_| help).as_ref())
}

/// One line a round, and errors and warnings when they are others than before; notes are for `portolan check`.
fn tell(round: &Round<'_>, common: &Common, told: &RefCell<String>) {
    let Round { language, findings, sources, .. } = *round;
    let worth: Vec<Finding> =
        findings.iter().filter(|finding| finding.level <= Level::Warning).cloned().collect();
    let text = RefCell::new(String::new());
    print(&worth, sources, common, language, io::stderr().is_terminal(), |part| {
        text.borrow_mut().push_str(part);
    });
    let text = text.into_inner();
    if *told.borrow() != text {
        if !text.is_empty() {
            talk(text.trim_end_matches('\n'));
        }
        told.replace(text);
    }
    let place = round.changed.as_deref().map(crate::report::one_line);
    let place = place.map(|place| format!("{place}: ")).unwrap_or_default();
    let (took, said) = (round.took.as_millis(), summary(findings, language));
    let words: Words = match round.pages {
        Some(1) => words!("{place}1 page in {took} ms; {said}", "{place}1 página en {took} ms; {said}"),
        Some(pages) => {
            words!("{place}{pages} pages in {took} ms; {said}", "{place}{pages} páginas en {took} ms; {said}")
        }
        None => words!("{place}not shown, see above; {said}", "{place}no se muestra, mira arriba; {said}"),
    };
    talk(words.within(language));
}

/// Opens the browser by the program that the system has for it.
fn open_browser(address: &str, language: Language) {
    let mut command = if cfg!(target_os = "macos") {
        Command::new("open")
    } else if cfg!(windows) {
        let mut command = Command::new("cmd");
        command.args(["/C", "start", ""]);
        command
    } else {
        Command::new("xdg-open")
    };
    let started =
        command.arg(address).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    if started.is_err() {
        let words = words!(
            "No browser could be opened; open the address above yourself",
            "No se pudo abrir un navegador; abre tú la dirección de arriba"
        );
        talk(words.within(language));
    }
}
