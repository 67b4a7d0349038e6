// Every format as the page saves it, made of labels that were put there by hand on awkward texts: marks, tatweel, emoji, CRLF,
// within words, nested, overlapping, with gaps. Real libraries read the very files (tests/readers), and each must be what the
// command line makes of the page's own records, byte for byte.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "./harness/browser.mjs";
import { expect } from "./harness/expect.mjs";
import { CLI, readGold } from "./harness/gold.mjs";
import { journey } from "./harness/journey.mjs";
import { closed, give } from "./harness/records.mjs";

const READERS = join(ROOT, "tests/readers");
const PYTHON = process.env.READERS_PYTHON ?? "python3";
const ARTICLES = JSON.parse(execFileSync(PYTHON, [join(READERS, "gold.py")], { encoding: "utf8" }));

/** Signs and digits stand where the writing direction puts them, so these are selected from the keyboard. */
const BY_KEYS = new Set(["line ends", "signs"]);

/** The pieces a span is made of by hand: its own if it has gaps, and one a line, as a selection never crosses a line break. */
function pieces(text, { start, end, fragments }) {
  const points = [...text];
  const whole = fragments.length > 0 ? fragments : [[start, end]];
  return whole.flatMap(([from, to]) => {
    const lines = [...points.slice(from, to).join("").matchAll(/[^\r\n]+/gu)];
    return lines.map(({ 0: line, index }) => {
      const at = from + [...points.slice(from, to).join("").slice(0, index)].length;
      return { start: at, end: at + [...line].length };
    });
  });
}

async function select(misam, { id, text }, place) {
  if (BY_KEYS.has(id)) await misam.selectByKeyboard(text, place);
  else await misam.drag(place);
}

async function label(misam, article, span) {
  const [first, ...others] = pieces(article.text, span);
  await select(misam, article, first);
  await misam.hook(`label-${span.label}`).first().click();
  await misam.span({ ...first, label: span.label, origin: "manual" });
  for (const piece of others) {
    await select(misam, article, piece);
    await misam.press("Equal");
  }
  await misam.span({ start: span.start, end: span.end, label: span.label });
}

/** Saves a format through the dialog; its files lie in a folder of their own then. */
async function save(misam, format, folder) {
  const path = await misam.export(format);
  await closed(misam);
  mkdirSync(folder);
  const isZip = readFileSync(path).subarray(0, 4).equals(Buffer.from("PK\u0003\u0004", "latin1"));
  if (isZip) execFileSync("python3", ["-m", "zipfile", "-e", path, folder]);
  else copyFileSync(path, join(folder, "file"));
}

journey("what is labelled by hand and saved in any format is what its own libraries read", { locale: "en" }, async (misam) => {
  await give(misam, ...ARTICLES.map(({ id, text }) => ({ id, text })));
  // Signs at the edges belong to some of these spans.
  await misam.press("Shift+Slash");
  await misam.tab.getByRole("tab").last().click();
  await misam.hook("setting-trim").uncheck();
  await misam.press("Escape");
  await closed(misam);
  for (const [n, article] of ARTICLES.entries()) {
    await misam.hook("article-item").nth(n).click();
    await expect(() => misam.text(), (text) => text === article.text, `${article.id} is shown`);
    for (const span of article.spans) await label(misam, article, span);
    await expect(() => misam.hook("span-item").count(), (count) => count === article.spans.length, `all spans of ${article.id} are there`);
    await misam.hook("mark-done").first().click();
  }

  const folder = mkdtempSync(join(tmpdir(), "misam-page-"));
  copyFileSync(await misam.export("misam"), join(folder, "gold.jsonl"));
  await closed(misam);
  const records = readGold(join(folder, "gold.jsonl"));
  assert.deepEqual(records.map(({ id, status }) => [id, status]), ARTICLES.map(({ id }) => [id, "done"]));
  assert.ok(records.every(({ spans }) => spans.every(({ origin }) => origin === "manual")), "every span was made by hand");

  await misam.tool("export");
  await misam.hook("export-format").first().waitFor();
  const offered = await misam.hook("export-format").first().locator("option").evaluateAll((all) => all.map(({ value }) => value));
  await misam.press("Escape");
  await closed(misam);
  const formats = offered.filter((format) => format !== "dataset");
  assert.ok(formats.length >= 18, formats.join());
  for (const format of formats) await save(misam, format, join(folder, format));
  // The labels that the page's project has, as a file for the command line.
  execFileSync(CLI, ["bundle", "--whole", "--out", join(folder, "dataset"), join(folder, "gold.jsonl")], { stdio: "ignore" });
  copyFileSync(join(folder, "dataset/schema.json"), join(folder, "schema.json"));

  const checks = readdirSync(READERS).filter((name) => name.startsWith("check_") && readFileSync(join(READERS, name), "utf8").includes("FormatCheck"));
  const env = { ...process.env, MISAM_PAGE: folder, MISAM_CLI: CLI, HF_HUB_OFFLINE: "1", HF_DATASETS_DISABLE_PROGRESS_BARS: "1" };
  const read = spawnSync(PYTHON, ["-W", "ignore", "-m", "unittest", ...checks.map((name) => name.slice(0, -3))], { cwd: READERS, env, encoding: "utf8" });
  assert.equal(read.status, 0, read.stderr);
  assert.match(read.stderr, /^Ran [1-9]\d+ tests/m);
});
