//! Several files in one: zip archives, in and out.
//!
//! What comes in is not trusted: names that lead out of the archive, too many files and too many bytes are refused, and
//! sizes are counted, not believed. What goes out is the same bytes for the same files.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

/// Files by their names, as a folder has them; `/` stands between folders.
pub type Files = BTreeMap<String, Vec<u8>>;

/// At most so many files are taken out of an archive.
pub(super) const MOST_FILES: usize = 20_000;

/// At most so many bytes are taken out of an archive, all files together.
pub(super) const MOST_BYTES: u64 = 512 << 20;

/// Why an archive could not be unpacked or made.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    /// It holds too much.
    #[error("it holds more than {MOST_FILES} files or {} MB", MOST_BYTES >> 20)]
    TooLarge,
    /// A name leads out of the folder it is unpacked into.
    #[error("the name {0:?} leads out of it")]
    Outside(String),
    /// A file in it is longer than it may be.
    #[error("{name} is longer than {} MB", most >> 20)]
    PartTooLarge {
        /// The file.
        name: String,
        /// The longest it may be, in bytes.
        most: u64,
    },
    /// A file in it is damaged, encrypted, or packed in a way that is not read.
    #[error("{name}: {error}")]
    Packed {
        /// The file.
        name: String,
        /// What is wrong.
        error: zip::result::ZipError,
    },
    /// It is damaged, encrypted, or packed in a way that is not read.
    #[error(transparent)]
    Zip(#[from] zip::result::ZipError),
    /// A file in it is damaged.
    #[error("{name}: {error}")]
    File {
        /// The file.
        name: String,
        /// What is wrong.
        error: std::io::Error,
    },
}

impl ArchiveError {
    /// The file in the archive that it is about. The others can be taken out all the same; if it is about none, nothing
    /// more can.
    #[must_use]
    pub fn file(&self) -> Option<&str> {
        match self {
            Self::TooLarge | Self::Zip(_) => None,
            Self::Outside(name)
            | Self::PartTooLarge { name, .. }
            | Self::Packed { name, .. }
            | Self::File { name, .. } => Some(name),
        }
    }
}

/// True of the bytes of a zip archive.
#[must_use]
pub fn is_archive(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// The files of an archive; what systems leave in archives for themselves is passed over.
///
/// # Errors
/// If it is damaged, too large, or has names that lead out of it.
pub fn unpack(bytes: &[u8]) -> Result<Files, ArchiveError> {
    unpack_at_most(bytes, MOST_FILES, MOST_BYTES)
}

fn unpack_at_most(bytes: &[u8], most_files: usize, most_bytes: u64) -> Result<Files, ArchiveError> {
    Unpacking::at_most(bytes, most_files, most_bytes)?.collect()
}

/// An archive whose files are taken out one after the other, so that never more than one of them is held. Files follow
/// one that cannot be taken out; nothing follows an error that is about no file ([`ArchiveError::file`]).
pub struct Unpacking<B> {
    archive: ZipArchive<Cursor<B>>,
    next: usize,
    left: u64,
    passed_over: usize,
}

impl<B: AsRef<[u8]>> Unpacking<B> {
    /// An archive of which nothing has been taken out yet.
    ///
    /// # Errors
    /// If it is damaged or has too many files.
    pub fn new(bytes: B) -> Result<Self, ArchiveError> {
        Self::at_most(bytes, MOST_FILES, MOST_BYTES)
    }

    fn at_most(bytes: B, most_files: usize, most_bytes: u64) -> Result<Self, ArchiveError> {
        let archive = ZipArchive::new(Cursor::new(bytes))?;
        if archive.len() > most_files {
            return Err(ArchiveError::TooLarge);
        }
        Ok(Self { archive, next: 0, left: most_bytes, passed_over: 0 })
    }

    /// True if some of its files mean something only together, by their names.
    #[must_use]
    pub fn belongs_together(&self) -> bool {
        let names: Vec<_> = self.archive.file_names().flatten().collect();
        belong_together(names.iter().map(AsRef::as_ref))
    }

    /// How many files that systems keep for themselves were passed over so far.
    #[must_use]
    pub fn passed_over(&self) -> usize {
        self.passed_over
    }

    /// The next file that is not passed over.
    fn take_one(&mut self) -> Result<Option<(String, Vec<u8>)>, ArchiveError> {
        while self.next < self.archive.len() {
            let index = self.next;
            self.next += 1;
            let name = self.archive.name_for_index(index).and_then(Result::ok);
            let name = name.map(std::borrow::Cow::into_owned).unwrap_or_default();
            if is_of_the_system(&name) {
                self.passed_over += usize::from(!name.ends_with('/'));
                continue;
            }
            let file = match self.archive.by_index(index) {
                Ok(file) => file,
                Err(error) => return Err(ArchiveError::Packed { name, error }),
            };
            let inside = file.enclosed_name().ok_or(ArchiveError::Outside(name))?;
            let parts = inside.iter().map(|part| part.to_string_lossy());
            let name = parts.collect::<Vec<_>>().join("/");
            if file.is_dir() {
                continue;
            }
            let mut content = Vec::new();
            let taken = file.take(self.left + 1).read_to_end(&mut content);
            // What came of a damaged file counts, too.
            self.left = self.left.checked_sub(content.len() as u64).ok_or(ArchiveError::TooLarge)?;
            return match taken {
                Ok(_) => Ok(Some((name, content))),
                Err(error) => Err(ArchiveError::File { name, error }),
            };
        }
        Ok(None)
    }
}

impl<B: AsRef<[u8]>> Iterator for Unpacking<B> {
    type Item = Result<(String, Vec<u8>), ArchiveError>;

    fn next(&mut self) -> Option<Self::Item> {
        let taken = self.take_one();
        if taken.as_ref().is_err_and(|error| error.file().is_none()) {
            self.next = self.archive.len();
        }
        taken.transpose()
    }
}

/// True if some of the files mean something only together, by their names: annotations beside texts, type systems beside
/// documents, data beside the card that explains them.
pub fn belong_together<'n>(names: impl IntoIterator<Item = &'n str>) -> bool {
    let (mut has_card, mut has_data) = (false, false);
    for name in names {
        let last = name.rsplit(['/', '\\']).next().unwrap_or(name);
        if [".ann", ".a1", ".xmi", ".jsonld"].iter().any(|ending| last.ends_with(ending)) {
            return true;
        }
        has_card |= last == "README.md";
        has_data |= last.ends_with(".jsonl");
    }
    has_card && has_data
}

/// A document of an office program, which is a zip file too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Office {
    /// A text of Word.
    Docx,
    /// A text of LibreOffice.
    Odt,
    /// A table of either.
    Spreadsheet,
}

/// What kind of office document a zip file is, if it is one.
#[must_use]
pub fn office(bytes: &[u8]) -> Option<Office> {
    let mut archive = is_archive(bytes).then(|| ZipArchive::new(Cursor::new(bytes)).ok()).flatten()?;
    let has = |name: &str| archive.index_for_name(name).is_some();
    if has("word/document.xml") {
        return Some(Office::Docx);
    } else if has("xl/workbook.xml") {
        return Some(Office::Spreadsheet);
    }
    let mut media_type = String::new();
    archive.by_name("mimetype").ok()?.take(100).read_to_string(&mut media_type).ok()?;
    match media_type.trim().strip_prefix("application/vnd.oasis.opendocument.")? {
        "text" | "text-template" | "text-master" | "text-web" => Some(Office::Odt),
        "spreadsheet" => Some(Office::Spreadsheet),
        _ => None,
    }
}

/// The names of the files in an archive; none if it cannot be read.
#[must_use]
pub fn names(bytes: &[u8]) -> Vec<String> {
    let archive = ZipArchive::new(Cursor::new(bytes)).ok();
    let names =
        archive.iter().flat_map(|archive| archive.file_names().flatten().map(std::borrow::Cow::into_owned));
    names.collect()
}

/// One file of an archive, if it is there.
///
/// # Errors
/// If it is damaged or longer than `most` bytes.
pub fn member(bytes: &[u8], name: &str, most: u64) -> Result<Option<Vec<u8>>, ArchiveError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes))?;
    let Some(index) = archive.index_for_name(name) else { return Ok(None) };
    let mut content = Vec::new();
    let file =
        archive.by_index(index).map_err(|error| ArchiveError::Packed { name: name.to_owned(), error })?;
    file.take(most + 1)
        .read_to_end(&mut content)
        .map_err(|error| ArchiveError::File { name: name.to_owned(), error })?;
    if content.len() as u64 > most {
        return Err(ArchiveError::PartTooLarge { name: name.to_owned(), most });
    }
    Ok(Some(content))
}

/// True of what file managers leave behind: resource forks, how a folder looked, thumbnails, dustbins. Other hidden files
/// are files like any.
#[must_use]
pub fn is_of_the_system(name: &str) -> bool {
    const FOLDERS: [&str; 5] = ["__MACOSX", ".Spotlight-V100", ".Trashes", ".fseventsd", "$RECYCLE.BIN"];
    const FILES: [&str; 5] = [".DS_Store", ".localized", ".directory", "Thumbs.db", "desktop.ini"];
    let last = name.rsplit('/').next().unwrap_or(name);
    name.split('/').any(|part| FOLDERS.contains(&part)) || FILES.contains(&last) || last.starts_with("._")
}

/// An archive of files. The same files are the same bytes, whenever and wherever it is made.
///
/// # Errors
/// If a name cannot stand in an archive.
pub fn pack(files: &Files) -> Result<Vec<u8>, ArchiveError> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    for (name, bytes) in files {
        writer.start_file(name.as_str(), options)?;
        writer.write_all(bytes).map_err(|error| ArchiveError::File { name: name.clone(), error })?;
    }
    Ok(writer.finish()?.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(of: &[(&str, &str)]) -> Files {
        of.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect()
    }

    #[test]
    fn files_come_out_as_they_went_in() {
        let some = files(&[("خبر.txt", "زار"), ("day/a.ann", "")]);
        let packed = pack(&some).unwrap();
        assert!(is_archive(&packed));
        assert_eq!(unpack(&packed).unwrap(), some);
        assert_eq!(pack(&some).unwrap(), packed);
        assert!(is_archive(&pack(&Files::new()).unwrap()));
    }

    #[test]
    fn what_systems_leave_behind_is_passed_over() {
        let packed =
            pack(&files(&[("a.txt", "x"), ("__MACOSX/._a.txt", "y"), ("b/.DS_Store", "z")])).unwrap();
        assert_eq!(unpack(&packed).unwrap(), files(&[("a.txt", "x")]));
        let mut unpacking = Unpacking::new(packed).unwrap();
        assert_eq!((unpacking.by_ref().count(), unpacking.passed_over()), (1, 2));
    }

    #[test]
    fn a_hidden_file_is_a_file_like_any_other() {
        let hidden = files(&[(".notes.txt", "x"), ("a/.b/c.txt", "y"), ("my desktop.ini.txt", "z")]);
        assert_eq!(unpack(&pack(&hidden).unwrap()).unwrap(), hidden);
    }

    #[test]
    fn names_that_lead_out_are_refused() {
        let mut packed = pack(&files(&[("aa/b.txt", "x")])).unwrap();
        for at in 0..packed.len() - 8 {
            if packed[at..].starts_with(b"aa/b.txt") {
                packed[at..at + 2].copy_from_slice(b"..");
            }
        }
        assert!(matches!(unpack(&packed), Err(ArchiveError::Outside(name)) if name == "../b.txt"));
    }

    #[test]
    fn what_grows_without_end_is_refused() {
        let packed = pack(&files(&[("a", &"x".repeat(10_000)), ("b", "y")])).unwrap();
        assert!(packed.len() < 1_000);
        assert!(unpack_at_most(&packed, 2, 10_001).is_ok());
        assert!(matches!(unpack_at_most(&packed, 2, 10_000), Err(ArchiveError::TooLarge)));
        assert!(matches!(unpack_at_most(&packed, 1, 99_999), Err(ArchiveError::TooLarge)));
    }

    #[test]
    fn files_behind_one_that_cannot_be_taken_out_are_taken_out() {
        let names = ["a.txt", "bb/b.txt", "c.txt", "d.txt", "e.txt"];
        let mut packed = pack(&files(&names.map(|name| (name, "خبر من حلب أمس")))).unwrap();
        for at in 0..packed.len() - 8 {
            if packed[at..].starts_with(b"bb/b.txt") {
                packed[at..at + 2].copy_from_slice(b"..");
            }
        }
        // In the list of files at the end the flags are at 8, the way of packing at 10; its entries stand in order.
        let list: Vec<_> =
            (0..packed.len() - 4).filter(|&at| packed[at..].starts_with(b"PK\x01\x02")).collect();
        packed[list[2] + 8] |= 1;
        packed[list[3] + 10] = 99;
        let mut unpacking = Unpacking::new(packed).unwrap();
        let taken: Vec<_> = unpacking.by_ref().collect();
        let bad: Vec<_> = taken.iter().filter_map(|taken| taken.as_ref().err()?.file()).collect();
        assert_eq!(bad, ["../b.txt", "c.txt", "d.txt"]);
        let good: Vec<_> = taken.iter().filter_map(|taken| Some(taken.as_ref().ok()?.0.as_str())).collect();
        assert_eq!(good, ["a.txt", "e.txt"]);
    }

    #[test]
    fn a_part_that_is_too_long_is_told_with_its_own_limit() {
        let packed = pack(&files(&[("a", "0123456789")])).unwrap();
        assert!(matches!(member(&packed, "a", 9), Err(ArchiveError::PartTooLarge { most: 9, .. })));
        assert_eq!(member(&packed, "a", 10).unwrap().as_deref(), Some(&b"0123456789"[..]));
    }

    #[test]
    fn a_damaged_archive_is_refused() {
        let packed = pack(&files(&[("a", "some text")])).unwrap();
        assert!(unpack(&packed[..packed.len() / 2]).is_err());
        let mut bent = packed;
        bent[33] ^= 0xFF;
        assert!(unpack(&bent).is_err());
    }
}
