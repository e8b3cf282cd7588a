//! Commands as people and scripts use them: exit status, what goes to which stream, machine formats.

use std::fs;

use serde_json::Value;

use crate::program::{Scratch, TODAY, example, portolan, run, run_in};

/// A playbook with one error, one warning and a note.
fn faulty() -> Scratch {
    let playbook = Scratch::new("faulty");
    playbook.write("guia.yaml", "titulo: Guía\nidioma: es\n");
    playbook.write(
        "canales/boletin.md",
        "---\ntitulo: Boletín\nplataforma: boletín\npara_que: Que vuelvan\ncadensia: mensual\n---\n",
    );
    playbook
}

/// A playbook that only lacks things.
fn gappy() -> Scratch {
    let playbook = faulty();
    playbook.write(
        "canales/boletin.md",
        "---\ntitulo: Boletín\nplataforma: boletín\npara_que: Que vuelvan\n---\n",
    );
    playbook
}

#[test]
fn exit_status_of_check() {
    run_in(&example(), &["check", "--today", TODAY]).ended(0);
    run_in(faulty().path(), &["check"]).ended(1);
    let gappy = gappy();
    run_in(gappy.path(), &["check"]).ended(0);
    run_in(gappy.path(), &["check", "--strict"]).ended(1);
}

#[test]
fn failures_are_told_apart_from_findings() {
    let scratch = Scratch::new("failures");
    let ran = run_in(scratch.path(), &["check", "nowhere", "--lang", "en"]).ended(2);
    assert!(ran.out.is_empty() && ran.talk.contains("error: there is no folder `nowhere`"), "{}", ran.talk);
    assert!(ran.talk.contains("portolan init nowhere"), "{}", ran.talk);
    let ran = run_in(scratch.path(), &["check", "nowhere", "--lang", "es"]).ended(2);
    assert!(ran.talk.contains("error: no existe la carpeta `nowhere`"), "{}", ran.talk);
    let ran = run_in(scratch.path(), &["check", "--no-such-option"]).ended(2);
    assert!(ran.out.is_empty() && !ran.talk.is_empty());
    run_in(scratch.path(), &[]).ended(2);
    let ran = run_in(scratch.path(), &["explain", "P9999", "--lang", "en"]).ended(2);
    assert!(ran.talk.contains("there is no code `P9999`"), "{}", ran.talk);
    // A rule of a playbook is explained where it is written.
    let ran = run_in(scratch.path(), &["explain", "X001", "--lang", "en"]).ended(2);
    assert!(ran.talk.contains("`types/`") && !ran.talk.contains("P001"), "{}", ran.talk);
    let ran = run_in(scratch.path(), &["schema", "--kind", "chanel"]).ended(2);
    assert!(ran.talk.contains("chanel"), "{}", ran.talk);
    scratch.write("file.md", "# A\n");
    let ran = run_in(scratch.path(), &["check", "file.md", "--lang", "en"]).ended(2);
    assert!(ran.talk.contains("is a file, not a folder"), "{}", ran.talk);
}

#[test]
fn data_go_out_and_talk_goes_aside() {
    let playbook = faulty();
    let ran = run_in(playbook.path(), &["check"]).ended(1);
    assert!(ran.out.contains("error[P101]") && ran.talk.contains("1 error"), "{}\n{}", ran.out, ran.talk);
    let ran = run_in(playbook.path(), &["build", "-o", "site"]).ended(1);
    assert!(ran.talk.contains("error[P101]"), "{}", ran.talk);
    assert!(ran.out.starts_with("La edición pública está en "), "{}", ran.out);
    for format in ["json", "sarif", "github"] {
        let ran = run_in(playbook.path(), &["check", "--format", format]).ended(1);
        assert!(ran.talk.is_empty(), "{format}: {}", ran.talk);
        assert!(!ran.out.contains('\u{1b}'), "{format}");
    }
    let ran = run_in(playbook.path(), &["--help"]).ended(0);
    assert!(ran.out.contains("portolan init") && ran.talk.is_empty());
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let ran = run_in(playbook.path(), &["completions", shell]).ended(0);
        assert!(ran.out.contains("portolan"), "{shell}");
    }
}

#[test]
fn json() {
    let playbook = faulty();
    for command in [&["check", "--format", "json"][..], &["build", "-o", "site", "--format", "json"][..]] {
        let ran = run_in(playbook.path(), command).ended(1);
        let report: Value =
            serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{error}\n{}", ran.out));
        let findings = report["findings"].as_array().expect("findings");
        let finding = findings.iter().find(|finding| finding["code"] == "P101").expect("P101");
        assert_eq!(finding["level"], "error");
        assert!(finding["message"].as_str().is_some_and(|message| message.contains("cadensia")), "{finding}");
        let place = finding.to_string();
        assert!(place.contains("canales/boletin.md"), "{place}");
    }
}

#[test]
fn sarif() {
    let ran = run_in(faulty().path(), &["check", "--format", "sarif"]).ended(1);
    let log: Value = serde_json::from_str(&ran.out).expect("JSON");
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    let rules: Vec<&str> = run["tool"]["driver"]["rules"]
        .as_array()
        .expect("rules")
        .iter()
        .filter_map(|rule| rule["id"].as_str())
        .collect();
    let results = run["results"].as_array().expect("results");
    assert!(results.iter().any(|result| result["ruleId"] == "P101"), "{}", ran.out);
    for result in results {
        assert!(rules.contains(&result["ruleId"].as_str().expect("a rule")), "{result}");
        let place = &result["locations"][0]["physicalLocation"];
        let uri = place["artifactLocation"]["uri"].as_str().expect("a file");
        assert!(!uri.starts_with('/') && !uri.contains('\\'), "{uri}");
        assert!(place["region"]["startLine"].as_u64().is_some_and(|line| line > 0), "{place}");
    }
}

#[test]
fn github_and_plain() {
    let playbook = faulty();
    let ran = run_in(playbook.path(), &["check", "--format", "github"]).ended(1);
    let line = ran.out.lines().find(|line| line.contains("P101")).expect("P101");
    assert!(
        line.starts_with("::error ") && line.contains("file=canales/boletin.md") && line.contains("line=5"),
        "{line}"
    );
    assert!(ran.out.lines().all(|line| line.starts_with("::")), "{}", ran.out);
    let ran = run_in(playbook.path(), &["check", "--format", "plain"]).ended(1);
    let line = ran.out.lines().find(|line| line.contains("P101")).expect("P101");
    assert!(line.starts_with("canales/boletin.md:5:1: error[P101] "), "{line}");
    // From another folder the places can be opened too.
    let parent = playbook.path().parent().unwrap();
    let name = playbook.path().file_name().unwrap().to_str().unwrap();
    let ran = run_in(parent, &["check", name, "--format", "plain"]).ended(1);
    assert!(ran.out.starts_with(&format!("{name}/canales/boletin.md:")), "{}", ran.out);
}

#[test]
fn the_language_of_messages() {
    let playbook = faulty();
    assert!(run_in(playbook.path(), &["check"]).out.contains("campo desconocido"));
    assert!(run_in(playbook.path(), &["check", "--lang", "en"]).out.contains("unknown field"));
    let mut command = portolan(&["explain", "P101"]);
    command.env("LANG", "es_ES.UTF-8");
    let ran = run(command).ended(0);
    assert!(ran.out.contains("Por qué importa"), "{}", ran.out);
    let mut command = portolan(&["explain", "unknown_field"]);
    command.env("LANG", "C");
    assert!(run(command).ended(0).out.contains("Why it matters"));
}

#[test]
fn a_site_with_errors_is_published_unless_it_must_not() {
    let playbook = faulty();
    run_in(playbook.path(), &["build", "-o", "site"]).ended(1);
    let site = playbook.join("site");
    assert!(site.join("index.html").is_file());
    let before = crate::program::tree(&site);
    let ran = run_in(playbook.path(), &["build", "-o", "site", "--strict"]).ended(1);
    assert!(ran.out.contains("no se ha publicado"), "{}", ran.out);
    assert_eq!(before, crate::program::tree(&site));
    // A password in a file: nothing is published, and it is never printed.
    playbook.write("cuentas/x.md", "---\nusuario: x\ncontraseña: Olmo-1987-secreto\n---\n");
    for format in ["human", "plain", "json", "sarif", "github"] {
        let ran = run_in(playbook.path(), &["build", "-o", "site", "--format", format]).ended(1);
        assert!(
            !ran.out.contains("Olmo-1987") && !ran.talk.contains("Olmo-1987"),
            "{format}\n{}\n{}",
            ran.out,
            ran.talk
        );
        assert!(ran.out.contains("P106") || ran.talk.contains("P106"), "{format}");
    }
    assert_eq!(before, crate::program::tree(&site));
}

#[test]
fn an_output_that_would_destroy_something_is_refused() {
    let playbook = gappy();
    let precious = playbook.join("precious");
    fs::create_dir_all(&precious).unwrap();
    fs::write(precious.join("letter.txt"), "Dear all").unwrap();
    for output in [".", "..", "precious", "canales", "/"] {
        let ran = run_in(playbook.path(), &["build", "-o", output, "--lang", "en"]).ended(2);
        assert!(ran.talk.contains("error: "), "{output}: {}", ran.talk);
    }
    assert_eq!(fs::read_to_string(precious.join("letter.txt")).unwrap(), "Dear all");
    assert!(playbook.join("guia.yaml").is_file());
}

#[test]
fn schemas() {
    let scratch = Scratch::new("schema");
    for kind in [None, Some("channel"), Some("canal"), Some("settings")] {
        let mut arguments = vec!["schema"];
        arguments.extend(kind.iter().flat_map(|kind| ["--kind", kind]));
        let ran = run_in(scratch.path(), &arguments).ended(0);
        let schema: Value =
            serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{kind:?}: {error}"));
        assert!(schema.to_string().contains("$schema") || schema.is_object(), "{kind:?}");
        if kind == Some("canal") {
            assert!(ran.out.contains("para_que") && ran.out.contains("purpose"), "both names");
        }
    }
}

#[test]
fn schemas_of_a_playbook_as_files() {
    let playbook = gappy();
    playbook.write(
        "tipos/convenio.yaml",
        "kind: agreement\nes: convenio\nfields:\n  signed: { es: firmado, type: date }\n",
    );
    let output = Scratch::new("schemas");
    let folder = output.path().display().to_string();
    run_in(playbook.path(), &["schema", ".", "--output", &folder]).ended(0);
    let read = |name: &str| -> Value {
        let text = fs::read_to_string(output.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
        serde_json::from_str(&text).unwrap()
    };
    // Both names of a field of the playbook's own kind; the one of the language is proposed.
    let own = read("agreement.json");
    let properties = &own["definitions"]["entity"]["properties"];
    assert_eq!(properties["firmado"]["doNotSuggest"], Value::Null);
    assert_eq!(properties["signed"]["doNotSuggest"], true);
    assert_eq!(own["definitions"]["entity"]["additionalProperties"], false);
    for entry in read("index.json")["schemas"].as_array().unwrap() {
        read(entry["schema"].as_str().unwrap());
    }
}

#[test]
fn a_new_file_of_a_kind() {
    for (lang, kind, path, fields) in [
        ("es", "canal", "canales/radio-tres.md", ["para_que:", "# cadencia: 3 por semana"]),
        ("en", "channel", "channels/radio-tres.md", ["purpose:", "# cadence: 3 per week"]),
    ] {
        let scratch = Scratch::new("new");
        run_in(scratch.path(), &["init", "guide", "--lang", lang]).ended(0);
        let folder = scratch.join("guide");
        run_in(&folder, &["new", kind, "Radio Tres"]).ended(0);
        let text = fs::read_to_string(folder.join(path)).unwrap();
        for field in fields {
            assert!(text.contains(field), "{field}\n{text}");
        }
        // What asks for words is not published as such.
        assert!(text.trim_end().ends_with("-->"), "{text}");
        // It is read as it is, but for what has to be filled in; and never written over.
        let ran = run_in(&folder, &["check", "--format", "plain"]);
        let about: Vec<&str> = ran.out.lines().filter(|line| line.contains("radio-tres")).collect();
        assert!(
            !about.is_empty()
                && about
                    .iter()
                    .all(|line| line.contains("P102") || line.contains("P103") || line.contains("P3")),
            "{about:#?}"
        );
        let ran = run_in(&folder, &["new", kind, "Radio Tres"]).ended(2);
        assert!(ran.talk.contains("radio-tres"), "{}", ran.talk);
        assert_eq!(fs::read_to_string(folder.join(path)).unwrap(), text);
        let ran = run_in(&folder, &["new", "cannel", "X"]).ended(2);
        assert!(ran.talk.contains("channel"), "{}", ran.talk);
    }
}

#[test]
fn levels_of_the_settings() {
    let playbook = gappy();
    playbook.write(
        "guia.yaml",
        "titulo: Guía\nidioma: es\nniveles:\n  P103: no\n  P320: error\n  channel_without_owner: nota\n",
    );
    let ran = run_in(playbook.path(), &["check", "--format", "plain"]).ended(1);
    assert!(
        !ran.out.contains("P103") && ran.out.contains("error[P320]") && ran.out.contains("nota[P321]"),
        "{}",
        ran.out
    );
    // What protects people cannot be switched off.
    playbook.write("guia.yaml", "titulo: Guía\nidioma: es\nniveles:\n  P106: no\n  secret: no\n");
    playbook.write(
        "canales/boletin.md",
        "---\ntitulo: Boletín\nplataforma: boletín\npara_que: Que vuelvan\ncontraseña: Olmo-1987\n---\n",
    );
    let ran = run_in(playbook.path(), &["check", "--format", "plain"]).ended(1);
    assert!(ran.out.contains("error[P106]"), "{}", ran.out);
}

/// A playbook in which one gap of its strategy is accepted for a month and another is not.
fn accepting() -> Scratch {
    let playbook = Scratch::new("accepting");
    playbook.write("guia.yaml", "titulo: Guía\nidioma: es\n");
    playbook.write(
        "canales/boletin.md",
        "---\ntitulo: Boletín\nplataforma: boletín\npara_que: Que vuelvan\naceptado:\n  - codigo: P321\n    motivo: Lo escribe quien está de turno\n    hasta: 2026-12-15\n---\n",
    );
    playbook
        .write("canales/web.md", "---\ntitulo: Web\nplataforma: web\npara_que: Que nos encuentren\n---\n");
    playbook
}

#[test]
fn gaps_of_a_strategy_in_every_format() {
    let playbook = accepting();
    let at = |day: &str, format: &str| {
        run_in(playbook.path(), &["check", "--format", format, "--today", day]).ended(0)
    };
    for format in ["human", "plain", "json", "sarif", "github"] {
        let ran = at("2026-11-22", format);
        assert!(ran.out.contains("P321") && ran.out.contains("canales/web.md"), "{format}: {}", ran.out);
        let told = ran.out.lines().filter(|line| line.contains("P321") && line.contains("boletin"));
        assert_eq!(told.count(), 0, "{format}: {}", ran.out);
        let strict = ["check", "--format", format, "--today", "2026-11-22", "--strict"];
        run_in(playbook.path(), &strict).ended(1);
        let counted = ran.talk.contains("1 carencia aceptada, 1 caduca en 30 días");
        assert_eq!(counted, matches!(format, "human" | "plain"), "{format}: {}", ran.talk);
    }
    let talk = run_in(playbook.path(), &["check", "--today", "2026-10-01", "--lang", "en"]).ended(0).talk;
    assert!(talk.contains("; 1 gap accepted."), "{talk}");
    // What was accepted until yesterday is told again.
    let ran = at("2026-12-16", "plain");
    assert!(
        ran.out.contains("canales/boletin.md:") && ran.out.contains("hasta el 2026-12-15"),
        "{}",
        ran.out
    );
    assert!(!ran.talk.contains("aceptada"), "{}", ran.talk);
    run_in(playbook.path(), &["check", "nada", "--format", "sarif"]).ended(2);
}

/// A list that breaks off is the one mistake: what it would have named is not missing in a hundred other places.
#[test]
fn a_broken_list_hides_itself_behind_nothing() {
    let scratch = Scratch::new("broken-list");
    scratch.write("guide/playbook.yaml", "title: Guide\nlanguages: [en, es]\n");
    scratch.write("guide/metrics.yaml", "\tunit: people\nvisits:\n  title: Visits\n");
    scratch.write("guide/metrics.es.yaml", "readers:\n  title: Lectoras\nvisits:\n  title: Visitas\n");
    for number in 0..5 {
        scratch.write(
            &format!("guide/objectives/o{number}.md"),
            "---\ntitle: More\ntargets: [{ metric: visits, value: 5, by: 2027-01-01 }]\n---\n",
        );
    }
    let ran = run_in(&scratch.join("guide"), &["check", "--lang", "en"]);
    let told = ran.out.matches("error[P201]").count();
    assert!(ran.out.contains("error[P011]") || ran.out.contains("error[P010]"), "{}", ran.out);
    assert_eq!(told, 1, "{}", ran.out);
    assert!(ran.out.contains("in 5 places") && ran.out.contains("mend `metrics.yaml` first"), "{}", ran.out);
    assert!(!ran.out.contains("metrics.es.yaml"), "{}", ran.out);
    let ran = run_in(&scratch.join("guide"), &["check", "--lang", "es"]);
    assert!(ran.out.contains("corrige antes `metrics.yaml`"), "{}", ran.out);
}
