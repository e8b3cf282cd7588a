//! The same input gives the same bytes, whatever the machine: time zone, language, threads, mask of rights, path of the playbook, age and order of its files.

use std::fs;

use crate::program::{Scratch, TODAY, copy, example, portolan, run, tree};

#[test]
fn two_machines_make_the_same_site() {
    let scratch = Scratch::new("bytes");
    let here = example();
    let there = scratch.join("otro sitio/guía copiada");
    copy(&here, &there);
    let (first, second) = (scratch.join("first"), scratch.join("second"));

    let mut command = portolan(&["build", here.to_str().unwrap(), "-o", first.to_str().unwrap()]);
    command.args(["--edition", "all", "--today", TODAY]);
    command.env("TZ", "Pacific/Kiritimati").env("LANG", "es_ES.UTF-8").env("RAYON_NUM_THREADS", "1");
    let one = run(command);

    // Another mask needs a shell: a process changes it for itself only.
    let script = format!(
        "umask 077; exec \"$0\" build . -o '{}' --edition all --today {TODAY}",
        second.to_str().unwrap()
    );
    let mut command = std::process::Command::new("sh");
    command.env_clear().args(["-c", &script, env!("CARGO_BIN_EXE_portolan")]).current_dir(&there);
    command
        .env("TZ", "America/Lima")
        .env("LANG", "C")
        .env("LC_ALL", "C")
        .env("RAYON_NUM_THREADS", "7")
        .env("HOME", "/nowhere");
    let two = run(command);
    assert_eq!(one.status, two.status, "{}\n{}", one.talk, two.talk);

    let (one, two) = (tree(&first), tree(&second));
    let names = |tree: &[(String, Vec<u8>)]| tree.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&one), names(&two));
    assert!(one.len() > 200, "only {} files", one.len());
    let different: Vec<&String> =
        one.iter().zip(&two).filter(|(one, two)| one != two).map(|((name, _), _)| name).collect();
    assert!(different.is_empty(), "files that differ: {different:?}");

    // Nothing of the machine stands in the files.
    let traces = [
        here.to_str().unwrap().to_owned(),
        scratch.path().to_str().unwrap().to_owned(),
        "guía copiada".to_owned(),
    ];
    for (name, bytes) in one.iter().chain(&two) {
        let text = String::from_utf8_lossy(bytes);
        for trace in &traces {
            assert!(!text.contains(trace.as_str()), "{name} holds the path {trace}");
        }
    }
}

#[test]
fn a_second_build_writes_nothing() {
    let scratch = Scratch::new("again");
    let output = scratch.join("site");
    let build = || {
        let mut command = portolan(&[
            "build",
            example().to_str().unwrap(),
            "-o",
            output.to_str().unwrap(),
            "--today",
            TODAY,
        ]);
        command.args(["--lang", "en"]);
        run(command).ended(0)
    };
    build();
    let before = tree(&output);
    let ran = build();
    assert!(ran.out.contains("0 files written"), "{}", ran.out);
    assert_eq!(before, tree(&output));
}

#[test]
fn findings_come_in_the_same_order() {
    let scratch = Scratch::new("order");
    scratch.write("guia.yaml", "titulo: Guía\nidioma: es\n");
    for number in 0..60 {
        scratch.write(
            &format!("canales/canal-{number}.md"),
            format!("---\ntitulo: Canal {number}\nplatafroma: x\n---\n[a](b{number}.md)\n"),
        );
    }
    let mut told = Vec::new();
    for threads in ["1", "2", "9"] {
        let mut command = portolan(&["check", scratch.path().to_str().unwrap(), "--format", "plain"]);
        command.env("RAYON_NUM_THREADS", threads);
        told.push(run(command).ended(1).out);
    }
    assert!(told[0].lines().count() > 120, "{}", told[0]);
    assert_eq!(told[0], told[1]);
    assert_eq!(told[0], told[2]);
}

#[test]
fn the_source_is_left_as_it_was() {
    let scratch = Scratch::new("untouched");
    let playbook = scratch.join("playbook");
    copy(&example(), &playbook);
    let before = tree(&playbook);
    crate::program::build(&playbook, &scratch.join("out"), "all").ended(0);
    assert_eq!(before, tree(&playbook));
    assert!(fs::read_dir(scratch.path()).unwrap().count() == 2, "nothing beside the output");
}
