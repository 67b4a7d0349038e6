//! What is left of a damaged archive. Its directory is at its end and may be gone, so each file is looked for by the
//! header that stands before it.

use flate2::{Crc, Decompress, FlushDecompress, Status};

use super::Fault;
use crate::formats::archive::Files;

/// What a file in a zip archive begins with (APPNOTE.TXT, 4.3.7).
const HEADER: &[u8] = b"PK\x03\x04";
/// The length of a header without name and extra field.
const HEADER_BYTES: usize = 30;
/// What the directory of an archive begins with.
const DIRECTORY: &[u8] = b"PK\x01\x02";
/// What an archive without files ends with.
const END: &[u8] = b"PK\x05\x06";
/// How a file is packed that is not.
const STORED: u16 = 0;
/// How a file is packed with DEFLATE.
const DEFLATED: u16 = 8;
/// At most so many bytes are unpacked, all files together.
const MOST_BYTES: usize = 512 << 20;

/// The files of an archive as far as they can be unpacked, and what is wrong with it.
pub(super) fn salvage(archive: &[u8]) -> (Files, Vec<Fault>) {
    let (mut files, mut faults) = (Files::new(), Vec::new());
    let (mut rest, mut left) = (archive, MOST_BYTES);
    while let Some(header) = Header::find(&mut rest) {
        let packed = rest.get(..header.packed_bytes);
        let is_cut = packed.is_none();
        let packed = packed.unwrap_or(rest);
        let content = unpacked(packed, header.method, left);
        let bytes = content.len();
        left -= bytes;
        if is_cut {
            faults.push(Fault::CutOff { file: header.name.clone(), bytes });
        } else if crc(&content) != header.crc {
            faults.push(Fault::Damaged { file: header.name.clone(), bytes });
        }
        files.insert(header.name, content);
        // After a file that is damaged the next header may stand anywhere.
        rest = if is_cut { &[] } else { &rest[packed.len()..] };
    }
    if faults.is_empty() {
        faults.push(Fault::NoEnd);
    }
    (files, faults)
}

struct Header {
    name: String,
    method: u16,
    crc: u32,
    packed_bytes: usize,
}

impl Header {
    /// The next header, with `rest` then at what it stands before.
    fn find(rest: &mut &[u8]) -> Option<Self> {
        loop {
            let at =
                rest.windows(HEADER.len()).position(|bytes| [HEADER, DIRECTORY, END].contains(&bytes))?;
            let from = &rest[at..];
            if !from.starts_with(HEADER) {
                return None;
            }
            if let Some((header, after)) = Self::read(from) {
                *rest = after;
                return Some(header);
            }
            *rest = &from[HEADER.len()..];
        }
    }

    fn read(bytes: &[u8]) -> Option<(Self, &[u8])> {
        let two = |at: usize| Some(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?));
        let four = |at: usize| Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?));
        let name_ends = HEADER_BYTES + usize::from(two(26)?);
        let name = String::from_utf8(bytes.get(HEADER_BYTES..name_ends)?.to_vec()).ok()?;
        let after = bytes.get(name_ends + usize::from(two(28)?)..)?;
        let packed_bytes = usize::try_from(four(18)?).ok()?;
        Some((Self { name, method: two(8)?, crc: four(14)?, packed_bytes }, after))
    }
}

/// As much as can be unpacked.
fn unpacked(packed: &[u8], method: u16, most: usize) -> Vec<u8> {
    match method {
        STORED => packed[..packed.len().min(most)].to_vec(),
        DEFLATED => inflated(packed, most),
        _ => Vec::new(),
    }
}

fn inflated(packed: &[u8], most: usize) -> Vec<u8> {
    let mut inflater = Decompress::new(false);
    let mut content = Vec::new();
    while content.len() < most {
        let before = (inflater.total_in(), inflater.total_out());
        content.reserve((packed.len() * 4).clamp(4096, 1 << 20));
        let from = usize::try_from(before.0).unwrap_or(usize::MAX).min(packed.len());
        let outcome = inflater.decompress_vec(&packed[from..], &mut content, FlushDecompress::None);
        let is_stuck = before == (inflater.total_in(), inflater.total_out());
        if is_stuck || !matches!(outcome, Ok(Status::Ok | Status::BufError)) {
            break;
        }
    }
    content.truncate(most);
    content
}

fn crc(content: &[u8]) -> u32 {
    let mut crc = Crc::new();
    crc.update(content);
    crc.sum()
}
