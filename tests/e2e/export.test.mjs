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
  await misam.hook("projects").first().click();
  await misam.tab.locator(".project-guidelines > summary").click();
  await misam.hook("project-guidelines").fill("# دليلنا\n\nاللقب خارج الاسم.");
  await misam.hook("project-guidelines").press("Tab");
  await misam.press("Escape");
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
  assert.match(unzip(path, "guidelines.md"), /اللقب خارج الاسم/u, "the project's own guideline is packed");
  const records = ["data/train.jsonl", "data/test.jsonl"].flatMap((name) => unzip(path, name).trim().split("\n"));
  assert.equal(records.length, 12);
  await misam.press("Escape");
  await choose(misam, "dataset");
  await misam.hook("dataset-without-text").check();
  const without = await misam.download(() => misam.hook("export-download").click());
  for (const name of unzip(without).split("\n")) assert.ok(!unzip(without, name).includes("عاد مع مطار"), name);
});

journey("the card is written from the project, edited, checked, kept with the project and written anew", { locale: "en" }, async (misam) => {
  await give(misam, { text: TEXT, spans: SPANS, status: "done" });
  await choose(misam, "dataset");
  await misam.hook("dataset-title").fill("News of one day");
  await misam.hook("dataset-parted").uncheck();
  await misam.tab.locator('[data-testid="dataset-card"] > summary').click();
  const card = misam.hook("dataset-card-text");
  const shows = (pattern, what) => expect(() => card.inputValue(), (text) => pattern.test(text), what, 30_000);
  const written = await shows(/^---\npretty_name: "News of one day"\n/, "it says what is known");
  assert.match(written, /1 documents|1 document/);
  await picture(misam.tab, "export-card");
  // A head that is wrong is told with its line, and goes into no dataset.
  const faults = () => misam.hook("card-fault").allInnerTexts();
  await card.fill(written.replace("pretty_name: ", "pretty_name: [").replace("# News of one day", "# Our news"));
  await expect(faults, (told) => told.length === 1 && /Line \d+: The head is not YAML/.test(told[0].replace(/[\u2066-\u2069]/g, "")), "what is wrong has its line", 20_000);
  await misam.hook("export-download").click();
  await expect(() => misam.hook("export-dialog").innerText(), (text) => text.includes("the head of the card is wrong"), "no dataset is packed", 30_000);
  await card.fill(written.replace("data/train.jsonl", "data/all.jsonl"));
  await expect(faults, (told) => told.length === 2 && told.some((fault) => fault.includes("data/all.jsonl")), "files that are not there are named", 20_000);
  const own = written.replace("# News of one day", "# Our news, as we see it");
  await card.fill(own);
  await expect(faults, (told) => told.length === 0, "it is right again", 20_000);
  await misam.hook("dataset-card-own").waitFor();
  const unpacked = async () => execFileSync("python3", ["-c", "import sys, zipfile; print(zipfile.ZipFile(sys.argv[1]).read('README.md').decode(), end='')", await misam.download(() => misam.hook("export-download").click())], { encoding: "utf8" });
  assert.equal(await unpacked(), own);
  // It is kept with the project, and the project may change.
  await expect(() => misam.hook("keeping").getAttribute("data-state"), (state) => state === "saved", "the work is saved");
  await misam.reload();
  await misam.hook("article").waitFor();
  await choose(misam, "dataset");
  assert.equal(await misam.hook("dataset-title").inputValue(), "News of one day");
  await misam.hook("dataset-parted").uncheck();
  assert.equal(await card.inputValue(), own);
  await expect(() => misam.hook("dataset-card-own").innerText(), (text) => !text.includes("has changed"), "nothing has changed since");
  await misam.hook("dataset-licence").fill("cc0-1.0");
  await misam.hook("dataset-source").focus();
  await expect(() => misam.hook("dataset-card-own").innerText(), (text) => text.includes("has changed"), "it is said that the card is older than the project", 30_000);
  assert.equal(await card.inputValue(), own);
  await misam.hook("dataset-card-anew").click();
  await shows(/license: "cc0-1.0"/, "it is written anew");
  assert.equal(await misam.hook("dataset-card-own").count(), 0);
  assert.ok((await unpacked()).includes('license: "cc0-1.0"'));
});
