// ./dev bench: how much is downloaded, how soon the page can be used, how it takes a very long article, how fast
// suggestions are made. Every number is the median of several runs in a fresh browser profile.
import { spawnSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { cpus } from "node:os";
import { extname, join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { ROOT, pageAddress, freshBrowser, stop } from "../e2e/harness/browser.mjs";
import { fileWith } from "../e2e/harness/gold.mjs";
import { Misam } from "../e2e/harness/misam.mjs";
import { articleOf } from "./corpus.mjs";
import { ofRuns, repeat, summary, table } from "./measure.mjs";
import { servePeer } from "./peer/serve.mjs";

const RUNS = Number(process.env.RUNS ?? 5);
const LONG = articleOf(100_000);

/** What the first screen takes, fonts apart (tests/e2e/parts.test.mjs holds it to a budget). */
const FIRST_WASM = "page, wasm, first screen";
const FIRST_TEXTS = "JavaScript, CSS, HTML, icons";

function downloads() {
  const dist = join(ROOT, "dist");
  const files = readdirSync(dist, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    // Of the two workers a browser asks for one.
    .filter((path) => !path.includes("misam-worker-scalar"));
  const kinds = [
    [FIRST_WASM, (path) => path.endsWith("misam-app_bg.wasm")],
    ["page, wasm, parts that follow", (path) => /misam-app-[a-z]+[^/]*\.wasm$/.test(path)],
    ["worker, wasm", (path) => path.endsWith("misam-worker_bg.wasm")],
    ["model", (path) => extname(path) === ".misam-model"],
    [FIRST_TEXTS, (path) => [".js", ".css", ".html", ".svg"].includes(extname(path))],
    ["fonts (as needed)", (path) => extname(path) === ".woff2"],
  ];
  const kilobytes = (bytes) => (bytes / 1000).toFixed(1);
  const rows = kinds.map(([name, belongs]) => {
    const contents = files.filter(belongs).map((path) => readFileSync(path));
    const total = (size) => contents.reduce((sum, content) => sum + size(content), 0);
    return [name,
      total((content) => content.length),
      total((content) => gzipSync(content, { level: 9 }).length),
      total((content) => brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length)];
  });
  const sum = (column) => rows.reduce((total, row) => total + row[column], 0);
  rows.push(["all", sum(1), sum(2), sum(3)]);
  const first = (column) => rows.filter(([name]) => [FIRST_WASM, FIRST_TEXTS].includes(name)).reduce((total, row) => total + row[column], 0);
  rows.push(["of it for the first screen, fonts apart", first(1), first(2), first(3)]);
  table([["Download", "raw KB", "gzip KB", "brotli KB"], ...rows.map(([name, ...sizes]) => [name, ...sizes.map(kilobytes)])]);
}

/** Milliseconds from the start of the navigation until the first button can be pressed. */
async function timeToInteractive() {
  const { context, tab } = await freshBrowser();
  await tab.addInitScript(() => {
    const ready = () => document.querySelector('[data-testid="new-article"]:not([disabled])');
    new MutationObserver((_, observer) => {
      if (!ready()) return;
      observer.disconnect();
      requestAnimationFrame(() => setTimeout(() => (window.interactiveAt = performance.now())));
    }).observe(document, { childList: true, subtree: true });
  });
  await tab.goto(await pageAddress());
  const time = await (await tab.waitForFunction(() => window.interactiveAt)).jsonValue();
  await context.close();
  return time;
}

/** The same of a page that is nothing but a library for labelling text (tests/bench/peer), empty. */
async function peerInteractive(address) {
  const { context, tab } = await freshBrowser();
  await tab.goto(`${address}?start`);
  const time = await (await tab.waitForFunction(() => window.interactiveAt)).jsonValue();
  await context.close();
  return time;
}

/**
 * A very long article: milliseconds from the moment its file is given until a picture shows its text, until every
 * suggestion is there, and for single edits, from the key to the picture that shows its effect. All of it is timed in the
 * page, for asking the page from outside takes as long again.
 */
async function longArticle() {
  const misam = await Misam.open({ locale: "en" });
  try {
    await misam.tab.evaluate(() => {
      window.keyTimes = [];
      const painted = (then) => requestAnimationFrame(() => setTimeout(() => then(performance.now())));
      addEventListener("keydown", ({ timeStamp }) => painted((at) => window.keyTimes.push(at - timeStamp)), { capture: true });
      const hook = (name) => document.querySelector(`[data-testid="${name}"]`);
      addEventListener("change", ({ timeStamp }) => {
        const wait = (is, then) => {
          if (is()) return painted((at) => then(at - timeStamp));
          new MutationObserver((_, observer) => {
            if (!is()) return;
            observer.disconnect();
            painted((at) => then(at - timeStamp));
          }).observe(document, { childList: true, subtree: true, attributes: true });
        };
        wait(() => hook("article")?.textContent, (at) => {
          window.shownAfter = at;
          wait(() => hook("span-item") && !hook("reading"), (at) => (window.readAfter = at));
        });
      }, { capture: true, once: true });
    });
    await misam.giveFiles(fileWith("long.txt", LONG.text));
    const after = async (what) => (await misam.tab.waitForFunction((what) => window[what], what, { timeout: 120_000 })).jsonValue();
    const [opened, read] = [await after("shownAfter"), await after("readAfter")];

    for (const word of LONG.text.match(/[\u0621-\u064A]{4,}/gu).slice(0, 12)) {
      const start = [...LONG.text.slice(0, LONG.text.indexOf(word))].length;
      await misam.clickText({ start, end: start + [...word].length });
      for (const key of ["l", "g", "Control+z", "Control+z"]) {
        await misam.press(key);
        await misam.painted();
      }
    }
    return { opened, read, edits: await misam.tab.evaluate(() => window.keyTimes) };
  } finally {
    await misam.close();
  }
}

/** Megabytes a second of the command line's extractor, without what a start with an empty text takes. */
function nativeSpeed() {
  const cli = process.env.MISAM_CLI;
  const seconds = (path) => {
    const began = performance.now();
    const { status, stderr } = spawnSync(cli, ["extract", path], { maxBuffer: 1 << 30 });
    if (status !== 0) throw new Error(`misam extract failed: ${stderr}`);
    return (performance.now() - began) / 1000;
  };
  const [empty, long] = [fileWith("empty.txt", "لا شيء"), fileWith("long.txt", LONG.text)];
  return repeat(RUNS, () => LONG.bytes / 1e6 / (seconds(long) - seconds(empty)));
}

const peer = await servePeer();
try {
  console.log(`${cpus()[0].model}, ${cpus().length} cores; medians ${ofRuns(RUNS)}, of ${3 * RUNS} for the start, of ${Math.min(RUNS, 3)} for the long article (fastest to slowest)\n`);
  downloads();
  console.log();
  const rows = [["Time", "median (range)"]];
  const starts = await repeat(3 * RUNS, async () => ({ ours: await timeToInteractive(), peer: await peerInteractive(peer.url) }));
  rows.push(["until the page can be used, nothing cached", summary(starts.map(({ ours }) => ours), "ms")]);
  rows.push(["the same of an empty page with Recogito's library", summary(starts.map(({ peer }) => peer), "ms")]);
  const runs = await repeat(Math.min(RUNS, 3), longArticle);
  const size = `${LONG.words.toLocaleString("en")} words, ${(LONG.bytes / 1e6).toFixed(2)} MB`;
  rows.push([`until a long article is shown (${size})`, summary(runs.map((run) => run.opened), "ms")]);
  rows.push(["until all its suggestions are there", summary(runs.map((run) => run.read), "ms")]);
  rows.push(["one edit in it, from the key to the picture", summary(runs.flatMap((run) => run.edits), "ms")]);
  table(rows);
  console.log();
  const inBrowser = runs.map((run) => LONG.bytes / 1e6 / (run.read / 1000));
  table([
    ["Extraction", "median (range)"],
    ["native, one article after the other", summary(await nativeSpeed(), "MB/s", 2)],
    ["in the browser, from the file to the last suggestion", summary(inBrowser, "MB/s", 2)],
  ]);
} finally {
  await peer.close();
  await stop();
}
