//! A playbook on disk.
//!
//! Nothing outside the root is read, nothing but regular files is opened: the walk follows no link, and a file is opened part by part from the root, each part without following links. A link to a regular file of the playbook is opened by the path of its target.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "this file is the door to the disk and the clock"
)]

use std::fs::{self, File};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use walkdir::{DirEntry, WalkDir};

use super::rules::{MANIFEST, MAX_DEPTH, MAX_FILES, is_litter, limit};
use super::{Date, FileEntry, Helper, Listing, Lost, ReadError, Refusal, Refused, Repository, Unread, World};
use crate::text::FilePath;

/// What a [`DiskWorld`] may be told.
#[derive(Clone, Debug, Default)]
pub struct DiskOptions {
    /// The date to work with; without it the system's, in UTC.
    pub today: Option<Date>,
    /// What reads workbooks in a process of its own; without it they are read in this one.
    pub helper: Option<Helper>,
    /// Files and folders that do not belong to the playbook, such as the output folder.
    pub leave_out: Vec<FilePath>,
}

/// A folder.
#[derive(Clone, Debug)]
pub struct DiskWorld {
    /// The real path of the root: absolute, without links.
    root: PathBuf,
    leave_out: Vec<FilePath>,
    helper: Option<Helper>,
    today: Date,
    is_today_given: bool,
}

impl DiskWorld {
    /// The playbook in a folder.
    ///
    /// # Errors
    /// When the folder does not exist, is no folder, or the system refuses to look at it.
    pub fn open(root: &Path, options: DiskOptions) -> io::Result<Self> {
        let root = root.canonicalize()?;
        if !root.metadata()?.is_dir() {
            return Err(io::ErrorKind::NotADirectory.into());
        }
        let is_today_given = options.today.is_some();
        let today = options.today.unwrap_or_else(|| Timestamp::now().to_zoned(TimeZone::UTC).date());
        Ok(Self { root, leave_out: options.leave_out, helper: options.helper, today, is_today_given })
    }

    /// The same folder once more, whatever stands there now, on this day or the system's.
    ///
    /// # Errors
    /// As for [`DiskWorld::open`].
    pub fn anew(&self, today: Option<Date>) -> io::Result<Self> {
        let options = DiskOptions { today, helper: self.helper.clone(), leave_out: self.leave_out.clone() };
        Self::open(&self.root, options)
    }

    /// The real path of the root: absolute, without links.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Whether a change at this place of the disk may change the playbook: not in litter, in what was left out, or in a folder that the program wrote.
    pub fn concerns(&self, place: &Path) -> bool {
        let Ok(below) = place.strip_prefix(&self.root) else { return false };
        let mut folder = self.root.clone();
        for part in below.components() {
            folder.push(part);
            // A name that is no UTF-8 is told, so its coming and going counts.
            if part.as_os_str().to_str().is_some_and(is_litter)
                || self.path(&folder).is_some_and(|path| self.leave_out.contains(&path))
                || fs::symlink_metadata(folder.join(MANIFEST)).is_ok_and(|file| file.is_file())
            {
                return false;
            }
        }
        true
    }

    /// A number that is another one after any change of the playbook, for where the system does not tell of changes.
    pub fn fingerprint(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        for entry in self.walk().filter_entry(|entry| self.belongs(entry)).flatten() {
            entry.path().hash(&mut hasher);
            let metadata = entry.metadata().ok();
            metadata.map(|metadata| (metadata.len(), metadata.modified().ok())).hash(&mut hasher);
        }
        hasher.finish()
    }

    fn walk(&self) -> walkdir::IntoIter {
        // The files of the deepest folder that is read lie one step below it; a folder there is told and not entered.
        let walk = WalkDir::new(&self.root).follow_links(false).follow_root_links(false);
        let walk = walk.max_depth(MAX_DEPTH + 1);
        walk.sort_by_file_name().into_iter()
    }

    /// Whether a part of the path is litter or was named as left out.
    fn is_left_out(&self, path: &FilePath) -> bool {
        path.parts().any(is_litter) || self.leave_out.iter().any(|left| is_below(path, left))
    }

    /// Whether the walk goes into a folder or looks at a file. In silence: none of it is the author's content.
    fn belongs(&self, entry: &DirEntry) -> bool {
        if entry.depth() == 0 {
            return true;
        }
        let Some(name) = entry.file_name().to_str() else { return true };
        if is_litter(name) {
            return false;
        }
        if let Some(path) = self.path(entry.path())
            && self.leave_out.contains(&path)
        {
            return false;
        }
        if !entry.file_type().is_dir() {
            return true;
        }
        let holds =
            |file: &str| fs::symlink_metadata(entry.path().join(file)).is_ok_and(|file| file.is_file());
        !(holds(MANIFEST) || (name == "target" && holds("CACHEDIR.TAG")))
    }

    /// The path below the root; `None` when the name cannot be used.
    fn path(&self, path: &Path) -> Option<FilePath> {
        let below = path.strip_prefix(&self.root).ok()?;
        let mut parts = Vec::new();
        for part in below.components() {
            parts.push(part.as_os_str().to_str()?);
        }
        let text = parts.join("/");
        FilePath::new(&text).filter(|path| path.as_str() == text)
    }

    /// The path for people, below the root.
    fn shown(&self, path: &Path) -> String {
        path.strip_prefix(&self.root).unwrap_or(path).to_string_lossy().into_owned()
    }

    /// What stands at an entry of the walk: a file of the listing, a refusal, or nothing of interest.
    fn look(&self, entry: &DirEntry) -> Result<Option<FileEntry>, Refusal> {
        let kind = entry.file_type();
        let Some(path) = self.path(entry.path()) else { return Err(Refusal::Name) };
        if kind.is_dir() {
            let too_deep = Refusal::TooDeep { limit: MAX_DEPTH };
            return if entry.depth() > MAX_DEPTH { Err(too_deep) } else { Ok(None) };
        }
        let bytes = if kind.is_symlink() {
            let target = self.target(entry.path())?;
            self.real(&target).metadata().map_err(|error| system(&error))?.len()
        } else if kind.is_file() {
            entry.metadata().map_err(|error| error.io_error().map_or(Refusal::Link, system))?.len()
        } else {
            return Err(Refusal::Special);
        };
        check_size(&path, bytes)?;
        Ok(Some(FileEntry { path, bytes }))
    }

    /// The regular file of the playbook that a link leads to.
    fn target(&self, link: &Path) -> Result<FilePath, Refusal> {
        let real = link.canonicalize().map_err(|_| Refusal::Link)?;
        let metadata = fs::symlink_metadata(&real).map_err(|error| system(&error))?;
        if metadata.is_dir() {
            return Err(Refusal::LinkedFolder);
        }
        let path = self.path(&real).filter(|path| !self.is_left_out(path)).ok_or(Refusal::Link)?;
        if metadata.is_file() { Ok(path) } else { Err(Refusal::Special) }
    }

    fn real(&self, path: &FilePath) -> PathBuf {
        let mut real = self.root.clone();
        real.extend(path.parts());
        real
    }

    fn load(&self, path: &FilePath) -> Result<Vec<u8>, Refusal> {
        if path.as_str().is_empty() || self.is_left_out(path) {
            return Err(system(&io::ErrorKind::NotFound.into()));
        }
        let real = self.real(path);
        let metadata = fs::symlink_metadata(&real).map_err(|error| system(&error))?;
        let file = if metadata.is_symlink() {
            open_below(&self.root, &self.target(&real)?)?
        } else if metadata.is_file() {
            open_below(&self.root, path)?
        } else {
            return Err(Refusal::Special);
        };
        // What is open now counts, not what stood there a moment ago.
        let metadata = file.metadata().map_err(|error| system(&error))?;
        if !metadata.is_file() {
            return Err(Refusal::Special);
        }
        check_size(path, metadata.len())?;
        let most = limit(path);
        let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or_default());
        file.take(most + 1).read_to_end(&mut bytes).map_err(|error| system(&error))?;
        check_size(path, bytes.len() as u64)?;
        Ok(bytes)
    }
}

impl World for DiskWorld {
    fn list(&self) -> Listing {
        let mut listing = Listing::default();
        for step in self.walk().filter_entry(|entry| self.belongs(entry)) {
            let (path, looked) = match &step {
                Ok(entry) => (entry.path(), self.look(entry)),
                Err(error) => {
                    (error.path().unwrap_or(&self.root), Err(error.io_error().map_or(Refusal::Link, system)))
                }
            };
            match looked {
                Ok(Some(_)) if listing.files.len() >= MAX_FILES => {
                    let reason = Refusal::TooMany { limit: MAX_FILES };
                    listing.refused.push(Refused { path: String::new(), reason });
                    break;
                }
                Ok(Some(file)) => listing.files.push(file),
                Ok(None) => {}
                Err(reason) => listing.refused.push(Refused { path: self.shown(path), reason }),
            }
        }
        listing.files.sort_by(|a, b| a.path.cmp(&b.path));
        listing.refused.sort_by(|a, b| a.path.cmp(&b.path));
        listing
    }

    fn read(&self, path: &FilePath) -> Result<Vec<u8>, ReadError> {
        self.load(path).map_err(|reason| ReadError { path: path.clone(), reason })
    }

    fn read_apart(&self, bytes: &[u8]) -> Option<Result<Vec<u8>, Lost>> {
        self.helper.as_ref().map(|helper| helper.ask(bytes))
    }

    fn repository(&self) -> Result<Repository, Unread> {
        Repository::find(&self.root)
    }

    fn today(&self) -> Date {
        self.today
    }

    fn is_today_given(&self) -> bool {
        self.is_today_given
    }
}

fn is_below(path: &FilePath, folder: &FilePath) -> bool {
    path.as_str().strip_prefix(folder.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        && !folder.as_str().is_empty()
}

fn check_size(path: &FilePath, size: u64) -> Result<(), Refusal> {
    let limit = limit(path);
    if size > limit { Err(Refusal::TooLarge { size, limit }) } else { Ok(()) }
}

fn system(error: &io::Error) -> Refusal {
    Refusal::System(error.to_string())
}

/// Opens a file part by part, following no link and waiting for nothing (a pipe would).
#[cfg(unix)]
fn open_below(root: &Path, path: &FilePath) -> Result<File, Refusal> {
    use rustix::fs::{Mode, OFlags, open, openat};
    use rustix::io::Errno;

    let refusal = |error: Errno| match error {
        Errno::LOOP | Errno::NOTDIR => Refusal::Link,
        Errno::NXIO => Refusal::Special,
        error => system(&error.into()),
    };
    let folder = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    let file = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    let mut at = open(root, folder, Mode::empty()).map_err(refusal)?;
    // One call where the system can check every part of the path itself.
    #[cfg(target_os = "linux")]
    {
        use rustix::fs::{ResolveFlags, openat2};
        let below = ResolveFlags::BENEATH | ResolveFlags::NO_SYMLINKS | ResolveFlags::NO_MAGICLINKS;
        match openat2(&at, path.as_str(), file, Mode::empty(), below) {
            Ok(opened) => return Ok(opened.into()),
            Err(Errno::NOSYS | Errno::PERM | Errno::INVAL | Errno::AGAIN) => {}
            Err(Errno::XDEV) => return Err(Refusal::Link),
            Err(error) => return Err(refusal(error)),
        }
    }
    for part in path.parent().parts() {
        at = openat(&at, part, folder, Mode::empty()).map_err(refusal)?;
    }
    openat(&at, path.name(), file, Mode::empty()).map(File::from).map_err(refusal)
}

/// Opens a file after a look at the real place of its folder.
#[cfg(not(unix))]
fn open_below(root: &Path, path: &FilePath) -> Result<File, Refusal> {
    let mut real = root.to_path_buf();
    real.extend(path.parts());
    let found = real.canonicalize().map_err(|error| system(&error))?;
    if !found.starts_with(root) {
        return Err(Refusal::Link);
    }
    File::open(found).map_err(|error| system(&error))
}

#[cfg(all(test, unix))]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]
mod tests {
    use std::os::unix::fs::symlink;
    use std::os::unix::net::UnixListener;
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;

    /// A folder of its own for one test, removed at the end.
    struct Folder(PathBuf);

    impl Folder {
        fn new() -> Self {
            static COUNT: AtomicU32 = AtomicU32::new(0);
            let name = format!("portolan-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
            let path = std::env::temp_dir().join(name);
            fs::create_dir_all(path.join("root")).unwrap();
            Self(path)
        }

        fn root(&self) -> PathBuf {
            self.0.join("root")
        }

        fn write(&self, path: &str, text: &str) {
            let path = self.root().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }

        fn open(&self, leave_out: &[&str]) -> DiskWorld {
            let leave_out = leave_out.iter().map(|path| FilePath::new(path).unwrap()).collect();
            DiskWorld::open(
                &self.root(),
                DiskOptions { today: Some(Date::constant(2026, 1, 2)), leave_out, helper: None },
            )
            .unwrap()
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            fs::remove_dir_all(&self.0).ok();
        }
    }

    fn files(world: &DiskWorld) -> Vec<String> {
        world.list().files.into_iter().map(|file| file.path.to_string()).collect()
    }

    fn refused(world: &DiskWorld) -> Vec<(String, Refusal)> {
        world.list().refused.into_iter().map(|refused| (refused.path, refused.reason)).collect()
    }

    fn read(world: &DiskWorld, path: &str) -> Result<String, Refusal> {
        let bytes = world.read(&FilePath::new(path).unwrap());
        bytes.map(|bytes| String::from_utf8(bytes).unwrap()).map_err(|error| error.reason)
    }

    #[test]
    fn content_is_listed_and_litter_is_not() {
        let folder = Folder::new();
        for path in [
            "z.md",
            "a/b.md",
            "a-b.md",
            "año/ñ.md",
            "theme/x.css",
            "target/plan.md",
            "out/index.html",
            "out/.portolan",
            "build/CACHEDIR.TAG",
            "dist/x.html",
            ".git/config",
            "a.md~",
            "Thumbs.db",
            "node_modules/x/y.md",
            "~$a.docx",
        ] {
            folder.write(path, "x");
        }
        let world = folder.open(&["dist"]);
        let expected =
            ["a-b.md", "a/b.md", "año/ñ.md", "build/CACHEDIR.TAG", "target/plan.md", "theme/x.css", "z.md"];
        assert_eq!(files(&world), expected);
        assert_eq!(refused(&world), []);
        folder.write("target/CACHEDIR.TAG", "x");
        assert!(!files(&world).contains(&"target/plan.md".to_owned()));
        assert_eq!(read(&world, "año/ñ.md"), Ok("x".into()));
        for left_out in [".git/config", "dist/x.html", "a.md~"] {
            assert!(matches!(read(&world, left_out), Err(Refusal::System(_))), "{left_out}");
        }
    }

    #[test]
    fn links_lead_only_to_files_inside() {
        let folder = Folder::new();
        folder.write("a/b.md", "inside");
        folder.write(".env", "hidden");
        fs::write(folder.0.join("secret.md"), "outside").unwrap();
        let root = folder.root();
        symlink("a/b.md", root.join("good.md")).unwrap();
        symlink("../secret.md", root.join("out.md")).unwrap();
        symlink("/etc/passwd", root.join("absolute.md")).unwrap();
        symlink("nothing", root.join("dangling.md")).unwrap();
        symlink("loop.md", root.join("loop.md")).unwrap();
        symlink("a", root.join("folder")).unwrap();
        symlink("..", root.join("parent")).unwrap();
        symlink(".env", root.join("env.md")).unwrap();
        let world = folder.open(&[]);
        assert_eq!(files(&world), ["a/b.md", "good.md"]);
        let expected = ["absolute.md", "dangling.md", "env.md", "folder", "loop.md", "out.md", "parent"];
        assert_eq!(refused(&world).iter().map(|(path, _)| path.as_str()).collect::<Vec<_>>(), expected);
        assert_eq!(refused(&world)[3].1, Refusal::LinkedFolder);
        assert_eq!(refused(&world)[5].1, Refusal::Link);
        assert_eq!(read(&world, "good.md"), Ok("inside".into()));
        for path in
            ["out.md", "absolute.md", "dangling.md", "loop.md", "env.md", "folder/b.md", "parent/secret.md"]
        {
            assert!(read(&world, path).is_err(), "{path}");
        }
        assert_eq!(read(&world, "folder/b.md"), Err(Refusal::Link));
    }

    #[test]
    fn a_file_replaced_by_a_link_is_not_read() {
        let folder = Folder::new();
        folder.write("a/b.md", "inside");
        fs::create_dir_all(folder.0.join("else")).unwrap();
        fs::write(folder.0.join("else/b.md"), "outside").unwrap();
        let world = folder.open(&[]);
        assert_eq!(files(&world), ["a/b.md"]);
        fs::remove_dir_all(folder.root().join("a")).unwrap();
        symlink(folder.0.join("else"), folder.root().join("a")).unwrap();
        assert_eq!(read(&world, "a/b.md"), Err(Refusal::Link));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn pipes_and_sockets_are_never_opened() {
        let folder = Folder::new();
        let root = folder.root();
        rustix::fs::mknodat(
            rustix::fs::CWD,
            root.join("pipe.md"),
            rustix::fs::FileType::Fifo,
            0o644.into(),
            0,
        )
        .unwrap();
        let _socket = UnixListener::bind(root.join("socket.md")).unwrap();
        symlink("pipe.md", root.join("link.md")).unwrap();
        symlink("/dev/zero", root.join("zero.md")).unwrap();
        let world = folder.open(&[]);
        assert_eq!(files(&world), Vec::<String>::new());
        for path in ["pipe.md", "socket.md", "link.md"] {
            assert_eq!(read(&world, path), Err(Refusal::Special), "{path}");
        }
        assert_eq!(read(&world, "zero.md"), Err(Refusal::Link));
        assert_eq!(refused(&world).len(), 4);
        // Even when it takes the place of a file after the look at it.
        assert!(
            open_below(&root, &FilePath::new("pipe.md").unwrap())
                .is_ok_and(|file| !file.metadata().unwrap().is_file())
        );
    }

    #[test]
    fn names_and_sizes() {
        use std::ffi::OsStr;
        use std::os::unix::ffi::OsStrExt;
        let folder = Folder::new();
        let root = folder.root();
        fs::write(root.join(OsStr::from_bytes(b"a\xff.md")), "x").unwrap();
        folder.write("b\\c.md", "x");
        folder.write("d\ne.md", "x");
        File::create(root.join("large.md")).unwrap().set_len(2_000_001).unwrap();
        File::create(root.join("fine.csv")).unwrap().set_len(2_000_001).unwrap();
        let world = folder.open(&[]);
        assert_eq!(files(&world), ["fine.csv"]);
        let large = Refusal::TooLarge { size: 2_000_001, limit: 2_000_000 };
        let expected = [
            ("a\u{fffd}.md".to_owned(), Refusal::Name),
            ("b\\c.md".to_owned(), Refusal::Name),
            ("d\ne.md".to_owned(), Refusal::Name),
            ("large.md".to_owned(), large.clone()),
        ];
        assert_eq!(refused(&world), expected);
        assert_eq!(read(&world, "large.md"), Err(large));
    }

    #[test]
    fn folders_end_at_a_depth() {
        let folder = Folder::new();
        let (deep, deeper) = ("d/".repeat(32), "d/".repeat(33));
        for below in [deep.clone(), deeper.clone(), "d/".repeat(400)] {
            folder.write(&format!("{below}a.md"), "a");
        }
        let world = folder.open(&[]);
        assert_eq!(files(&world), [format!("{deep}a.md")]);
        let deeper = deeper.trim_end_matches('/').to_owned();
        assert_eq!(refused(&world), [(deeper, Refusal::TooDeep { limit: 32 })]);
    }

    #[test]
    fn roots_that_cannot_be_opened() {
        let folder = Folder::new();
        folder.write("a.md", "x");
        assert!(DiskWorld::open(&folder.root().join("a.md"), DiskOptions::default()).is_err());
        assert!(DiskWorld::open(&folder.root().join("no"), DiskOptions::default()).is_err());
        // A root behind a link, or with a hidden name, is a root as any other.
        symlink(folder.root(), folder.0.join(".link")).unwrap();
        let world = DiskWorld::open(&folder.0.join(".link"), DiskOptions::default()).unwrap();
        assert_eq!(files(&world), ["a.md"]);
        assert!(world.today() > Date::constant(2024, 1, 1));
    }

    #[test]
    fn many_threads_read_at_once() {
        let folder = Folder::new();
        for number in 0..50 {
            folder.write(&format!("f/{number}.md"), &number.to_string());
        }
        let world = folder.open(&[]);
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    for number in 0..50 {
                        assert_eq!(read(&world, &format!("f/{number}.md")), Ok(number.to_string()));
                    }
                });
            }
        });
        assert_eq!(world.list(), world.list());
    }
}
