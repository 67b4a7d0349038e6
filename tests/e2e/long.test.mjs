// A long article: its whole text is in the page, to be found, selected, copied and printed; marks are where somebody looks.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { expect } from "./harness/expect.mjs";
import { journey } from "./harness/journey.mjs";
import { closed, give } from "./harness/records.mjs";

const LINE = "زار وفد من بلدية العلمين مدينة سبها يوم الأحد، ووصل سامر الأحمد إلى وادي درعة مع عشرة مرافقين.";
const PLACE = "سبها";
const COUNT = 700;
const TEXT = Array.from({ length: COUNT }, (_, index) => `${LINE} (${index + 1})`).join("\n\n");

function spans() {
  const found = [];
  let line = 0;
  for (const part of TEXT.split("\n\n")) {
    const start = line + [...part.slice(0, part.indexOf(PLACE))].length;
    found.push({ start, end: start + PLACE.length, text: PLACE, label: "LOC", origin: "manual" });
    line += [...part].length + 2;
  }
  return found;
}

const marks = ({ tab }) => tab.locator(".mark").count();

/** Whether the mark of a line is drawn and in sight. */
const inSight = ({ tab }, line) => tab.evaluate((index) => {
  const mark = document.querySelector(`[data-p="${index}"] .mark`);
  const view = document.querySelector(".article-scroll").getBoundingClientRect();
  const box = mark?.getBoundingClientRect();
  return !!box && box.top >= view.top && box.bottom <= view.bottom;
}, line * 2);

journey("of a long article every word is there, and marks where somebody looks", { locale: "en" }, async (misam) => {
  await give(misam, { text: TEXT, spans: spans() });
  const first = await expect(() => marks(misam), (count) => count > 0, "marks are drawn");
  assert.ok(first < COUNT / 4, `only those near the view: ${first}`);
  assert.ok(await inSight(misam, 0));

  await misam.focusText();
  await misam.press("Control+a");
  await expect(() => misam.tab.evaluate(() => String(getSelection())), (text) => text === TEXT, "all of it is selected");
  await misam.press("Control+c");
  const copied = await misam.tab.evaluate(() => navigator.clipboard.readText());
  assert.equal(copied, TEXT, "all of it is copied");
  const found = await misam.tab.evaluate((words) => window.find(words, false, false, true), `(${COUNT - 3})`);
  assert.ok(found, "the browser finds what is far from the view");

  await misam.press("Control+End");
  await expect(() => inSight(misam, COUNT - 1), Boolean, "the end is in sight, with its mark");
  assert.ok((await marks(misam)) < COUNT / 4, "what is left behind gives its marks up");

  await misam.press("Control+Home");
  await expect(() => inSight(misam, 0), Boolean, "and the beginning again");

  // Far from the view, by way of the list.
  await misam.tab.getByTestId("span-list").evaluate((list) => { list.scrollTop = list.scrollHeight / 2; });
  const middle = misam.tab.locator(`[data-testid="span-item"]`).nth(15);
  // The rows that were there before the list was scrolled are gone by then.
  const startOf = async () => Number(await middle.getAttribute("data-start"));
  const start = await expect(startOf, (start) => start > TEXT.length / 4, "the list is in its middle");
  await middle.click();
  const line = TEXT.slice(0, start).split("\n\n").length - 1;
  await expect(() => inSight(misam, line), Boolean, "a span taken up in the list is in sight");
  await misam.press("g");
  await misam.span({ start, label: "GRP" });
  await expect(() => misam.tab.locator(`[data-p="${line * 2}"] .mark`).getAttribute("data-label"), (label) => label === "GRP", "its mark follows");
});

/** The line the moving end of the selection is on, and how far below the upper edge of the view it is. */
const caret = ({ tab }) => tab.evaluate(() => {
  const { focusNode, isCollapsed } = getSelection();
  const paragraph = (focusNode.nodeType === Node.TEXT_NODE ? focusNode.parentElement : focusNode).closest("[data-p]");
  const view = document.querySelector(".article-scroll").getBoundingClientRect();
  const mark = document.querySelector(".caret").getBoundingClientRect();
  return { line: Number(paragraph.dataset.p), isCollapsed, inView: mark.top >= view.top && mark.bottom <= view.bottom };
});

journey("a key goes a screen down or up, also where nothing has been laid out yet, and Shift selects", { locale: "en" }, async (misam) => {
  await give(misam, { text: TEXT, spans: spans() });
  await misam.focusText();
  await misam.press("Control+Home");
  const view = await misam.tab.evaluate(() => document.querySelector(".article-scroll").clientHeight);
  // A line of the text and the blank one behind it.
  const step = await misam.tab.evaluate(() => document.querySelector('[data-p="2"]').getBoundingClientRect().top - document.querySelector('[data-p="0"]').getBoundingClientRect().top);
  const most = (2 * view) / step;
  const moved = async (key, from, forward) => {
    await misam.press(key);
    const holds = ({ line, inView }) => inView && (forward ? line > from.line : line < from.line);
    const now = await expect(() => caret(misam), holds, `${key} goes on from line ${from.line}, and the caret is in sight`);
    const lines = Math.abs(now.line - from.line);
    assert.ok(lines <= most + 1 && lines >= most / 2, `${key} goes ${lines} lines of ${most}`);
    return now;
  };
  let now = { line: 0 };
  for (let press = 0; press < 12; press += 1) now = await moved("PageDown", now, true);
  assert.equal(now.isCollapsed, true);
  const there = now.line;
  for (let press = 0; press < 5; press += 1) now = await moved("PageUp", now, false);
  now = await moved("Shift+PageDown", now, true);
  assert.equal(now.isCollapsed, false, "with Shift it selects");
  await misam.press("Control+End");
  await expect(() => caret(misam), ({ line }) => line === 2 * COUNT - 2, "the end");
  now = await moved("PageUp", { line: 2 * COUNT - 2 }, false);
  await misam.press("PageDown", "PageDown");
  await expect(() => caret(misam), ({ line, inView }) => line === 2 * COUNT - 2 && inView, "no further than the end");
  await misam.press("Control+Home");
  await misam.press(...Array(12).fill("PageDown"));
  await expect(() => caret(misam), ({ line, inView }) => inView && Math.abs(line - there) <= 2, "who does not wait gets as far");
});

journey("who goes to the end of a long article as soon as it opens gets there, and what is selected at once is all of it", { locale: "en" }, async (misam) => {
  const short = "نص قصير.";
  await give(misam, { text: TEXT, spans: spans() }, { text: short, spans: [] });
  const item = (start) => misam.hook("article-item").filter({ hasText: start }).first();
  for (const act of ["End", "a"]) {
    await item(short).click();
    await expect(() => misam.text(), (text) => text === short, "the short article is open");
    await item("زار وفد").click();
    await misam.press(`Control+${act}`);
    if (act === "End") await expect(() => inSight(misam, COUNT - 1), Boolean, "the end is in sight, with its mark");
    else await expect(() => misam.tab.evaluate(() => String(getSelection())), (text) => text === TEXT, "all of it is selected");
  }
});

journey("all suggestions of a long article are accepted by one key, also where nothing is drawn, and taken back by one", { locale: "en" }, async (misam) => {
  await give(misam, { text: TEXT, spans: spans().map(({ text, ...span }) => ({ ...span, origin: "suggested", confidence: 0.9 })) });
  const drawn = await expect(() => marks(misam), (count) => count > 0, "marks are drawn");
  assert.ok(drawn < COUNT / 4, `only those near the view: ${drawn}`);
  const inFile = async () => {
    const path = await misam.export("misam");
    await closed(misam);
    const [record] = readFileSync(path, "utf8").split("\n").filter(Boolean).map((line) => JSON.parse(line));
    return record.spans.filter(({ origin }) => origin === "accepted").length;
  };
  await misam.focusText();
  await misam.press("Shift+Enter");
  await expect(() => misam.status(), (said) => said.startsWith(`Accepted ${COUNT} suggestions.`), "how many is said");
  assert.equal(await misam.tab.locator('.article .mark[data-origin="suggested"]').count(), 0, "none in sight is a suggestion");
  assert.equal(await inFile(), COUNT, "all of them are in the file");
  await misam.focusText();
  await misam.press("Control+End");
  await expect(() => inSight(misam, COUNT - 1), Boolean, "the end is in sight");
  assert.equal(await misam.tab.locator(`[data-p="${2 * (COUNT - 1)}"] .mark`).getAttribute("data-origin"), "accepted", "and its mark confirmed");
  await misam.press("Control+z");
  await expect(() => misam.tab.locator('.article .mark').evaluateAll((marks) => marks.map(({ dataset }) => dataset.origin)), (origins) => origins.length > 0 && origins.every((origin) => origin === "suggested"), "one undo takes all of it back");
  assert.equal(await inFile(), 0);
});

journey("of a list that is not all in the page each row says which of how many it is", { locale: "en" }, async (misam) => {
  await give(misam, { text: TEXT, spans: spans() });
  const rows = misam.tab.locator('.span-list > li:has([data-testid="span-item"])');
  const places = () => rows.evaluateAll((rows) => rows.map((row) => [Number(row.ariaPosInSet), Number(row.ariaSetSize)]));
  const follows = (places, first) => places.length > 5 && places.every(([place, size], at) => place === places[0][0] + at && size === COUNT) && first(places[0][0]);
  await expect(places, (now) => follows(now, (place) => place === 1), "from the first on");
  await misam.hook("span-list").evaluate((list) => { list.scrollTop = list.scrollHeight / 2; });
  await expect(places, (now) => follows(now, (place) => place > 100), "and from the middle on");
  await misam.hook("span-item").nth(10).click();
  await misam.press("x");
  await expect(places, (now) => now.length > 5 && now.every(([place, size], at) => place === now[0][0] + at && size === COUNT - 1), "one fewer");
});

journey("on paper a long article has all its marks", { locale: "en" }, async (misam) => {
  await give(misam, { text: TEXT, spans: spans() });
  const near = await expect(() => marks(misam), (count) => count > 0, "marks are drawn");
  await misam.tab.evaluate(() => dispatchEvent(new Event("beforeprint")));
  await expect(() => marks(misam), (count) => count === COUNT, "all marks are there");
  const pdf = await misam.tab.pdf();
  const pages = pdf.toString("latin1").match(/\/Type\s*\/Page\b/gu).length;
  assert.ok(pages > COUNT / 40, `all of it is printed: ${pages} pages`);
  await misam.tab.evaluate(() => dispatchEvent(new Event("afterprint")));
  await expect(() => marks(misam), (count) => count <= near + 40, "and only those near the view afterwards");
});

journey("wherever somebody jumps to in a long article, the very next picture shows its text", { locale: "en" }, async (misam) => {
  await give(misam, { text: TEXT, spans: spans() });
  const seen = await misam.tab.evaluate(async () => {
    const scroller = document.querySelector(".article-scroll");
    const box = scroller.getBoundingClientRect();
    const picture = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    const seen = [];
    for (const part of [1, 0, 0.5, 0.1, 0.9]) {
      scroller.scrollTop = (scroller.scrollHeight - box.height) * part;
      await picture();
      const heights = [0.25, 0.5, 0.75].map((share) => box.top + box.height * share);
      const probes = heights.map((height) => document.elementFromPoint(box.left + box.width / 2, height));
      seen.push(probes.filter((element) => element?.closest(".paragraph")).length);
      // By now the browser has found out by itself.
      for (let pause = 0; pause < 3; pause++) await picture();
    }
    return seen;
  });
  assert.ok(seen.every((count) => count > 0), `paragraphs seen after each jump: ${seen}`);
});
