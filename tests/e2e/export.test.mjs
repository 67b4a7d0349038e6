// What is chosen about a file before it is saved: how tags are written, what becomes of spans that do not fit, and the
// dataset with all that belongs to it.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { picture } from "./harness/browser.mjs";
import { expect } from "./harness/expect.mjs";
import { journey } from "./harness/journey.mjs";
import { give, span } from "./harness/records.mjs";

const TEXT = "زار وبغداد أمس، ثم عاد مع مطار بغداد الدولي 😊.";
const manual = (words, label, nth) => ({ ...span(TEXT, words, label, { origin: "manual" }), ...(nth ?? {}) });
const inner = [...TEXT.slice(0, TEXT.lastIndexOf("بغداد"))].length;
const SPANS = [
  manual("بغداد", "LOC"),
  manual("أمس", "DAT"),
  manual("مطار بغداد الدولي", "FAC"),
  { start: inner, end: inner + 5, label: "LOC", origin: "manual" },
];

const choose = async (misam, format) => {
  await misam.tool("export");
  await misam.chooseFormat(format);
};
const became = (misam) => misam.hook("became").allInnerTexts();

journey("spans that a format cannot hold are shown where they stand, and what becomes of them is chosen", { locale: "en" }, async (misam) => {
  await give(misam, { text: TEXT, spans: SPANS, status: "done" });
  await choose(misam, "conll");
  await expect(() => became(misam), (now) => now.join() === "the same, its word split,left out", "a word is split, a nested one is left out", 20_000);
  await misam.hook("remedy-inside-word").selectOption("widen");
  await expect(() => became(misam), (now) => now.join() === "وبغداد,left out", "it is widened instead", 20_000);
  await misam.hook("option-scheme").selectOption("bioes");
  await misam.hook("option-columns").selectOption("2");
  await expect(() => misam.hook("misfits-balance").innerText(), (said) => said.includes("4") && said.includes("3"), "counts before and after");
  await picture(misam.tab, "export-misfits");
  const path = await misam.download(() => misam.hook("export-download").click());
  const rows = readFileSync(path, "utf8").split("\n");
  assert.ok(rows.includes("وبغداد\tS-LOC"), rows.join("|"));
  assert.ok(rows.includes("مطار\tB-FAC") && rows.includes("الدولي\tE-FAC"), rows.join("|"));
});

journey("a dataset is packed with card, parts and checksums, with and without the articles", { locale: "ar" }, async (misam) => {
  const others = Array.from({ length: 11 }, (_, n) => ({ text: `خبر رقم ${n} عن مدينة ${"أبتثجحخدذرز"[n]}${n}.`, spans: [], status: "done" }));
  await give(misam, { text: TEXT, spans: SPANS, status: "done" }, ...others);
  await choose(misam, "dataset");
  await misam.hook("dataset-title").fill("أخبار");
  await misam.hook("dataset-licence").fill("cc-by-4.0");
  await misam.hook("dataset-ratios").fill("train=1,train=2");
  await expect(() => misam.hook("dataset-ratios").getAttribute("aria-invalid"), (invalid) => invalid === "true", "shares that say nothing are told");
  await misam.hook("dataset-ratios").fill("train=60,test=40");
  // Before it is packed it is shown what falls where, and that nothing stands in two parts.
  const articles = () => misam.hook("dataset-parts").locator("tbody tr").first().locator("td").allInnerTexts();
  await expect(articles, (parts) => parts.length === 2 && parts.reduce((sum, part) => sum + Number.parseInt(part, 10), 0) === 12, "twelve articles in two parts", 20_000);
  await expect(() => misam.hook("dataset-parts").locator("tbody th").allInnerTexts(), (rows) => rows.slice(1).join() === "DAT,FAC,LOC", "each label is counted");
  await expect(() => misam.hook("dataset-leaks").count(), (count) => count === 1, "it is said that nothing leaks");
  await picture(misam.tab, "export-dataset");
  const path = await misam.download(() => misam.hook("export-download").click());
  const unzip = (path, ...names) => execFileSync("python3", ["-c", "import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); print('\\n'.join(z.namelist()) if len(sys.argv) < 3 else z.read(sys.argv[2]).decode(), end='')", path, ...names], { encoding: "utf8" });
  const names = unzip(path).split("\n");
  for (const name of ["README.md", "data/train.jsonl", "data/test.jsonl", "schema.json", "splits.json", "statistics.json", "checksums.sha256"]) {
    assert.ok(names.includes(name), names.join());
  }
  const card = unzip(path, "README.md");
  assert.ok(card.includes('pretty_name: "أخبار"') || card.includes("أخبار"), card);
  assert.ok(card.includes("cc-by-4.0"));
  const records = ["data/train.jsonl", "data/test.jsonl"].flatMap((name) => unzip(path, name).trim().split("\n"));
  assert.equal(records.length, 12);
  await misam.press("Escape");
  await choose(misam, "dataset");
  await misam.hook("dataset-without-text").check();
  const without = await misam.download(() => misam.hook("export-download").click());
  for (const name of unzip(without).split("\n")) assert.ok(!unzip(without, name).includes("عاد مع مطار"), name);
});
