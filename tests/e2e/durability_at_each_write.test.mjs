// The page killed right before a write: of an import in one stack and in several, of suggestions that come in, of labels, of
// the snapshot that is taken at rest, with heads in several transactions and a stack that is no longer needed, and of the
// next. What was acknowledged by then is there, nothing else is, and work goes on.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { placeOf } from "./harness/articles.mjs";
import { cutAfter, watchWrites, writes } from "./harness/cut.mjs";
import { expect } from "./harness/expect.mjs";
import { journey } from "./harness/journey.mjs";
import { crash } from "./harness/trap.mjs";

/** So many writes of each step are tried, spread over it; `./dev soak` tries more, up to every one. */
const CUTS = Math.max(1, Math.floor(Number(process.env.MISAM_KILLS ?? 12) / 12));

/** A word for a number, so that no article is like another. */
const word = (at) => `ق${[...String(at)].map((digit) => "ابتثجحخدذر"[digit]).join("")}`;
const text = (at) => `خبر ${word(at)} عن زيارة ${word(at)} إلى عدن مساء ${word(at)} الخميس`;
const record = (at, status) => `${JSON.stringify({ format: "misam/1", id: `n${at}`, text: text(at), spans: [], status })}\n`;
const file = (name, from, to, status) => ({
  name,
  mimeType: "application/x-ndjson",
  buffer: Buffer.from(Array.from({ length: to - from }, (_, at) => record(from + at, status(from + at))).join("")),
});

// Enough to lie in a stack; three to be labelled, which no extractor touches, and the others for it.
const FEW = 43;
const few = file("few.jsonl", 0, FEW, (at) => (at < 3 ? "in_progress" : "new"));
// Enough for more blocks of heads than one transaction writes.
const ALL = FEW + 5_060;
const many = file("many.jsonl", FEW, ALL, () => "skipped");

/** The labels, in the order in which they are made: the article, what is labelled, and how. */
const LABELS = [[0, "زيارة", "EVT"], [1, "زيارة", "EVT"], [2, "زيارة", "EVT"], [0, "الخميس", "DAT"]];

/** What the page shows of its work. */
const shown = (misam) => misam.tab.evaluate(() => ({
  ended: window.writes?.ended ?? false,
  isSaved: document.querySelector('[data-testid="keeping"]')?.dataset.state === "saved",
  articles: Number(document.querySelector('[data-testid="progress-narrow"] .count')?.textContent.split("/")[1] ?? 0),
}));

/** What is on the disk: the numbers of the journal's entries and of the stacks, and up to which entry there is a snapshot. */
const stored = (misam) => misam.tab.evaluate(async () => {
  const request = indexedDB.open("misam");
  await new Promise((done, fail) => {
    request.onsuccess = done;
    request.onerror = () => fail(request.error);
  });
  const reading = request.result.transaction(["journal", "settings", "stacks"]);
  const [entries, stacks] = ["journal", "stacks"].map((name) => reading.objectStore(name).getAllKeys());
  const snapshot = reading.objectStore("settings").get("snapshot");
  await new Promise((done) => (reading.oncomplete = done));
  request.result.close();
  return { entries: entries.result, stacks: stacks.result, snapshot: JSON.parse(snapshot.result ?? "0") };
});

/** Waits until this holds of what the page shows, or the storage has ended. False if it has. */
async function unlessEnded(misam, holds, what) {
  let ended = false;
  const look = async () => {
    const now = await shown(misam);
    ended = now.ended;
    return ended || holds(now);
  };
  await expect(look, Boolean, what, 90_000);
  return !ended;
}

async function bring(misam, given, articles) {
  await misam.giveFiles(given);
  await expect(async () => {
    const add = misam.hook("import-add");
    if (await add.isVisible()) await add.click({ timeout: 2_000 }).catch(() => {});
    return shown(misam);
  }, (now) => now.articles === articles, `${articles} articles are there`, 90_000);
  return unlessEnded(misam, ({ isSaved }) => isSaved, "they are saved");
}

async function label(misam, [article, surface, code]) {
  // Of a long list only the rows near the view are in the page.
  await misam.hook("article-item").first().evaluate((row) => row.closest(".scroll").scrollTo(0, 0));
  await misam.tab.locator(`[data-testid="article-item"][data-id="n${article}"]`).click();
  await expect(() => misam.text(), (now) => now === text(article), `article ${article} is shown`);
  const place = placeOf(text(article), surface);
  await misam.drag(place);
  await misam.hook(`label-${code}`).first().click();
  await misam.span({ ...place, label: code });
  return unlessEnded(misam, ({ isSaved }) => isSaved, "the label is saved");
}

/** Waits until nothing more comes by itself. */
async function quiet(misam) {
  await misam.model("absent", "ready", "failed");
  let [before, since] = [-1, 0];
  return unlessEnded(misam, async ({ isSaved }) => {
    const { entries } = await stored(misam);
    if (entries.length !== before || !isSaved) [before, since] = [entries.length, Date.now()];
    return Date.now() - since >= 1_500;
  }, "no suggestion comes any more");
}

function snapshot(misam) {
  return unlessEnded(misam, async () => {
    const { entries, snapshot } = await stored(misam);
    return snapshot === entries.length;
  }, "there is a snapshot of everything");
}

/** What is done, in order. Each step says to the end how far it was acknowledged; it is false once the storage has ended. */
const STEPS = [
  ["the import of some articles", async (misam, told) => (await bring(misam, few, FEW)) && ((told.articles = FEW), true)],
  ["suggestions", quiet],
  ["the import of many", async (misam, told) => (await bring(misam, many, ALL)) && ((told.articles = ALL), true)],
  ["labels", async (misam, told) => {
    for (const one of LABELS.slice(0, 3)) {
      if (!(await label(misam, one))) return false;
      told.labels += 1;
    }
    return true;
  }],
  ["the snapshot at rest", snapshot],
  ["a label after it", async (misam, told) => (await label(misam, LABELS[3])) && ((told.labels += 1), true)],
  ["the next snapshot", snapshot],
];

/** Does all of it in a new browser; before step number `at` it lets only so many more writes through. */
async function work(misam, at, left) {
  await watchWrites(misam.tab);
  await misam.load();
  const told = { articles: 0, labels: 0 };
  const counts = [];
  for (const [number, [name, step]] of STEPS.entries()) {
    if (number === at) await cutAfter(misam.tab, left);
    const before = await writes(misam.tab);
    const isWhole = await step(misam, told);
    const after = await writes(misam.tab);
    assert.ok(isWhole || number >= at, `${name} is done`);
    counts.push(after.begun - before.begun);
    if (!isWhole) break;
  }
  return { told, counts };
}

/** Compares what there is after the kill with what was acknowledged. */
async function check(misam, told, when) {
  await misam.load();
  await misam.tab.locator('.app[data-ready="true"]').waitFor();
  const { entries } = await stored(misam);
  assert.deepEqual(entries, entries.map((_, at) => at + 1), `${when}: no edit is missing in between`);
  const isEmpty = entries.length === 0;
  await expect(() => misam.hook("article-item").count(), (count) => (count === 0) === isEmpty, `${when}: the list has what the journal lets in`, 60_000);
  const lines = isEmpty ? [] : readFileSync(await misam.export("misam"), "utf8").split("\n").filter(Boolean).map((line) => JSON.parse(line));
  assert.ok([0, FEW, ALL].includes(lines.length), `${when}: ${lines.length} articles are no import or several`);
  assert.ok(lines.length >= told.articles, `${when}: of ${told.articles} articles ${lines.length} are there`);
  assert.deepEqual(lines.map((line) => line.text), lines.map((_, at) => text(at)), `${when}: every text is as it was`);
  const found = lines.flatMap(({ spans }, at) => spans.map(({ start, end, label }) => `${at} ${start}-${end} ${label}`));
  const made = LABELS.slice(0, found.length).map(([at, surface, code]) => {
    const { start, end } = placeOf(text(at), surface);
    return `${at} ${start}-${end} ${code}`;
  });
  assert.deepEqual(found.sort(), made.sort(), `${when}: the labels are the first that were made`);
  assert.ok(found.length >= told.labels, `${when}: of ${told.labels} labels ${found.length} are there`);
  if (isEmpty) return;
  // And it goes on.
  const next = [1, "الخميس", "DAT"];
  assert.ok(await label(misam, next));
  await misam.reload();
  await misam.span({ ...placeOf(text(1), "الخميس"), label: "DAT" });
}

/** How many writes each step takes, counted once by doing everything. */
let counted;

for (const [at, [name]] of STEPS.entries()) {
  journey(`the page killed before a write of ${name} has what it had acknowledged, and nothing else`, { blank: true }, async (misam) => {
    if (!counted) {
      const whole = await misam.another({ blank: true });
      const { told, counts } = await work(whole, STEPS.length, 0);
      assert.deepEqual(told, { articles: ALL, labels: LABELS.length });
      assert.ok(counts.every((count, step) => count > 0 || STEPS[step][1] === quiet), `every step writes: ${counts}`);
      const { stacks } = await stored(whole);
      assert.ok(stacks.length > 0 && !stacks.includes(1), `the first stack is no longer needed, and gone: ${stacks}`);
      await crash(whole);
      await check(whole, told, "everything");
      await whole.close();
      counted = counts;
    }
    const tried = Array.from({ length: CUTS }, (_, n) => Math.floor(((n + 0.5) * counted[at]) / CUTS));
    for (const left of new Set(tried)) {
      const cut = await misam.another({ blank: true });
      const { told } = await work(cut, at, left);
      await crash(cut);
      await check(cut, told, `write ${left + 1} of ${counted[at]} of ${name}`);
      await cut.close();
    }
  });
}
