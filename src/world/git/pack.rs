//! A pack: many objects in one file, most of them as differences to another, with an index (version 2).

use std::fs::{self, File};
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use flate2::bufread::ZlibDecoder;

use super::Unread;
use super::object::{Id, Kind, MOST_BYTES, Objects};

/// Longest chain of differences.
const MOST_DEPTH: usize = 256;
/// Largest index that is read, in bytes.
const MOST_INDEX: u64 = 512_000_000;
const HEADER: usize = 8;
const FANOUT: usize = 256 * 4;

#[derive(Debug)]
pub(super) struct Pack {
    index: Vec<u8>,
    count: usize,
    data: Mutex<File>,
}

impl Pack {
    /// A pack by its index; `None` when it is none that this program reads.
    pub fn open(path: &Path) -> Option<Self> {
        if fs::metadata(path).ok()?.len() > MOST_INDEX {
            return None;
        }
        let index = fs::read(path).ok()?;
        if index.get(..HEADER)? != b"\xfftOc\0\0\0\x02" {
            return None;
        }
        let count = number(&index, HEADER + FANOUT - 4)? as usize;
        let data = File::open(path.with_extension("pack")).ok()?;
        (index.len() >= HEADER + FANOUT + count.checked_mul(28)?).then_some(Self {
            index,
            count,
            data: Mutex::new(data),
        })
    }

    fn id(&self, at: usize) -> Option<Id> {
        Id::of(self.index.get(HEADER + FANOUT + at * 20..)?)
    }

    /// Where the numbers with this first byte stand.
    fn range(&self, first: u8) -> (usize, usize) {
        let upto = |byte: usize| number(&self.index, HEADER + byte * 4).map_or(0, |upto| upto as usize);
        let start = if first == 0 { 0 } else { upto(usize::from(first) - 1) };
        (start, upto(usize::from(first)).min(self.count))
    }

    pub fn find(&self, id: Id) -> Option<u64> {
        let (mut low, mut high) = self.range(id.0[0]);
        while low < high {
            let middle = low + (high - low) / 2;
            match self.id(middle)?.cmp(&id) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
                std::cmp::Ordering::Equal => return self.offset(middle),
            }
        }
        None
    }

    pub fn starting(&self, digits: &str) -> Vec<Id> {
        let Some(first) = digits.get(..2).and_then(|pair| u8::from_str_radix(pair, 16).ok()) else {
            return Vec::new();
        };
        let (low, high) = self.range(first);
        let ids = (low..high).filter_map(|at| self.id(at));
        ids.filter(|id| id.to_string().starts_with(digits)).take(64).collect()
    }

    fn offset(&self, at: usize) -> Option<u64> {
        let small = HEADER + FANOUT + self.count * 24;
        let offset = number(&self.index, small + at * 4)?;
        if offset & 0x8000_0000 == 0 {
            return Some(u64::from(offset));
        }
        let large = small + self.count * 4 + (offset & 0x7fff_ffff) as usize * 8;
        let bytes = self.index.get(large..large + 8)?;
        Some(u64::from_be_bytes(bytes.try_into().ok()?))
    }

    /// The object at an offset, its differences applied.
    pub fn read(&self, offset: u64, objects: &Objects, depth: usize) -> Result<(Kind, Vec<u8>), Unread> {
        let damaged = || Unread::Damaged("pack".to_owned());
        let mut offset = offset;
        let mut differences: Vec<Vec<u8>> = Vec::new();
        let (kind, mut bytes) = loop {
            if differences.len() + depth > MOST_DEPTH {
                return Err(Unread::Limit("differences", MOST_DEPTH as u64));
            }
            let entry = self.entry(offset).ok_or_else(damaged)?;
            if entry.size > MOST_BYTES {
                return Err(Unread::Limit("bytes", MOST_BYTES));
            }
            match entry.kind {
                Sort::Whole(kind) => break (kind, entry.bytes),
                Sort::Before(distance) => {
                    differences.push(entry.bytes);
                    offset = offset.checked_sub(distance).filter(|_| distance > 0).ok_or_else(damaged)?;
                }
                Sort::Of(id) => {
                    differences.push(entry.bytes);
                    break objects.read_within(id, depth + differences.len())?;
                }
            }
        };
        for difference in differences.iter().rev() {
            bytes = applied(&bytes, difference).ok_or_else(damaged)?;
        }
        Ok((kind, bytes))
    }

    fn entry(&self, offset: u64) -> Option<Entry> {
        let mut data = self.data.lock().unwrap_or_else(PoisonError::into_inner);
        data.seek(SeekFrom::Start(offset)).ok()?;
        let mut reader = BufReader::new(&mut *data);
        let mut byte = [0];
        let mut next = |reader: &mut BufReader<&mut File>| {
            reader.read_exact(&mut byte).ok()?;
            Some(byte[0])
        };
        let first = next(&mut reader)?;
        let sort = (first >> 4) & 7;
        let mut size = u64::from(first & 15);
        let mut shift = 4;
        let mut more = first & 0x80 != 0;
        while more {
            let part = next(&mut reader)?;
            size |= u64::from(part & 0x7f).checked_shl(shift)?;
            shift += 7;
            more = part & 0x80 != 0 && shift < 60;
        }
        let kind = match sort {
            1 => Sort::Whole(Kind::Commit),
            2 => Sort::Whole(Kind::Tree),
            3 => Sort::Whole(Kind::Blob),
            4 => Sort::Whole(Kind::Tag),
            6 => {
                let mut part = next(&mut reader)?;
                let mut distance = u64::from(part & 0x7f);
                while part & 0x80 != 0 {
                    part = next(&mut reader)?;
                    distance =
                        distance.checked_add(1)?.checked_mul(128)?.checked_add(u64::from(part & 0x7f))?;
                }
                Sort::Before(distance)
            }
            7 => {
                let mut id = [0; 20];
                reader.read_exact(&mut id).ok()?;
                Sort::Of(Id(id))
            }
            _ => return None,
        };
        let mut bytes = Vec::new();
        if size <= MOST_BYTES {
            ZlibDecoder::new(reader).take(size + 1).read_to_end(&mut bytes).ok()?;
            if bytes.len() as u64 != size {
                return None;
            }
        }
        Some(Entry { kind, size, bytes })
    }
}

enum Sort {
    Whole(Kind),
    /// A difference to what stands so many bytes before.
    Before(u64),
    /// A difference to this object.
    Of(Id),
}

struct Entry {
    kind: Sort,
    size: u64,
    bytes: Vec<u8>,
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

/// A size as differences write it, and the rest.
fn size(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let mut size = 0_usize;
    let mut shift = 0;
    let mut rest = bytes;
    loop {
        let (byte, after) = rest.split_first()?;
        rest = after;
        size |= usize::from(byte & 0x7f).checked_shl(shift).filter(|_| shift < 60)?;
        if byte & 0x80 == 0 {
            return Some((size, rest));
        }
        shift += 7;
    }
}

/// What a difference makes of its base.
pub(super) fn applied(base: &[u8], difference: &[u8]) -> Option<Vec<u8>> {
    let (before, rest) = size(difference)?;
    let (after, mut rest) = size(rest)?;
    if before != base.len() || after as u64 > MOST_BYTES {
        return None;
    }
    let mut bytes = Vec::with_capacity(after);
    while let Some((order, more)) = rest.split_first() {
        rest = more;
        if order & 0x80 == 0 {
            // So many new bytes.
            let (new, more) = rest.split_at_checked(usize::from(*order)).filter(|_| *order > 0)?;
            bytes.extend_from_slice(new);
            rest = more;
        } else {
            // A stretch of the base: four bytes of place and three of length, those that are not zero.
            let mut parts = [0_usize; 7];
            for (bit, part) in parts.iter_mut().enumerate() {
                if order >> bit & 1 == 1 {
                    let (byte, more) = rest.split_first()?;
                    *part = usize::from(*byte);
                    rest = more;
                }
            }
            let [a, b, c, d, x, y, z] = parts;
            let start = a | b << 8 | c << 16 | d << 24;
            let length = match x | y << 8 | z << 16 {
                0 => 0x10000,
                length => length,
            };
            bytes.extend_from_slice(base.get(start..start.checked_add(length)?)?);
        }
        if bytes.len() > after {
            return None;
        }
    }
    (bytes.len() == after).then_some(bytes)
}
