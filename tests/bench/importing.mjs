// ./dev bench importing: a file of 200 MB of labelled records, read in the page. How long it takes, and how much memory the
// tab and its worker have while it is read, while it is stored, and afterwards.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { stop } from "../e2e/harness/browser.mjs";
import { expect } from "../e2e/harness/expect.mjs";
import { Misam } from "../e2e/harness/misam.mjs";
import { table } from "./measure.mjs";
import { records } from "./records.mjs";

const MEGABYTES = Number(process.env.IMPORT_MB ?? 200);
const SAMPLE_MS = 200;
/** After so long the worker has its model. */
const SETTLED_MS = 8_000;
/** So long is waited after everything is kept: snapshots are taken then. */
const REST_MS = Number(process.env.REST_S ?? 90) * 1000;

/** Megabytes that the process of the page has for itself: page and worker live in one. */
async function memory(session) {
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  const own = processInfo.filter(({ type }) => type === "renderer").map(({ id }) => {
    try {
      return Number(/RssAnon:\s+(\d+)/.exec(readFileSync(`/proc/${id}/status`, "utf8"))[1]) / 1024;
    } catch {
      return 0;
    }
  });
  return Math.max(...own);
}

const folder = mkdtempSync(join(tmpdir(), "misam-bench-"));
try {
  console.log(`${cpus()[0].model}, ${cpus().length} processors\n`);
  const file = records(folder, { megabytes: MEGABYTES });
  const misam = await Misam.open({});
  const session = await misam.context.browser().newBrowserCDPSession();
  await expect(() => misam.hook("keeping").getAttribute("data-state"), (state) => state === "saved", "the page is at rest");
  let most = 0;
  let watching = true;
  const watch = (async () => {
    while (watching) {
      most = Math.max(most, await memory(session));
      await new Promise((done) => setTimeout(done, SAMPLE_MS));
    }
  })();
  const since = () => {
    const highest = most;
    most = 0;
    return highest;
  };
  // With the worker at work and its model there: that is what the page has without any article.
  await new Promise((done) => setTimeout(done, SETTLED_MS));
  const before = await memory(session);
  since();
  const began = performance.now();
  await misam.giveFiles(file.path);
  await expect(() => misam.text().catch(() => ""), (text) => text.startsWith("خبر0 "), "the first article is shown", 600_000);
  const read = { seconds: (performance.now() - began) / 1000, most: since() };
  await expect(() => misam.hook("keeping").getAttribute("data-state"), (state) => state === "saved", "all are kept", 600_000);
  const kept = { seconds: (performance.now() - began) / 1000, most: since() };
  await new Promise((done) => setTimeout(done, REST_MS));
  const rested = since();
  const after = await memory(session);
  watching = false;
  await watch;
  await misam.close();
  const megabytes = (number) => `${number.toFixed(0)} MB`;
  const seconds = (number) => `${number.toFixed(1)} s`;
  table([
    [`${file.count} articles as JSONL, ${megabytes(file.megabytes)}`, "after", "memory at most"],
    ["before, with the model", "", megabytes(before)],
    ["read, the first article is shown", seconds(read.seconds), megabytes(read.most)],
    ["all of them are on the disk", seconds(kept.seconds), megabytes(kept.most)],
    [`the ${REST_MS / 1000} s after that`, "", megabytes(rested)],
    ["in the end", "", megabytes(after)],
  ]);
} finally {
  rmSync(folder, { recursive: true, force: true });
  await stop();
}
