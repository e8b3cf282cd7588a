//! What an edition may not show is in none of its bytes and in no name of its files. Every restricted place of `tests/playbooks/canaries` holds a word of its own; each word is also looked for where it may be seen, so that a test that sees nothing fails.

use std::path::Path;

use crate::program::{Scratch, TODAY, build, package, run_in, tree};
use crate::site;

const EDITIONS: [&str; 4] = ["public", "staff", "board", "crisis"];

/// What to look for, the editions that show it, and what it is.
const WORDS: &[(&str, &[&str], &str)] = &[
    ("zarcillonombre", &["staff", "crisis"], "the name of a person whom the public does not see"),
    ("zarcilloid", &["staff", "crisis"], "her id"),
    ("612 345 678", &["staff", "crisis"], "her telephone number"),
    ("tel:612345678", &["staff", "crisis"], "the same, as a link"),
    ("zarcillocorreo", &["staff", "crisis"], "her address"),
    ("zarcillomartes", &["staff"], "when she is there: a field for the staff"),
    ("698 765 432", &["staff", "crisis"], "the number of a person whom everybody sees"),
    ("zarcilloberta", &["staff", "crisis"], "the address of a person whom everybody sees"),
    ("Berta Olmo", &EDITIONS, "the name of a person whom everybody sees"),
    ("zarcillonotaabierta", &EDITIONS, "the note of a link to something visible"),
    ("zarcillonotaoculta", &["board"], "the note of a link to something hidden"),
    ("zarcilloplan", &["board"], "the title of a page for the board"),
    ("zarcilloresumen", &["board"], "its summary"),
    ("zarcilloetiqueta", &["board"], "its tag"),
    ("zarcillofuente", &["board"], "the title of its source"),
    ("zarcillourl", &["board"], "the address of its source"),
    ("zarcillonotadefuente", &["board"], "the note of its source"),
    ("zarcilloporque", &["board"], "Markdown in one of its fields"),
    ("zarcilloencabezado", &["board"], "a heading of its prose"),
    ("zarcilloprosa", &["board"], "its prose"),
    ("zarcillopie", &["board"], "a footnote of it"),
    ("64532198", &["board"], "the value that it wants to reach"),
    ("zarcilloexplicacion", &["staff", "board"], "a field for staff and board on a visible page"),
    ("zarcillomotivodelcaso", &["staff", "board"], "a record for staff and board on a visible page"),
    ("739142", &["staff", "board"], "an amount in it"),
    ("864275", &["staff", "board"], "a field within a record of a visible page"),
    ("zarcillobajas", &["staff"], "the title of a metric for the staff, and its data file"),
    ("bajas-ocultas", &["staff"], "its id"),
    ("zarcillounidad", &["staff"], "its unit"),
    ("zarcillocolumna", &["staff"], "the column of its data"),
    ("918273", &["staff"], "the baseline of a target on it, in a visible objective"),
    ("918999", &["staff"], "the value of that target"),
    ("483921", &["staff"], "a figure of its data: on its page and in a chart of a visible page"),
    ("484111", &["staff"], "its latest figure"),
    ("zarcillonotas", &["staff"], "the title of an article for the staff, to which a visible page links"),
    ("zarcillodibujo", &["staff"], "the bytes of a picture on it"),
    ("zarcillosala.svg", &["staff"], "the name of the picture"),
    ("zarcilloalternativo", &["staff"], "the description of the picture"),
    ("zarcillodocumento", &["staff"], "the bytes of a file that it links to"),
    ("zarcilloacta", &["staff"], "the name of that file"),
    ("zarcilloborrador", &["staff"], "a draft"),
    ("zarcilloinacabado", &["staff"], "the text of a draft"),
    ("zarcillousuario", &["staff", "crisis"], "an account"),
    ("zarcillocuenta", &["staff", "crisis"], "its address"),
    ("zarcillocaja", &["staff", "crisis"], "where its credentials are"),
    ("zarcilloherramienta", &["staff", "board"], "a tool, an item of a list file"),
    ("531764", &["staff", "board"], "what it costs"),
    ("31,75", &["staff", "board"], "the hours of a role that everybody sees, also asked for by a block"),
    ("zarcilloqueja", &["staff", "board"], "what somebody told the library"),
    ("zarcilloaportacion", &["staff", "board"], "its id"),
    ("zarcillodicho", &["staff", "board"], "the words told"),
    ("zarcillohora", &["staff", "board"], "what is proposed"),
    ("zarcilloinformante", &["staff"], "an informant"),
    ("zarcilloventanilla", &["staff"], "how to reach the informant"),
    ("zarcillograve", &["staff", "board", "crisis"], "a level of severity"),
    (
        "zarcillosaladelectura",
        &["staff", "board", "crisis"],
        "a scenario, named by the emergency notice of the settings",
    ),
    ("zarcillohumo", &["staff", "board", "crisis"], "its signals"),
    ("zarcillopuerta", &["staff", "board", "crisis"], "a step of its first hour"),
    ("zarcillodeclaracion", &["staff", "crisis"], "a template"),
    ("zarcilloincidente", &["staff", "crisis"], "its text"),
    ("zarcillopublicacion", &["staff"], "a post of the calendar"),
    ("zarcillotexto", &["staff"], "its text"),
    ("zarcillodecision", &["staff", "board"], "a decision"),
    ("zarcillorazon", &["staff", "board"], "its prose"),
    ("zarcillocampana", &["staff"], "a campaign, in the drawing of all campaigns on a visible page"),
    ("2031-03-29", &["staff"], "its last day, in the file of that drawing"),
    ("zarcillopaso", &["staff", "board", "crisis"], "a step of a procedure, in a table of a visible page"),
    ("zarcillocomentario", &[], "a comment in the way of Obsidian, in a sentence of a visible page"),
    ("zarcillorenglones", &[], "such a comment over several lines"),
    ("zarcillocelda", &[], "such a comment in a text of a field"),
    ("zarcillodesligado", &[], "a file that nothing links to"),
    ("zarcillosuelta", &[], "a data file that nothing names"),
];

/// The bytes of a file as text for searching: small letters, groups of digits joined (`918.273`, `918 273`), entities decoded.
fn searchable(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes).to_lowercase().replace("&amp;", "&").replace("&#x2f;", "/");
    let letters: Vec<char> = text.chars().collect();
    let digit = |at: Option<&char>| at.is_some_and(char::is_ascii_digit);
    let mut joined = String::with_capacity(text.len());
    for (at, letter) in letters.iter().enumerate() {
        let groups = matches!(letter, '.' | ',' | '\u{a0}' | '\u{202f}' | '\u{2009}');
        let between =
            at > 0 && digit(letters.get(at - 1)) && (1..=3).all(|next| digit(letters.get(at + next)));
        if !(groups && between && !digit(letters.get(at + 4))) {
            joined.push(*letter);
        }
    }
    joined
}

fn holding(edition: &Path, word: &str) -> Vec<String> {
    let word = word.to_lowercase();
    let holds = |name: &str, bytes: &[u8]| {
        if name == ".portolan" {
            // Checksums hold any digits sooner or later; names of files are what could tell something.
            let text = String::from_utf8_lossy(bytes);
            let names = text.lines().filter_map(|line| line.splitn(3, ' ').nth(2));
            return names.map(str::to_lowercase).any(|name| name.contains(&word));
        }
        name.to_lowercase().contains(&word) || searchable(bytes).contains(&word)
    };
    let files = tree(edition).into_iter().filter(|(name, bytes)| holds(name, bytes));
    files.map(|(name, _)| name).collect()
}

#[test]
fn hidden_words_are_in_no_byte_of_an_edition() {
    let output = Scratch::new("canaries");
    let ran = build(&package().join("tests/playbooks/canaries"), output.path(), "all").ended(0);
    let mut faults = Vec::new();
    for (word, shown, what) in WORDS {
        for edition in EDITIONS {
            let folder = output.join(edition);
            assert!(folder.join("index.html").is_file(), "{edition} was not published\n{}", ran.talk);
            let files = holding(&folder, word);
            match (shown.contains(&edition), files.is_empty()) {
                (true, true) => faults.push(format!("{edition} does not show `{word}`, {what}")),
                (false, false) => faults.push(format!("{edition} shows `{word}`, {what}: {files:?}")),
                _ => {}
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    for edition in EDITIONS {
        let faults = site::faults(&output.join(edition));
        assert!(faults.is_empty(), "{edition}\n{}", faults.join("\n"));
    }
}

/// Drawing, table and file of all campaigns are there for the public, with the visible one only.
#[test]
fn a_drawing_of_campaigns_has_those_of_the_edition() {
    let output = Scratch::new("campaigns");
    build(&package().join("tests/playbooks/canaries"), output.path(), "all").ended(0);
    for (edition, campaigns) in [("public", 1), ("staff", 2)] {
        let files = tree(&output.join(edition));
        let figures = |ending: &str| {
            let named = |name: &str| name.contains("lo-que-viene") && name.ends_with(ending);
            let found = files.iter().find(|(name, _)| named(name));
            String::from_utf8_lossy(found.expect("a file of the drawing").1.as_slice()).into_owned()
        };
        assert_eq!(figures(".csv").lines().count(), 1 + campaigns, "{edition}");
        for text in [figures(".csv"), figures(".svg")] {
            assert!(text.contains("Semana del libro"), "{edition}");
            assert_eq!(text.contains("Zarcillocampana"), edition == "staff", "{edition}\n{text}");
        }
    }
}

#[test]
fn an_edition_that_was_in_the_folder_leaves_nothing_behind() {
    let scratch = Scratch::new("replaced");
    let playbook = package().join("tests/playbooks/canaries");
    let output = scratch.join("site");
    build(&playbook, &output, "staff").ended(0);
    assert!(!holding(&output, "zarcillonombre").is_empty());
    build(&playbook, &output, "public").ended(0);
    for (word, shown, what) in WORDS.iter().filter(|(_, shown, _)| !shown.contains(&"public")) {
        let files = holding(scratch.path(), word);
        assert!(files.is_empty(), "`{word}`, {what} ({shown:?}): {files:?}");
    }
}

#[test]
fn what_hides_someone_cannot_be_switched_off_by_a_slip() {
    let playbook = Scratch::new("slip");
    playbook.write("guia.yaml", "titulo: Guía\nidioma: es\n");
    playbook.write("index.md", "# Hola\n");
    // A list of editions with a typing error hides from all but the staff; it does not open.
    playbook
        .write("nota.md", "---\ntitulo: Nota\nvisible_para: [equipoo]\n---\n\nEsto es zarcillointerno.\n");
    playbook.write("otra.md", "---\ntitulo: Otra\nvisible_para: equipo\n---\n\nEsto es zarcillodentro.\n");
    let ran = run_in(playbook.path(), &["build", "--edition", "all", "-o", "sites", "--today", TODAY]);
    assert!(ran.talk.contains("equipoo") || ran.talk.contains("[P104]"), "{}", ran.talk);
    for edition in ["public", "board", "crisis"] {
        for word in ["zarcillointerno", "zarcillodentro"] {
            assert!(holding(&playbook.join("sites").join(edition), word).is_empty(), "{edition} {word}");
        }
    }
    assert!(!holding(&playbook.join("sites/staff"), "zarcillodentro").is_empty());
}

#[test]
fn a_hidden_number_in_running_text_withholds_the_site() {
    let playbook = Scratch::new("number");
    playbook.write("guia.yaml", "titulo: Guía\nidioma: es\nniveles:\n  P702: no\n");
    playbook.write("personas.yaml", "aitana:\n  nombre: Aitana\n  telefono: 612 345 678\n");
    playbook.write("index.md", "# Hola\n\nLlama al 612 345 678.\n");
    let ran = run_in(playbook.path(), &["build", "-o", "site", "--today", TODAY]).ended(1);
    assert!(ran.talk.contains("[P702]"), "{}", ran.talk);
    assert!(!playbook.join("site").exists(), "nothing is published");
    run_in(playbook.path(), &["build", "-o", "site", "--edition", "staff", "--today", TODAY]).ended(0);
}

#[test]
fn a_hidden_text_that_its_author_repeats_in_the_open_is_told_with_both_places() {
    let playbook = Scratch::new("repeated");
    playbook.write("guia.yaml", "titulo: Guía\nidioma: es\n");
    let head = "---\ntitulo: Responder\nexplicacion: Desde octubre el turno se reparte en dos tramos.\ntipo: organizacion\n---\n";
    // Marks and the end of a line divide it in the source and in the HTML, and not in the description of the page.
    let body = "\nDesde octubre el **turno** se\nreparte en dos tramos. Así va mejor.\n";
    playbook.write("objetivos/responder.md", format!("{head}{body}"));
    let arguments = ["build", "-o", "site", "--format", "plain", "--today", TODAY];
    let ran = run_in(playbook.path(), &arguments).ended(1);
    let told: Vec<&str> = ran.talk.lines().filter(|line| line.contains("[P790]")).collect();
    let [told] = told.as_slice() else { panic!("once, not for each file: {}", ran.talk) };
    assert!(told.starts_with("objetivos/responder.md:"), "{told}");
    for piece in ["se oculta aquí, en `explicacion`", "objetivos/responder.md:3:14", "quítalo de aquí"] {
        assert!(told.contains(piece), "{piece}: {told}");
    }
    for piece in ["fallo del programa", "en dos tramos"] {
        assert!(!told.contains(piece), "{piece}: {told}");
    }
    assert!(!playbook.join("site").exists(), "nothing is published");
    playbook.write("objetivos/responder.md", format!("{head}\nAhora va mejor.\n"));
    run_in(playbook.path(), &arguments).ended(0);
}

#[test]
fn a_name_that_nobody_wrote_hides_nothing() {
    let playbook = Scratch::new("unwritten");
    playbook.write("README.md", "# Home\n");
    playbook.write("secret_section/_index.md", "---\ndraft: true\n---\n");
    playbook.write("secret_section/page.md", "# Page one\n\nHi.\n");
    // Written or not, what a folder with visible pages is called can be read in their menu.
    playbook.write("open_section/page.md", "# Page two\n\nHi.\n");
    playbook.write("other/plan.md", "---\ntitle: Open section\ndraft: true\n---\n\nZarcillo.\n");
    run_in(playbook.path(), &["build", "-o", "site", "--today", TODAY]).ended(0);
    assert!(playbook.join("site/secret-section/index.html").is_file());
    assert!(holding(&playbook.join("site"), "zarcillo").is_empty());
}

#[test]
fn something_hidden_may_name_the_id_of_what_is_seen() {
    let playbook = Scratch::new("ids");
    playbook.write("guia.yaml", "titulo: Guía\nidioma: es\n");
    let shown = "inscripciones-de-voluntariado:\n  titulo: Inscripciones\n  tipo: flujo\n  unidad: personas\n  valores:\n    - { fecha: 2026-10-31, valor: 95 }\n";
    let hidden = "gasto-zarcillo:\n  titulo: Gasto\n  tipo: flujo\n  unidad: EUR\n  visible_para: [equipo]\n  valores:\n    - { fecha: 2026-10-31, valor: 293 }\n";
    let ratio = "coste-por-persona:\n  titulo: Coste\n  tipo: tasa\n  unidad: EUR\n  visible_para: [equipo]\n  formula: { numerador: gasto-zarcillo, denominador: inscripciones-de-voluntariado }\n";
    playbook.write("indicadores.yaml", format!("{shown}{hidden}{ratio}"));
    run_in(playbook.path(), &["build", "-o", "site", "--today", TODAY]).ended(0);
    assert!(playbook.join("site/indicadores/inscripciones-de-voluntariado.html").is_file());
    assert!(holding(&playbook.join("site"), "gasto-zarcillo").is_empty());
}
