//! The one step in which a site goes live, and what brings it safely to the disk.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::Path;

use rayon::prelude::*;

/// Flag for opening a file only when it is no link.
#[cfg(unix)]
pub const NO_FOLLOW: i32 = rustix::fs::OFlags::NOFOLLOW.bits() as i32;

/// Opens a file for reading, never through a link.
pub fn open_no_link(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.custom_flags(NO_FOLLOW);
    }
    options.open(path)
}

/// Makes a file that was not there, and its folders when needed.
pub fn create_new(path: &Path) -> io::Result<File> {
    with_folder(path, || OpenOptions::new().write(true).create_new(true).open(path))
}

/// Does something with a path; when its folder is missing, makes it and tries again. Most files find their folder, so nobody keeps count of folders.
pub fn with_folder<T>(path: &Path, mut act: impl FnMut() -> io::Result<T>) -> io::Result<T> {
    match act() {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            if let Some(folder) = path.parent() {
                fs::create_dir_all(folder)?;
            }
            act()
        }
        done => done,
    }
}

/// Exchanges two folders in one step, or says that the system cannot.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
pub fn exchange(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
}

/// Exchanges two folders in one step, or says that the system cannot.
#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
pub fn exchange(_one: &Path, _other: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Whether an exchange failed because this file system does not know it.
pub fn is_unknown(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::Unsupported | io::ErrorKind::InvalidInput)
}

/// The way without exchange: the old folder aside, the new one in; when that fails, the old one back. A kill between the two is mended by the next build.
pub fn set_aside(new: &Path, target: &Path, aside: &Path) -> io::Result<()> {
    fs::rename(target, aside)?;
    fs::rename(new, target).inspect_err(|_| {
        // The first error is the one to tell. Should this fail too, the next build restores the folder.
        let _ = fs::rename(aside, target);
    })
}

/// Brings the files of a folder to the disk, so that no power cut after the swap can leave them empty.
pub fn sync(root: &Path, files: &[String]) -> io::Result<()> {
    #[cfg(any(target_os = "linux", target_os = "android"))]
    {
        // One call for all files; 10 000 single ones take minutes on a turning disk.
        match rustix::fs::syncfs(File::open(root)?) {
            Err(rustix::io::Errno::NOSYS | rustix::io::Errno::OPNOTSUPP) => {}
            done => return Ok(done?),
        }
    }
    sync_each(root, files)
}

/// Brings these files below a folder to the disk one by one, and the folders that name them.
pub fn sync_each(root: &Path, files: &[String]) -> io::Result<()> {
    files.par_iter().try_for_each(|file| {
        // Windows syncs only what is open for writing; nothing is written.
        OpenOptions::new().write(true).open(root.join(file))?.sync_all()
    })?;
    let mut folders: Vec<&str> =
        files.iter().map(|file| file.rsplit_once('/').map_or("", |(folder, _)| folder)).collect();
    folders.sort_unstable();
    folders.dedup();
    folders.iter().try_for_each(|folder| sync_folder(&root.join(folder)))
}

/// Brings the names in a folder to the disk; systems that cannot open a folder do it by themselves.
pub fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}
