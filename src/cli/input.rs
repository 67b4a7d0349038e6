//! Files and standard input, record by record.

use std::cell::Cell;
use std::collections::{BTreeMap, HashSet};
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use super::decoding::{self, Decoded};
use super::table::count;
use super::{Failure, complain};
use crate::annotation::Document;
use crate::formats::{
    Encoding, Format, ReadOptions, Reader, Reading, Records, Severity, examine_folder, is_enough_to_tell,
    sniff,
};
use crate::schema::Schema;

/// The path that means standard input.
const STDIN: &str = "-";

/// A file, a folder or standard input, opened.
pub(super) struct Input {
    name: String,
    bytes: Box<dyn BufRead>,
    folder: Option<BTreeMap<String, Vec<u8>>>,
    /// What it is decoded from, and how many bytes were no characters so far.
    older: Option<(Encoding, Rc<Cell<u64>>)>,
}

impl Input {
    /// Opens a path.
    pub(super) fn open(path: &Path) -> Result<Self, Failure> {
        let name = path.display().to_string();
        if name == STDIN {
            return Ok(Self { name, bytes: Box::new(io::stdin().lock()), folder: None, older: None });
        }
        let open = || -> io::Result<(Box<dyn BufRead>, _)> {
            let file = File::open(path)?;
            if file.metadata()?.is_dir() {
                return Ok((Box::new(io::empty()), Some(files(path)?)));
            }
            Ok((Box::new(BufReader::with_capacity(1 << 16, file)), None))
        };
        match open() {
            Ok((bytes, folder)) => Ok(Self { name, bytes, folder, older: None }),
            Err(error) => Err(Failure::Input { file: name, error }),
        }
    }

    /// Has it read as UTF-8 whatever it is in: the encoding that was named, or the one it seems to be.
    pub(super) fn decoded(mut self, named: Option<Encoding>) -> Result<Self, Failure> {
        let decode = |(name, bytes): (String, Vec<u8>)| {
            let decoded = decoding::decoded_whole(&name, bytes, named);
            (name, decoded)
        };
        self.folder = self.folder.map(|files| files.into_iter().map(decode).collect());
        match decoding::decoded(&self.name, self.bytes, named) {
            Ok(Decoded { encoding, bytes, replaced }) => {
                let older = encoding.map(|encoding| (encoding, replaced));
                Ok(Self { bytes, older, ..self })
            }
            Err(error) => Err(Failure::Input { file: self.name, error }),
        }
    }

    /// The format, by name and content. Nothing is taken from the input.
    pub(super) fn sniff(&mut self) -> Result<Format, Failure> {
        if let Some(files) = &self.folder {
            let sniffed = examine_folder(files).map(|sniffed| sniffed.format);
            return sniffed.ok_or_else(|| Failure::UnknownFormat { file: self.name.clone() });
        }
        let beginning =
            self.beginning().map_err(|error| Failure::Input { file: self.name.clone(), error })?;
        let by_content = sniff(&self.name, &beginning);
        let rest = std::mem::replace(&mut self.bytes, Box::new(io::empty()));
        self.bytes = Box::new(io::Cursor::new(beginning).chain(rest));
        // What comes through a pipe has no name; text is the only format without a mark of its own.
        let by_default = (self.name == STDIN).then_some(Format::Text);
        by_content.or(by_default).ok_or_else(|| Failure::UnknownFormat { file: self.name.clone() })
    }

    /// So much of the input as it takes to tell what it is.
    fn beginning(&mut self) -> io::Result<Vec<u8>> {
        let mut beginning = Vec::new();
        let mut looked_at = 0;
        loop {
            let piece = self.bytes.fill_buf()?;
            let length = piece.len();
            beginning.extend_from_slice(piece);
            self.bytes.consume(length);
            // Not at each piece: every look begins anew.
            let is_worth_a_look = beginning.len() >= 2 * looked_at;
            if length == 0 || is_worth_a_look && is_enough_to_tell(&beginning) {
                return Ok(beginning);
            }
            if is_worth_a_look {
                looked_at = beginning.len();
            }
        }
    }

    /// Reads record by record and hands each on as soon as it is there.
    pub(super) fn each(
        mut self,
        reader: Reader,
        schema: Option<&Schema>,
        mut each: impl FnMut(Reading) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let options = ReadOptions { schema: schema.cloned(), ..ReadOptions::for_file(self.name.as_str()) };
        let name = self.name;
        let failed = |error| Failure::Input { file: name.clone(), error };
        let encoding = self.older.as_ref().map(|(encoding, _)| encoding.name());
        let mut each = |mut reading: Reading| {
            if let (Some(encoding), Some(document)) = (encoding, &mut reading.document) {
                document.meta.entry("encoding").or_insert_with(|| encoding.into());
            }
            each(reading)
        };
        match (reader, self.folder) {
            (_, Some(files)) => {
                reader.readings_of_folder(&files, &options).into_iter().try_for_each(&mut each)
            }
            (Reader::Lines(read), None) => Records::new(self.bytes, &options, read)
                .try_for_each(|reading| each(reading.map_err(failed)?)),
            (Reader::File(_) | Reader::Folder(_), None) => {
                let mut bytes = Vec::new();
                self.bytes.read_to_end(&mut bytes).map_err(failed)?;
                reader.readings(&bytes, &options).into_iter().try_for_each(&mut each)
            }
        }?;
        if let Some((encoding, replaced)) = self.older {
            decoding::say_replaced(&name, encoding, replaced.get());
        }
        Ok(())
    }
}

/// Hands on the documents of a file one by one, and says whether something in it was refused. What was refused is told;
/// what was put right is counted.
pub(super) fn each_document(path: &Path, mut take: impl FnMut(Document)) -> Result<bool, Failure> {
    let mut input = Input::open(path)?.decoded(None)?;
    let reader = input.sniff()?.reader()?;
    let (mut refused, mut repaired) = (false, 0_usize);
    input.each(reader, None, |reading| {
        for problem in &reading.problems {
            if problem.severity() == Severity::Refused { complain(problem) } else { repaired += 1 }
        }
        refused |= reading.is_refused();
        reading.document.into_iter().for_each(&mut take);
        Ok(())
    })?;
    if repaired > 0 {
        let oddities = count(repaired, "oddity", "oddities");
        complain(&format_args!("{}: {oddities} put right or kept; misam convert names them", path.display()));
    }
    Ok(refused)
}

/// The documents of a file, and whether something in it was refused.
pub(super) fn documents(path: &Path) -> Result<(Vec<Document>, bool), Failure> {
    let mut documents = Vec::new();
    let refused = each_document(path, |document| documents.push(document))?;
    Ok((documents, refused))
}

/// The name of a file without folder and extension.
pub(super) fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

/// The documents of several files, and whether something in one was refused. What is said about a document names it, so
/// two of one name are too many.
pub(super) fn documents_of_all(paths: &[PathBuf]) -> Result<(Vec<Document>, bool), Failure> {
    let (mut all, mut refused) = (Vec::new(), false);
    let mut names = HashSet::new();
    for path in paths {
        let (documents, some_refused) = documents(path)?;
        refused |= some_refused;
        if let Some(twice) = documents.iter().find(|document| !names.insert(document.id.clone())) {
            let (file, id) = (path.display().to_string(), twice.id.as_str().to_owned());
            return Err(Failure::SameName { file, id });
        }
        all.extend(documents);
    }
    Ok((all, refused))
}

/// The files of a folder, by name. Folders in it, and files whose names are no Unicode, are not looked at.
fn files(path: &Path) -> io::Result<BTreeMap<String, Vec<u8>>> {
    let mut files = BTreeMap::new();
    for entry in std::fs::read_dir(path)? {
        let entry = entry?;
        if let Ok(name) = entry.file_name().into_string()
            && entry.file_type()?.is_file()
        {
            files.insert(name, std::fs::read(entry.path())?);
        }
    }
    Ok(files)
}
