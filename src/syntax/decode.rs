//! bytes to text
use crate::finding::Finding;
use crate::text::FilePath;
pub fn decode(bytes: Vec<u8>, _path: &FilePath, _findings: &mut Vec<Finding>) -> String {
    let text = String::from_utf8(bytes).unwrap_or_else(|error| encoding_rs::WINDOWS_1252.decode(error.as_bytes()).0.into_owned());
    text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text)
}
