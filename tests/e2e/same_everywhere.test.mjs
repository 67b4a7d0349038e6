// What the page's worker finds and what the command line finds is the same, to the last digit of every confidence: one
// model, one arithmetic, two machines.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { ROOT, browserWithoutSimd, freshBrowser, stop } from "./harness/browser.mjs";
import { fileWith } from "./harness/gold.mjs";
import { WorkerAlone } from "./harness/worker.mjs";

after(stop);

function corpus() {
  const files = readdirSync(join(ROOT, "corpus")).filter((name) => name.endsWith(".jsonl")).sort();
  const lines = files.flatMap((name) => readFileSync(join(ROOT, "corpus", name), "utf8").split("\n").filter(Boolean));
  // Without their dates, which would give relative times another value.
  return lines.map((line) => JSON.parse(line)).map(({ id, text }) => ({ id, text }));
}

/** A suggestion as both sides have it, its place in code points. */
const told = ({ start, end, label, confidence, alternative, reason, normalized }) =>
  ({ start, end, label, confidence, alternative: alternative ?? null, reason: reason ?? "", normalized: normalized ?? null });

function byCommandLine(articles) {
  const path = fileWith("corpus.jsonl", articles.map((article) => `${JSON.stringify(article)}\n`).join(""));
  const out = execFileSync(process.env.MISAM_CLI, ["extract", path], { encoding: "utf8", maxBuffer: 1 << 30, stdio: ["ignore", "pipe", "ignore"] });
  return out.split("\n").filter(Boolean).map((line) => JSON.parse(line).spans.map((span) =>
    told({ ...span, alternative: span.alternative && [span.alternative.label, span.alternative.confidence] })));
}

async function byWorker(articles, browser) {
  const worker = await WorkerAlone.open({ browser });
  const found = [];
  try {
    for (const { text } of articles) {
      const bytes = Buffer.from(text);
      const codePoints = (end) => [...bytes.subarray(0, end).toString()].length;
      found.push((await worker.extract(text)).found.map((suggestion) => {
        const { start, end } = suggestion.range;
        return told({ ...suggestion, start: codePoints(start), end: codePoints(end) });
      }));
    }
  } finally {
    await worker.close();
  }
  return found;
}

const skip = !process.env.MISAM_CLI && "MISAM_CLI is not set";

async function compare(articles, browser) {
  const [worker, native] = [await byWorker(articles, browser), byCommandLine(articles)];
  assert.equal(worker.length, native.length);
  assert.ok(worker.flat().length > 10 * articles.length, "suggestions were compared");
  // The rules never give a second label, and the model rarely does in texts that it learnt from.
  assert.ok(worker.flat().filter(({ alternative }) => alternative).length > articles.length / 20, "the model's suggestions were compared");
  for (const [at, { id }] of articles.entries()) assert.deepEqual(worker[at], native[at], id);
}

test("the worker and the command line find the same in every article of the corpus", { skip }, () => compare(corpus(), freshBrowser));

test("a browser without SIMD has a worker of its own, which finds the same", { skip }, async () => {
  const asked = [];
  const articles = corpus().filter((_, index) => index % 8 === 0);
  await compare(articles, async () => {
    const { context, tab } = await browserWithoutSimd();
    context.on("request", (request) => asked.push(new URL(request.url()).pathname));
    return { context, tab };
  });
  const wasm = asked.filter((path) => path.endsWith(".wasm"));
  assert.deepEqual(wasm.map((path) => path.split("/").at(-1)), ["misam-worker-scalar_bg.wasm"]);
});
