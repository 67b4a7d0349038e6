// Keeps the page in the browser, so that it opens without a network, and so that a newer build on the server never
// gets into work that was begun with this one.
//
// Everything is kept under what is in it: a build knows the digest of each of its files (page/stamp.mjs writes them
// in), takes over from earlier builds what has not changed, fetches the rest, and becomes ready only when every byte is
// there and right. Until then, and until the person says so or has closed the page, the build before it goes on.
const BUILD = "__BUILD__";
const FILES = __FILES__;

const KEPT = "misam-page";
const SCOPE = new URL("./", self.location);

const keyOf = (name, digest) => new URL(`${name}?sha256=${digest}`, SCOPE).href;

async function digestOf(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** A file of this build from the server; refuses one of any other build. */
async function fetchExact(name, digest) {
  const answer = await fetch(new URL(`${name}?v=${BUILD}`, SCOPE), { cache: "no-cache" });
  if (!answer.ok) throw new Error(`${name}: the server answers ${answer.status}`);
  const bytes = await answer.arrayBuffer();
  if ((await digestOf(bytes)) !== digest) throw new Error(`${name} is not the one of build ${BUILD}`);
  // A new response: one that came by a redirection may not answer a navigation.
  const fresh = new Response(bytes, { headers: { "Content-Type": answer.headers.get("Content-Type") ?? "application/octet-stream" } });
  // It has a copy. Megabytes would lie about until this worker is ended.
  bytes.transfer?.(0);
  return fresh;
}

// Few browsers want these: kept once they have been asked for, then with every build.
const SELDOM = ["misam-worker-scalar.js", "misam-worker-scalar_bg.wasm"];

async function keepAll() {
  const kept = await caches.open(KEPT);
  const paths = (await kept.keys()).map(({ url }) => new URL(url).pathname);
  const isKept = (name) => paths.includes(new URL(name, SCOPE).pathname);
  for (const [name, digest] of Object.entries(FILES)) {
    if (SELDOM.includes(name) && !isKept(name)) continue;
    const key = keyOf(name, digest);
    if (!(await kept.match(key))) await kept.put(key, await fetchExact(name, digest));
  }
}

async function forgetTheRest() {
  const kept = await caches.open(KEPT);
  const mine = new Set(Object.entries(FILES).map(([name, digest]) => keyOf(name, digest)));
  const keys = await kept.keys();
  await Promise.all(keys.filter(({ url }) => !mine.has(url)).map((key) => kept.delete(key)));
}

async function answer(name, digest) {
  const kept = await caches.open(KEPT);
  const found = await kept.match(keyOf(name, digest));
  if (found) return found;
  try {
    // The browser has thrown it away.
    const fresh = await fetchExact(name, digest);
    await kept.put(keyOf(name, digest), fresh.clone());
    return fresh;
  } catch (error) {
    // The server has another build by now. Without this worker the next reload gets that one whole.
    await self.registration.unregister();
    console.warn(error);
    return Response.error();
  }
}

addEventListener("install", (event) => event.waitUntil(keepAll()));
addEventListener("activate", (event) => event.waitUntil(forgetTheRest()));

addEventListener("message", ({ data }) => {
  if (data === "take over") self.skipWaiting();
});

addEventListener("fetch", (event) => {
  const { method, url } = event.request;
  const address = new URL(url);
  if (method !== "GET" || address.origin !== SCOPE.origin || !address.pathname.startsWith(SCOPE.pathname)) return;
  const build = address.searchParams.get("v");
  // A page of another build, in a tab of its own, asks the server.
  if (build && build !== BUILD) return;
  const name = address.pathname.slice(SCOPE.pathname.length) || "index.html";
  if (Object.hasOwn(FILES, name)) event.respondWith(answer(name, FILES[name]));
});
