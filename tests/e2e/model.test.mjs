// The trained model: rules at once, the model when it has come, kept for the next visit; without it the page works on.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { PLAIN, placeOf } from "./harness/articles.mjs";
import { ROOT, pageAddress, picture } from "./harness/browser.mjs";
import { expect } from "./harness/expect.mjs";
import { readGold } from "./harness/gold.mjs";
import { journey as anyJourney } from "./harness/journey.mjs";

const FILE = "news.misam-model";
const MODEL = join(ROOT, "dist", FILE);
const ROUTE = `**/${FILE}*`;
const hasModel = existsSync(MODEL);

/** A journey with the page blank, so that its requests can be answered as told before it loads. */
function journey(name, steps, options = { locale: "en" }) {
  if (!hasModel) return test(name, { skip: "dist/ was built without a model" }, () => {});
  anyJourney(name, { ...options, blank: true }, steps);
}

const modelState = (misam) => misam.hook("model-note").first().getAttribute("data-state");
const state = (misam, wanted) => expect(() => modelState(misam), (state) => state === wanted, `the model is ${wanted}`, 30_000);

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
