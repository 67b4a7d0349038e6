// ./dev bench day: a long day of labelling in one tab, and what the tab's memory does meanwhile. Some articles of our own
// corpus with their labels are corrected by key, thousands of times, with undo and redo, from article to article, with
// searches in between. After every so many edits what nobody needs is collected by force; what is left is measured.
import { readFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { ROOT, stop } from "../e2e/harness/browser.mjs";
import { expect } from "../e2e/harness/expect.mjs";
import { fileWith } from "../e2e/harness/gold.mjs";
import { Misam } from "../e2e/harness/misam.mjs";
import { closed } from "../e2e/harness/records.mjs";
import { table } from "./measure.mjs";
import { noteMemories, unrecorded, wholeOf } from "./memory.mjs";

const EDITS = Number(process.env.DAY_EDITS ?? 5_000);
/** So many edits lie between two measurements. */
const BETWEEN = Number(process.env.DAY_STEP ?? 500);
const ARTICLES = 12;

/** A word gets a label, every second time another one and another end, and all is taken back; one time in ten it is kept. */
const LABEL = "l", ANOTHER = ["g", "BracketRight"], DELETE = "x", UNDO = "Control+z", REDO = "Control+Shift+z";

/** After so many words the work goes to the next article; after so many something is searched for. */
const [WORDS_AN_ARTICLE, WORDS_A_SEARCH] = [6, 15];

const records = readFileSync(join(ROOT, "corpus/part-a.jsonl"), "utf8").split("\n").filter(Boolean).slice(0, ARTICLES).map((line) => JSON.parse(line));

/** The words of an article that nobody has labelled: where they stand, in code points. */
function free({ text, spans = [] }) {
  const words = [];
  let [point, unit] = [0, 0];
  for (const { 0: word, index } of text.matchAll(/(?<![\p{L}\p{M}\p{N}])[\u0621-\u063A\u0641-\u064A]{4,}(?![\p{L}\p{M}\p{N}])/gu)) {
    point += [...text.slice(unit, index)].length;
    unit = index;
    const place = { start: point, end: point + [...word].length, word };
    if (!spans.some(({ start, end }) => start < place.end && place.start < end)) words.push(place);
  }
  return words;
}

/** How many edits are in the storage. */
const journalled = (tab) => tab.evaluate(async () => {
  const asked = (request) => new Promise((done, fail) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error);
  });
  const database = await asked(indexedDB.open("misam"));
  const count = await asked(database.transaction("journal").objectStore("journal").count());
  database.close();
  return count;
});

async function saved(misam) {
  await expect(() => misam.hook("keeping").getAttribute("data-state"), (state) => state === "saved", "all is saved", 60_000);
}

/** What is left in memory when what nobody needs has been collected; in megabytes, but for the counts. */
async function left(misam, session) {
  await saved(misam);
  await misam.tab.waitForTimeout(500);
  for (let time = 0; time < 2; time++) await session.send("HeapProfiler.collectGarbage");
  const { metrics } = await session.send("Performance.getMetrics");
  const metric = (wanted) => metrics.find(({ name }) => name === wanted).value;
  const bytes = () => [...globalThis.wasmMemories ?? []].reduce((sum, { buffer }) => sum + buffer.byteLength, 0);
  const workers = await Promise.all(misam.tab.workers().map((worker) => worker.evaluate(bytes)));
  return {
    page: await misam.tab.evaluate(bytes) / 1e6,
    worker: workers.reduce((sum, one) => sum + one, 0) / 1e6,
    heap: metric("JSHeapUsedSize") / 1e6,
    nodes: metric("Nodes"),
    listeners: metric("JSEventListeners"),
    tab: await wholeOf(misam.context),
  };
}

/** How much more there is per 1,000 edits: the straight line that is nearest to what was measured. */
function slope(rows, name) {
  const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [edits, values] = [rows.map((row) => row.edits), rows.map((row) => row[name])];
  const [at, value] = [mean(edits), mean(values)];
  const above = rows.reduce((sum, _, row) => sum + (edits[row] - at) * (values[row] - value), 0);
  return (1_000 * above) / edits.reduce((sum, edit) => sum + (edit - at) ** 2, 0);
}

async function keys(misam, ...pressed) {
  for (const key of pressed) {
    await misam.press(key);
    await misam.painted();
  }
}

/** How many spans the article on the screen has, as the page says. */
const spans = (misam) => misam.tab.locator("#spans-title").innerText();

async function search(misam, word) {
  await misam.press("Slash");
  await misam.hook("search-words").fill(word);
  await expect(() => misam.hook("hit").count(), (count) => count > 0, "places are found", 30_000);
  await misam.press("Escape");
  await closed(misam);
}

async function day(misam) {
  const { tab, context } = misam;
  await unrecorded(tab);
  await noteMemories(tab);
  await misam.load();
  const lines = records.map((record) => `${JSON.stringify({ ...record, status: "in_progress" })}\n`);
  await misam.takeFiles(fileWith("day.jsonl", lines.join("")));
  await saved(misam);
  await misam.model("absent", "ready", "failed");
  const session = await context.newCDPSession(tab);
  await session.send("Performance.enable");
  await session.send("HeapProfiler.enable");
  const places = records.map(free);
  const rows = [];
  let [round, edits] = [0, 0];
  const before = await journalled(tab);
  for (let next = BETWEEN; next <= EDITS; next += BETWEEN) {
    while (edits < next) {
      const article = Math.floor(round / WORDS_AN_ARTICLE) % ARTICLES;
      if (round % WORDS_AN_ARTICLE === 0) {
        await misam.hook("article-item").nth(article).click();
        await expect(() => misam.text(), (text) => text === records[article].text, "the next article is shown");
      }
      const words = places[article];
      const at = (round * 7) % words.length;
      await misam.clickText(words[at]);
      const kept = round % 10 === 9;
      const count = await spans(misam);
      await keys(misam, LABEL);
      if (round % 2 === 0) {
        await keys(misam, ...ANOTHER);
        while ((await spans(misam)) !== count) await keys(misam, UNDO);
        await keys(misam, REDO, UNDO);
      } else if (!kept) {
        await keys(misam, DELETE);
      }
      // Who has labelled a word does not come back to it.
      if (kept) words.splice(at, 1);
      if (round % WORDS_A_SEARCH === 0) await search(misam, words[at % words.length].word);
      round += 1;
      if (round % 5 === 0) {
        await saved(misam);
        edits = (await journalled(tab)) - before;
      }
    }
    rows.push({ edits, ...(await left(misam, session)) });
    console.error(`${edits} edits, ${round} words`);
  }
  return rows;
}

try {
  console.log(`${cpus()[0].model}, ${cpus().length} processors; ${ARTICLES} articles of the corpus with their labels\n`);
  const misam = await Misam.open({ locale: "en", blank: true });
  const rows = await day(misam);
  await misam.close();
  const digits = { edits: 0, page: 2, worker: 1, heap: 2, nodes: 0, listeners: 0, tab: 0 };
  const names = Object.keys(digits);
  const half = rows.slice(Math.floor(rows.length / 2));
  table([
    ["edits", "wasm of the page, MB", "wasm of the worker, MB", "heap of scripts, MB", "nodes", "listeners", "whole tab, MB"],
    ...rows.map((row) => names.map((name) => row[name].toFixed(digits[name]))),
    ["per 1,000 edits", ...names.slice(1).map((name) => slope(rows, name).toFixed(digits[name] || 1))],
    ["of the second half", ...names.slice(1).map((name) => slope(half, name).toFixed(digits[name] || 1))],
  ]);
} finally {
  await stop();
}
