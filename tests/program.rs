//! Runs the real program the way a person does, with nothing of the machine in its environment, and fixed to one day.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::atomic::{AtomicUsize, Ordering};

/// The day on which all tests happen.
pub const TODAY: &str = "2026-11-22";

/// What the program printed, and how it ended.
pub struct Ran {
    /// Exit status.
    pub status: i32,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub talk: String,
}

impl Ran {
    fn of(output: Output) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("the program prints UTF-8");
        Self {
            status: output.status.code().expect("the program was not killed"),
            out: text(output.stdout),
            talk: text(output.stderr),
        }
    }

    /// The same, if it ended with this status; else the test fails and shows what was printed.
    #[track_caller]
    pub fn ended(self, status: i32) -> Self {
        assert_eq!(self.status, status, "\n--- stdout\n{}\n--- stderr\n{}", self.out, self.talk);
        self
    }
}

/// A command of the program with an empty environment.
pub fn portolan(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_portolan"));
    command.env_clear().env("NO_COLOR", "1").args(arguments);
    command
}

/// Runs a command of the program in a folder.
pub fn run_in(folder: &Path, arguments: &[&str]) -> Ran {
    Ran::of(portolan(arguments).current_dir(folder).output().expect("the program starts"))
}

/// Runs a command that was prepared.
pub fn run(mut command: Command) -> Ran {
    Ran::of(command.output().expect("the program starts"))
}

/// Builds editions of a playbook into `output`; `edition` as on the command line.
pub fn build(playbook: &Path, output: &Path, edition: &str) -> Ran {
    let (playbook, output) = (playbook.to_str().expect("UTF-8"), output.to_str().expect("UTF-8"));
    run(portolan(&["build", playbook, "-o", output, "--edition", edition, "--today", TODAY]))
}

/// The folder of the package.
pub fn package() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The exemplary playbook.
pub fn example() -> PathBuf {
    package().join("example-playbook")
}

/// A folder of its own for a test, gone when the test is over.
pub struct Scratch(PathBuf);

impl Scratch {
    /// An empty folder; the name helps whoever looks at one that was left behind by a kill.
    pub fn new(name: &str) -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("portolan-{name}-{}-{number}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).expect("a scratch folder");
        Self(path.canonicalize().expect("it exists"))
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// A path in it.
    pub fn join(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// Writes a file in it.
    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("folders");
        fs::write(&path, bytes).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// All files below a folder with their bytes, sorted, names as paths with `/`.
pub fn tree(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    collect(folder, folder, &mut files);
    files.sort();
    files
}

fn collect(root: &Path, folder: &Path, files: &mut Vec<(String, Vec<u8>)>) {
    for entry in fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect(root, &path, files);
        } else {
            let name = path.strip_prefix(root).expect("below").to_str().expect("UTF-8").replace('\\', "/");
            files.push((name, fs::read(&path).expect("a file")));
        }
    }
}

/// Copies a folder.
pub fn copy(from: &Path, to: &Path) {
    for (name, bytes) in tree(from) {
        let path = to.join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("folders");
        fs::write(path, bytes).expect("a copy");
    }
}
