//! A playbook on disk.
use super::*;
use std::path::{Path, PathBuf};
#[derive(Debug, Default)]
pub struct WorldOptions { pub today: Option<Date>, pub leave_out: Vec<PathBuf> }
#[derive(Debug)]
pub struct DiskWorld { root: PathBuf, today: Date, leave_out: Vec<PathBuf> }
impl DiskWorld { pub fn open(root: &Path, options: WorldOptions) -> std::io::Result<Self> { Ok(Self { root: root.to_owned(), today: options.today.unwrap_or_else(|| jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date()), leave_out: options.leave_out }) } }
impl World for DiskWorld {
    fn list(&self) -> Listing {
        let mut files: Vec<FileEntry> = walkdir::WalkDir::new(&self.root).into_iter().filter_entry(|e| e.depth() == 0 || (!e.file_name().to_string_lossy().starts_with('.') && !self.leave_out.iter().any(|o| o == e.path()))).flatten().filter(|e| e.file_type().is_file()).filter_map(|e| Some(FileEntry { path: FilePath::new(e.path().strip_prefix(&self.root).ok()?.to_str()?)?, bytes: e.metadata().ok()?.len() })).collect();
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Listing { files, refused: vec![] }
    }
    fn read(&self, path: &FilePath) -> Result<Vec<u8>, ReadError> { std::fs::read(self.root.join(path.as_str())).map_err(|e| ReadError { path: path.clone(), reason: Refusal::System(e.to_string()) }) }
    fn today(&self) -> Date { self.today }
}
