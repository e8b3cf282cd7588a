//! What a data file is, by its bytes: the name may say something else (a `.xls` that is CSV, a `.csv` that is a workbook).

use super::archive::Archive;

/// What the bytes of a file are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Container {
    /// Text in some encoding: CSV and its like.
    Text,
    /// A zip of files.
    Zip,
    /// A workbook of Excel since 2007.
    Xlsx,
    /// A workbook of Excel before 2007, or an encrypted one of any year.
    Xls,
    /// A workbook of OpenDocument.
    Ods,
    /// A page of the web, often saved by platforms as `.xls`, or a sign-in page in place of the data.
    Html,
    /// None of these; with the name of the format where it has one.
    Other(&'static str),
}

/// Bytes at the start of files that are no tables, and what they are.
const OTHERS: &[(&[u8], &str)] = &[
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"\x1f\x8b", "gzip"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7z"),
    (b"SQLite format 3", "SQLite"),
    (b"\x7fELF", "ELF"),
    (b"MZ\x90", "EXE"),
];
/// How the text of a page of the web begins, or of a workbook written as XML.
const MARKUP: [&str; 7] = ["<!doctype html", "<html", "<head", "<body", "<table", "<meta", "<?xml"];
/// Bytes by which text is told from other things.
const SAMPLE: usize = 4_096;

impl Container {
    /// Looks at the first bytes, and at the names in a zip.
    pub fn of(bytes: &[u8]) -> Self {
        if bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
            return Container::Xls;
        }
        if [b"PK\x03\x04", b"PK\x05\x06"].iter().any(|magic| bytes.starts_with(*magic)) {
            return Self::of_zip(bytes);
        }
        if let Some((_, name)) = OTHERS.iter().find(|(magic, _)| bytes.starts_with(magic)) {
            return Container::Other(name);
        }
        let sample = bytes.get(..SAMPLE).unwrap_or(bytes);
        let bare = sample.strip_prefix(b"\xef\xbb\xbf").unwrap_or(sample).trim_ascii_start();
        let is_markup = |mark: &str| {
            bare.get(..mark.len()).is_some_and(|start| start.eq_ignore_ascii_case(mark.as_bytes()))
        };
        if MARKUP.iter().any(|mark| is_markup(mark)) {
            return Container::Html;
        }
        // NUL is left aside: it makes half of UTF-16.
        let odd = |byte: &&u8| matches!(**byte, 1..=8 | 14..=31);
        if sample.iter().filter(odd).count() * 20 > sample.len() {
            Container::Other("")
        } else {
            Container::Text
        }
    }

    fn of_zip(bytes: &[u8]) -> Self {
        let Ok(archive) = Archive::open(bytes) else { return Container::Zip };
        let has = |name: &str| archive.names().any(|other| other.eq_ignore_ascii_case(name));
        if has("xl/workbook.xml") {
            Container::Xlsx
        } else if has("xl/workbook.bin") {
            Container::Other("XLSB")
        } else if has("content.xml") && has("mimetype") {
            Container::Ods
        } else if has("[Content_Types].xml") {
            Container::Other("Office")
        } else {
            Container::Zip
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_tell_what_a_file_is() {
        let check =
            |bytes: &[u8], expected: Container| assert_eq!(Container::of(bytes), expected, "{bytes:?}");
        check(b"", Container::Text);
        check(b"a,b\n1,2\n", Container::Text);
        check(b"\xff\xfea\0,\0b\0", Container::Text);
        check(b"\xef\xbb\xbf <HTML><body>", Container::Html);
        check(b"<?xml version='1.0'?><Workbook>", Container::Html);
        check(b"<3,mucho\n1,2\n", Container::Text);
        check(b"%PDF-1.7", Container::Other("PDF"));
        check(b"\x01\x02\x03\x04\x05", Container::Other(""));
        check(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", Container::Xls);
        check(b"PK\x03\x04 no zip at all", Container::Zip);
    }
}
