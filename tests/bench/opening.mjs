// ./dev bench opening: how a large project opens, how it is gone about in and looked through, how fast articles come in
// and go out, and how fast edits are kept. The project is put into the browser's storage behind the page's back: articles,
// spans and a journal of as many edits as there are articles, all of them before the snapshot or all after it; with the
// list that the page stores beside its snapshots, or without, as versions before that list left it.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { Misam } from "../e2e/harness/misam.mjs";
import { stop } from "../e2e/harness/browser.mjs";
import { expect } from "../e2e/harness/expect.mjs";
import { median, ofRuns, summary, table } from "./measure.mjs";
import { browserAlone } from "./browser_alone.mjs";
import { records } from "./records.mjs";

const RUNS = Number(process.env.RUNS ?? 3);
const ARTICLES = Number(process.env.ARTICLES ?? 10_000);
/** After so long the worker of a new page is there with its model. */
const SETTLED_MS = 5_000;
/** `PART=files` leaves out the opening. */
const PART = process.env.PART ?? "all";
const SPANS = Number(process.env.SPANS ?? 50);
/** Megabytes of JSONL that are read in one go. */
const IMPORT_MB = Number(process.env.IMPORT_MB ?? 200);
const EDITS = Number(process.env.EDITS ?? 200);
/** What is looked for over all articles. */
const NAME = "القاهرة";

/** Fills the storage of the page's origin; everything is made in the browser, so nothing large has to cross. */
function fill(tab, { articles, spans, snapshot, heads }) {
  return tab.evaluate(async ({ articles, spans, snapshot, heads, name }) => {
    const BLOCK = 500;
    const words = Array.from({ length: 600 }, (_, at) => (at % 3 ? "كلمة" : "مدينة"));
    // The second word that gets a span.
    const NAMED = Math.floor(words.length / spans);
    await new Promise((done) => {
      indexedDB.deleteDatabase("misam").onsuccess = done;
    });
    const request = indexedDB.open("misam", 1);
    await new Promise((resolve) => {
      request.onupgradeneeded = () => ["documents", "texts", "journal", "settings"].forEach((store) => request.result.createObjectStore(store));
      request.onsuccess = resolve;
    });
    const database = request.result;
    const encoder = new TextEncoder();
    for (let from = 0; from < articles; from += BLOCK) {
      const writing = database.transaction(["documents", "texts", "journal", "settings"], "readwrite");
      const block = [];
      for (let at = from; at < Math.min(from + BLOCK, articles); at++) {
        const id = `d${at}`;
        // Every title differs, so that what is shown can be told.
        words[0] = `خبر${at}`;
        // A name that stands in one article of a hundred, with a label.
        words[NAMED] = at % 100 ? "مدينة" : name;
        const places = [];
        for (let word = 0, byte = 0; word < words.length; word++) {
          const bytes = encoder.encode(words[word]).length;
          places.push([byte, byte + bytes]);
          byte += bytes + 1;
        }
        const step = Math.floor(places.length / spans);
        const marks = places.filter((_, word) => word % step === 0).slice(0, spans)
          .map(([start, end], mark) => ({ id: `s${mark + 1}`, range: { start, end }, label: "LOC", origin: "manual" }));
        const text = encoder.encode(words.join(" "));
        const stored = snapshot ? marks : marks.slice(1);
        const record = { layout: 1, id, seq: snapshot ? articles : 0, order: at, text_bytes: text.length, spans: stored, status: "in_progress", present: true };
        writing.objectStore("documents").put(JSON.stringify(record), id);
        writing.objectStore("texts").put(text, id);
        const steps = [{ document: id, change: { add: marks[0] } }];
        writing.objectStore("journal").put(JSON.stringify({ seq: at + 1, entry: { do: { kind: "label", steps, at: 1 } } }), at + 1);
        block.push({ id, title: words.slice(0, 12).join(" "), status: "in_progress", spans: stored.length, suggested: 0, present: true });
      }
      if (heads) writing.objectStore("settings").put(JSON.stringify(block), `heads/${String(from / BLOCK).padStart(6, "0")}`);
      const seq = snapshot ? articles : 0;
      if (heads) writing.objectStore("settings").put(JSON.stringify({ seq, count: articles, blocks: Math.ceil(articles / BLOCK) }), "heads");
      if (snapshot) writing.objectStore("settings").put(JSON.stringify(articles), "snapshot");
      await new Promise((resolve, reject) => {
        writing.oncomplete = resolve;
        writing.onabort = () => reject(writing.error);
      });
    }
    database.close();
  }, { articles, spans, snapshot, heads, name: NAME });
}

/** Milliseconds until the open article is there with its spans, and until all articles are, as the export wants them. */
async function opening(misam) {
  const began = performance.now();
  await misam.load();
  await expect(() => misam.hook("span-item").count(), (count) => count > 0, "the open article is shown", 300_000);
  const shown = performance.now() - began;
  await misam.hook("export").click();
  await misam.hook("export-format").first().waitFor({ timeout: 300_000 });
  const whole = performance.now() - began;
  await misam.press("Escape");
  return { shown, whole };
}

/** Milliseconds from the click on a row of the list until its article is in the page. */
function switching(misam, at) {
  return misam.tab.evaluate(async (at) => {
    const list = document.querySelector('[data-testid="article-list"]');
    list.scrollTo(0, (list.scrollHeight * at) / 20);
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    const rows = [...document.querySelectorAll('[data-testid="article-item"]')];
    const row = rows[Math.floor(rows.length / 2)];
    const wanted = `خبر${row.dataset.id.slice(1)} `;
    const began = performance.now();
    row.click();
    while (!document.querySelector('[data-testid="article"]')?.textContent.startsWith(wanted)) {
      await new Promise((done) => requestAnimationFrame(done));
    }
    return performance.now() - began;
  }, at);
}

/** Watches in the page for what the next event of a type asks a search for: milliseconds to its first places and to all. */
function watchSearch(tab, type) {
  return tab.evaluate((type) => {
    window.looked = new Promise((done) => addEventListener(type, ({ timeStamp }) => {
      let first;
      const look = () => {
        const now = performance.now() - timeStamp;
        if (document.querySelector('[data-testid="hit"]')) first ??= now;
        const isOver = document.querySelector('[data-testid="search-count"]')?.getAttribute("aria-busy") === "false";
        if (first !== undefined && isOver) done({ first, all: now });
        else requestAnimationFrame(() => setTimeout(look));
      };
      requestAnimationFrame(() => setTimeout(look));
    }, { capture: true, once: true }));
  }, type);
}

/** The first places and all places of a name in all articles: all like its span, and what somebody types. */
async function searching(misam) {
  const { tab } = misam;
  const looked = async () => {
    const times = await tab.evaluate(() => window.looked);
    await misam.press("Escape");
    await misam.hook("search-dialog").waitFor({ state: "detached" });
    return times;
  };
  await misam.hook("article-list").evaluate((list) => list.scrollTo(0, 0));
  await misam.painted();
  await misam.hook("article-item").first().click();
  const span = misam.hook("span-item").filter({ hasText: NAME }).first();
  await span.waitFor();
  await span.click();
  await misam.painted();
  const alike = async () => {
    await watchSearch(tab, "keydown");
    await misam.press("r");
    return looked();
  };
  const [cold, warm] = [await alike(), await alike()];
  await misam.press("Slash");
  await misam.hook("search-everywhere").click();
  await misam.painted();
  await watchSearch(tab, "input");
  await misam.hook("search-words").focus();
  await tab.keyboard.insertText(NAME);
  return { cold, warm, typed: await looked() };
}

/** Watches in the page for the picture in which an entry of the palette begins with words after an event of a type. */
function watchPalette(tab, type, words) {
  return tab.evaluate(({ type, words }) => {
    window.listed = new Promise((done) => addEventListener(type, ({ timeStamp }) => {
      const look = () => {
        const entry = document.querySelector('[data-testid="palette-entry"] .palette-name');
        if (entry?.textContent.includes(words)) done(performance.now() - timeStamp);
        else requestAnimationFrame(() => setTimeout(look));
      };
      requestAnimationFrame(() => setTimeout(look));
    }, { capture: true, once: true }));
  }, { type, words });
}

/** Milliseconds from Ctrl+K to the palette, and from the title of the last article to its entry. */
async function palette(misam) {
  const { tab } = misam;
  await watchPalette(tab, "keydown", "");
  await misam.press("Control+k");
  const opened = await tab.evaluate(() => window.listed);
  const title = `خبر${ARTICLES - 1}`;
  await watchPalette(tab, "input", title);
  await tab.keyboard.insertText(title);
  const found = await tab.evaluate(() => window.listed);
  await misam.press("Escape");
  await misam.hook("palette-dialog").waitFor({ state: "detached" });
  return { opened, found };
}

/** Edits a second, each by its key, until the page says that all of them are on the disk. */
async function editing(misam) {
  await misam.hook("span-item").first().click();
  await misam.painted();
  const began = performance.now();
  for (let edit = 0; edit < EDITS; edit++) await misam.press(edit % 2 ? "l" : "o");
  await expect(() => misam.hook("keeping").getAttribute("data-state"), (state) => state === "saved", "all edits are kept", 120_000);
  return EDITS / ((performance.now() - began) / 1000);
}

/**
 * Watches in the page, picture by picture, for the first article of an import and for all of it to be kept: milliseconds
 * from the moment when the page hears of the file, as nothing can begin before.
 */
function watchImport(tab) {
  return tab.evaluate(() => {
    window.imported = new Promise((done) => {
      addEventListener("change", () => {
        const began = performance.now();
        let first;
        const look = () => {
          const now = performance.now() - began;
          const text = document.querySelector('[data-testid="article"]')?.textContent ?? "";
          if (first === undefined && text.startsWith("خبر0 ")) first = now;
          const isKept = document.querySelector('[data-testid="keeping"]')?.dataset.state === "saved";
          if (first !== undefined && isKept) done({ first, kept: now });
          else requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
      }, { capture: true, once: true });
    });
  });
}

/** Milliseconds that an import and an export of a file take. */
async function moving(path) {
  const misam = await Misam.open({});
  await expect(() => misam.hook("keeping").getAttribute("data-state"), (state) => state === "saved", "the page is at rest");
  await new Promise((done) => setTimeout(done, SETTLED_MS));
  await watchImport(misam.tab);
  await misam.giveFiles(path);
  const { first, kept } = await misam.tab.evaluate(() => window.imported);
  await misam.hook("export").click();
  await misam.chooseFormat("misam");
  const began = performance.now();
  await misam.download(() => misam.hook("export-download").click());
  const out = performance.now() - began;
  await misam.close();
  return { first, kept, out };
}

/** Milliseconds that the browser needs for what nothing can do without it. */
async function controls(path) {
  const misam = await Misam.open({ blank: true });
  await misam.openBlank();
  const times = await browserAlone(misam.tab, path);
  await misam.close();
  return times;
}

const seconds = (times) => `${(median(times) / 1000).toFixed(2)} s`;
/** How projects open, and how they are gone about in. */
async function openings() {
  const rows = [["Opening", "until the open article can be worked on", "until all articles are read"]];
  const [switches, edits, searches, palettes] = [[], [], [], []];
  const size = `${ARTICLES} articles, ${ARTICLES * SPANS} spans`;
  for (const [name, articles, snapshot, heads] of [
    ["1 article", 1, true, true],
    [`${size}, as a version without lists left it`, ARTICLES, true, false],
    [`${size}, edits before the snapshot`, ARTICLES, true, true],
    [`${size}, edits after it`, ARTICLES, false, true],
  ]) {
    const times = [];
    for (let run = 0; run < RUNS; run++) {
      const misam = await Misam.open({ blank: true });
      await misam.openBlank();
      await fill(misam.tab, { articles, spans: SPANS, snapshot, heads });
      times.push(await opening(misam));
      if (articles > 1 && snapshot && heads) {
        for (let at = 1; at < 20; at += 3) switches.push(await switching(misam, at));
        edits.push(await editing(misam));
        searches.push(await searching(misam));
        palettes.push([await palette(misam), await palette(misam)]);
        // Before anything else is read: the rest is still coming when somebody goes on.
        await misam.reload();
        await misam.hook("span-item").first().waitFor();
        switches.push(await switching(misam, 19));
      }
      await misam.close();
    }
    rows.push([name, seconds(times.map(({ shown }) => shown)), seconds(times.map(({ whole }) => whole))]);
  }
  table(rows);
  console.log();
  table([
    [`Working on ${ARTICLES} articles`, "median (range)"],
    ["to another article, from the click", summary(switches, "ms")],
    ["edits by key until all are on the disk", summary(edits, "a second")],
  ]);
  const of = (read) => summary(searches.map(read), "ms");
  console.log();
  table([
    [`Looking for a name through ${ARTICLES} articles`, "its first places", "all of them"],
    ["all like this, from the key", of(({ cold }) => cold.first), of(({ cold }) => cold.all)],
    ["the same once more", of(({ warm }) => warm.first), of(({ warm }) => warm.all)],
    ["typed, from the last letter (120 ms are waited for another)", of(({ typed }) => typed.first), of(({ typed }) => typed.all)],
  ]);
  console.log();
  table([
    ["All commands", "from its keys to the list", "from an article's title to its entry"],
    ...["the first time", "the second"].map((name, at) =>
      [name, summary(palettes.map((times) => times[at].opened), "ms"), summary(palettes.map((times) => times[at].found), "ms")]),
  ]);
}

const folder = mkdtempSync(join(tmpdir(), "misam-bench-"));
try {
  console.log(`${cpus()[0].model}, ${cpus().length} processors; medians ${ofRuns(RUNS)}\n`);
  if (PART === "all") await openings();

  const few = records(folder, { articles: ARTICLES });
  const runs = [];
  for (let run = 0; run < RUNS; run++) runs.push({ ...(await moving(few.path)), ...(await controls(few.path)) });
  const times = (key) => seconds(runs.map((run) => run[key]));
  console.log();
  table([
    [`${few.count} articles as JSONL, ${few.megabytes.toFixed(1)} MB`, `medians of ${RUNS}`],
    ["read, until the first article can be worked on", times("first")],
    ["until all of them are on the disk", times("kept")],
    ["export, from the button to the file", times("out")],
    ["the browser alone: JSON.parse of every line", times("parse")],
    ["the browser alone: stores each as a record", times("each")],
    ["the browser alone: stores them, a megabyte to a record", times("megabytes")],
    ["the browser alone: stores the file as one", times("whole")],
  ]);

  const cli = process.env.MISAM_CLI;
  if (cli && existsSync(cli)) {
    const much = records(folder, { megabytes: IMPORT_MB });
    const script = 'import resource,subprocess,sys;subprocess.run(sys.argv[1:],check=True,stdout=subprocess.DEVNULL);print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)';
    const began = performance.now();
    const { status, stdout, stderr } = spawnSync("python3", ["-c", script, cli, "convert", "--from", "misam", "--to", "misam", much.path], { encoding: "utf8" });
    if (status !== 0) throw new Error(`misam convert failed: ${stderr}`);
    const took = (performance.now() - began) / 1000;
    console.log();
    table([
      [`${much.megabytes.toFixed(0)} MB of JSONL on the command line`, "once"],
      ["read, checked and written", `${(much.megabytes / took).toFixed(1)} MB/s`],
      ["memory at most", `${(Number(stdout) / 1024).toFixed(0)} MB`],
    ]);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
  await stop();
}
