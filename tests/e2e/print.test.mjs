// The page of marked articles that the export makes: by itself in a browser without a network, on screen and on paper.
import assert from "node:assert/strict";
import { copyFileSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { picture } from "./harness/browser.mjs";
import { journey } from "./harness/journey.mjs";
import { closed, give, span } from "./harness/records.mjs";

const manual = (text, words, label) => span(text, words, label, { origin: "manual" });
const TEXTS = [
  "وصل وفد إلى مدينة بنغازي صباح الثلاثاء 😊، وزار مطار بنينا الدولي.\r\nثم عاد وبنغازي خلفه.",
  "قالَ مُصدرٌ في طرابــلس إنّ <b>لا شيء</b> & لا أحد.",
];
const SPANS = [
  [manual(TEXTS[0], "بنغازي", "LOC"), manual(TEXTS[0], "مطار بنينا الدولي", "FAC"), manual(TEXTS[0], "بنينا", "LOC")],
  [manual(TEXTS[1], "طرابــلس", "LOC")],
];

/** What is seen of each article, without the codes behind the marks. */
const articles = (tab) => tab.locator("div.text").evaluateAll((all) => all.map((article) => {
  const copy = article.cloneNode(true);
  for (const code of copy.querySelectorAll(".code")) code.remove();
  return copy.textContent;
}));

for (const locale of ["en", "ar"]) {
  journey(`marked articles are one page that needs nothing else, and print (${locale})`, { locale }, async (misam) => {
    await give(misam, ...TEXTS.map((text, n) => ({ text, spans: SPANS[n], status: "done" })));
    const path = join(mkdtempSync(join(tmpdir(), "misam-html-")), "articles.html");
    copyFileSync(await misam.export("html"), path);
    await closed(misam);
    const tab = await misam.context.newPage();
    const asked = [];
    const problems = [];
    tab.on("request", (request) => asked.push(request.url()));
    tab.on("pageerror", (error) => problems.push(String(error)));
    await tab.goto(pathToFileURL(path).href);
    assert.deepEqual(asked, [pathToFileURL(path).href], "nothing but the file is asked for");
    assert.deepEqual(await articles(tab), TEXTS);
    const marks = await tab.locator(".mark").evaluateAll((all) => all.map((mark) => mark.title));
    assert.deepEqual(marks.toSorted(), ["FAC", "LOC", "LOC", "LOC"]);
    await tab.emulateMedia({ media: "print" });
    for (const article of await tab.locator("div.text").all()) {
      assert.ok(await article.isVisible(), "every article is on paper");
      const sticks = await article.evaluate((element) => element.scrollWidth > element.clientWidth + 1);
      assert.ok(!sticks, "nothing sticks out");
    }
    const seen = await tab.locator(".mark").first().evaluate((mark) => getComputedStyle(mark).printColorAdjust);
    assert.equal(seen, "exact", "labels keep their colours on paper");
    await picture(tab, `print-${locale}`);
    const pdf = (await tab.pdf({ format: "A4", preferCSSPageSize: true })).toString("latin1");
    assert.ok(pdf.startsWith("%PDF-"));
    const pages = pdf.match(/\/Type\s*\/Page\b/g)?.length ?? 0;
    assert.equal(pages, TEXTS.length, "a page an article");
    assert.deepEqual(problems, []);
    await tab.close();
  });
}
