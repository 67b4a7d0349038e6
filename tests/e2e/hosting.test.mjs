// The built page runs from any static server, at the root or under a path, and starts without a breach of its own
// Content-Security-Policy.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { serve } from "../../page/serve.mjs";
import { ROOT, freshBrowser, stop } from "./harness/browser.mjs";

after(stop);

/** The status and headers of a GET of exactly this path, not tidied up as fetch would. */
function get(port, path) {
  return new Promise((done, fail) => {
    request({ host: "127.0.0.1", port, path }, (response) => {
      response.resume();
      done({ status: response.statusCode, type: response.headers["content-type"] });
    }).on("error", fail).end();
  });
}

for (const prefix of ["/", "/tools/misam/"]) {
  test(`the page starts under ${prefix}`, async () => {
    const server = await serve({ dir: join(ROOT, "dist"), prefix });
    const { context, tab, watch } = await freshBrowser();
    try {
      await tab.goto(server.url);
      await tab.getByTestId("new-article").first().waitFor();
      assert.deepEqual(watch.breaches, []);
      assert.deepEqual(watch.problems, []);
    } finally {
      await context.close();
      await server.close();
    }
  });
}

test("no trace of the regex engine is left in the page", () => {
  // A crate that is linked in leaves its source paths behind, in the messages of its panics.
  for (const part of ["misam-app_bg.wasm", "misam-worker_bg.wasm"]) {
    assert.ok(!readFileSync(join(ROOT, "dist", part)).includes("regex-automata"), part);
  }
});

test("wasm is sent as application/wasm, and nothing outside the folder is sent at all", async () => {
  const folder = mkdtempSync(join(tmpdir(), "misam-serve-"));
  writeFileSync(join(folder, "page.wasm"), "");
  symlinkSync("/etc/hostname", join(folder, "escape.txt"));
  const server = await serve({ dir: folder });
  try {
    assert.deepEqual(await get(server.port, "/page.wasm"), { status: 200, type: "application/wasm" });
    for (const path of ["/../etc/hostname", "/%2e%2e/%2e%2e/etc/hostname", "/escape.txt", "/..%2f..%2fetc%2fhostname", "/%00", "/%"]) {
      assert.equal((await get(server.port, path)).status, 404, path);
    }
  } finally {
    await server.close();
  }
});
