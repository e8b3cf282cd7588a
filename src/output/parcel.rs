//! A published site as one file to send: a zip with a folder that works when it is unpacked. The same site gives the same bytes.

use std::fs;
use std::io::{self, Cursor, Read, Seek, SeekFrom, Write};
use std::path::Path;

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::error::{Attempt, Attempted, OutputError, Refusal};
use super::guard::read_manifest;
use super::manifest::Manifest;
use super::swap;
use crate::world::Date;

/// Stands at the end of each zip that is ours: only such a file is replaced.
const MARK: &str = "A site made by Portolan";
/// Only hosts and crawlers read these; whoever unpacks a zip would wonder what they are.
const FOR_HOSTS: [&str; 8] = [
    "404.html",
    "robots.txt",
    "sitemap.xml",
    "feed.xml",
    "vercel.json",
    "nginx.conf",
    "_headers",
    "_redirects",
];
/// Already compressed.
const DENSE: [&str; 14] = [
    "png", "jpg", "jpeg", "gif", "webp", "avif", "woff2", "zip", "mp3", "mp4", "webm", "docx", "xlsx", "odt",
];

/// What a parcel is called and holds besides the site.
#[derive(Clone, Debug)]
pub struct Parcel<'a> {
    /// The folder in the zip.
    pub folder: &'a str,
    /// A text beside the pages: name and content.
    pub note: (&'a str, &'a str),
    /// The day that its files bear.
    pub day: Date,
}

/// Packs the site in a folder into a file, which is replaced whole or not at all. Gives its size in bytes.
///
/// # Errors
/// When there is no site, when something else stands at the file, or the system refuses.
pub fn pack(site: &Path, file: &Path, parcel: &Parcel<'_>) -> Result<u64, OutputError> {
    if !is_ours(file).attempted(Attempt::Look, file)? {
        return Err(OutputError::Refused { target: file.to_owned(), reason: Refusal::OtherFile });
    }
    let text = read_manifest(site).attempted(Attempt::Look, site)?.unwrap_or_default();
    let manifest = Manifest::parse(&text)
        .map_err(|_| OutputError::Refused { target: site.to_owned(), reason: Refusal::DamagedManifest })?;
    let bytes = zipped(site, &manifest, parcel).attempted(Attempt::Look, site)?;
    // Beside the file, so that one step puts it into its place.
    let mut draft = file.as_os_str().to_owned();
    draft.push(".portolan-draft");
    let draft = Path::new(&draft);
    let _ = fs::remove_file(draft);
    let written = swap::create_new(draft)
        .and_then(|mut new| {
            new.write_all(&bytes)?;
            new.sync_all()
        })
        .and_then(|()| fs::rename(draft, file));
    if written.is_err() {
        let _ = fs::remove_file(draft);
    }
    written.attempted(Attempt::Write, file)?;
    Ok(bytes.len() as u64)
}

/// Whether nothing stands there, or a zip that we made.
fn is_ours(file: &Path) -> io::Result<bool> {
    let mut old = match swap::open_no_link(file) {
        Ok(old) => old,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(true),
        Err(error) => return Err(error),
    };
    if old.seek(SeekFrom::End(-(MARK.len() as i64))).is_err() {
        return Ok(false);
    }
    let mut end = Vec::new();
    old.take(MARK.len() as u64).read_to_end(&mut end)?;
    Ok(end == MARK.as_bytes())
}

fn zipped(site: &Path, manifest: &Manifest, parcel: &Parcel<'_>) -> io::Result<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let part = |part: i8| u8::try_from(part).unwrap_or(1);
    let day = parcel.day;
    let year = u16::try_from(day.year()).unwrap_or(1980);
    let at = DateTime::from_date_and_time(year, part(day.month()), part(day.day()), 0, 0, 0);
    let options = SimpleFileOptions::default()
        .last_modified_time(at.unwrap_or_default())
        .unix_permissions(0o644)
        .compression_level(Some(6));
    let (name, text) = parcel.note;
    zip.start_file(format!("{}/{name}", parcel.folder), options)?;
    zip.write_all(text.as_bytes())?;
    for (path, record) in &manifest.files {
        let is_for_hosts =
            FOR_HOSTS.contains(&path.as_str()) || path.starts_with(['.']) || path.starts_with("cards/");
        if is_for_hosts {
            continue;
        }
        let mut file = swap::open_no_link(&site.join(path))?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        if blake3::hash(&bytes) != record.hash {
            return Err(io::Error::other("changed during the build"));
        }
        let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
        // A level for what is not compressed is an error to the library.
        let options = match DENSE.contains(&ending) {
            true => options.compression_method(CompressionMethod::Stored).compression_level(None),
            false => options,
        };
        zip.start_file(format!("{}/{path}", parcel.folder), options)?;
        zip.write_all(&bytes)?;
    }
    zip.set_comment(MARK)?;
    Ok(zip.finish()?.into_inner())
}
