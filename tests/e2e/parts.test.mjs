// The page comes in parts: a small first download, the rest before anybody asks for it. A part that cannot be had is
// said, can be tried again, and costs no work.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { extname, join } from "node:path";
import { test } from "node:test";
import { brotliCompressSync, constants } from "node:zlib";
import { PLAIN } from "./harness/articles.mjs";
import { ROOT } from "./harness/browser.mjs";
import { expect } from "./harness/expect.mjs";
import { journey } from "./harness/journey.mjs";

/** What the page may weigh under brotli without its worker's and its later parts' wasm, its model and its fonts. */
const BUDGET_KB = 200;

/** What the model and the name lists beside it may weigh under brotli. */
const MODEL_BUDGET_KB = 6000;

const DIST = join(ROOT, "dist");
const parts = (wanted) => new RegExp(`/misam-app-(${wanted})\\.[0-9a-f]{16}\\.wasm$`);
const ALL = parts("[a-z]+(-\\d+)?");

test("the first download keeps to its budget", () => {
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } };
  // Of the two workers a browser asks for one.
  const isFirst = (name) => name === "misam-app_bg.wasm" ||
    (name !== "misam-worker-scalar.js" && [".js", ".css", ".html", ".svg"].includes(extname(name)));
  const weights = readdirSync(DIST, { recursive: true })
    .filter(isFirst)
    .map((name) => [name, brotliCompressSync(readFileSync(join(DIST, name)), quality).length / 1000]);
  const weight = weights.reduce((sum, [, weight]) => sum + weight, 0);
  const each = weights.map(([name, weight]) => `${name} ${weight.toFixed(1)}`).join(", ");
  assert.ok(weight <= BUDGET_KB, `${weight.toFixed(1)} KB under brotli (${each}), ${BUDGET_KB} are allowed: ` +
    "what the first screen does not need belongs into a part (docs/ARCHITECTURE.md, section 10)");
});

test("the model with the gazetteer keeps to its budget", () => {
  // Brotli at its hardest takes half a minute for these and weighs less.
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };
  const weights = ["dist/news.misam-model", "assets/gazetteer.txt"]
    .map((name) => [name, brotliCompressSync(readFileSync(join(ROOT, name)), quality).length / 1000]);
  const weight = weights.reduce((sum, [, weight]) => sum + weight, 0);
  const each = weights.map(([name, weight]) => `${name} ${weight.toFixed(1)}`).join(", ");
  assert.ok(weights.every(([, weight]) => weight > 100), `both are there: ${each}`);
  assert.ok(weight <= MODEL_BUDGET_KB, `${weight.toFixed(1)} KB under brotli (${each}), ${MODEL_BUDGET_KB} are allowed`);
});

test("every part carries the build in its name, and the loader names only parts that are there", () => {
  const there = readdirSync(DIST).filter((name) => ALL.test(`/${name}`)).sort();
  const named = [...readFileSync(join(DIST, "misam-app-parts.js"), "utf8").matchAll(/"\.\/([^"]+\.wasm)"/g)].map(([, name]) => name).sort();
  assert.ok(there.length > 0, "the page is in parts");
  assert.deepEqual(named, there);
  assert.equal(new Set(there.map((name) => name.split(".")[1])).size, 1, "all of one build");
});

journey("all parts come before anybody asks, and then the page works without a network", { locale: "en" }, async (misam) => {
  const wanted = readdirSync(DIST).filter((name) => ALL.test(`/${name}`)).length;
  const fetched = () => new Set(misam.watch.requests.filter((url) => ALL.test(url))).size;
  await expect(fetched, (count) => count === wanted, "all parts are fetched");
  await misam.tab.waitForLoadState("networkidle");
  await misam.context.setOffline(true);
  const before = misam.watch.requests.length;
  await misam.addArticle(PLAIN);
  await misam.tool("help");
  await misam.hook("help-dialog").waitFor();
  // Fonts come as letters need them, and the page is kept when it has settled; without either it is still a page.
  const asked = misam.watch.requests.slice(before).filter((url) => !/\.woff2$|\/sw\.js$/.test(url));
  assert.deepEqual(asked, []);
  misam.watch.problems.length = 0;
});

for (const which of ["dialogs", "workbench"]) {
  journey(`the part with the ${which} cannot be had at first: that is said, and trying again opens what was asked for`, { locale: "en", blank: true }, async (misam) => {
    const { tab, context, watch } = misam;
    await context.route(parts(which), (route) => route.abort());
    await misam.load();
    const warning = misam.hook("warning");
    await warning.getByText("A part of the page could not be loaded").waitFor();
    await misam.hook("new-article").first().click();
    await tab.waitForTimeout(300);
    assert.equal(await misam.hook("paste-text").count(), 0, "no dialog opens that could not keep what is written into it");

    await context.unroute(parts(which));
    await warning.getByRole("button", { name: "Try again" }).click();
    await misam.hook("paste-text").waitFor();
    await expect(() => warning.count(), (count) => count === 0, "the warning is gone");
    await tab.keyboard.press("Escape");
    await misam.addArticle(PLAIN);
    // The refused requests are on the console, and nothing else.
    assert.deepEqual(watch.problems.filter((problem) => !/ERR_FAILED|Failed to fetch/.test(problem)), []);
    watch.problems.length = 0;
  });
}

journey("a language chosen while the workbench is on its way is taken", { locale: "en", blank: true }, async (misam) => {
  let send;
  const held = new Promise((done) => (send = done));
  await misam.context.route(parts("workbench"), async (route) => {
    await held;
    await route.continue();
  });
  await misam.load();
  await misam.hook("language").click();
  send();
  await expect(() => misam.tab.locator("html").getAttribute("lang"), (lang) => lang === "ar", "the page is in Arabic");
});
