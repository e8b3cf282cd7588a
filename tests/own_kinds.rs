//! What authors add themselves: a kind with a relation and a rule, a field of a built-in kind, a pair of the coverage page; read, checked, linked, shown and kept from who may not see it.

use crate::program::{Scratch, TODAY, portolan, run, run_in, tree};

const KIND: &str = "\
kind: partner_agreement
es: convenio
label: { en: Partner agreement, es: Convenio }
plural: { en: Partner agreements, es: Convenios }
folder: { en: partner-agreements, es: convenios }
chapter: objectives
seen_by: [public, staff]
fields:
  signed:
    es: firmado
    type: date
    label: { en: Signed, es: Firmado }
  terms:
    es: condiciones
    type: text
    seen_by: [staff]
    label: { en: Terms, es: Condiciones }
  scope:
    es: ambito
    type: choice
    values: { local: local, national: nacional }
    label: { en: Scope, es: Ámbito }
  serves:
    es: sirve_a
    type: links
    to: objective
    note: { en: for, es: para }
    verb: { en: helps with, es: ayuda con }
    inverse: { name: agreements, es: convenios, verb: { en: is helped by, es: cuenta con } }
    label: { en: Serves, es: Sirve a }
rules:
  - code: X001
    name: agreement_without_objective
    at_least: 1
    of: serves
    when: { ambito: local }
    level: warning
    say: { en: the agreement serves no objective, es: el convenio no sirve a ningún objetivo }
    why: { en: nobody will know why it was signed, es: nadie sabrá por qué se firmó }
    help: { en: name one under serves, es: indica uno en sirve_a }
";

const EXTRA: &str = "\
extends: objetivo
fields:
  sponsor:
    es: patrocinio
    type: text
    seen_by: [staff]
    label: { en: Sponsor, es: Patrocinio }
rules:
  - name: objective_without_sponsor
    at_least: 1
    of: patrocinio
    level: note
    say: { en: nobody sponsors the objective, es: nadie patrocina el objetivo }
";

fn playbook() -> Scratch {
    let playbook = Scratch::new("own-kinds");
    playbook.write("tipos/convenio.yaml", KIND);
    playbook.write("tipos/objetivo.extra.yaml", EXTRA);
    playbook.write(
        "guia.yaml",
        "titulo: Guía\nidioma: es\nediciones: [publica, equipo]\ncobertura:\n  - { filas: objetivos, columnas: convenios, nivel: aviso }\n",
    );
    playbook.write("objetivos/rio.md", "---\ntitulo: Río limpio\ntipo: organizacion\nresponsable: ana\npatrocinio: canario-del-patrocinio\n---\n");
    playbook.write(
        "objetivos/manos.md",
        "---\ntitulo: Más manos\ntipo: comunicacion\ncontribuye_a: rio\nresponsable: ana\n---\n",
    );
    playbook.write(
        "objetivos/voz.md",
        "---\ntitulo: Más voz\ntipo: comunicacion\ncontribuye_a: rio\nresponsable: ana\n---\n",
    );
    playbook.write("personas/ana.md", "---\nnombre: Ana Alba\n---\n");
    playbook.write("convenios/escuela.md", "---\ntitulo: Convenio con la escuela\nfirmado: 2026-02-03\ncondiciones: canario-de-las-condiciones\nambito: local\nsirve_a: [{ objetivo: manos, para: llevar a las clases }]\n---\n");
    playbook.write("convenios/suelto.md", "---\ntitulo: Convenio suelto\nambito: local\n---\n");
    playbook
}

fn told(playbook: &Scratch) -> Vec<String> {
    let ran = run_in(playbook.path(), &["check", "--format", "plain", "--lang", "es", "--today", TODAY]);
    ran.out.lines().map(str::to_owned).collect()
}

fn has(lines: &[String], code: &str, name: &str) -> bool {
    lines.iter().any(|line| line.contains(&format!("[{code}]")) && line.contains(name))
}

#[test]
fn rules_of_authors_are_told_levelled_and_accepted() {
    let playbook = playbook();
    let lines = told(&playbook);
    assert!(has(&lines, "X001", "Convenio suelto") && !has(&lines, "X001", "la escuela"), "{lines:#?}");
    // A rule without a code goes by its name, and `of` may be written in Spanish.
    assert!(has(&lines, "objective_without_sponsor", "Más voz"), "{lines:#?}");
    assert!(!has(&lines, "objective_without_sponsor", "Río limpio"), "{lines:#?}");
    // The pair of the settings asks it of those of whom rules ask anything.
    assert!(has(&lines, "P319", "Más voz") && !has(&lines, "P319", "Más manos"), "{lines:#?}");

    playbook.write(
        "convenios/suelto.md",
        "---\ntitulo: Convenio suelto\nambito: local\naceptado: [{ codigo: agreement_without_objective, motivo: se firma en enero, hasta: 2027-01-31 }]\n---\n",
    );
    playbook.write(
        "guia.yaml",
        "titulo: Guía\nidioma: es\nniveles: { objective_without_sponsor: off, P319: off }\ncobertura:\n  - { filas: objetivos, columnas: convenios, nivel: aviso }\n",
    );
    let lines = told(&playbook);
    for code in ["X001", "objective_without_sponsor", "P319"] {
        assert!(!has(&lines, code, ""), "{code}: {lines:#?}");
    }
}

#[test]
fn own_kinds_are_shown_linked_and_kept_from_who_may_not_see_them() {
    let playbook = playbook();
    let site = Scratch::new("own-kinds-site");
    for edition in ["public", "staff"] {
        let output = site.join(edition);
        let arguments = [
            "build",
            playbook.path().to_str().expect("UTF-8"),
            "-o",
            output.to_str().expect("UTF-8"),
            "--edition",
            edition,
            "--today",
            TODAY,
        ];
        run(portolan(&arguments));
    }
    let page = |path: &str| std::fs::read_to_string(site.join(path)).unwrap_or_else(|_| panic!("{path}"));
    // Its page has the chain up to the goal, its index its columns, the objective the way back.
    let own = page("staff/convenios/escuela.html");
    assert!(
        own.contains("class=\"chain\"") && own.contains("Río limpio") && own.contains("llevar a las clases")
    );
    assert!(own.contains("canario-de-las-condiciones"));
    assert!(page("staff/convenios/index.html").contains("Convenio con la escuela"));
    let objective = page("staff/objetivos/manos.html");
    assert!(objective.contains("cuenta con") && objective.contains("Convenio con la escuela"));
    let coverage = page("staff/cobertura.html");
    assert!(coverage.contains("Objetivos × convenios") && coverage.contains("sin convenio"));
    // What is for staff is in no byte of the public edition, and what is missing is no public matter.
    for (name, bytes) in tree(&site.join("public")) {
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains("canario"), "{name}");
    }
    assert!(!site.join("public/cobertura.html").exists());
    assert!(page("public/convenios/escuela.html").contains("llevar a las clases"));
}

#[test]
fn slips_in_own_rules_are_told_with_the_right_word() {
    let playbook = playbook();
    playbook
        .write("tipos/convenio.yaml", KIND.replace("of: serves", "of: servs").replace("local }", "locl }"));
    playbook.write(
        "guia.yaml",
        "titulo: Guía\nidioma: es\ncobertura:\n  - { filas: objetivos, columnas: convenis }\n",
    );
    let lines = told(&playbook);
    assert!(has(&lines, "P124", "serves"), "{lines:#?}");
    assert!(has(&lines, "P127", "convenio"), "{lines:#?}");
}
