//! Zips in memory: names and members, read within limits that no header can move. Nothing is written anywhere.

use std::io::{Cursor, Read};

use zip::result::ZipError;

/// Most entries of a zip that are looked at.
pub const MAX_ENTRIES: usize = 2_000;
/// Most bytes that all members that are read may have unpacked.
pub const MAX_UNPACKED: u64 = 200_000_000;

/// Why a zip or one of its members is not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unread {
    /// It has a password.
    Encrypted,
    /// Its bytes do not fit together; what the library says.
    Damaged(String),
    /// Packed in a way that is not read.
    Method,
    /// More entries than [`MAX_ENTRIES`]: how many.
    Entries(usize),
    /// More bytes unpacked than the limit, both in bytes.
    Unpacked(u64),
}

/// A zip whose directory was read.
pub struct Archive<'b> {
    zip: zip::ZipArchive<Cursor<&'b [u8]>>,
    /// Bytes that may still be unpacked.
    left: u64,
}

impl<'b> Archive<'b> {
    /// Reads the directory.
    ///
    /// # Errors
    /// When there is none that makes sense, or it is too long.
    pub fn open(bytes: &'b [u8]) -> Result<Self, Unread> {
        let zip = zip::ZipArchive::new(Cursor::new(bytes)).map_err(unread)?;
        if zip.len() > MAX_ENTRIES {
            return Err(Unread::Entries(zip.len()));
        }
        Ok(Self { zip, left: MAX_UNPACKED })
    }

    /// The names as the zip says them, in its order; they lead nowhere, since nothing is written.
    pub fn names(&self) -> impl Iterator<Item = String> {
        (0..self.zip.len()).map(|index| match self.zip.name_for_index(index) {
            Some(Ok(name)) => name.into_owned(),
            _ => format!("#{index}"),
        })
    }

    /// Unpacks one member, counted from 0.
    ///
    /// # Errors
    /// When it cannot be read, has a password, or is longer than what is left of [`MAX_UNPACKED`].
    pub fn read(&mut self, index: usize) -> Result<Vec<u8>, Unread> {
        let mut member = self.zip.by_index(index).map_err(unread)?;
        let mut bytes = Vec::new();
        // What comes out counts, not what the header says.
        let read = member.by_ref().take(self.left + 1).read_to_end(&mut bytes);
        let length = bytes.len() as u64;
        if length > self.left {
            return Err(Unread::Unpacked(MAX_UNPACKED));
        }
        self.left -= length;
        read.map_err(|error| Unread::Damaged(error.to_string()))?;
        Ok(bytes)
    }

    /// Whether all members together stay within [`MAX_UNPACKED`].
    ///
    /// # Errors
    /// When they do not, or one cannot be unpacked.
    pub fn measure(&mut self) -> Result<(), Unread> {
        for index in 0..self.zip.len() {
            let member = self.zip.by_index(index).map_err(unread)?;
            let length = std::io::copy(&mut member.take(self.left + 1), &mut std::io::sink())
                .map_err(|error| Unread::Damaged(error.to_string()))?;
            self.left = self.left.checked_sub(length).ok_or(Unread::Unpacked(MAX_UNPACKED))?;
        }
        Ok(())
    }
}

fn unread(error: ZipError) -> Unread {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => {
            Unread::Encrypted
        }
        ZipError::UnsupportedArchive(_) | ZipError::CompressionMethodNotSupported(_) => Unread::Method,
        error => Unread::Damaged(error.to_string()),
    }
}
