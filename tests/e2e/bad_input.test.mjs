// Input that is empty, huge, broken, foreign or there already: each is told in words that name the file and the
// place, whatever is good is kept, and the page goes on working.
import assert from "node:assert/strict";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AWKWARD, PLAIN } from "./harness/articles.mjs";
import { expect } from "./harness/expect.mjs";
import { journey } from "./harness/journey.mjs";

const file = (name, bytes, mimeType = "text/plain") => ({ name, mimeType, buffer: Buffer.from(bytes) });

// The messages are read, so the page is in English.
const english = (name, steps) => journey(name, { locale: "en" }, steps);

const says = (misam, ...patterns) =>
  expect(() => misam.shown(), (shown) => patterns.every((pattern) => pattern.test(shown)), `the page says ${patterns.join(" and ")}`, 20_000);

const articles = (misam) => misam.hook("article-item").count();

english("an empty paste is told, and nothing is added", async (misam) => {
  await misam.hook("new-article").first().click();
  await misam.hook("add-article").click();
  await says(misam, /no text/i);
  await misam.hook("paste-text").fill(" \n\t ");
  await misam.hook("add-article").click();
  await says(misam, /no text/i);
  await misam.press("Escape");
  assert.equal(await articles(misam), 0);
});

english("a file of 20 MB neither freezes the page nor passes in silence", async (misam) => {
  const paragraph = `${PLAIN.text}\n\n`;
  const bytes = Buffer.from(paragraph.repeat(Math.ceil((20 * 1024 * 1024) / Buffer.byteLength(paragraph))));
  await misam.tab.evaluate(() => {
    let last = performance.now();
    window.longestPause = 0;
    setInterval(() => {
      const now = performance.now();
      window.longestPause = Math.max(window.longestPause, now - last);
      last = now;
    }, 20);
  });
  // From the disk: bytes handed over by the test would themselves hold the page up.
  const path = join(mkdtempSync(join(tmpdir(), "misam-huge-")), "huge.txt");
  writeFileSync(path, bytes);
  await misam.giveFiles(path);
  await says(misam, /huge/);
  const pause = await misam.tab.evaluate(() => window.longestPause);
  assert.ok(pause < 1500, `the page stood still for ${Math.round(pause)} ms`);
  // It goes on working.
  await misam.press("Escape");
  await misam.addArticle(PLAIN);
});

english("a binary file is told from text", async (misam) => {
  const png = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, ...Array.from({ length: 4096 }, (_, at) => (at * 37) % 256)];
  await misam.giveFiles(file("photo.txt", png));
  await says(misam, /photo\.txt/, /not (a )?text|binary|no text/i);
  assert.ok(await misam.hook("import-add").isDisabled(), "there is nothing to add");
  await misam.hook("import-cancel").click();
  assert.equal(await articles(misam), 0);
});

english("of a broken JSONL file the good lines are kept, and the bad ones named by line and field", async (misam) => {
  const good = (id, text) => JSON.stringify({ id, text, spans: [{ start: 0, end: 3, label: "LOC" }] });
  const lines = [
    good("one", "حلب مدينة"),
    '{"id": "two", "text": "broken',
    good("three", "مصر دولة"),
    JSON.stringify({ id: "four", text: "قصير", spans: [{ start: 2, end: 99, label: "LOC" }] }),
    JSON.stringify({ id: "five", spans: [] }),
  ];
  await misam.giveFiles(file("broken.jsonl", lines.join("\n"), "application/x-ndjson"));
  await says(misam, /broken\.jsonl/, /:2/, /:4:spans/, /:5:text/);
  assert.equal(await articles(misam), 0, "nothing is in before somebody has seen it");
  await misam.letIn();
  await expect(() => articles(misam), (count) => count === 3, "the good lines are there");
});

english("an article that is there already is told and not added again", async (misam) => {
  await misam.addArticle(PLAIN);
  assert.equal(await articles(misam), 1);
  await misam.giveFiles(file("again.txt", PLAIN.text));
  await says(misam, /same text is there already/i);
  assert.ok(await misam.hook("import-add").isDisabled(), "it is not taken");
  await misam.press("Escape");
  assert.equal(await articles(misam), 1);
});

/** Windows-1256, by turning round what the platform's decoder does. */
function windows1256(text) {
  const decoder = new TextDecoder("windows-1256");
  const codes = new Map(Array.from({ length: 256 }, (_, byte) => [decoder.decode(Uint8Array.of(byte)), byte]));
  return [...text].map((letter) => codes.get(letter) ?? assert.fail(`windows-1256 has no ${letter}`));
}

const encodings = {
  "UTF-16 with a mark": [0xff, 0xfe, ...Buffer.from(PLAIN.text, "utf16le")],
  "UTF-8 with a mark": [0xef, 0xbb, 0xbf, ...Buffer.from(PLAIN.text)],
};
for (const [name, bytes] of Object.entries(encodings)) {
  english(`a file in ${name} is read as what it is`, async (misam) => {
    await misam.giveFiles(file("encoded.txt", bytes));
    await expect(() => misam.text(), (text) => text === PLAIN.text, "the text is decoded");
  });
}

english("a text file keeps its line ends and everything else", async (misam) => {
  await misam.giveFiles(file("awkward.txt", AWKWARD.text));
  await expect(() => misam.text(), (text) => text === AWKWARD.text, "the text is there byte for byte");
});

english("text that looks like HTML stays text", async (misam) => {
  const text = 'قال <img src=x onerror="window.wasRun=1"> &amp; <b>حلب</b> <script>window.wasRun=1</script>';
  await misam.addArticle({ title: "<b>عنوان</b>", text });
  assert.equal(await misam.tab.evaluate(() => window.wasRun ?? 0), 0);
  assert.equal(await misam.hook("article").locator("img, b, script").count(), 0);
});
