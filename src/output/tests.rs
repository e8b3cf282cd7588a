//! Staging, swapping and refusing, in folders of their own below the system's temporary folder.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "tests measure time and set up folders of their own"
)]

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};

use rayon::prelude::*;

use super::manifest::{Manifest, STAGING};
use super::staging::copy;
use super::*;
use crate::finding::Words;
use crate::text::PagePath;

/// A folder that is removed at the end of its test.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let name =
            format!("portolan-output-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let path = std::env::temp_dir().join(name);
        fs::create_dir(&path).unwrap();
        Self(path.canonicalize().unwrap())
    }

    fn path(&self, below: &str) -> PathBuf {
        self.0.join(below)
    }

    fn write(&self, below: &str, text: &str) {
        let path = self.path(below);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn read(&self, below: &str) -> String {
        fs::read_to_string(self.path(below)).unwrap()
    }

    /// A guard whose playbook is `book` and whose home is `home`.
    fn guard(&self) -> Guard {
        Guard { source_root: self.path("book"), home: Some(self.path("home")) }
    }

    fn begin(&self, target: &str) -> Result<Staging, OutputError> {
        self.begin_edition(target, "public")
    }

    fn begin_edition(&self, target: &str, edition: &str) -> Result<Staging, OutputError> {
        begin(&self.path(target), &self.guard(), Stamp { edition, generator: "portolan test" })
    }

    fn build(&self, files: &[(&str, &str)]) -> Result<Published, OutputError> {
        let staging = self.begin("site")?;
        put_all(&staging, files)?;
        staging.publish()
    }

    /// Everything below, with what is in it; a link as `→ where`, a folder as `/`.
    fn tree(&self, below: &str) -> BTreeMap<String, String> {
        fn walk(root: &Path, folder: &Path, found: &mut BTreeMap<String, String>) {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                let name = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
                let kind = fs::symlink_metadata(&path).unwrap();
                if kind.is_symlink() {
                    found.insert(name, format!("→ {}", fs::read_link(&path).unwrap().display()));
                } else if kind.is_dir() {
                    walk(root, &path, found);
                    found.insert(name, "/".into());
                } else {
                    found.insert(name, String::from_utf8_lossy(&fs::read(&path).unwrap()).into_owned());
                }
            }
        }
        let mut found = BTreeMap::new();
        walk(&self.path(below), &self.path(below), &mut found);
        found
    }

    fn names(&self, below: &str) -> Vec<String> {
        self.tree(below).into_iter().filter(|(_, text)| text != "/").map(|(name, _)| name).collect()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn put_all(staging: &Staging, files: &[(&str, &str)]) -> Result<(), OutputError> {
    files.iter().try_for_each(|(path, text)| staging.put(&PagePath::new(*path), text.as_bytes()))
}

const OLD: &[(&str, &str)] =
    &[("a/one.html", "1"), ("a/two.html", "2"), ("index.html", "old"), ("b/c/three.html", "3")];
const NEW: &[(&str, &str)] =
    &[("a/one.html", "1"), ("a/two.html", "zwei"), ("index.html", "new"), ("d/four.html", "4")];

/// A refusal leaves everything as it was; its words name the target in both languages.
#[track_caller]
fn check_refused(folder: &Folder, target: &str, reason: Refusal) {
    let before = folder.tree("");
    let error = folder.begin(target).expect_err("refused");
    let Words { en, es } = error.words();
    let help = error.help();
    assert!(en.contains('`') && es.contains('`') && en != es, "{en} / {es}");
    assert!(!help.en.is_empty() && !help.es.is_empty() && help.en != help.es);
    match error {
        OutputError::Refused { reason: found, .. } => assert_eq!(found, reason),
        other => panic!("{other:?}"),
    }
    assert_eq!(folder.tree(""), before, "nothing may change");
}

#[test]
fn a_first_site_is_whole_and_nothing_is_left_beside_it() {
    let folder = Folder::new();
    let published = folder.build(OLD).unwrap();
    assert_eq!(published, Published { written: 4, ..Published::default() });
    assert_eq!(
        folder.names(""),
        ["site/.portolan", "site/a/one.html", "site/a/two.html", "site/b/c/three.html", "site/index.html"]
    );
    let text = folder.read("site/.portolan");
    let hash = blake3::hash(b"1").to_hex();
    assert!(
        text.starts_with(&format!(
            "portolan 1\nedition public\ngenerator portolan test\nfiles 4\n{hash} 1 a/one.html\n"
        )),
        "{text}"
    );
}

#[test]
fn a_second_build_replaces_the_first_and_removes_what_is_stale() {
    let folder = Folder::new();
    folder.build(OLD).unwrap();
    let published = folder.build(NEW).unwrap();
    assert_eq!(published, Published { written: 3, unchanged: 1, removed: 1, ..Published::default() });
    assert_eq!(
        folder.names(""),
        ["site/.portolan", "site/a/one.html", "site/a/two.html", "site/d/four.html", "site/index.html"]
    );
    assert_eq!(folder.read("site/a/two.html"), "zwei");
    assert!(!folder.path("site/b").exists(), "folders of stale files go too");
}

#[test]
fn the_site_is_the_same_whatever_stood_there_before() {
    let (fresh, over) = (Folder::new(), Folder::new());
    fresh.build(NEW).unwrap();
    over.build(OLD).unwrap();
    over.build(NEW).unwrap();
    assert_eq!(fresh.tree(""), over.tree(""));
}

#[cfg(unix)]
#[test]
fn unchanged_files_keep_date_and_inode() {
    use std::os::unix::fs::MetadataExt;
    let folder = Folder::new();
    folder.build(OLD).unwrap();
    let long_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    for file in ["site/a/one.html", "site/index.html"] {
        fs::File::options().write(true).open(folder.path(file)).unwrap().set_modified(long_ago).unwrap();
    }
    let look = |file: &str| {
        let found = fs::metadata(folder.path(file)).unwrap();
        (found.ino(), found.modified().unwrap())
    };
    let (same, other, site) = (look("site/a/one.html"), look("site/index.html"), look("site"));
    folder.build(NEW).unwrap();
    assert_eq!(look("site/a/one.html"), same);
    assert_eq!(fs::metadata(folder.path("site/a/one.html")).unwrap().nlink(), 1, "the old name is gone");
    assert_ne!(look("site/index.html").0, other.0, "a changed file is a new file");
    assert_ne!(look("site/index.html").1, long_ago);
    let again = look("site");
    assert_ne!(again.0, site.0, "the folder was swapped");
    assert_eq!(folder.build(NEW).unwrap(), Published { unchanged: 4, ..Published::default() });
    assert_eq!(look("site"), again, "when nothing changes, nothing is swapped");
}

#[cfg(unix)]
#[test]
fn a_changed_file_is_not_written_into_its_other_names() {
    let folder = Folder::new();
    folder.build(OLD).unwrap();
    fs::hard_link(folder.path("site/index.html"), folder.path("backup.html")).unwrap();
    fs::hard_link(folder.path("site/a/one.html"), folder.path("backup-one.html")).unwrap();
    folder.build(NEW).unwrap();
    folder.build(&[("a/one.html", "other")]).unwrap();
    assert_eq!(folder.read("backup.html"), "old");
    assert_eq!(folder.read("backup-one.html"), "1");
    assert_eq!(folder.read("site/a/one.html"), "other");
}

#[test]
fn a_copy_keeps_the_date_where_links_are_not_possible() {
    let folder = Folder::new();
    folder.write("old", "text");
    let long_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    fs::File::options().write(true).open(folder.path("old")).unwrap().set_modified(long_ago).unwrap();
    let record = |text: &str| super::manifest::Record { hash: blake3::hash(text.as_bytes()), size: 4 };
    copy(&folder.path("old"), &folder.path("new/folder/new"), record("text")).unwrap();
    assert_eq!(folder.read("new/folder/new"), "text");
    assert_eq!(fs::metadata(folder.path("new/folder/new")).unwrap().modified().unwrap(), long_ago);
    copy(&folder.path("old"), &folder.path("other"), record("else")).expect_err("changed meanwhile");
}

#[test]
fn a_dropped_staging_leaves_nothing() {
    let folder = Folder::new();
    let staging = folder.begin("deep/er/site").unwrap();
    put_all(&staging, OLD).unwrap();
    drop(staging);
    assert!(folder.tree("").is_empty(), "{:?}", folder.tree(""));
    folder.build(OLD).unwrap();
    let before = folder.tree("");
    let staging = folder.begin("site").unwrap();
    put_all(&staging, NEW).unwrap();
    drop(staging);
    assert_eq!(folder.tree(""), before);
}

#[test]
fn missing_folders_above_the_site_are_made() {
    let folder = Folder::new();
    folder.begin("deep/er/site").unwrap().publish().unwrap();
    assert_eq!(folder.names(""), ["deep/er/site/.portolan"]);
}

#[test]
fn many_threads_put_at_once() {
    let folder = Folder::new();
    let staging = folder.begin("site").unwrap();
    (0..500).into_par_iter().for_each(|number| {
        let path = PagePath::new(format!("section-{}/group-{}/page-{number}.html", number % 7, number % 3));
        staging.put(&path, number.to_string().as_bytes()).unwrap();
    });
    assert_eq!(staging.publish().unwrap().written, 500);
    let names = folder.names("site");
    assert_eq!(names.len(), 501);
    assert_eq!(folder.read("site/section-1/group-1/page-64.html"), "64");
    let manifest = Manifest::parse(&folder.read("site/.portolan")).unwrap();
    assert_eq!(manifest.files.keys().map(String::as_str).collect::<Vec<_>>(), &names[1..]);
}

#[test]
fn another_edition_is_replaced_as_a_whole_and_told() {
    let folder = Folder::new();
    let staff = folder.begin_edition("site", "staff").unwrap();
    put_all(&staff, &[("index.html", "same"), ("phones.html", "600 000 000")]).unwrap();
    assert_eq!(staff.publish().unwrap().replaced_edition, None);
    let published = folder.build(&[("index.html", "same")]).unwrap();
    assert_eq!(published.replaced_edition.as_deref(), Some("staff"));
    assert_eq!(folder.names("site"), [".portolan", "index.html"]);
    assert!(folder.read("site/.portolan").contains("edition public\n"));
    let staff = folder.begin_edition("site", "staff").unwrap();
    put_all(&staff, &[("index.html", "same")]).unwrap();
    let published = staff.publish().unwrap();
    assert_eq!((published.replaced_edition.as_deref(), published.unchanged), (Some("public"), 1));
    assert!(folder.read("site/.portolan").contains("edition staff\n"), "the edition alone is a change");
}

#[test]
fn files_deleted_by_hand_come_back() {
    let folder = Folder::new();
    folder.build(OLD).unwrap();
    fs::remove_file(folder.path("site/index.html")).unwrap();
    fs::remove_dir_all(folder.path("site/b")).unwrap();
    let published = folder.build(OLD).unwrap();
    assert_eq!((published.written, published.unchanged), (2, 2));
    assert_eq!(folder.read("site/b/c/three.html"), "3");
}

#[test]
fn refuses_the_playbook_and_what_holds_it() {
    let folder = Folder::new();
    folder.write("up/book/playbook.yaml", "");
    folder.write("up/book/channels/one.md", "");
    let guard = Guard { source_root: folder.path("up/book/channels/.."), home: None };
    let before = folder.tree("");
    let check = |target: &str, reason: Refusal| {
        let error = begin(&folder.path(target), &guard, Stamp { edition: "public", generator: "" })
            .expect_err(target);
        assert!(
            matches!(&error, OutputError::Refused { reason: found, .. } if *found == reason),
            "{target}: {error:?}"
        );
        assert_eq!(folder.tree(""), before);
    };
    check("up/book", Refusal::Source);
    check("up/book/", Refusal::Source);
    check("up/book/channels/..", Refusal::Source);
    check("up", Refusal::AboveSource);
    check("up/book/../../up/.", Refusal::AboveSource);
    check("up/book/channels", Refusal::NotOurs(vec!["one.md".into()]));
    begin(&folder.path("up/book/site"), &guard, Stamp { edition: "public", generator: "" })
        .unwrap()
        .publish()
        .unwrap();
    begin(&folder.path("up/book/site"), &guard, Stamp { edition: "public", generator: "" })
        .expect("made by us before");
}

#[test]
fn refuses_root_home_and_repository() {
    let folder = Folder::new();
    fs::create_dir_all(folder.path("home/site")).unwrap();
    folder.write("cloned/.git/HEAD", "");
    folder.write("worktree/.git", "gitdir: elsewhere");
    check_refused(&folder, "home", Refusal::Home);
    check_refused(&folder, "cloned", Refusal::Repository);
    check_refused(&folder, "worktree", Refusal::Repository);
    let guard = folder.guard();
    for (target, wanted) in [(Path::new("/"), Refusal::Root), (&*folder.0, Refusal::Home)] {
        // Without a playbook below, so that this rule alone speaks.
        let guard = Guard { source_root: "/nowhere/at/all".into(), ..guard.clone() };
        let error = begin(target, &guard, Stamp { edition: "public", generator: "" }).expect_err("refused");
        assert!(matches!(&error, OutputError::Refused { reason, .. } if *reason == wanted), "{error:?}");
    }
    folder.begin("home/site").unwrap().publish().expect("a folder in the home folder is fine");
}

#[test]
fn refuses_what_is_no_folder() {
    let folder = Folder::new();
    folder.write("file", "text");
    check_refused(&folder, "file", Refusal::File);
    check_refused(&folder, "file/", Refusal::File);
    let error = folder.begin("file/site").expect_err("below a file");
    assert!(matches!(error, OutputError::System { attempt: Attempt::Look, .. }), "{error:?}");
    assert_eq!(folder.names(""), ["file"]);
}

#[cfg(unix)]
#[test]
fn refuses_a_link_and_never_writes_through_one() {
    use std::os::unix::fs::symlink;
    let folder = Folder::new();
    folder.write("elsewhere/theirs.txt", "theirs");
    fs::create_dir(folder.path("empty")).unwrap();
    symlink(folder.path("elsewhere"), folder.path("link")).unwrap();
    symlink(folder.path("empty"), folder.path("link-to-empty")).unwrap();
    symlink(folder.path("nothing"), folder.path("dangling")).unwrap();
    for target in ["link", "link/", "link-to-empty", "link-to-empty/.", "dangling"] {
        check_refused(&folder, target, Refusal::Link);
    }
    folder.build(OLD).unwrap();
    fs::remove_file(folder.path("site/index.html")).unwrap();
    symlink(folder.path("elsewhere/theirs.txt"), folder.path("site/index.html")).unwrap();
    check_refused(&folder, "site", Refusal::Foreign(vec!["index.html".into()]));
    fs::remove_file(folder.path("site/index.html")).unwrap();
    fs::remove_dir_all(folder.path("site/b/c")).unwrap();
    symlink(folder.path("elsewhere"), folder.path("site/b/c")).unwrap();
    check_refused(&folder, "site", Refusal::Foreign(vec!["b/c".into()]));
    symlink(folder.path("elsewhere/theirs.txt"), folder.path(".other.portolan-lock")).unwrap();
    let error = folder.begin("other").expect_err("a lock that is a link");
    assert!(matches!(error, OutputError::System { attempt: Attempt::Lock, .. }), "{error:?}");
    assert_eq!(folder.read("elsewhere/theirs.txt"), "theirs");
    // A link above the target is how people arrange their disks.
    fs::create_dir(folder.path("real")).unwrap();
    symlink(folder.path("real"), folder.path("www")).unwrap();
    folder.begin("www/site").unwrap().publish().unwrap();
    assert!(folder.path("real/site/.portolan").exists());
}

#[test]
fn refuses_a_folder_with_foreign_content() {
    let folder = Folder::new();
    folder.write("site/photo.jpg", "theirs");
    check_refused(&folder, "site", Refusal::NotOurs(vec!["photo.jpg".into()]));
    fs::remove_file(folder.path("site/photo.jpg")).unwrap();
    folder.build(OLD).expect("an empty folder is fine");
    folder.write("site/a/notes.txt", "theirs");
    folder.write("site/empty/x", "");
    fs::remove_file(folder.path("site/empty/x")).unwrap();
    check_refused(&folder, "site", Refusal::Foreign(vec!["a/notes.txt".into(), "empty/".into()]));
}

#[test]
fn names_five_foreign_files_and_counts_the_rest() {
    let folder = Folder::new();
    for name in ["a", "b", "c", "d", "e", "f", "g\u{202e}txt"] {
        folder.write(&format!("site/{name}"), "");
    }
    let words = folder.begin("site").expect_err("not ours").words();
    assert!(words.en.ends_with("`a`, `b`, `c`, `d`, `e` and 2 more"), "{}", words.en);
    assert!(words.es.ends_with("`a`, `b`, `c`, `d`, `e` y 2 más"), "{}", words.es);
    for name in ["a", "b", "c", "d", "e", "f"] {
        fs::remove_file(folder.path(&format!("site/{name}"))).unwrap();
    }
    let words = folder.begin("site").expect_err("not ours").words();
    assert!(words.en.ends_with("`g\\u{202e}txt`"), "{}", words.en);
}

#[test]
fn litter_of_systems_does_not_stop_a_build() {
    let folder = Folder::new();
    folder.write("site/.DS_Store", "");
    folder.build(OLD).unwrap();
    folder.write("site/.DS_Store", "");
    folder.write("site/a/Thumbs.db", "");
    folder.build(NEW).unwrap();
    assert_eq!(folder.names("").len(), 5, "{:?}", folder.names(""));
}

#[test]
fn refuses_to_lose_changes_made_by_hand() {
    let folder = Folder::new();
    folder.build(OLD).unwrap();
    folder.write("site/index.html", "Old");
    folder.write("site/a/two.html", "2, and more");
    folder.write("site/b/c/three.html", "E");
    let before = folder.tree("");
    let error = folder.build(NEW).expect_err("edited");
    match error {
        OutputError::Refused { reason: Refusal::Edited(names), .. } => {
            assert_eq!(
                names,
                ["a/two.html", "b/c/three.html", "index.html"],
                "same size, other size, and about to be removed"
            );
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(folder.tree(""), before);
    // A change that the new site has too is no loss.
    fs::remove_file(folder.path("site/a/two.html")).unwrap();
    folder.write("site/b/c/three.html", "3");
    folder.write("site/index.html", "new");
    folder.build(NEW).unwrap();
}

#[test]
fn refuses_a_manifest_that_it_cannot_trust() {
    let folder = Folder::new();
    folder.build(OLD).unwrap();
    let text = folder.read("site/.portolan");
    let cut = text.rsplit_once(' ').unwrap().0;
    let escape = text.replace("index.html", "../../x");
    for bad in [
        "",
        cut,
        &escape,
        text.trim_end(),
        &text.replace("files 4", "files 3"),
        &text.replace("files 4", "files 5"),
        "\u{fffd}",
        STAGING,
    ] {
        folder.write("site/.portolan", bad);
        check_refused(&folder, "site", Refusal::DamagedManifest);
    }
    folder.write("site/.portolan", &text.replace("portolan 1", "portolan 2"));
    check_refused(&folder, "site", Refusal::NewerManifest);
}

#[test]
fn one_build_at_a_time() {
    let folder = Folder::new();
    let first = folder.begin("site").unwrap();
    put_all(&first, OLD).unwrap();
    let error = folder.begin("site").expect_err("busy");
    assert!(
        matches!(error, OutputError::Busy { process: Some(process), .. } if process == std::process::id()),
        "{error:?}"
    );
    assert!(error.words().es.contains("en este momento"));
    folder.begin("other").expect("another output is free");
    first.publish().unwrap();
    folder.build(NEW).expect("free again");
    assert_eq!(folder.read("site/index.html"), "new");
}

#[test]
fn the_lock_of_a_dead_process_does_not_stop_a_build() {
    let folder = Folder::new();
    folder.write(".site.portolan-lock", "999999\n");
    folder.build(OLD).unwrap();
    assert!(!folder.path(".site.portolan-lock").exists());
}

/// Taking and deleting the lock file over and over, so that some take a file that was just deleted.
#[test]
fn a_lock_is_held_by_one_at_a_time() {
    let folder = Folder::new();
    let (inside, taken) = (AtomicUsize::new(0), AtomicUsize::new(0));
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                let mut own = 0;
                while own < 200 {
                    let Ok(lock) = lock::Lock::take(&folder.path("lock")) else {
                        std::thread::yield_now();
                        continue;
                    };
                    assert_eq!(inside.fetch_add(1, Ordering::SeqCst), 0, "two at once");
                    std::thread::yield_now();
                    inside.fetch_sub(1, Ordering::SeqCst);
                    taken.fetch_add(1, Ordering::SeqCst);
                    own += 1;
                    drop(lock);
                }
            });
        }
    });
    let taken = taken.into_inner();
    assert_eq!(taken, 800);
}

#[test]
fn many_builds_at_once_never_mix() {
    let folder = Folder::new();
    let pages: Vec<String> = (0..20).map(|number| format!("page-{number}.html")).collect();
    let done: usize = (0..40)
        .into_par_iter()
        .map(|number| {
            let text = number.to_string();
            let files: Vec<(&str, &str)> = pages.iter().map(|page| (page.as_str(), text.as_str())).collect();
            match folder.build(&files) {
                Ok(_) => 1,
                Err(OutputError::Busy { .. }) => 0,
                Err(error) => panic!("{error:?}"),
            }
        })
        .sum();
    assert!(done > 0);
    let mut tree = folder.tree("site");
    tree.remove(".portolan");
    let texts: std::collections::BTreeSet<_> = tree.values().collect();
    assert_eq!((tree.len(), texts.len()), (20, 1));
    assert_eq!(folder.names("").len(), 21, "nothing is left beside the site");
}

#[test]
fn leftovers_of_killed_builds_are_cleaned_and_foreign_folders_are_not() {
    let folder = Folder::new();
    folder.build(OLD).unwrap();
    folder.write(".site.portolan-staging-1-1/.portolan", STAGING);
    folder.write(".site.portolan-staging-1-1/half/a.html", "ha");
    folder.write(".site.portolan-staging-1-2/.portolan", "");
    fs::create_dir(folder.path(".site.portolan-staging-1-3")).unwrap();
    folder.write(".site.portolan-staging-1-4/theirs", "theirs");
    folder.write(".site.portolan-staging-1-5", "theirs");
    folder.write(".site.portolan-old-x/theirs", "theirs");
    // Killed after the swap, while the old site was being removed.
    for (path, text) in folder.tree("site").iter().filter(|(_, text)| *text != "/") {
        folder.write(&format!(".site.portolan-staging-1-6/{path}"), text);
    }
    fs::remove_file(folder.path(".site.portolan-staging-1-6/index.html")).unwrap();
    folder.write(".site-2.portolan-staging-1-1/.portolan", STAGING);
    folder.build(NEW).unwrap();
    assert_eq!(
        folder.names("").into_iter().filter(|name| !name.starts_with("site/")).collect::<Vec<_>>(),
        [
            ".site-2.portolan-staging-1-1/.portolan",
            ".site.portolan-old-x/theirs",
            ".site.portolan-staging-1-4/theirs",
            ".site.portolan-staging-1-5"
        ]
    );
}

#[test]
fn what_arrives_during_a_build_is_kept_aside() {
    let folder = Folder::new();
    folder.build(OLD).unwrap();
    let staging = folder.begin("site").unwrap();
    put_all(&staging, NEW).unwrap();
    folder.write("site/a/late.txt", "theirs");
    let published = staging.publish().unwrap();
    assert_eq!(published.kept, [folder.path(".site.portolan-kept-1")]);
    assert_eq!(folder.names(".site.portolan-kept-1"), ["a/late.txt"]);
    assert_eq!(folder.read("site/index.html"), "new");
    folder.build(OLD).expect("and does not stop the next build");
    assert_eq!(folder.read(".site.portolan-kept-1/a/late.txt"), "theirs");
}

#[cfg(unix)]
#[test]
fn a_link_that_takes_the_place_of_the_site_during_a_build_is_not_followed() {
    let folder = Folder::new();
    folder.build(OLD).unwrap();
    let staging = folder.begin("site").unwrap();
    put_all(&staging, NEW).unwrap();
    fs::rename(folder.path("site"), folder.path("moved")).unwrap();
    std::os::unix::fs::symlink(folder.path("moved"), folder.path("site")).unwrap();
    let before = folder.tree("moved");
    let error = staging.publish().expect_err("a link now");
    assert!(matches!(error, OutputError::Refused { reason: Refusal::Link, .. }), "{error:?}");
    assert_eq!(folder.tree("moved"), before);
    assert_eq!(folder.tree("").keys().filter(|name| name.starts_with('.')).count(), 0);
}

#[test]
fn systems_without_exchange_move_the_old_site_aside() {
    let unknown = |_: &Path, _: &Path| Err(io::ErrorKind::Unsupported.into());
    let folder = Folder::new();
    folder.build(OLD).unwrap();
    let staging = folder.begin("site").unwrap();
    put_all(&staging, NEW).unwrap();
    staging.publish_by(unknown).unwrap();
    let names =
        ["site/.portolan", "site/a/one.html", "site/a/two.html", "site/d/four.html", "site/index.html"];
    assert_eq!(folder.names(""), names);
}

#[test]
fn a_failed_swap_leaves_the_old_site() {
    let refuse = |_: &Path, _: &Path| Err(io::ErrorKind::ResourceBusy.into());
    let folder = Folder::new();
    folder.build(OLD).unwrap();
    let before = folder.tree("");
    let staging = folder.begin("site").unwrap();
    put_all(&staging, NEW).unwrap();
    let error = staging.publish_by(refuse).expect_err("busy");
    assert!(matches!(error, OutputError::System { attempt: Attempt::Swap, .. }), "{error:?}");
    assert!(error.help().en.contains("mounted disk"));
    assert_eq!(folder.tree(""), before);
    swap::set_aside(&folder.path("missing"), &folder.path("site"), &folder.path("aside"))
        .expect_err("nothing to swap in");
    assert_eq!(folder.tree(""), before);
}

#[test]
fn an_old_site_left_aside_comes_back() {
    let folder = Folder::new();
    folder.build(OLD).unwrap();
    // Killed between the two steps of a system without exchange.
    fs::rename(folder.path("site"), folder.path(".site.portolan-old-1-1")).unwrap();
    let staging = folder.begin("site").unwrap();
    assert_eq!(folder.read("site/index.html"), "old");
    drop(staging);
    assert_eq!(folder.names("site").len(), 5);
    // A folder of that name that is no site of ours does not become one.
    fs::rename(folder.path("site"), folder.path("elsewhere")).unwrap();
    folder.write(".site.portolan-old-x/theirs", "theirs");
    folder.begin("site").unwrap();
    assert!(!folder.path("site").exists());
    assert_eq!(folder.read(".site.portolan-old-x/theirs"), "theirs");
    fs::rename(folder.path("elsewhere"), folder.path("site")).unwrap();
    // Killed after both, before the old one was removed.
    fs::create_dir(folder.path("copy")).unwrap();
    for (path, text) in folder.tree("site").iter().filter(|(_, text)| *text != "/") {
        folder.write(&format!(".site.portolan-old-1-1/{path}"), text);
    }
    folder.build(NEW).unwrap();
    assert!(!folder.path(".site.portolan-old-1-1").exists());
    assert_eq!(folder.read("site/index.html"), "new");
}

#[test]
fn files_can_be_brought_to_the_disk_one_by_one() {
    let folder = Folder::new();
    folder.build(OLD).unwrap();
    let files = OLD.iter().map(|(path, _)| (*path).to_owned()).collect::<Vec<_>>();
    swap::sync_each(&folder.path("site"), &files).unwrap();
    swap::sync_each(&folder.path("site"), &["missing".into()]).expect_err("missing");
}

#[test]
fn paths_that_some_system_cannot_have_are_refused() {
    let folder = Folder::new();
    let staging = folder.begin("site").unwrap();
    let check = |path: &str, wanted: Unfit| {
        let error = staging.put(&PagePath::new(path), b"").expect_err(path);
        let Words { en, es } = error.words();
        assert!(en != es && !error.help().es.is_empty());
        match error {
            OutputError::Unfit { reason, .. } => assert_eq!(reason, wanted, "{path}"),
            other => panic!("{other:?}"),
        }
    };
    for path in ["", "/", "/etc/passwd", "a//b", "a/"] {
        check(path, Unfit::Empty);
    }
    for path in ["..", "../x", "a/../x", "./x", "a/."] {
        check(path, Unfit::Dots);
    }
    for character in
        ['\\', ':', '\0', '\n', '\u{7f}', '\u{85}', '?', '*', '<', '>', '|', '"', '\u{202e}', '\u{200d}']
    {
        check(&format!("a/b{character}c"), Unfit::Character(character));
    }
    for part in [
        "con",
        "CON.html",
        "aux.tar.gz",
        "nul",
        "com1",
        "COM¹.html",
        "lpt²",
        "Lpt9.x",
        "com0",
        "prn .html",
        "CONIN$",
    ] {
        check(&format!("a/{part}/b"), Unfit::Device(part.into()));
    }
    check("a./b", Unfit::Ending("a.".into()));
    check("a/b ", Unfit::Ending("b ".into()));
    let long = "ñ".repeat(101);
    check(&long, Unfit::Long(long.clone()));
    check("cafe\u{301}.html", Unfit::Decomposed("cafe\u{301}.html".into()));
    for path in [".portolan", ".Portolan", ".portolan-draft", ".portolan/x"] {
        check(path, Unfit::Kept);
    }
    let fit = [
        "ñ".repeat(100),
        "con-tacto.html".into(),
        "company.html".into(),
        "com10".into(),
        ".nojekyll".into(),
        ".well-known/x".into(),
        "a/.portolan".into(),
        "कॉम.html".into(),
    ];
    for path in &fit {
        staging.put(&PagePath::new(path.as_str()), b"").unwrap();
    }
    assert_eq!(staging.publish().unwrap().written, fit.len());
    assert_eq!(folder.names("site").len(), fit.len() + 1);
}

#[test]
fn pages_that_would_be_one_file_collide() {
    let check = |first: &str, second: &str, named: &str| {
        let folder = Folder::new();
        let staging = folder.begin("site").unwrap();
        staging.put(&PagePath::new(first), b"first").unwrap();
        match staging.put(&PagePath::new(second), b"second").expect_err(second) {
            OutputError::Collision { path, other } => {
                assert_eq!((path.as_str(), other.as_str()), (second, named))
            }
            other => panic!("{other:?}"),
        }
    };
    check("a.html", "a.html", "a.html");
    check("a/b.html", "a/B.html", "a/b.html");
    check("Canción.html", "canciÓn.html", "Canción.html");
    check("straße.html", "strasse.html", "straße.html");
    check("ΟΔΟΣ", "οδος", "ΟΔΟΣ");
    check("a/one", "A/two", "a/");
    check("x/a/one", "x/A/b/two", "x/a/");
    check("a", "a/b", "a");
    check("a/b", "a", "a/");
    check("a/b/c", "a/B", "a/b/");
    let folder = Folder::new();
    let fine = [("ano", ""), ("año", ""), ("a/x", ""), ("b/x", ""), ("a/y", ""), ("ab", "")];
    assert_eq!(folder.build(&fine).unwrap().written, 6);
}

#[test]
fn errors_of_the_system_name_file_attempt_and_remedy() {
    let error = OutputError::System {
        file: "site/index.html".into(),
        attempt: Attempt::Write,
        error: io::Error::from(io::ErrorKind::StorageFull),
    };
    assert_eq!(error.words().en, "cannot write `site/index.html`: the disk is full");
    assert_eq!(error.words().es, "no se puede escribir `site/index.html`: el disco está lleno");
    assert!(error.help().en.contains("untouched") && error.help().es.contains("intacto"));
    assert_eq!(error.to_string(), error.words().en);
}

#[test]
fn files_of_the_old_site_are_taken_over_all_or_none() {
    let folder = Folder::new();
    folder.build(OLD).unwrap();
    let paths = |names: &[&str]| names.iter().map(|name| PagePath::new(*name)).collect::<Vec<_>>();
    let staging = folder.begin("site").unwrap();
    assert!(!staging.take_over(&paths(&["a/one.html", "a/none.html"])).unwrap());
    assert!(staging.take_over(&paths(&["a/one.html", "a/two.html"])).unwrap());
    assert!(staging.take_over(&paths(&["a/one.html"])).is_err(), "not twice");
    let published = staging.publish().unwrap();
    assert_eq!((published.written, published.unchanged, published.removed), (0, 2, 2));
    // What somebody changed is made anew, and then told.
    fs::write(folder.path("site/a/one.html"), "mine").unwrap();
    let staging = folder.begin("site").unwrap();
    assert!(!staging.take_over(&paths(&["a/one.html"])).unwrap());
    // There is nothing to take over where there was no site.
    drop(staging);
    assert!(!folder.begin("other").unwrap().take_over(&paths(&["a/one.html"])).unwrap());
}
