//! Small repositories, made with the program `git`, which is needed for nothing else.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::pack::applied;
use super::*;

struct Made(PathBuf);

impl Made {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("portolan-git-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).expect("a folder");
        let made = Self(path.canonicalize().expect("it exists"));
        made.git(&["init", "-q", "-b", "main", "."], "2026-01-01");
        made
    }

    fn git(&self, arguments: &[&str], day: &str) {
        git_in(&self.0, arguments, day);
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("folders");
        fs::write(path, text).expect("written");
    }

    fn commit(&self, day: &str) {
        self.git(&["add", "-A"], day);
        self.git(&["commit", "-q", "-m", "change"], day);
    }

    fn repository(&self) -> Repository {
        Repository::find(&self.0).expect("a repository")
    }
}

impl Drop for Made {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn git_in(folder: &Path, arguments: &[&str], day: &str) {
    let at = format!("{day}T23:30:00+02:00");
    let status = Command::new("git")
        .args(["-c", "gc.auto=0", "-c", "protocol.file.allow=always", "-c", "core.autocrlf=false"])
        .args(arguments)
        .current_dir(folder)
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("HOME", folder)
        .env("GIT_AUTHOR_NAME", "Noa Ejemplo")
        .env("GIT_AUTHOR_EMAIL", "noa@example.org")
        .env("GIT_COMMITTER_NAME", "Otra Persona")
        .env("GIT_COMMITTER_EMAIL", "otra@example.org")
        .env("GIT_AUTHOR_DATE", &at)
        .env("GIT_COMMITTER_DATE", &at)
        .output()
        .expect("git is installed");
    assert!(status.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&status.stderr));
}

fn paths(names: &[&str]) -> BTreeSet<FilePath> {
    names.iter().filter_map(|name| FilePath::new(name)).collect()
}

fn days(changes: &Changes) -> Vec<String> {
    changes.files.iter().map(|(path, changed)| format!("{path} {} {}", changed.on, changed.by)).collect()
}

/// Three commits on the branch, and a merge of another.
fn history(name: &str) -> Made {
    let made = Made::new(name);
    made.write("guide/a.md", &"one\n".repeat(400));
    made.write("guide/sub/b.md", "b\n");
    made.write("other.md", "o\n");
    made.commit("2026-01-10");
    made.git(&["tag", "v1"], "2026-01-10");
    made.write("guide/a.md", &("one\n".repeat(400) + "two\n"));
    made.commit("2026-02-10");
    made.git(&["tag", "-a", "v2", "-m", "second"], "2026-02-11");
    made.git(&["checkout", "-q", "-b", "side", "v1"], "2026-02-12");
    made.write("guide/sub/b.md", "b\nside\n");
    made.commit("2026-02-15");
    made.git(&["checkout", "-q", "main"], "2026-02-20");
    made.git(&["merge", "-q", "--no-ff", "-m", "merge", "side"], "2026-03-01");
    made.write("other.md", "changed\n");
    made.commit("2026-03-05");
    made
}

#[test]
fn files_are_dated_by_the_commit_that_changed_them() {
    let made = history("dated");
    let check = |repository: Repository| {
        let changes = repository.changes(&paths(&["a.md", "sub/b.md", "new.md"])).expect("changes");
        assert_eq!(
            days(&changes),
            ["a.md 2026-02-10 Noa Ejemplo", "sub/b.md 2026-02-15 Noa Ejemplo"],
            "the merge changed nothing, and a file that was never committed has no day"
        );
        assert_eq!(changes.broken_off, None);
    };
    let guide = made.0.join("guide");
    check(Repository::find(&guide).expect("loose"));
    made.git(&["gc", "-q", "--aggressive", "--prune=now"], "2026-03-06");
    check(Repository::find(&guide).expect("packed"));
}

#[test]
fn a_state_has_many_names() {
    let made = history("named");
    for packed in [false, true] {
        if packed {
            made.git(&["gc", "-q", "--prune=now"], "2026-03-06");
        }
        let repository = made.repository();
        let day = |name: &str| repository.revision(name).map(|commit| commit.day().to_string());
        assert_eq!(day("v1").as_deref(), Ok("2026-01-10"));
        assert_eq!(day("v2").as_deref(), Ok("2026-02-10"), "a tag with a text");
        assert_eq!(day("side").as_deref(), Ok("2026-02-15"));
        assert_eq!(day("HEAD").as_deref(), Ok("2026-03-05"));
        assert_eq!(day("2026-02-10").as_deref(), Ok("2026-01-10"), "as it was when the day began");
        assert_eq!(day("2026-02-11").as_deref(), Ok("2026-02-10"));
        assert!(matches!(day("2026-01-10"), Err(Unread::Before(_))));
        for name in ["v3", "", "../../etc/passwd", "refs/heads/../x", "HEAD~1", "a b", "deadbeef"] {
            assert!(matches!(day(name), Err(Unread::Unknown(_))), "{name}");
        }
        let short = repository.revision("v1").expect("v1").short();
        assert_eq!(day(&short).as_deref(), Ok("2026-01-10"));
        assert_eq!(repository.names(), ["main", "side", "v1", "v2"]);
    }
}

#[test]
fn the_files_of_a_state() {
    let made = history("files");
    made.git(&["gc", "-q", "--aggressive", "--prune=now"], "2026-03-06");
    let repository = Repository::find(&made.0.join("guide")).expect("a repository");
    let commit = repository.revision("v1").expect("v1");
    let files = repository.files(&commit, |path| path.as_str() == "a.md").expect("files");
    let names: Vec<&str> = files.keys().map(FilePath::as_str).collect();
    assert_eq!(names, ["a.md", "sub/b.md"]);
    assert_eq!(files[&FilePath::new("a.md").unwrap()], "one\n".repeat(400).as_bytes());
    assert!(files[&FilePath::new("sub/b.md").unwrap()].is_empty(), "only what is wanted is read");
}

#[test]
fn no_repository_no_commit_and_damage_are_told() {
    let made = Made::new("odd");
    assert_eq!(made.repository().head().map(|_| ()), Err(Unread::Empty));
    made.write("a.md", "a\n");
    made.commit("2026-01-10");
    made.git(&["checkout", "-q", "--detach"], "2026-01-11");
    assert!(made.repository().changes(&paths(&["a.md"])).is_ok(), "detached");
    let head = made.repository().head().expect("a commit");
    let hex = head.tree.to_string();
    let (folder, name) = hex.split_at(2);
    let object = made.0.join(".git/objects").join(folder).join(name);
    let _ = fs::remove_file(&object);
    fs::write(&object, b"nonsense").expect("written");
    let changes = made.repository().changes(&paths(&["a.md"])).expect("a commit");
    assert!(matches!(changes.broken_off, Some(Unread::Damaged(_))));
    fs::write(made.0.join(".git/HEAD"), "ref: refs/heads/../../../x\n").expect("written");
    assert!(made.repository().head().is_err());
    fs::remove_dir_all(made.0.join(".git")).expect("removed");
    assert!(
        matches!(Repository::find(&made.0), Err(Unread::None))
            || made.0.ancestors().skip(1).any(|folder| folder.join(".git").exists())
    );
}

#[test]
fn copies_and_work_trees() {
    let made = history("copies");
    let shallow = made.0.join("shallow");
    let url = format!("file://{}", made.0.display());
    made.git(&["clone", "-q", "--depth", "2", &url, "shallow"], "2026-03-07");
    let repository = Repository::find(&shallow).expect("a copy");
    assert!(repository.is_shallow());
    let changes = repository.changes(&paths(&["other.md", "guide/a.md"])).expect("changes");
    assert_eq!(days(&changes), ["other.md 2026-03-05 Noa Ejemplo"], "no false day for what is older");
    assert_eq!(changes.broken_off, Some(Unread::Shallow));
    assert!(matches!(repository.revision("2026-01-20"), Err(Unread::Shallow)));
    made.git(&["worktree", "add", "-q", "tree", "v2"], "2026-03-07");
    let tree = Repository::find(&made.0.join("tree/guide")).expect("a work tree");
    assert_eq!(tree.head().expect("a commit").day().to_string(), "2026-02-10");
    assert_eq!(tree.revision("v1").expect("shared").day().to_string(), "2026-01-10");
}

#[test]
fn differences_never_leave_their_base() {
    assert_eq!(applied(b"abcdef", &[6, 4, 0x91, 1, 3, 1, b'x']).as_deref(), Some(&b"bcdx"[..]));
    for broken in [
        &[][..],
        &[6],
        &[6, 4, 0x91, 9, 3],
        &[6, 200, 1, 0x91, 1, 3],
        &[5, 1, 1, b'x'],
        &[6, 1, 0],
        &[6, 1, 5, b'x'],
    ] {
        assert_eq!(applied(b"abcdef", broken), None, "{broken:?}");
    }
}
