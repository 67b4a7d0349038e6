// Starts the worker's wasm. The build's stamp in this file's address is handed on, as in boot.js.
importScripts(`./misam-worker.js${self.location.search}`);
wasm_bindgen({ module_or_path: `./misam-worker_bg.wasm${self.location.search}` });
