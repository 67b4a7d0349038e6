// ./dev bench extract: megabytes of article text a second, the extractor and others side by side in one run, over the
// articles of the corpus, none of which comes twice. TEXT=FILE measures a text of one's own instead; what runs in Python
// reads the corpus all the same.
//
// The worker is a new one each time: the first text after the model has come, code not yet warm. The others in the browser
// get the same text in a worker of their own. None of them knows Arabic names; they show what a page can expect of such a
// library.
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { ROOT, freshBrowser, pageAddress, stop } from "../e2e/harness/browser.mjs";
import { fileWith } from "../e2e/harness/gold.mjs";
import { WorkerAlone } from "../e2e/harness/worker.mjs";
import { median, ofRuns, repeat, summary, table } from "./measure.mjs";

const RUNS = Number(process.env.RUNS ?? 5);
const OTHERS = process.env.MISAM_OTHERS;

function corpus() {
  const files = readdirSync(join(ROOT, "corpus")).filter((name) => name.endsWith(".jsonl")).sort();
  return files.flatMap((name) => readFileSync(join(ROOT, "corpus", name), "utf8").split("\n").filter(Boolean).map((line) => JSON.parse(line).text));
}

const articles = process.env.TEXT ? readFileSync(process.env.TEXT, "utf8").split(/\n{2,}/u).filter((part) => part.trim()) : corpus();
const text = articles.join("\n\n");
const megabytes = Buffer.byteLength(text) / 1e6;

/** Articles that the command line reads at once where it may read as many as it likes. */
const CORES = cpus().length;
const ALL_THREADS = `Misam, native, ${CORES} threads`;

/** An article of so many words, from the beginning of the corpus. */
function articleOf(words) {
  const found = /(?:\S+\s+)/gu;
  let end = 0;
  for (let count = 0; count < words && found.exec(text); count++) end = found.lastIndex;
  return text.slice(0, end).trimEnd();
}

/** Milliseconds until a kept model can be used, and until an article that the worker has not seen has its suggestions. */
async function first() {
  const worker = await WorkerAlone.open({ model: true });
  try {
    await worker.restart();
    const model = await worker.loadModel();
    const cold = (await worker.extract(articleOf(600))).milliseconds;
    await worker.extract(text.slice(text.length / 2));
    return { model, cold, warm: (await worker.extract(articleOf(600))).milliseconds };
  } finally {
    await worker.close();
  }
}

async function inWorker(model) {
  const worker = await WorkerAlone.open({ model });
  try {
    const { milliseconds } = await worker.extract(text);
    const again = await worker.extract(text);
    return [megabytes / (milliseconds / 1000), megabytes / (again.milliseconds / 1000)];
  } finally {
    await worker.close();
  }
}

/** The command line's speed in a file, without what a start takes. */
function native(path, threads, ...options) {
  const seconds = (path) => {
    const began = performance.now();
    const { status, stderr } = spawnSync(process.env.MISAM_CLI, ["extract", "--threads", String(threads), ...options, path], { maxBuffer: 1 << 30 });
    if (status !== 0) throw new Error(`misam extract failed: ${stderr}`);
    return (performance.now() - began) / 1000;
  };
  return megabytes / (seconds(path) - seconds(empty));
}

const empty = fileWith("empty.txt", "لا شيء");
const long = fileWith("long.txt", text);
/** The same text, article by article: threads share out articles, not parts of one. */
const apart = fileWith("articles.jsonl", articles.map((text, at) => `${JSON.stringify({ id: `a${at}`, text })}\n`).join(""));

/** The other libraries of the browser, as one script. */
function bundle() {
  const out = join(tmpdir(), "misam-bench-others.js");
  execFileSync(join(OTHERS, "node_modules/.bin/esbuild"), [join(OTHERS, "worker.js"), "--bundle", "--minify", "--log-level=error", `--outfile=${out}`]);
  return readFileSync(out, "utf8");
}

async function other(script, library) {
  const { context, tab } = await freshBrowser();
  await context.route("**/others.js", (route) => route.fulfill({ contentType: "text/javascript", body: script }));
  await context.route("**/others.html", (route) => route.fulfill({ contentType: "text/html", body: "<!doctype html><title>others</title>" }));
  await tab.goto(new URL("others.html", await pageAddress()).href);
  try {
    const { milliseconds } = await tab.evaluate(({ library, text }) => new Promise((resolve, reject) => {
      const worker = new Worker("./others.js");
      worker.onerror = ({ message }) => reject(new Error(message));
      worker.onmessage = ({ data }) => (data === "ready" ? worker.postMessage({ library, text }) : resolve(data));
    }), { library, text });
    return megabytes / (milliseconds / 1000);
  } finally {
    await context.close();
  }
}

/** A library for Python, loaded and trained; it makes a run when it is asked to. */
async function python(library) {
  const child = spawn(process.env.READERS_PYTHON, [join(ROOT, "tests/bench/others/native.py"), library], {
    env: { ...process.env, PYTHONPATH: join(OTHERS, "python") },
    stdio: ["pipe", "pipe", "inherit"],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => {
    const { value, done } = await lines.next();
    if (done) throw new Error(`${library} broke off`);
    return value;
  };
  await next();
  return () => {
    child.stdin.write("again\n");
    return next().then(Number);
  };
}

try {
  console.log(`${cpus()[0].model}, ${cpus().length} cores, load ${loadavg()[0].toFixed(1)} at the beginning; ${megabytes.toFixed(2)} MB; medians ${ofRuns(RUNS)} in turn (slowest to fastest)\n`);
  const script = bundle();
  const [spacy, crfsuite] = [await python("spacy"), await python("crfsuite")];
  const speeds = new Map();
  const note = (name, speed) => speeds.set(name, [...(speeds.get(name) ?? []), speed]);
  for (let run = 0; run < RUNS; run++) {
    const [first, again] = await inWorker(true);
    note("Misam, in the page's worker", first);
    note("the same, the text once more", again);
    note("Misam's rules alone, in the page's worker", (await inWorker(false))[0]);
    note("Misam, native, one thread", native(long, 1));
    note("the same, article by article", native(apart, 1));
    note(ALL_THREADS, native(apart, CORES));
    note("Misam's rules alone, native, one thread", native(long, 1, "--rules"));
    note("winkNLP 2.4, English model, in a worker", await other(script, "wink"));
    note("compromise 14.17, in a worker", await other(script, "compromise"));
    note("spaCy 3.8, blank Arabic with an entity ruler, native", await spacy());
    note("python-crfsuite 0.9, 11 attributes a word, native", await crfsuite());
  }
  const own = median(speeds.get("Misam, in the page's worker"));
  const firsts = await repeat(RUNS, first);
  table([
    ["Extraction", "median (range)", "a core", "to Misam in the worker"],
    ...[...speeds].map(([name, values]) => {
      const core = median(values) / (name === ALL_THREADS ? CORES : 1);
      return [name, summary(values, "MB/s", 2), `${core.toFixed(2)} MB/s`, (median(values) / own).toFixed(2)];
    }),
  ]);
  console.log();
  table([
    ["In the page's worker", "median (range)"],
    ["a model that the browser has kept, until it can be used", summary(firsts.map(({ model }) => model), "ms")],
    ["suggestions for 600 words, the first a worker reads", summary(firsts.map(({ cold }) => cold), "ms")],
    ["the same when it has read others", summary(firsts.map(({ warm }) => warm), "ms")],
  ]);
} finally {
  await stop();
}
process.exit();
