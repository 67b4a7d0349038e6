//! Brings the model to the worker: from where the browser keeps it, or else from beside the page, and then keeps it, so
//! that the next visit needs no network for it.

use js_sys::{Function, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::JsValue;
use wasm_bindgen::{JsCast, throw_val};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Cache, CacheStorage, ReadableStreamDefaultReader, Request, RequestCache, RequestInit, Response,
};

use super::digest::Sha256;
use crate::app::ModelFault;

/// The cache models are kept in.
const CACHE: &str = "misam-model";

/// What a file at an address comes to: `learn` makes it of the bytes, and lets them go, while the browser finds their SHA-256, by which
/// `prove` lets it through. Kept bytes are tried first; bytes that are let through are kept, and those of other versions
/// of the address are forgotten.
///
/// `on_progress` hears how many bytes have come; of a file longer than `most` no more is taken.
///
/// # Errors
/// If the file cannot be had, or `prove` refuses it, also fresh from the server.
pub async fn bring<L, T>(
    address: &str,
    most: usize,
    learn: impl Fn(Vec<u8>) -> L,
    prove: impl Fn(L, &[u8; 32]) -> Result<T, ModelFault>,
    on_progress: impl Fn(usize),
) -> Result<T, ModelFault> {
    let learn = async |bytes: &Uint8Array| {
        let digest = Sha256::begin(bytes);
        let learnt = learn(bytes.to_vec());
        prove(learnt, &digest.end(bytes).await)
    };
    let kept = Kept::open().await;
    if let Some(kept) = &kept
        && let Some(bytes) = kept.bytes(address).await
    {
        let learnt = learn(&bytes).await;
        give_back(&bytes);
        if learnt.is_ok() {
            return learnt;
        }
    }
    let mut came = fetch(address, RequestCache::Default, most, &on_progress).await?;
    let learnt = match learn(&came).await {
        // The browser or a proxy may hold what the server has replaced.
        Err(ModelFault::Damaged) => {
            came = fetch(address, RequestCache::Reload, most, &on_progress).await?;
            learn(&came).await?
        }
        other => other?,
    };
    if let Some(kept) = &kept {
        kept.keep(address, &came).await;
    }
    give_back(&came);
    Ok(learnt)
}

/// Gives the memory of bytes back at once. The little else that a worker keeps outside its wasm gives the browser no
/// reason ever to look for what is not wanted any more. Where it cannot be done, it is only room taken.
fn give_back(bytes: &Uint8Array) {
    let buffer = bytes.buffer();
    if let Ok(transfer) = Reflect::get(&buffer, &"transfer".into())
        && let Ok(transfer) = transfer.dyn_into::<Function>()
    {
        let _ = transfer.call1(&buffer, &0.into());
    }
}

/// What the browser keeps for the page. Where it keeps nothing (a page without a secure origin, a private window, a
/// full disk) the file comes from the server each time.
struct Kept(Cache);

impl Kept {
    async fn open() -> Option<Self> {
        let caches: CacheStorage = Reflect::get(&js_sys::global(), &"caches".into()).ok()?.dyn_into().ok()?;
        let cache = JsFuture::from(caches.open(CACHE)).await.ok()?;
        Some(Self(cache.dyn_into().ok()?))
    }

    async fn bytes(&self, address: &str) -> Option<Uint8Array> {
        let found = JsFuture::from(self.0.match_with_str(address)).await.ok()?;
        let response: Response = found.dyn_into().ok()?;
        let buffer = JsFuture::from(response.array_buffer().ok()?).await.ok()?;
        Some(Uint8Array::new(&buffer))
    }

    /// Keeps a file, and forgets others of the same path: they belong to earlier builds. That it cannot be kept is no
    /// fault: it is here, and comes again next time.
    async fn keep(&self, address: &str, bytes: &Uint8Array) {
        let Ok(response) = Response::new_with_opt_js_u8_array(Some(bytes)) else {
            return;
        };
        if JsFuture::from(self.0.put_with_str(address, &response)).await.is_err() {
            return;
        }
        let (Ok(now), Ok(all)) = (Request::new_with_str(address), JsFuture::from(self.0.keys()).await) else {
            return;
        };
        let now = now.url();
        for other in js_sys::Array::from(&all).iter().filter_map(|key| key.dyn_into::<Request>().ok()) {
            let url = other.url();
            if url != now && path(&url) == path(&now) {
                // One that stays is only room taken.
                let _ = JsFuture::from(self.0.delete_with_request(&other)).await;
            }
        }
    }
}

fn path(url: &str) -> &str {
    url.split_once('?').map_or(url, |(path, _)| path)
}

async fn fetch(
    address: &str,
    cache: RequestCache,
    most: usize,
    on_progress: &impl Fn(usize),
) -> Result<Uint8Array, ModelFault> {
    let response = ask(address, cache).await.map_err(|_| ModelFault::Unreachable)?;
    match response.status() {
        200..300 => {}
        404 | 410 => return Err(ModelFault::Missing),
        status => return Err(ModelFault::Refused(status)),
    }
    let Some(body) = response.body() else {
        return Err(ModelFault::Damaged);
    };
    let reader: ReadableStreamDefaultReader = body.get_reader().unchecked_into();
    // Outside of the wasm, whose memory never shrinks again.
    let came = Uint8Array::new_with_length(u32::try_from(most).unwrap_or(u32::MAX));
    let mut length = 0;
    loop {
        let part = JsFuture::from(reader.read()).await.map_err(|_| ModelFault::Unreachable)?;
        let part: Object = part.unchecked_into();
        let field = |name: &str| Reflect::get(&part, &name.into()).unwrap_or_else(|error| throw_val(error));
        let Ok(bytes) = field("value").dyn_into::<Uint8Array>() else {
            // The last part has no value.
            return Ok(if length < came.length() { came.slice(0, length) } else { came });
        };
        if bytes.length() > came.length() - length {
            // Whether the server hears that nobody listens any more does not matter.
            let _ = reader.cancel();
            return Err(ModelFault::Damaged);
        }
        came.set(&bytes, length);
        length += bytes.length();
        give_back(&bytes);
        on_progress(length as usize);
    }
}

/// `fetch`, which is the same in a window and in a worker.
async fn ask(address: &str, cache: RequestCache) -> Result<Response, JsValue> {
    let options = RequestInit::new();
    options.set_cache(cache);
    let request = Request::new_with_str_and_init(address, &options)?;
    let scope = js_sys::global();
    let fetch: Function = Reflect::get(&scope, &"fetch".into())?.dyn_into()?;
    let promise: Promise = fetch.call1(&scope, &request)?.dyn_into()?;
    JsFuture::from(promise).await?.dyn_into()
}
