//! Standard output, or a folder.

use std::collections::HashSet;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::Failure;
use crate::formats::{Format, Output};

/// Standard output. Lines leave as soon as they are whole, for whoever waits at the other end of the pipe.
pub(super) struct StandardOutput {
    stdout: io::StdoutLock<'static>,
    files: usize,
}

impl StandardOutput {
    pub(super) fn new() -> Self {
        Self { stdout: io::stdout().lock(), files: 0 }
    }
}

impl Output for StandardOutput {
    fn stream(&mut self) -> &mut dyn Write {
        &mut self.stdout
    }

    /// One file can go to standard output; a second would run into it.
    fn file(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        self.files += 1;
        if self.files > 1 {
            let message = format!("{name} would be a second file; name a folder with --out");
            return Err(io::Error::new(io::ErrorKind::InvalidInput, message));
        }
        self.stdout.write_all(bytes)?;
        self.stdout.flush()
    }

    fn companion(&mut self, _: &str, _: &[u8]) -> io::Result<()> {
        Ok(())
    }
}

/// Files in a folder. None is ever overwritten.
pub(super) struct Folder {
    path: PathBuf,
    stream: fs::File,
    stream_path: PathBuf,
    streamed: bool,
    names: HashSet<String>,
}

impl Folder {
    /// A folder, made if it is not there, for the files of a format. What the format writes as a stream goes into one
    /// file, `misam.` and the format's extension.
    pub(super) fn new(path: &Path, format: Format) -> io::Result<Self> {
        fs::create_dir_all(path)?;
        let extension = format.extensions().first().copied().unwrap_or("out");
        let stream_path = path.join(format!("misam.{extension}"));
        let stream = fs::File::create_new(&stream_path).map_err(|error| named(&stream_path, &error))?;
        Ok(Self { path: path.to_owned(), stream, stream_path, streamed: false, names: HashSet::new() })
    }

    /// Closes the folder. The file for the stream goes if the format had no use for it.
    pub(super) fn close(self) -> io::Result<()> {
        drop(self.stream);
        if self.streamed { Ok(()) } else { fs::remove_file(self.stream_path) }
    }
}

impl Output for Folder {
    fn stream(&mut self) -> &mut dyn Write {
        self.streamed = true;
        &mut self.stream
    }

    fn file(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
        let unique = (1_u32..)
            .map(|n| if n == 1 { name.to_owned() } else { format!("{stem}-{n}.{extension}") })
            .find(|name| !self.names.contains(name));
        let name = unique.unwrap_or_else(|| name.to_owned());
        let path = self.path.join(&name);
        self.names.insert(name);
        let mut file = fs::File::create_new(&path).map_err(|error| named(&path, &error))?;
        file.write_all(bytes)
    }
}

fn named(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}

/// A folder for files whose names are known. None is ever overwritten.
pub(super) struct NewFolder(PathBuf);

impl NewFolder {
    /// Makes the folder if it is not there.
    pub(super) fn new(path: &Path) -> Result<Self, Failure> {
        fs::create_dir_all(path).map_err(|error| failed(path, error))?;
        Ok(Self(path.to_owned()))
    }

    /// Writes a file; `/` in its name makes folders.
    pub(super) fn write(&mut self, name: &str, bytes: &[u8]) -> Result<(), Failure> {
        let path = self.0.join(name);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(|error| failed(folder, error))?;
        }
        let written = fs::File::create_new(&path).and_then(|mut file| file.write_all(bytes));
        written.map_err(|error| failed(&path, error))
    }
}

fn failed(path: &Path, error: io::Error) -> Failure {
    Failure::Folder { path: path.display().to_string(), error }
}
