// Input that is empty, huge, broken, foreign or there already: each is told in words that name the file and the
// place, whatever is good is kept, and the page goes on working.
import assert from "node:assert/strict";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AWKWARD, PLAIN, placeOf } from "./harness/articles.mjs";
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
  // The name is shown as soon as reading begins; this is the end of it.
  const refused = /huge\.txt[\s\S]*20\.0\D+MB[\s\S]*Nothing of it was read/;
  await expect(() => misam.hook("import-report").innerText(), (shown) => refused.test(shown), "the file is refused, with its size and the limit", 60_000);
  assert.equal(await misam.hook("import-progress").count(), 0);
  assert.ok(await misam.hook("import-add").isDisabled(), "there is nothing to add");
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
  await says(misam, /same text is there already/i, /0 articles to add/, /1 there already/);
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

/** Words as a pattern that matches them. */
const escaped = (words) => words.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** What would run, and be refused by the policy besides, if anybody took it for markup. */
const hostile = (name) => `"><img src=x onerror="window.wasRun='${name}'"><script>window.wasRun='${name}'</script>`;

english("text that looks like HTML stays text, wherever people write and whatever files and labels are called", async (misam) => {
  const title = `عنوان ${hostile("title")}`;
  const text = `قال ${hostile("text")} &amp; <b>حلب</b> وغادر`;
  await misam.addArticle({ title, text });
  assert.equal(await misam.hook("article-item").first().locator(".article-item-title").innerText(), title);

  // A label's name, and a span of it with a note.
  const label = `Source ${hostile("label")}`;
  await misam.press("Shift+L");
  await misam.hook("schema-add-label").click();
  await misam.hook("schema-code").fill("SRC");
  await misam.hook("schema-name-ar").fill(`مصدر ${hostile("arabic label")}`);
  await misam.hook("schema-name-en").fill(label);
  await misam.hook("schema-key").press("KeyZ");
  await misam.hook("schema-apply").click();
  await misam.drag(placeOf(text, "وغادر"));
  await misam.hook("label-SRC").first().click();
  await misam.span({ label: "SRC" });
  await says(misam, new RegExp(escaped(label)));

  // Names of project and annotator.
  await misam.hook("projects").first().click();
  const name = `مشروع ${hostile("project")}`;
  await misam.hook("project-name").fill(name);
  await misam.hook("project-annotator").fill(hostile("annotator"));
  await misam.hook("project-annotator").press("Tab");
  await misam.press("Escape");
  await expect(() => misam.hook("projects").first().innerText(), (shown) => shown.includes(name), "the project's name is shown as it is");

  // The name of a file, and foreign labels in it.
  const record = { text: `${PLAIN.text} <b>`, spans: [{ start: 0, end: 4, label: hostile("foreign label") }] };
  const fileName = `خبر ${hostile("file").replaceAll("/", "")}.jsonl`;
  await misam.giveFiles(file(fileName, JSON.stringify(record)));
  await expect(() => misam.hook("import-report").innerText(), (shown) => [fileName, hostile("foreign label")].every((words) => shown.includes(words)), "the report shows them as they are");
  await misam.hook("import-cancel").click();
  await misam.hook("import-report").waitFor({ state: "detached" });

  // All of it again, from the storage.
  await misam.reload();
  await misam.press("Control+h");
  await misam.hook("history-row").first().waitFor();
  await misam.press("Escape");
  assert.equal(await misam.text(), text);
  assert.equal(await misam.tab.evaluate(() => window.wasRun ?? "nothing"), "nothing");
  assert.equal(await misam.tab.locator("body").locator("img, script:not([src]), b").count(), 0);
});
