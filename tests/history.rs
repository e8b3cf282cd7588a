//! What the repository of a playbook tells its pages: when they were changed, by whom where readers may know, and what is different since a time.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::program::{Ran, Scratch, TODAY, run_in};

fn git(folder: &Path, arguments: &[&str], day: &str) {
    let at = format!("{day}T12:00:00+01:00");
    let ran = Command::new("git")
        .args(["-c", "gc.auto=0", "-c", "core.autocrlf=false"])
        .args(arguments)
        .current_dir(folder)
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("HOME", folder)
        .env("GIT_AUTHOR_NAME", "Noa Ejemplo")
        .env("GIT_AUTHOR_EMAIL", "noa@example.org")
        .env("GIT_COMMITTER_NAME", "Noa Ejemplo")
        .env("GIT_COMMITTER_EMAIL", "noa@example.org")
        .env("GIT_AUTHOR_DATE", &at)
        .env("GIT_COMMITTER_DATE", &at)
        .output()
        .expect("git is installed");
    assert!(ran.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&ran.stderr));
}

fn commit(scratch: &Scratch, day: &str) {
    git(scratch.path(), &["add", "guide"], day);
    git(scratch.path(), &["commit", "-q", "-m", "change"], day);
}

const METRIC: &str = "---\ntitle: Readers\nunit: people\ngood: higher\nkind: level\nseen_by: [public, staff]\nvalues: [{ date: 2026-01-01, value: 100 }]\n---\n";

fn objective(value: &str, by: &str) -> String {
    format!(
        "---\ntitle: More readers\nseen_by: [public, staff]\ntargets: [{{ metric: readers, value: {value}, by: {by}, baseline: 100 }}]\n---\n"
    )
}

fn playbook(settings: &str) -> Scratch {
    let scratch = Scratch::new("history");
    git(scratch.path(), &["init", "-q", "-b", "main", "."], "2026-01-01");
    scratch.write("guide/playbook.yaml", format!("title: Guide\nlanguage: en\n{settings}"));
    scratch.write("guide/metrics/readers.md", METRIC);
    scratch.write("guide/objectives/more.md", objective("5000", "2026-12-31"));
    scratch.write("guide/guidelines/tone.md", "---\ntitle: Tone\n---\nKind.\n");
    scratch.write("guide/guidelines/old.md", "---\ntitle: An old rule\n---\n");
    scratch.write("guide/guidelines/quiet.md", "---\ntitle: Canario\nseen_by: [staff]\n---\n");
    scratch.write("guide/guidelines/bared.md", "---\ntitle: Bared\nseen_by: [staff]\n---\n");
    scratch.write("guide/guidelines/veiled.md", "---\ntitle: Velado\nseen_by: [public, staff]\n---\n");
    scratch
        .write("guide/channels/twitter.md", "---\ntitle: Twitter\nplatform: x\npurpose: To be found\n---\n");
    commit(&scratch, "2026-02-01");
    git(scratch.path(), &["tag", "v1"], "2026-02-01");
    scratch.write("guide/objectives/more.md", objective("3000", "2027-06-30"));
    scratch.write("guide/guidelines/tone.md", "---\ntitle: Tone\n---\nKind and short.\n");
    scratch.write("guide/guidelines/new.md", "---\ntitle: A new rule\n---\n");
    scratch.write("guide/guidelines/bared.md", "---\ntitle: Bared\nseen_by: [public, staff]\n---\n");
    scratch.write("guide/guidelines/veiled.md", "---\ntitle: Velado\nseen_by: [staff]\n---\nCanario.\n");
    fs::remove_file(scratch.join("guide/guidelines/old.md")).expect("removed");
    fs::remove_file(scratch.join("guide/guidelines/quiet.md")).expect("removed");
    fs::remove_file(scratch.join("guide/channels/twitter.md")).expect("removed");
    scratch.write(
        "guide/channels/x.md",
        "---\ntitle: X\naliases: [twitter]\nplatform: x\npurpose: To be found\nstatus: paused\n---\n",
    );
    commit(&scratch, "2026-05-01");
    scratch
}

fn build(scratch: &Scratch, edition: &str, more: &[&str]) -> Ran {
    let mut arguments = vec!["build", "guide", "-o", edition, "--edition", edition, "--today", TODAY];
    arguments.extend(more);
    run_in(scratch.path(), &arguments)
}

fn read(scratch: &Scratch, path: &str) -> String {
    fs::read_to_string(scratch.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn pages_say_when_they_were_changed_and_names_stay_inside() {
    let scratch = playbook("url: https://guide.example.org\nhistory: authors\n");
    for edition in ["public", "staff"] {
        build(&scratch, edition, &[]);
    }
    let changed = "<time datetime=\"2026-05-01\">";
    let (public, staff) =
        (read(&scratch, "public/guidelines/tone.html"), read(&scratch, "staff/guidelines/tone.html"));
    assert!(public.contains(changed) && !public.contains("Noa"), "{public}");
    assert!(staff.contains(changed) && staff.contains("(Noa Ejemplo)"), "{staff}");
    assert!(read(&scratch, "public/metrics/readers.html").contains("<time datetime=\"2026-02-01\">"));
    assert!(read(&scratch, "public/sitemap.xml").contains("tone.html</loc><lastmod>2026-05-01</lastmod>"));
    assert!(!scratch.join("public/changes.html").exists());
    let feed = read(&scratch, "public/feed.xml");
    assert!(feed.contains("<title>Changed: Tone</title>\n<updated>2026-05-01T00:00:00Z</updated>"), "{feed}");
    assert!(!feed.contains("Noa") && !feed.contains("Canario") && !feed.contains("Velado"), "{feed}");
}

#[test]
fn a_page_tells_what_is_different() {
    let scratch = playbook("");
    build(&scratch, "public", &["--since", "v1"]);
    let page = read(&scratch, "public/changes.html");
    for told in [
        "Compared with v1",
        "5,000 from 100",
        "3,000 from 100",
        "A new rule",
        "An old rule",
        "formerly Twitter",
        "Paused",
        "Text",
    ] {
        assert!(page.contains(told), "{told}\n{page}");
    }
    let main = page.split("<main").nth(1).expect("the main part");
    for hidden in ["Canario", "Velado", "Bared"] {
        assert!(!main.contains(hidden), "{hidden}: hidden now, or hidden then\n{main}");
    }
    assert!(!read(&scratch, "public/guidelines/tone.html").contains("Last changed"));
    build(&scratch, "staff", &["--since", "2026-03-01"]);
    let staff = read(&scratch, "staff/changes.html");
    assert!(staff.contains("Canario") && staff.contains("Velado"), "{staff}");
}

#[test]
fn a_state_that_does_not_exist_is_told_and_a_folder_without_history_is_a_note() {
    let scratch = playbook("");
    let ran = build(&scratch, "public", &["--since", "v11"]);
    assert!(ran.talk.contains("P911") && ran.talk.contains("`v1`"), "{}", ran.talk);
    assert!(!scratch.join("public/changes.html").exists());
    let plain = Scratch::new("plain");
    plain.write("guide/playbook.yaml", "title: Guide\nlanguage: en\nhistory: dates\n");
    plain.write("guide/guidelines/tone.md", "---\ntitle: Tone\n---\n");
    let ran = build(&plain, "public", &[]);
    assert!(ran.talk.contains("P910") && ran.status == 0, "{}", ran.talk);
}
