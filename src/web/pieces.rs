//! Files that the worker reads piece by piece, the next piece while it is at the one before.

use js_sys::Uint8Array;
use wasm_bindgen::prelude::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;

use crate::app::intake::Wanted;

/// The files of a job.
pub(super) struct Pieces {
    files: Vec<Blob>,
    /// The piece that will most likely be wanted next.
    ahead: Option<(Wanted, Asked)>,
}

/// A piece on its way. It comes whether or not anybody waits for it.
type Asked = Result<JsFuture, JsValue>;

impl Pieces {
    pub(super) fn new(files: Vec<Blob>) -> Self {
        Self { files, ahead: None }
    }

    /// How many bytes of all files come before a piece, and how many there are.
    pub(super) fn reach(&self, piece: Wanted) -> (u64, u64) {
        let sizes = || self.files.iter().map(size);
        (sizes().take(piece.file).sum::<u64>() + piece.from, sizes().sum())
    }

    /// Asks the browser for a piece, which is shorter at the end of its file. Fails if the browser cannot read it: the
    /// file was moved or changed since it was chosen.
    pub(super) fn ask(&mut self, piece: Wanted) -> impl Future<Output = Result<Vec<u8>, JsValue>> + use<> {
        let asked = match self.ahead.take() {
            Some((ahead, asked)) if ahead == piece => asked,
            _ => self.begin(piece),
        };
        let next = Wanted { from: piece.from + piece.most, ..piece };
        if self.files.get(piece.file).is_some_and(|file| next.from < size(file)) {
            self.ahead = Some((next, self.begin(next)));
        }
        async move { Ok(Uint8Array::new(&asked?.await?).to_vec()) }
    }

    fn begin(&self, Wanted { file, from, most }: Wanted) -> Asked {
        let file = self.files.get(file).ok_or(JsValue::UNDEFINED)?;
        // Lengths are whole numbers below 2^53.
        let piece = file.slice_with_f64_and_f64(from as f64, (from + most) as f64)?;
        Ok(JsFuture::from(piece.array_buffer()))
    }
}

fn size(file: &Blob) -> u64 {
    // Lengths are whole numbers below 2^53.
    file.size() as u64
}
