// How far annotators agree: figures over loaded files, as charts that are tables, saved as files.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { picture } from "./harness/browser.mjs";
import { expect } from "./harness/expect.mjs";
import { journey } from "./harness/journey.mjs";
import { closed, give, span } from "./harness/records.mjs";

const TEXTS = [
  "زار الوفد مدينة سبها أمس 😊.",
  "ثم عاد من هون مع نجم الغد إلى سرت.",
  "وصل رئيس اللجنة إلى غات، ليلًا.",
];

const manual = (text, words, label) => span(text, words, label, { origin: "manual" });
const OWN = [
  [["سبها", "LOC"], ["أمس", "DAT"]],
  [["هون", "LOC"], ["نجم الغد", "ORG"], ["سرت", "LOC"]],
  [["غات", "LOC"]],
];
const HERS = [
  [["مدينة سبها", "LOC"], ["أمس", "DAT"]],
  [["هون", "ORG"], ["سرت", "LOC"]],
  [["غات", "LOC"]],
];
const spans = (all, n) => all[n].map(([words, label]) => manual(TEXTS[n], words, label));
const file = (name, all) => ({
  name,
  mimeType: "application/x-ndjson",
  buffer: Buffer.from(TEXTS.map((text, n) => JSON.stringify({ id: `x${n}`, text, spans: spans(all, n), status: "done" })).join("\n") + "\n"),
});

async function compare(misam, ...files) {
  await give(misam, ...TEXTS.map((text, n) => ({ text, spans: spans(OWN, n), status: "done" })));
  await misam.press("Shift+G");
  await misam.hook("no-agreement").waitFor({ timeout: 30_000 });
  await misam.hook("load-annotator-files").setInputFiles(files);
  await misam.hook("agreement-figures").waitFor({ timeout: 30_000 });
}

const value = (misam, figure) => misam.hook(figure).locator("td").first().innerText();

journey("figures, labels, confusion and ends of two annotators are shown and saved", { locale: "en" }, async (misam) => {
  await compare(misam, file("amal.jsonl", HERS));
  // 3 of 6 and 5 spans are the same; the ends of one more are.
  assert.equal(await value(misam, "f1-strict"), "0.55");
  assert.equal(await value(misam, "f1-boundary"), "0.73");
  assert.equal(await value(misam, "f1-overlap"), "0.73");
  assert.ok((await misam.hook("agreement-figures").innerText()).includes("lift the figures"), "it is said what inflates kappa");
  assert.deepEqual(await misam.tab.locator('[data-label-row="DAT"] td').allInnerTexts(), ["2", "1.00", "1.00", "1.00", "1.00"]);
  assert.equal(await misam.tab.locator('[data-testid="ends-row"][data-kind="class_word"]').count(), 1);
  await expect(() => misam.hook("confusion-row").count(), (count) => count === 4, "labels that meet, and none");
  await picture(misam.tab, "agreement");
  const json = JSON.parse(readFileSync(await misam.download(() => misam.hook("agreement-json").click()), "utf8"));
  assert.equal(json.articles, 3);
  assert.equal(json.spans.strict.value.toFixed(4), (6 / 11).toFixed(4));
  const csv = readFileSync(await misam.download(() => misam.hook("agreement-csv").click()), "utf8");
  assert.ok(csv.startsWith("section,about,figure,value,low,high\r\nall,,f1_strict,0.545455,"), csv.slice(0, 120));
  // An article is opened from its row; nothing was mixed into the project.
  await misam.hook("agreement-article").first().locator("button").click();
  await closed(misam);
  assert.equal(await misam.hook("article-item").count(), 3);
});

journey("of three annotators a pair is chosen, one is taken out again, and what is no file of articles is said to be none", { locale: "ar" }, async (misam) => {
  await compare(misam, file("amal.jsonl", HERS), file("nour.jsonl", OWN));
  await misam.hook("agreement-pair").waitFor({ timeout: 30_000 });
  assert.equal(await misam.hook("agreement-pair").locator("option").count(), 3);
  await misam.hook("agreement-pair").selectOption("1");
  await expect(() => misam.hook("ends-row").count(), (count) => count === 0, "these two say the same");
  await picture(misam.tab, "agreement-ar");
  await misam.hook("annotator-remove").first().click();
  await expect(() => value(misam, "f1-strict"), (shown) => shown === "1.00", "without her all agree", 30_000);
  // Whoever was taken out by mistake is back, where she was.
  await misam.hook("take-back").click();
  await expect(() => misam.hook("annotator").allInnerTexts(), (rows) => rows.length === 3 && rows[1].includes("amal"), "she is there again");
  await expect(() => value(misam, "f1-strict"), (shown) => shown !== "1.00", "and is counted", 30_000);
  await misam.hook("annotator-remove").first().click();
  await expect(() => value(misam, "f1-strict"), (shown) => shown === "1.00", "without her all agree once more", 30_000);
  await misam.hook("load-annotator-files").setInputFiles({ name: "photo.png", mimeType: "image/png", buffer: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0]) });
  await expect(() => misam.hook("agreement-dialog").innerText(), (shown) => shown.includes("photo.png"), "the file is named", 20_000);
});
