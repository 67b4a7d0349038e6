// The built page runs from any static server, at the root or under a path, and starts without a breach of its own
// Content-Security-Policy.
import assert from "node:assert/strict";
import { mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { serve } from "../../page/serve.mjs";
import { attempt } from "./harness/attempt.mjs";
import { ROOT, freshBrowser, stop } from "./harness/browser.mjs";
import { expect } from "./harness/expect.mjs";
import { breakDown } from "./harness/trap.mjs";

after(stop);

/** The status and headers of a GET of exactly this path, not tidied up as fetch would. */
function get(port, path) {
  return new Promise((done, fail) => {
    request({ host: "127.0.0.1", port, path }, (response) => {
      response.resume();
      done({ status: response.statusCode, type: response.headers["content-type"], policy: response.headers["content-security-policy"] });
    }).on("error", fail).end();
  });
}

for (const prefix of ["/", "/tools/misam/"]) {
  attempt(`the page starts under ${prefix}`, async () => {
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

attempt("a breakdown after the start is told in both languages, also over an open dialog", async () => {
  const server = await serve({ dir: join(ROOT, "dist") });
  const { context, tab } = await freshBrowser();
  try {
    await tab.goto(server.url);
    await tab.getByTestId("new-article").first().click();
    await breakDown(tab);
    const notice = tab.getByRole("alert").filter({ hasText: "Misam has stopped" });
    await notice.waitFor();
    assert.match(await notice.innerText(), /توقف ميسم.*RuntimeError/s);
    // The dialog under it may still be moving into its place.
    const isOnTop = () => notice.evaluate((notice) => {
      const { x, y, width, height } = notice.getBoundingClientRect();
      return notice.contains(document.elementFromPoint(x + width / 2, y + height / 2));
    });
    await expect(isOnTop, Boolean, "nothing covers it");
    await breakDown(tab);
    await tab.waitForTimeout(200);
    assert.equal(await tab.locator(".boot-failure").count(), 1, "it is told once");
  } finally {
    await context.close();
    await server.close();
  }
});

test("wasm is sent as application/wasm, and nothing outside the folder is sent at all", async () => {
  const folder = mkdtempSync(join(tmpdir(), "misam-serve-"));
  writeFileSync(join(folder, "page.wasm"), "");
  symlinkSync("/etc/hostname", join(folder, "escape.txt"));
  const server = await serve({ dir: folder });
  try {
    assert.deepEqual(await get(server.port, "/page.wasm"), { status: 200, type: "application/wasm", policy: "frame-ancestors 'none'" });
    for (const path of ["/../etc/hostname", "/%2e%2e/%2e%2e/etc/hostname", "/escape.txt", "/..%2f..%2fetc%2fhostname", "/%00", "/%"]) {
      assert.equal((await get(server.port, path)).status, 404, path);
    }
  } finally {
    await server.close();
  }
});
