// Files on their way in: what they are taken for is shown and can be changed, nothing is in the project before a person
// has seen what there is to see, and everything comes in as one step.
import assert from "node:assert/strict";
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import { PLAIN } from "./harness/articles.mjs";
import { picture } from "./harness/browser.mjs";
import { dump } from "./harness/database.mjs";
import { expect } from "./harness/expect.mjs";
import { readGold } from "./harness/gold.mjs";
import { journey } from "./harness/journey.mjs";

const file = (name, bytes, mimeType = "text/plain") => ({ name, mimeType, buffer: Buffer.from(bytes) });
const english = (name, steps) => journey(name, { locale: "en" }, steps);
const articles = (misam) => misam.hook("article-item").count();
const report = (misam) => misam.hook("import-report").innerText();
const shows = (misam, ...patterns) =>
  expect(() => report(misam), (shown) => patterns.every((pattern) => pattern.test(shown)), `the report says ${patterns.join(" and ")}`, 20_000);

const PARAGRAPHS = [
  "وصل وفد وزاري إلى المدينة صباح الأحد، وعقد لقاءات مع مسؤولين محليين، ثم زار مستشفيين في الضاحية الجنوبية.",
  "وقال متحدث باسم الوفد إن المحادثات ستتواصل يومين، وإن بيانا مشتركا سيصدر في ختامها، وفق ما نقلته وكالات الأنباء.",
];
const PAGE = `<!doctype html><html lang="ar"><head><title>زيارة الوفد - الوكالة</title><meta property="og:site_name" content="الوكالة">
  <script type="application/ld+json">{"@type":"NewsArticle","headline":"زيارة الوفد","datePublished":"2024-03-12T08:00:00Z","author":{"name":"أمل"}}</script></head>
  <body><nav><a href="/">الرئيسية</a><a href="/s">رياضة</a></nav><h1>زيارة الوفد</h1><div class="story">${PARAGRAPHS.map((text) => `<p>${text}</p>`).join("")}
  <p><a href="/x">اقرأ أيضا: خبر آخر</a></p></div><footer>جميع الحقوق محفوظة</footer></body></html>`;

english("of a web page the article is found and shown before it comes in", async (misam) => {
  await misam.giveFiles(file("page.html", PAGE, "text/html"));
  await shows(misam, /زيارة الوفد/, /HTML/);
  const shown = await misam.hook("import-file").locator(".import-whole").innerText();
  assert.equal(shown, PARAGRAPHS.join("\n\n"));
  assert.equal(await articles(misam), 0);
  await picture(misam.tab, "import page");
  await misam.letIn();
  await expect(() => misam.text(), (text) => text === PARAGRAPHS.join("\n\n"), "the article is there");
  // One step, also after a reload.
  await misam.tab.waitForTimeout(500);
  await misam.reload();
  await misam.hook("article").waitFor();
  await misam.press("Control+z");
  await expect(() => articles(misam), (count) => count === 0, "undo takes the import back");
});

english("text that is pasted where nothing is being written opens the dialog of a new article with it", async (misam) => {
  const text = PARAGRAPHS.join("\n");
  await misam.paste("زار الوفد");
  await misam.painted();
  assert.equal(await misam.tab.locator("dialog[open]").count(), 0, "a few words are no article");
  await misam.paste(text);
  await expect(() => misam.hook("paste-text").inputValue(), (shown) => shown === text, "the text is in the dialog");
  // What is pasted into a field stays in it.
  await misam.hook("paste-title").focus();
  await misam.paste(PARAGRAPHS[0]);
  assert.equal(await misam.hook("paste-title").inputValue(), PARAGRAPHS[0]);
  assert.equal(await misam.hook("paste-text").inputValue(), text);
  await misam.hook("add-article").click();
  await expect(() => misam.text(), (shown) => shown === text, "the article is there");
});

english("a page that is pasted gives up its article", async (misam) => {
  await misam.hook("new-article").first().click();
  await misam.hook("paste-text").focus();
  await misam.tab.evaluate(async ({ html, text }) => {
    const blob = (type, data) => new Blob([data], { type });
    await navigator.clipboard.write([new ClipboardItem({ "text/html": blob("text/html", html), "text/plain": blob("text/plain", text) })]);
  }, { html: PAGE, text: PARAGRAPHS.join("\n") });
  await misam.press("Control+v");
  await misam.hook("paste-page").getByRole("button").click();
  await shows(misam, /وصل وفد وزاري/);
  await misam.letIn();
  await expect(() => misam.text(), (text) => text.startsWith("وصل وفد وزاري"), "the article is there");
});

/** Windows-1256, by turning round what the platform's decoder does. */
function windows1256(text) {
  const decoder = new TextDecoder("windows-1256");
  const codes = new Map(Array.from({ length: 256 }, (_, byte) => [decoder.decode(Uint8Array.of(byte)), byte]));
  return [...text].map((letter) => codes.get(letter) ?? assert.fail(`windows-1256 has no ${letter}`));
}

english("an encoding that was guessed is shown and can be changed", async (misam) => {
  await misam.giveFiles(file("old.txt", windows1256(PLAIN.text)));
  await shows(misam, /Windows-1256/, /قصف قرب مدينة حلب/);
  await misam.hook("import-encoding").selectOption({ label: "ISO 8859-6" });
  await expect(() => report(misam), (shown) => !/قصف قرب مدينة حلب/.test(shown), "read otherwise it is another text");
  await misam.hook("import-encoding").selectOption({ label: "Windows-1256" });
  await shows(misam, /قصف قرب مدينة حلب/);
  await misam.letIn();
  await expect(() => misam.text(), (text) => text === PLAIN.text, "the text is decoded");
});

english("what a file was taken for is shown and can be changed, and goes back to what was found", async (misam) => {
  const table = "أول\tنص طويل من الجدول\nثان\tنص آخر من الجدول\n";
  await misam.giveFiles(file("table.tsv", table, "text/tab-separated-values"));
  await misam.hook("import-format").waitFor();
  const format = misam.hook("import-format");
  const found = await format.locator("option").first().innerText();
  const titles = () => misam.hook("import-file").locator(".import-article-title").count();
  const asFound = await expect(titles, (count) => count >= 2, "rows are articles");
  await format.selectOption("text");
  await expect(() => misam.hook("import-field").count(), (count) => count === 0, "a text has no columns");
  await expect(() => misam.hook("import-file").innerText(), (shown) => shown.includes("نص طويل من الجدول") && shown.includes("نص آخر من الجدول"), "the whole file is one article");
  assert.equal(await format.inputValue(), "text");
  await format.selectOption("");
  await expect(titles, (count) => count === asFound, "as it was found");
  assert.equal(await format.locator("option").first().innerText(), found);
  await format.selectOption("text");
  await expect(() => misam.hook("import-field").count(), (count) => count === 0, "a text once more");
  await misam.letIn();
  assert.equal(await articles(misam), 1);
  assert.equal(await misam.text(), table);
});

english("the column of the text is found, and another can be chosen", async (misam) => {
  await misam.giveFiles(file("table.csv", "عنوان,متن,خلاصة\nأول,نص طويل من الجدول,قصير\nثان,نص آخر من الجدول,أقصر\n", "text/csv"));
  await shows(misam, /نص طويل من الجدول/);
  await misam.hook("import-field").selectOption("خلاصة");
  await shows(misam, /أقصر/);
  // Chosen while what was chosen before is still being read: the last choice counts.
  for (const column of ["متن", "خلاصة", "متن", "خلاصة", "متن"]) await misam.hook("import-field").selectOption(column);
  await expect(() => misam.hook("import-file").locator(".import-whole, summary").allInnerTexts(), (texts) => texts.includes("نص آخر من الجدول"), "the other column");
  await misam.letIn();
  assert.equal(await articles(misam), 2);
});

english("the columns of title and day can be chosen, and that the first row is an article", async (misam) => {
  await misam.giveFiles(file("table.csv", "a,b,c\nقصف حلب,2019-04-06,نص طويل من الجدول\nهدنة,2019-04-07,نص آخر من الجدول\n", "text/csv"));
  await shows(misam, /taken for the names of the columns: .?a, b, c/u, /نص طويل من الجدول/);
  await misam.hook("import-field-title").selectOption("a");
  const titles = () => misam.hook("import-file").locator(".import-article-title").allInnerTexts();
  await expect(titles, (shown) => shown.join() === "قصف حلب,هدنة", "the titles are those of the column");
  await misam.hook("import-field-date").selectOption("b");
  const day = () => misam.hook("import-file").locator(".import-article-day").first().inputValue();
  await expect(day, (shown) => shown === "2019-04-06", "the days are those of the column");
  await misam.hook("import-field-title").selectOption("");
  await expect(titles, (shown) => shown.join() !== "قصف حلب,هدنة", "they are without a title again");
  await misam.hook("import-first-row").check();
  await expect(titles, (shown) => shown.length === 3, "the first row is an article");
  await misam.letIn();
  assert.equal(await articles(misam), 3);
});

english("labels of others are mapped, spans in doubt are put right by one click, and what was chosen is remembered", async (misam) => {
  const record = (id, text) => JSON.stringify({
    id, text, spans: [
      { start: 12, end: 14, label: "PERS", text: "من" },
      { start: 0, end: 2, label: "XYZ", text: "من" },
    ],
  });
  const text = "من هنا من هناك ثم من بعيد";
  await misam.giveFiles(file("theirs.jsonl", record("a", text), "application/x-ndjson"));
  await shows(misam, /XYZ/, /theirs\.jsonl:1:spans\[0\]/);
  await picture(misam.tab, "import labels");
  await misam.hook("import-repair").click();
  await expect(() => misam.hook("import-repair").count(), (count) => count === 0, "it is put right");
  await shows(misam, /PERS/);
  await misam.hook("import-labels").locator('[data-label="XYZ"] select').selectOption("LOC");
  await misam.letIn();
  const spans = await expect(() => misam.spans(), (spans) => spans.length === 2, "both spans are there");
  assert.deepEqual(spans.map(({ label }) => label).sort(), ["LOC", "PER"]);
  await misam.giveFiles(file("more.jsonl", record("b", `${text}، حقا`), "application/x-ndjson"));
  const chosen = misam.hook("import-labels").locator('[data-label="XYZ"] select');
  await expect(() => chosen.inputValue(), (value) => value === "LOC", "the choice is remembered");
});

english("what offsets count is found out by the words they hold, and said", async (misam) => {
  const text = "😊 زار عمر بغداد ثم دمشق";
  const utf16 = (words) => { const start = text.indexOf(words); return { start, end: start + words.length, text: words, label: "LOC" }; };
  const bytes = (words) => { const start = Buffer.byteLength(text.slice(0, text.indexOf(words))); return { start, end: start + Buffer.byteLength(words), text: words, label: "LOC" }; };
  const last = (words) => { const start = [...text.slice(0, text.indexOf(words))].length; return { start, end: start + words.length - 1, text: words, label: "LOC" }; };
  for (const [name, count, said] of [["units", utf16, /UTF-16/], ["bytes", bytes, /bytes/], ["inclusive", last, /last character/]]) {
    const record = { id: name, text, spans: ["عمر", "بغداد", "دمشق"].map(count) };
    await misam.giveFiles(file(`${name}.jsonl`, JSON.stringify(record), "application/x-ndjson"));
    await shows(misam, said);
    await misam.hook("import-cancel").click();
    await misam.hook("import-report").waitFor({ state: "detached" });
  }
});

english("the day of publication is asked for, and given to all that name none", async (misam) => {
  await misam.giveFiles(
    file("a.jsonl", `${JSON.stringify({ title: "أ", body: "وصل الوفد أمس إلى بغداد" })}\n${JSON.stringify({ title: "ب", body: "عاد الوفد أمس من بغداد", date: "2020-05-01" })}\n`),
  );
  await shows(misam, /does not say when/);
  await misam.hook("import-date").fill("2024-03-12");
  await misam.letIn();
  await expect(() => articles(misam), (count) => count === 2, "both are there");
  const days = readGold(await misam.export("misam")).map(({ text, meta }) => [text, meta.date]);
  assert.deepEqual(days, [["وصل الوفد أمس إلى بغداد", "2024-03-12"], ["عاد الوفد أمس من بغداد", "2020-05-01"]], "the one that was said, and the one that was there");
});

english("a pasted article is given its day, from which its times are counted, and may be without one", async (misam) => {
  const texts = ["وصل الوفد أمس إلى بغداد", "عاد الوفد أمس من بغداد"];
  await misam.hook("new-article").first().click();
  await misam.hook("paste-text").fill(texts[0]);
  await misam.hook("paste-date").fill("2024-03-12");
  await misam.hook("add-article").click();
  await expect(() => misam.text(), (text) => text === texts[0], "the article is there");
  await misam.settled();
  await misam.hook("accept-all").first().click();
  await misam.span({ label: "DAT", origin: "accepted" });
  await misam.addArticle({ title: "", text: texts[1] });
  assert.equal(await misam.hook("day-note").count(), 0, "who left the field empty is not asked again");
  const records = readGold(await misam.export("misam"));
  assert.deepEqual(records.map(({ meta }) => meta?.date), ["2024-03-12", undefined]);
  assert.equal(records[0].spans.find(({ label }) => label === "DAT").normalized, "2024-03-11");
});

english("of articles that come in without a day it is said how many, and one day is given to all of them", async (misam) => {
  // Nothing in it hangs on a day, so nobody is asked.
  await misam.giveFiles(file("plain.txt", "زار الوفد بغداد"));
  await expect(() => misam.text(), (text) => text === "زار الوفد بغداد", "it is there");
  assert.equal(await misam.hook("day-note").count(), 0);

  await misam.giveFiles(file("a.txt", "وصل الوفد أمس إلى بغداد"), file("b.txt", "عاد الوفد أمس من بغداد"));
  await expect(() => misam.status(), (said) => /2 articles do not say when they were published/.test(said), "it is said");
  const note = misam.hook("day-note");
  await expect(() => note.innerText(), (shown) => /2 articles do not say when they were published/.test(shown), "it stays to be seen");
  await picture(misam.tab, "day note");
  await misam.hook("day-give").click();
  assert.equal(await misam.hook("day-set").isDisabled(), true, "there is no day yet");
  await misam.hook("day-date").fill("2024-03-12");
  await picture(misam.tab, "day dialog");
  await misam.hook("day-set").click();
  await note.waitFor({ state: "detached" });
  const days = async () => readGold(await misam.export("misam")).map(({ meta }) => meta?.date);
  assert.deepEqual(await days(), [undefined, "2024-03-12", "2024-03-12"]);

  // One step, and the way to another day is there again.
  await misam.focusText();
  await misam.press("Control+z");
  await note.waitFor();
  assert.deepEqual(await days(), [undefined, undefined, undefined]);
  await misam.hook("day-leave").click();
  await note.waitFor({ state: "detached" });
  await misam.reload();
  await misam.hook("article").waitFor();
  assert.equal(await note.count(), 0, "nobody is asked again");
});

english("names that turn the direction of writing show it, and nothing in a file is taken for markup", async (misam) => {
  await misam.giveFiles(file("\u202Etxt.exe.jsonl", JSON.stringify({ body: "<img src=x onerror=window.wasRun=1>" })));
  await shows(misam, /\[U\+202E\]txt/);
  assert.equal(await misam.tab.evaluate(() => window.wasRun ?? 0), 0);
});

english("a thousand files come in as one step, and can be given up in the middle", async (misam) => {
  const folder = mkdtempSync(join(tmpdir(), "misam-many-"));
  const paths = Array.from({ length: 1000 }, (_, number) => {
    const path = join(folder, `${number}.txt`);
    writeFileSync(path, `وصل الوفد رقم ${number} إلى المدينة ${number * 7}`);
    return path;
  });
  await misam.giveFiles(...paths);
  await misam.hook("import-progress").waitFor();
  await misam.hook("import-cancel").click();
  await misam.hook("import-report").waitFor({ state: "detached" });
  assert.equal(await articles(misam), 0, "nothing has come in");
  await misam.giveFiles(...paths);
  await misam.hook("article").waitFor({ timeout: 120_000 });
  // The status line goes on to what the extractor finds; the count of articles stays.
  await expect(() => misam.tab.locator(".project-progress").innerText(), (said) => /1000/.test(said), "all of them are there", 60_000);
});

english("of a file that is changed while it is read nothing comes in, and that is said", async (misam) => {
  const folder = mkdtempSync(join(tmpdir(), "misam-changed-"));
  const path = join(folder, "long.jsonl");
  const line = `${JSON.stringify({ text: PARAGRAPHS[0].repeat(20) })}\n`;
  writeFileSync(path, line.repeat(Math.ceil(100e6 / Buffer.byteLength(line))));
  await misam.giveFiles(path);
  await misam.hook("import-progress").waitFor();
  appendFileSync(path, line);
  await shows(misam, /could not read the file/);
  assert.equal(await misam.hook("import-add").isEnabled(), false);
  await misam.hook("import-cancel").click();
  assert.equal(await articles(misam), 0, "nothing has come in");
  rmSync(folder, { recursive: true });
});

english("a folder is read, and the folders in it", async (misam) => {
  const folder = join(mkdtempSync(join(tmpdir(), "misam-folder-")), "أخبار");
  mkdirSync(join(folder, "آذار", "أول"), { recursive: true });
  const texts = { "بغداد.txt": "وصل الوفد إلى بغداد", "آذار/دمشق.txt": "عاد الوفد إلى دمشق", "آذار/أول/عدن.txt": "زار الوفد عدن" };
  for (const [name, text] of Object.entries(texts)) writeFileSync(join(folder, name), text);
  await misam.hook("new-article").first().click();
  const [chooser] = await Promise.all([misam.tab.waitForEvent("filechooser"), misam.hook("open-folder").click()]);
  await chooser.setFiles(folder);
  await expect(() => articles(misam), (count) => count === 3, "all of them are there");
  const records = readGold(await misam.export("misam"));
  assert.deepEqual(records.map(({ text }) => text).sort(), Object.values(texts).sort());
});

english("files that are dropped are read", async (misam) => {
  const data = await misam.tab.evaluateHandle(() => {
    const data = new DataTransfer();
    data.items.add(new File(["وصل الوفد إلى بغداد"], "dropped.txt", { type: "text/plain" }));
    return data;
  });
  for (const type of ["dragenter", "dragover", "drop"]) await misam.tab.dispatchEvent("body", type, { dataTransfer: data });
  await expect(() => misam.text(), (text) => text === "وصل الوفد إلى بغداد", "the article is there");
});

/** A zip file of these files, not packed. */
function zipped(files) {
  const records = [];
  const directory = [];
  let at = 0;
  for (const [name, content] of Object.entries(files)) {
    const [path, bytes] = [Buffer.from(name), Buffer.from(content)];
    const head = Buffer.alloc(26);
    head.writeUInt16LE(20, 0);
    head.writeUInt16LE(0x800, 2);
    head.writeUInt32LE(crc32(bytes), 10);
    head.writeUInt32LE(bytes.length, 14);
    head.writeUInt32LE(bytes.length, 18);
    head.writeUInt16LE(path.length, 22);
    const entry = Buffer.concat([Buffer.from("PK\x03\x04"), head, path, bytes]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(at, 10);
    directory.push(Buffer.concat([Buffer.from("PK\x01\x02\x14\x00"), head, rest, path]));
    records.push(entry);
    at += entry.length;
  }
  const length = directory.reduce((sum, entry) => sum + entry.length, 0);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(directory.length, 4);
  end.writeUInt16LE(directory.length, 6);
  end.writeUInt32LE(length, 8);
  end.writeUInt32LE(at, 12);
  return Buffer.concat([...records, ...directory, Buffer.from("PK\x05\x06"), end]);
}

english("what a system keeps for itself in an archive is passed over, and that is said", async (misam) => {
  const archive = zipped({ "أ.txt": "وصل الوفد إلى بغداد", "__MACOSX/._أ.txt": "\0\x05", ".DS_Store": "\0\0\0\x01" });
  await misam.giveFiles(file("folder.zip", archive, "application/zip"));
  await expect(() => misam.hook("status").innerText(), (said) => /2 files that operating systems keep/.test(said), "it is said how many");
  assert.equal(await misam.text(), "وصل الوفد إلى بغداد");
  assert.equal(await articles(misam), 1);
});

english("what is passed over stands in the report where there is one", async (misam) => {
  const archive = zipped({ "أ.txt": "وصل الوفد إلى بغداد", "__MACOSX/._أ.txt": "\0\x05", ".DS_Store": "\0\0\0\x01" });
  await misam.giveFiles(file("page.html", PAGE, "text/html"), file("folder.zip", archive, "application/zip"), file("Thumbs.db", "\xd0\xcf"));
  await expect(() => misam.hook("import-passed-over").innerText(), (said) => /3 files that operating systems keep/.test(said), "it is said how many");
  await misam.letIn();
  assert.equal(await articles(misam), 2);
});

const numbered = (number) => Array.from({ length: 12 }, (_, word) => `كلمة${number * 20 + word}`).join(" ");

english("of many articles those that are there already come first and are counted, and come in all the same if a person says so", async (misam) => {
  await misam.addArticle({ title: "هنا من قبل", text: numbered(900) });
  await misam.addArticle({ title: "قريب منه", text: numbered(901) });
  const texts = Array.from({ length: 60 }, (_, number) => numbered(number));
  texts[44] = numbered(900);
  texts[54] = `${numbered(901)}، إضافة`;
  const records = (texts, name) => file(`${name}.jsonl`, texts.map((text, number) => JSON.stringify({ id: `${name}${number}`, text, meta: { date: "2024-01-01" } })).join("\n"), "application/x-ndjson");
  await misam.giveFiles(records(texts, "many"));
  await shows(misam, /59 articles to add/, /1 there already/, /1 nearly the same as another/);
  const rows = misam.hook("import-article");
  assert.match(await rows.nth(0).innerText(), /same text is there already, as .*هنا من قبل/);
  assert.match(await rows.nth(1).innerText(), /% the same as .*قريب منه/);
  assert.deepEqual([await rows.nth(0).locator(".import-tick").isChecked(), await rows.nth(1).locator(".import-tick").isChecked()], [false, true]);
  await picture(misam.tab, "import twins");
  // The text is read below the list.
  await rows.nth(0).getByTestId("import-open").click();
  await expect(() => misam.hook("import-text").innerText(), (shown) => shown.includes(numbered(900)), "the whole text");
  await rows.nth(0).getByTestId("import-open").click();
  await expect(() => misam.hook("import-text").innerText(), (shown) => shown.trim() === "", "closed again");

  // Every article can be reached, also those that are not drawn yet.
  assert.ok((await rows.count()) < 60, "only rows near the view are drawn");
  const scroll = (to) => misam.tab.locator(".import-articles").evaluate((list, to) => { list.scrollTop = to * list.scrollHeight; }, to);
  const at = (place) => misam.tab.locator(`.import-article[aria-posinset="${place}"]`);
  await scroll(1);
  await at(60).locator(".import-tick").uncheck();
  await at(59).locator(".import-article-day").fill("2020-05-05");
  await scroll(0);
  await at(1).locator(".import-tick").check();
  await shows(misam, /59 articles to add/);
  await scroll(1);
  assert.equal(await at(60).locator(".import-tick").isChecked(), false, "what was decided stands when the row is drawn anew");
  assert.equal(await at(59).locator(".import-article-day").inputValue(), "2020-05-05");
  await misam.letIn();
  await expect(() => misam.tab.locator(".project-progress").innerText(), (said) => /61/.test(said), "they are there");
  const all = readGold(await misam.export("misam"));
  assert.equal(all.filter(({ text }) => text === numbered(900)).length, 2, "the same once more");
  assert.equal(all.some(({ text }) => text === numbered(59)), false, "the one that was not ticked stayed out");
  assert.equal(all.find(({ text }) => text === numbered(58)).meta.date, "2020-05-05");

  // What stays out is said.
  await misam.giveFiles(records([numbered(70), numbered(3), numbered(4)], "more"));
  await shows(misam, /1 article to add/, /2 there already/);
  await misam.letIn();
  await expect(() => misam.status(), (said) => /Added one article\. 2 articles stayed out: their texts are there already\./.test(said), "it is said how many stayed out");
});

english("among very many articles those that are nearly the same are told of when all are in", async (misam) => {
  const lines = Array.from({ length: 2100 }, (_, number) => JSON.stringify({ id: `a${number}`, text: numbered(number), meta: { date: "2024-01-01" } }));
  lines.push(...[5, 700].map((number) => JSON.stringify({ id: `b${number}`, text: `${numbered(number)}، إضافة`, meta: { date: "2024-01-01" } })));
  await misam.tab.evaluate(() => {
    window.said = [];
    new MutationObserver(() => window.said.push(document.querySelector('[data-testid="status"]').textContent)).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
  await misam.giveFiles(file("many.jsonl", lines.join("\n"), "application/x-ndjson"));
  await shows(misam, /looked for when they are in/);
  await misam.letIn();
  await expect(() => misam.tab.evaluate(() => window.said.filter((said) => /say nearly the same/.test(said))), (said) => said.some((said) => said.startsWith("2 new articles")), "it is said how many", 60_000);
  await expect(() => misam.tab.locator(".project-progress").innerText(), (said) => /2102/.test(said), "all of them are there");
});

for (const [locale, why, steps] of [
  ["en", /does not fetch pages/, [/Open the page/, /paste it here/, /Save page as/]],
  ["ar", /لا يجلب ميسم صفحات الويب/, [/افتح الصفحة/, /الصقها هنا/, /حفظ الصفحة باسم/]],
]) journey(`in the place of an article an address is told from one, with the way its article comes in (${locale})`, { locale }, async (misam) => {
  const address = "https://example.org/news/1?a=b";
  await misam.hook("new-article").first().click();
  await misam.hook("paste-text").focus();
  await misam.tab.evaluate((address) => navigator.clipboard.writeText(address), address);
  await misam.press("Control+v");
  const note = misam.hook("paste-address");
  await note.waitFor();
  const said = await note.innerText();
  for (const pattern of [why, ...steps]) assert.match(said, pattern);
  assert.equal(await misam.hook("paste-address-open").getAttribute("href"), address);
  assert.equal(await misam.hook("paste-address-open").getAttribute("rel"), "noopener noreferrer");
  await picture(misam.tab, `address ${locale}`);
  await misam.hook("add-article").click();
  await misam.hook("paste-error").waitFor();
  await misam.hook("paste-text").fill("زار الوفد بغداد");
  await note.waitFor({ state: "detached" });
  await misam.hook("add-article").click();
  await expect(() => misam.text(), (text) => text === "زار الوفد بغداد", "a text comes in");
  assert.equal(await articles(misam), 1, "the address did not");

  // A link that is dropped leads nowhere else.
  const data = await misam.tab.evaluateHandle((address) => {
    const data = new DataTransfer();
    data.setData("text/uri-list", `# a page\r\n${address}\r\n`);
    return data;
  }, address);
  const prevented = await misam.tab.evaluate((data) => ["dragover", "drop"].map((type) => !document.body.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }))), data);
  assert.deepEqual(prevented, [true, true], "the browser does not go there");
  await note.waitFor();
  assert.equal(await misam.hook("paste-text").inputValue(), address);
});

english("an import of 200 MB that is given up in the middle leaves nothing", async (misam) => {
  const folder = mkdtempSync(join(tmpdir(), "misam-large-"));
  const path = join(folder, "large.jsonl");
  for (let part = 0; part < 20; part += 1) {
    const line = (number) => JSON.stringify({ id: `${part}-${number}`, text: `${number} ${PARAGRAPHS[0].repeat(25)}` });
    const lines = Array.from({ length: 2000 }, (_, number) => line(number)).join("\n");
    appendFileSync(path, `${lines}\n`);
  }
  assert.ok(statSync(path).size > 180e6);
  const stored = async () => {
    const { contents } = await dump(misam.tab, "misam");
    return ["documents", "texts", "stacks"].map((store) => contents[store].length);
  };
  await misam.addArticle(PLAIN);
  await misam.settled();
  assert.deepEqual(await expect(stored, ([documents]) => documents === 1, "the article is stored"), [1, 1, 0]);
  await misam.giveFiles(path);
  const progress = misam.tab.locator('[data-testid="import-progress"] progress');
  await expect(() => progress.evaluate((bar) => bar.value / bar.max), (share) => share > 0.3, "a third has come", 120_000);
  await misam.hook("import-cancel").click();
  await misam.hook("import-report").waitFor({ state: "detached" });
  assert.equal(await articles(misam), 1, "nothing has come in");
  assert.deepEqual(await stored(), [1, 1, 0], "nothing of it is in the storage");
  await misam.reload();
  await expect(() => misam.text(), (text) => text === PLAIN.text, "the article of before is there");
  assert.equal(await articles(misam), 1);
  assert.deepEqual(await stored(), [1, 1, 0]);
  // The worker goes on with what comes next.
  await misam.giveFiles(file("next.txt", "وصل الوفد إلى عدن"));
  await expect(() => articles(misam), (count) => count === 2, "the next file comes in");
  rmSync(folder, { recursive: true });
});

journey("among Arabic a percentage keeps its sign behind it", { locale: "ar" }, async (misam) => {
  await misam.addArticle({ title: "قريب منه", text: numbered(901) });
  await misam.giveFiles(file("twin.txt", `${numbered(901)}، إضافة`));
  const twin = misam.hook("import-twin");
  await twin.waitFor();
  const places = await twin.evaluate((line) => {
    const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const found = /\d+%/u.exec(node.data);
      if (!found) continue;
      const left = (at) => {
        const range = document.createRange();
        range.setStart(node, at);
        range.setEnd(node, at + 1);
        return range.getBoundingClientRect().left;
      };
      return { number: left(found.index), sign: left(found.index + found[0].length - 1), said: line.textContent };
    }
    return undefined;
  });
  assert.ok(places && places.number < places.sign, `the sign is behind the number: ${JSON.stringify(places)}`);
});

journey("the report in Arabic, on a telephone", { locale: "ar", viewport: { width: 390, height: 844 } }, async (misam) => {
  await misam.giveFiles(file("page.html", PAGE, "text/html"), file("a.pdf", "%PDF-1.7"));
  await shows(misam, /زيارة الوفد/, /PDF/);
  await picture(misam.tab, "import telephone");
  const wide = await misam.tab.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  assert.ok(!wide, "nothing sticks out");
});
