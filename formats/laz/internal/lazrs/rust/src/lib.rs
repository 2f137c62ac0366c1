//! A decoder of LAZ chunks for a host that calls it through WebAssembly.
//!
//! One instance decodes one chunk at a time: `open` once with the LASzip record of the file, then `chunk` with the
//! place of a chunk and `points` until all its points are there. The bytes of the file come from the host's `read_at`.
//! A function returns 0, or 1 after an error whose text `message` and `message_length` have. A panic is a trap: the
//! instance cannot be used after it.

use laz::laszip::ChunkTable;
use laz::record::{LayeredPointRecordDecompressor, RecordDecompressor, SequentialPointRecordDecompressor};
use laz::{DecompressionSelection, LasZipError, LazVlr};
use std::io::{BufReader, Error, ErrorKind, Read, Result, Seek, SeekFrom};

#[link(wasm_import_module = "host")]
extern "C" {
    /// Fills the memory at `to` with at most `length` bytes from `offset` of the file. Returns how many it were; 0 is
    /// the end, negative a failure.
    fn read_at(offset: u64, to: *mut u8, length: u32) -> i32;
}

/// Section is a part of the file.
struct Section {
    at: u64,
    end: u64,
}

impl Section {
    fn buffered(offset: u64, length: u64) -> Source {
        const BLOCK: usize = 64 << 10;
        BufReader::with_capacity(BLOCK, Section { at: offset, end: offset.saturating_add(length) })
    }
}

impl Read for Section {
    fn read(&mut self, buf: &mut [u8]) -> Result<usize> {
        let most = (self.end - self.at).min(buf.len() as u64);
        if most == 0 {
            return Ok(0);
        }
        let n = unsafe { read_at(self.at, buf.as_mut_ptr(), most as u32) };
        if n < 0 || n as u64 > most {
            return Err(Error::from(ErrorKind::Other));
        }
        self.at += n as u64;
        Ok(n as usize)
    }
}

impl Seek for Section {
    fn seek(&mut self, to: SeekFrom) -> Result<u64> {
        let at = match to {
            SeekFrom::Start(n) => Some(n),
            SeekFrom::Current(n) => self.at.checked_add_signed(n),
            SeekFrom::End(n) => self.end.checked_add_signed(n),
        };
        self.at = at.filter(|at| *at <= self.end).ok_or(Error::from(ErrorKind::UnexpectedEof))?;
        Ok(self.at)
    }
}

type Source = BufReader<Section>;

/// State is all that an instance has: it is called by one thread.
struct State {
    vlr: Option<LazVlr>,
    selection: u32,
    decompressor: Option<Box<dyn RecordDecompressor<Source>>>,
    buffer: Vec<u8>,
    message: &'static str,
}

static mut STATE: State =
    State { vlr: None, selection: 0, decompressor: None, buffer: Vec::new(), message: "" };

#[allow(static_mut_refs)]
fn state() -> &'static mut State {
    unsafe { &mut STATE }
}

fn outcome(result: std::result::Result<(), LasZipError>) -> u32 {
    let Err(err) = result else { return 0 };
    state().message = match err {
        LasZipError::UnknownLazItem(_) => "it has a kind of item that is unknown",
        LasZipError::UnsupportedLazItemVersion(..) => "it has an item whose compression is of an unknown version",
        LasZipError::UnknownCompressorType(_) => "its kind of compression is unknown",
        LasZipError::UnsupportedCompressorType(_) => "its kind of compression is not supported",
        LasZipError::IoError(err) if err.kind() == ErrorKind::UnexpectedEof => "it ends early",
        _ => "it is damaged",
    };
    1
}

#[no_mangle]
pub extern "C" fn message() -> *const u8 {
    state().message.as_ptr()
}

#[no_mangle]
pub extern "C" fn message_length() -> u32 {
    state().message.len() as u32
}

/// Makes room for `length` bytes, which the host writes for `open` and reads after the other functions.
#[no_mangle]
pub extern "C" fn buffer(length: u32) -> *mut u8 {
    let buffer = &mut state().buffer;
    buffer.clear();
    buffer.resize(length as usize, 0);
    buffer.as_mut_ptr()
}

/// Takes the LASzip record, which is in the buffer, and the fields that are wanted where the file lets others be left
/// out.
#[no_mangle]
pub extern "C" fn open(selection: u32) -> u32 {
    let s = state();
    s.selection = selection;
    s.decompressor = None;
    outcome(LazVlr::from_buffer(&s.buffer).map(|vlr| s.vlr = Some(vlr)))
}

/// Reads the table of chunks, which is `length` bytes at `offset`. The buffer, which has room for all of its entries,
/// gets the number of points and of bytes of each, 0 points if the chunks have as many as the LASzip record says.
#[no_mangle]
pub extern "C" fn table(offset: u64, length: u64, has_points: u32) -> u32 {
    let table = ChunkTable::read(&mut Section::buffered(offset, length), has_points != 0);
    outcome(table.map_err(LasZipError::from).map(|table| {
        for (out, entry) in state().buffer.chunks_exact_mut(16).zip(table.as_ref().iter()) {
            out[..8].copy_from_slice(&entry.point_count.to_le_bytes());
            out[8..].copy_from_slice(&entry.byte_count.to_le_bytes());
        }
    }))
}

/// Begins the chunk of `length` bytes at `offset`.
#[no_mangle]
pub extern "C" fn chunk(offset: u64, length: u64) -> u32 {
    let s = state();
    s.decompressor = None;
    let items = s.vlr.as_ref().unwrap().items();
    let source = Section::buffered(offset, length);
    let mut decompressor: Box<dyn RecordDecompressor<Source>> = match items[0].version() {
        3 | 4 => Box::new(LayeredPointRecordDecompressor::new(source)),
        _ => Box::new(SequentialPointRecordDecompressor::new(source)),
    };
    outcome(decompressor.set_fields_from(items).map(|_| {
        decompressor.set_selection(DecompressionSelection(s.selection));
        s.decompressor = Some(decompressor);
    }))
}

/// Decodes the next `count` points of the chunk into the buffer, which has room for them.
#[no_mangle]
pub extern "C" fn points(count: u32) -> u32 {
    let s = state();
    let decompressor = s.decompressor.as_mut().unwrap();
    let n = decompressor.record_size() * count as usize;
    outcome(decompressor.decompress_many(&mut s.buffer[..n]).map_err(LasZipError::from))
}
