// Starts the worker's wasm: the one for processors that add several numbers at once (SIMD), or, where the browser has no
// such instructions, its scalar twin. The build's stamp in this file's address is handed on, as in boot.js.
const ONE_VECTOR = [0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 8, 1, 6, 0, 65, 0, 253, 15, 11];
const name = WebAssembly.validate(Uint8Array.from(ONE_VECTOR)) ? "misam-worker" : "misam-worker-scalar";
importScripts(`./${name}.js${self.location.search}`);
wasm_bindgen({ module_or_path: `./${name}_bg.wasm${self.location.search}` });
