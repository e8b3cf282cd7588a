//! Builds that are killed, run out of disk, may not write, or meet another build: the site is the whole old one or the whole new one.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

const PAGES: usize = 300;
const KILLS: u32 = 50;

/// A folder with two playbooks of the same pages, `a` and `b`, whose every page differs, and the sites that they make.
struct Bench {
    folder: PathBuf,
    a: Tree,
    b: Tree,
}

type Tree = BTreeMap<PathBuf, Vec<u8>>;

impl Bench {
    fn new(pages: usize) -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let name =
            format!("portolan-faults-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let folder = std::env::temp_dir().join(name);
        write_playbook(&folder.join("a"), pages, "first");
        write_playbook(&folder.join("b"), pages, "second");
        let mut bench = Self { folder, a: Tree::new(), b: Tree::new() };
        for (which, tree) in [("a", &mut bench.a), ("b", &mut bench.b)] {
            let site = bench.folder.join("known").join(which);
            assert_whole(&build(&bench.folder.join(which), &site).output().unwrap());
            *tree = read_tree(&site);
            assert!(tree.len() > pages, "{} files", tree.len());
        }
        assert_ne!(bench.a, bench.b);
        bench
    }

    fn site(&self) -> PathBuf {
        self.folder.join("out/site")
    }

    /// Builds one of the playbooks to the end.
    fn publish(&self, which: &str) {
        assert_whole(&build(&self.folder.join(which), &self.site()).output().unwrap());
    }

    /// The name of the site that stands there; a panic when it is neither.
    #[track_caller]
    fn standing(&self, when: &str) -> &'static str {
        let tree = read_tree(&self.site());
        if tree == self.a {
            return "a";
        }
        if tree == self.b {
            return "b";
        }
        let of = |other: &Tree| tree.iter().filter(|(path, bytes)| other.get(*path) == Some(*bytes)).count();
        panic!(
            "{when}: a mixed site of {} files, {} as in a, {} as in b",
            tree.len(),
            of(&self.a),
            of(&self.b)
        );
    }
}

impl Drop for Bench {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn write_playbook(folder: &Path, pages: usize, word: &str) {
    for page in 0..pages {
        let section = folder.join(format!("section-{}", page % 10));
        fs::create_dir_all(&section).unwrap();
        let paragraph = format!("This is the {word} text of page {page}. ").repeat(40);
        let text = format!("---\ntitle: Page {page}\n---\n\nThe {word} one.\n\n## Part\n\n{paragraph}\n");
        fs::write(section.join(format!("page-{page}.md")), text).unwrap();
    }
}

fn build(playbook: &Path, site: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_portolan"));
    command.arg("build").arg(playbook).arg("-o").arg(site);
    command
        .env("SOURCE_DATE_EPOCH", "1800000000")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped());
    command
}

#[track_caller]
fn assert_whole(output: &Output) {
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
}

/// Exit status 2 and a message that holds one of these texts.
#[track_caller]
fn assert_refused(output: &Output, english: &str, spanish: &str) {
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{told}");
    assert!(told.contains(english) || told.contains(spanish), "{told}");
}

fn read_tree(folder: &Path) -> Tree {
    fn walk(root: &Path, folder: &Path, tree: &mut Tree) {
        for entry in fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            let path = entry.path();
            if entry.file_type().unwrap().is_dir() {
                walk(root, &path, tree);
            } else {
                tree.insert(path.strip_prefix(root).unwrap().to_owned(), fs::read(&path).unwrap());
            }
        }
    }
    let mut tree = Tree::new();
    walk(folder, folder, &mut tree);
    tree
}

/// What lies beside the site: staging folders, locks.
fn beside(site: &Path) -> Vec<String> {
    let entries = fs::read_dir(site.parent().unwrap()).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names.filter(|name| name != "site").collect();
    names.sort();
    names
}

fn is_staging(site: &Path) -> bool {
    beside(site).iter().any(|name| name.contains("portolan-staging"))
}

/// Kills builds at moments spread over the whole build and, more closely, over the time from the first trace of the new site to the end.
#[test]
fn a_killed_build_leaves_the_old_site_or_the_new_one() {
    let bench = Bench::new(PAGES);
    let site = bench.site();
    bench.publish("a");
    let mut whole = Duration::ZERO;
    let mut writing = Duration::ZERO;
    for which in ["b", "a", "b"] {
        let start = Instant::now();
        let mut child = build(&bench.folder.join(which), &site).stderr(Stdio::null()).spawn().unwrap();
        let mut first_trace = None;
        while child.try_wait().unwrap().is_none() {
            if first_trace.is_none() && is_staging(&site) {
                first_trace = Some(start.elapsed());
            }
            std::thread::sleep(Duration::from_micros(200));
        }
        whole = whole.max(start.elapsed());
        writing = writing.max(start.elapsed() - first_trace.unwrap_or_default());
    }
    let mut interrupted = 0;
    let mut interrupted_while_writing = 0;
    for kill in 0..KILLS {
        let before = bench.standing("before a build");
        let next = if before == "a" { "b" } else { "a" };
        let had_staging = is_staging(&site);
        let mut child = build(&bench.folder.join(next), &site).stderr(Stdio::null()).spawn().unwrap();
        let share = f64::from(kill / 2) / f64::from(KILLS / 2);
        if kill % 2 == 0 {
            std::thread::sleep(whole.mul_f64(share));
        } else {
            let start = Instant::now();
            while (had_staging || !is_staging(&site)) && child.try_wait().unwrap().is_none() {
                // A staging folder of the build before says nothing; then the time has to do.
                if had_staging && start.elapsed() > whole.saturating_sub(writing) {
                    break;
                }
                std::thread::sleep(Duration::from_micros(100));
            }
            std::thread::sleep(writing.mul_f64(share));
        }
        child.kill().unwrap();
        let is_killed = child.wait().unwrap().code().is_none();
        let standing = bench.standing(&format!("kill {kill} at {share:.2}"));
        if is_killed {
            interrupted += 1;
            interrupted_while_writing += u32::from(!beside(&site).is_empty());
        } else {
            assert_eq!(standing, next, "a build that ended has published");
        }
    }
    assert!(
        interrupted >= KILLS / 5,
        "only {interrupted} builds were killed before their end; the test is blind"
    );
    assert!(interrupted_while_writing >= 5, "only {interrupted_while_writing} were killed while writing");
    let next = if bench.standing("at the end") == "a" { "b" } else { "a" };
    bench.publish(next);
    assert_eq!(bench.standing("after the last build"), next);
    assert_eq!(beside(&site), Vec::<String>::new(), "leftovers of killed builds are cleaned by the next one");
}

/// A file-size limit stands for the full disk where no small disk can be mounted: each system that has `sh` has it.
#[test]
fn a_write_that_fails_leaves_the_old_site() {
    let bench = Bench::new(30);
    bench.publish("a");
    let long = "Very long indeed. ".repeat(60_000);
    fs::write(bench.folder.join("b/section-9/long.md"), format!("---\ntitle: Long\n---\n\n{long}\n"))
        .unwrap();
    let limited = build(&bench.folder.join("b"), &bench.site());
    let mut shell = Command::new("sh");
    // The signal has to be ignored, so that the program sees an error. The limit is 256 KiB, or 512 where a block is 1 KiB.
    shell.arg("-c").arg("trap '' XFSZ; ulimit -f 512; exec \"$0\" \"$@\"");
    shell.arg(limited.get_program()).args(limited.get_args());
    shell.env("SOURCE_DATE_EPOCH", "1800000000").stdout(Stdio::null());
    assert_refused(
        &shell.output().unwrap(),
        "larger than this system allows",
        "más grande de lo que permite",
    );
    assert_eq!(bench.standing("after a failed write"), "a");
    assert_eq!(beside(&bench.site()), Vec::<String>::new());
}

#[test]
fn a_full_disk_leaves_the_old_site() {
    let bench = Bench::new(60);
    let Some(disk) = Disk::mount(&bench.folder.join("out"), &bench.a) else {
        return a_write_that_fails_leaves_the_old_site();
    };
    bench.publish("a");
    let output = build(&bench.folder.join("b"), &bench.site()).output().unwrap();
    assert_refused(&output, "the disk is full", "el disco está lleno");
    assert_eq!(bench.standing("after a full disk"), "a");
    assert_eq!(beside(&bench.site()), Vec::<String>::new());
    disk.remount("size=64m");
    bench.publish("b");
    assert_eq!(bench.standing("with room again"), "b");
}

#[test]
fn a_folder_that_may_not_be_written_is_an_error() {
    use std::os::unix::fs::PermissionsExt;
    let bench = Bench::new(30);
    let site = bench.site();
    let disk = Disk::mount(site.parent().unwrap(), &bench.a);
    bench.publish("a");
    let refuse = |folder: &Path| {
        let output = build(&bench.folder.join("b"), folder).output().unwrap();
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{told}");
        assert!(told.contains("site"), "names the place: {told}");
    };
    if let Some(disk) = &disk {
        disk.remount("ro");
        refuse(&site);
    } else {
        let folder = site.parent().unwrap();
        fs::set_permissions(folder, fs::Permissions::from_mode(0o555)).unwrap();
        // Nothing is forbidden to root; then a place where nobody can make a folder.
        let probe = folder.join("probe");
        match fs::write(&probe, "") {
            Ok(()) => {
                fs::remove_file(probe).unwrap();
                refuse(Path::new("/proc/portolan/site"));
            }
            Err(_) => refuse(&site),
        }
        fs::set_permissions(folder, fs::Permissions::from_mode(0o755)).unwrap();
    }
    assert_eq!(bench.standing("after a refusal"), "a");
    assert_eq!(beside(&site), Vec::<String>::new());
}

#[test]
fn a_build_that_meets_another_is_refused() {
    let bench = Bench::new(30);
    let site = bench.site();
    bench.publish("a");
    let path = site.parent().unwrap().join(".site.portolan-lock");
    fs::write(&path, "4321\n").unwrap();
    let lock = fs::File::open(&path).unwrap();
    lock.lock().unwrap();
    let output = build(&bench.folder.join("b"), &site).output().unwrap();
    assert_refused(&output, "another build (process 4321)", "otra generación (proceso 4321)");
    assert_eq!(bench.standing("while another builds"), "a");
    drop(lock);
    bench.publish("b");
    assert_eq!(bench.standing("when the other has ended"), "b");
}

#[test]
fn two_builds_at_once_never_mix() {
    let bench = Bench::new(PAGES);
    let site = bench.site();
    bench.publish("a");
    for round in 0..6 {
        let start = |which: &str| build(&bench.folder.join(which), &site).spawn().unwrap();
        let both = [start("a"), start("b")].map(|child| child.wait_with_output().unwrap());
        let published = both.iter().filter(|output| output.status.success()).count();
        assert!(published >= 1, "round {round}: nobody published");
        for output in both.iter().filter(|output| !output.status.success()) {
            assert_refused(output, "another build", "otra generación");
        }
        bench.standing(&format!("round {round}"));
        assert_eq!(beside(&site), Vec::<String>::new(), "round {round}");
    }
}

/// A small disk in memory, unmounted when dropped.
struct Disk(PathBuf);

impl Disk {
    /// A disk with room for this site and half of another; none when we may not mount.
    fn mount(at: &Path, site: &Tree) -> Option<Self> {
        const PAGE: usize = 4096;
        fs::create_dir_all(at).unwrap();
        let pages: usize = site.values().map(|bytes| bytes.len().div_ceil(PAGE)).sum();
        let size = format!("size={}", pages * PAGE * 3 / 2);
        let done = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &size, "portolan-test"])
            .arg(at)
            .output()
            .ok()?;
        done.status.success().then(|| Self(at.to_owned()))
    }

    fn remount(&self, option: &str) {
        let option = format!("remount,{option}");
        assert!(Command::new("mount").args(["-o", &option]).arg(&self.0).status().unwrap().success());
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(&self.0).status();
    }
}
