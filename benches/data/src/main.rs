//! Reads a CSV file whole and counts its cells and their bytes: `data csv FILE` by the csv crate alone, `data ours FILE` by Portolan's reader, with its checks and the place of every cell.

use std::error::Error;
use std::{env, fs, io};

use portolan::syntax::main_table;
use portolan::text::{FilePath, Sources};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let (Some(by), Some(file)) = (arguments.next(), arguments.next()) else {
        return Err(io::Error::other("data csv|ours FILE").into());
    };
    let bytes = fs::read(file)?;
    let (cells, length) = if by == "csv" { by_csv(&bytes)? } else { by_us(bytes)? };
    println!("{cells} cells, {length} bytes");
    Ok(())
}

fn by_csv(bytes: &[u8]) -> csv::Result<(usize, usize)> {
    let mut reader = csv::Reader::from_reader(bytes);
    let mut record = csv::ByteRecord::new();
    let (mut cells, mut length) = (0, 0);
    while reader.read_byte_record(&mut record)? {
        cells += record.len();
        length += record.iter().map(<[u8]>::len).sum::<usize>();
    }
    Ok((cells, length))
}

fn by_us(bytes: Vec<u8>) -> Result<(usize, usize), Box<dyn Error>> {
    let mut sources = Sources::default();
    let path = FilePath::new("data.csv").ok_or("a path")?;
    let id = sources.add(path, String::from_utf8(bytes)?);
    let text = sources.source(id).map(|source| source.text.as_str()).unwrap_or_default();
    let mut findings = Vec::new();
    let table = main_table(text, id, &mut findings).ok_or("a table")?;
    assert!(findings.is_empty(), "the file is clean");
    let columns = table.columns.len();
    let lengths = (0..table.len()).flat_map(|row| (0..columns).map(move |column| (row, column)));
    let length = lengths.map(|(row, column)| table.text(row, column).len()).sum();
    Ok((table.len() * columns, length))
}
