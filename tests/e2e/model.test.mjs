// The trained model: rules at once, the model when it has come, kept for the next visit; without it the page works on.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { AWKWARD, PLAIN, placeOf } from "./harness/articles.mjs";
import { ROOT, pageAddress, picture } from "./harness/browser.mjs";
import { expect } from "./harness/expect.mjs";
import { readGold } from "./harness/gold.mjs";
import { journey as anyJourney } from "./harness/journey.mjs";

const FILE = "news.misam-model";
const MODEL = join(ROOT, "dist", FILE);
const ROUTE = `**/${FILE}*`;

test("the page has the model of the repository beside it", () => {
  assert.ok(readFileSync(MODEL).equals(readFileSync(join(ROOT, "assets/model", FILE))), "dist/ is of another build");
});

/** A journey with the page blank, so that its requests can be answered as told before it loads. */
function journey(name, steps, options = { locale: "en" }) {
  anyJourney(name, { ...options, blank: true }, steps);
}

const state = (misam, wanted) => misam.model(wanted);

/** Where suggestions come from, as a file says. */
async function sources(misam) {
  await misam.tool("export");
  await misam.hook("export-suggestions").check();
  const [record] = readGold(await misam.download(() => misam.hook("export-download").click()));
  return [...new Set(record.spans.map(({ source }) => source))];
}

journey("the rules suggest at once, and the model when it has come", async (misam) => {
  let send;
  const held = new Promise((done) => (send = done));
  await misam.context.route(ROUTE, async (route) => {
    await held;
    await route.continue();
  });
  await misam.load();
  await misam.addArticle(PLAIN);
  await misam.suggestionsComplete();
  assert.match((await sources(misam)).join(), /^misam-rules\//);
  await picture(misam.tab, "model-loading");
  send();
  await state(misam, "ready");
  await misam.suggestionsComplete();
  await expect(() => sources(misam), (found) => found.length === 1 && /^misam-news/.test(found[0]), "the model's suggestions are there");
  await picture(misam.tab, "model-ready");
});

journey("what a person has touched stays as it is when the model comes", async (misam) => {
  let send;
  const held = new Promise((done) => (send = done));
  await misam.context.route(ROUTE, async (route) => {
    await held;
    await route.continue();
  });
  await misam.load();
  await misam.addArticle(PLAIN);
  await misam.suggestionsComplete();
  const place = placeOf(PLAIN.text, "مصدر");
  await misam.drag(place);
  await misam.hook("label-PER").first().click();
  await misam.span({ ...place, label: "PER", origin: "manual" });
  const before = await misam.spans();
  send();
  await state(misam, "ready");
  await misam.painted();
  assert.deepEqual(await misam.spans(), before);
});

journey("a second visit has the model without the network", async (misam) => {
  await misam.load();
  await misam.addArticle(PLAIN);
  await state(misam, "ready");
  let asked = 0;
  await misam.context.route(ROUTE, (route) => {
    asked += 1;
    return route.abort();
  });
  await misam.reload();
  await state(misam, "ready");
  assert.equal(asked, 0, "it is not asked for again");
});

const faults = {
  "is damaged": [(route) => route.fulfill({ body: damaged() }), /damaged/],
  "is cut short": [(route) => route.fulfill({ body: readFileSync(MODEL).subarray(0, 100_000) }), /damaged/],
  "is not there": [(route) => route.fulfill({ status: 404, body: "" }), /not beside the page/],
  "cannot be reached": [(route) => route.abort(), /cannot be reached/],
};
function damaged() {
  const bytes = readFileSync(MODEL);
  bytes[bytes.length >> 1] ^= 0x40;
  return bytes;
}
for (const [fault, [answer, words]] of Object.entries(faults)) {
  journey(`when the model ${fault} that is said, labelling works, and it can be tried again`, async (misam) => {
    await misam.context.route(ROUTE, answer);
    await misam.load();
    await misam.addArticle(PLAIN);
    await state(misam, "failed");
    assert.match(await misam.hook("model-note").first().innerText(), words);
    await misam.suggestionsComplete();
    const place = placeOf(PLAIN.text, "مصدر");
    await misam.drag(place);
    await misam.hook("label-PER").first().click();
    await misam.span({ ...place, label: "PER", origin: "manual" });
    await picture(misam.tab, `model ${fault}`);
    await misam.context.unroute(ROUTE);
    await misam.hook("load-model").first().click();
    await state(misam, "ready");
    // The browser itself reports what the server would not give.
    misam.watch.problems = misam.watch.problems.filter((problem) => !/Failed to load resource/.test(problem));
  });
}

journey("the model is asked for from the page's own server only", async (misam) => {
  await misam.load();
  await misam.addArticle(PLAIN);
  await state(misam, "ready");
  const asked = misam.watch.requests.filter((url) => url.includes(FILE));
  const { href } = new URL(FILE, await pageAddress());
  assert.ok(asked.length === 1 && asked[0].startsWith(`${href}?v=`), asked.join());
  assert.deepEqual(misam.watch.breaches, []);
});

/** Moves the slider to a threshold in percent, by keys: it begins at the left of its way, wherever that is. */
async function threshold(misam, percent) {
  await misam.hook("threshold").focus();
  await misam.press("Home", ...Array(percent / 5).fill("ArrowUp"));
  await expect(() => misam.hook("threshold").inputValue(), (value) => value === String(percent), `the threshold is ${percent}`);
}

/** What the record says of suggestions: surface and confidence. */
async function exported(misam) {
  await misam.tool("export");
  await misam.hook("export-suggestions").check();
  const [record] = readGold(await misam.download(() => misam.hook("export-download").click()));
  return record.spans;
}

journey("suggestions under the threshold are not shown, accepted or saved", async (misam) => {
  await misam.load();
  await misam.addArticle(AWKWARD);
  await misam.settled();
  await state(misam, "ready");
  const all = await exported(misam);
  // One that is less sure than the others, where the model doubts; else there is nothing to hide.
  const sure = all.map(({ confidence }) => confidence).sort((a, b) => a - b);
  const percent = Math.min(95, 5 * Math.ceil(sure[0] * 20 + 1e-6));
  const above = all.filter(({ confidence }) => confidence * 100 + 1e-3 >= percent);
  assert.ok(above.length < all.length || percent === 95, `${sure}`);
  await threshold(misam, percent);
  await expect(() => misam.spans(), (spans) => spans.length === above.length, "only the sure ones are listed");
  const drawn = () => misam.tab.locator('[data-testid="article"] .mark').evaluateAll((marks) => new Set(marks.map((mark) => mark.dataset.span)).size);
  await expect(drawn, (count) => count === above.length, "only the sure ones are drawn");
  assert.match(await misam.hook("threshold-expected").innerText(), /measured on: \d+% of them right, \d+% of all/);
  assert.equal(await misam.hook("threshold-here").innerText(), `Suggestions shown in this article: ${above.length} of ${all.length}.`);
  assert.equal((await exported(misam)).length, above.length);
  await picture(misam.tab, "threshold");

  await misam.hook("accept-all").first().click();
  await threshold(misam, 0);
  const after = await expect(() => misam.spans(), (spans) => spans.length === all.length, "the others come back");
  assert.equal(after.filter(({ origin }) => origin === "accepted").length, above.length);
  assert.equal(after.filter(({ origin }) => origin === "suggested").length, all.length - above.length);

  // It is kept for the next visit.
  await misam.focusText();
  await misam.press("Control+z");
  await expect(() => misam.spans(), (spans) => spans.every(({ origin }) => origin === "suggested"), "all wait for review again");
  await threshold(misam, 45);
  await misam.tab.waitForTimeout(500);
  await misam.reload();
  await expect(() => misam.hook("threshold").inputValue(), (value) => value === "45", "the threshold is kept");
});

anyJourney("the other label is one key away, and a click", { locale: "en" }, async (misam) => {
  const place = placeOf(PLAIN.text, "دمشق");
  const span = { ...place, label: "ORG", origin: "suggested", confidence: 0.7, alternative: { label: "LOC", confidence: 0.2 } };
  const record = JSON.stringify({ id: "a", text: PLAIN.text, spans: [span] });
  await misam.takeFiles({ name: "a.jsonl", mimeType: "application/x-ndjson", buffer: Buffer.from(record) });
  await misam.span({ ...place, label: "ORG", origin: "suggested" });
  await misam.press("Escape");
  await misam.item(place).first().click();
  await misam.hook("alternative").waitFor();
  await misam.press("v");
  await misam.span({ ...place, label: "LOC", origin: "corrected" });
  await misam.press("Control+z");
  await misam.span({ ...place, label: "ORG", origin: "suggested" });
  await misam.item(place).first().click();
  await misam.hook("alternative").click();
  await misam.span({ ...place, label: "LOC", origin: "corrected" });
});
