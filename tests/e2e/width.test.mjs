// Marking a name must not move a letter: marked Arabic is exactly as wide as plain Arabic.
import assert from "node:assert/strict";
import { PLAIN, placeOf } from "./harness/articles.mjs";
import { expect } from "./harness/expect.mjs";
import { journey } from "./harness/journey.mjs";
import { give } from "./harness/records.mjs";

/** What a browser's layout rounds to, times two: where a run of text is cut into marks, each cut may cost one. */
const ROUNDING = 2 / 64;

/** Left edge, top edge and width of every letter of the article, in pixels. */
function letterBoxes(misam) {
  return misam.hook("article").evaluate((article) => {
    const origin = article.getBoundingClientRect();
    const walker = document.createTreeWalker(article, NodeFilter.SHOW_TEXT);
    const boxes = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      for (let unit = 0; unit < node.length; unit++) {
        const range = document.createRange();
        range.setStart(node, unit);
        range.setEnd(node, unit + 1);
        const box = range.getBoundingClientRect();
        boxes.push([box.left - origin.left, box.top - origin.top, box.width]);
      }
    }
    return boxes;
  });
}

journey("every letter stays where it was when names are marked, inside words too", {}, async (misam) => {
  await misam.addArticle(PLAIN);
  await misam.tab.evaluate(() => document.fonts.ready);
  await misam.settled();
  for (const span of await misam.spans()) await misam.remove(span);
  assert.equal((await misam.spans()).length, 0);
  const plain = await letterBoxes(misam);
  for (const [surface, label] of [["حلب", "LOC"], ["سوريا", "LOC"], ["لجيش السوري", "GRP"], ["لمستشفى", "FAC"]]) {
    const place = placeOf(PLAIN.text, surface);
    await misam.drag(place);
    await misam.hook(`label-${label}`).first().click();
  }
  await misam.span({ label: "FAC" });
  const marked = await letterBoxes(misam);
  assert.equal(marked.length, plain.length);
  const moved = marked.map((box, letter) => Math.max(...box.map((value, side) => Math.abs(value - plain[letter][side]))));
  const most = Math.max(...moved);
  assert.ok(most <= ROUNDING, `letter ${moved.indexOf(most)} moved or changed its width by ${most} pixels`);
});

const LABELS = ["PER", "ORG", "GRP", "LOC", "FAC", "EVT", "AGR", "WPN", "DAT", "NUM", "NAT"];
const LINE = "وصلت وبالمستشفيات الحكوميّة لجنةٌ مـن سبعةٍ وعشرين (27) خبيرًا لإغاثة القاهرة";
const LETTERS = [...new Intl.Segmenter("ar", { granularity: "grapheme" }).segment(LINE)];

/** What six cuts may cost a line: a tenth of a pixel. The smallest padding, border or lost join costs ten times as much. */
const ALL_CUTS = 6 / 64;

/** Code points before a letter of the line, or before the next one: lam and alef are one sign, which no cut can part. */
function point(letter) {
  const unit = LETTERS[letter]?.index ?? LINE.length;
  const parts = /ل$/u.test(LINE.slice(0, unit)) && /^[اأإآ]/u.test(LINE.slice(unit));
  return parts ? point(letter + 1) : [...LINE.slice(0, unit)].length;
}

/**
 * One article for each outer label, one line in it for each inner one. The spans begin and end inside of words, at other
 * letters in every line, so that all over them joined letters are parted. Origins and how sure they are change as well.
 */
function combinations() {
  let turn = 0;
  return LABELS.map((outer, article) => {
    const lines = LABELS.map((inner) => {
      turn += 1;
      const begin = 3 + (turn % 14);
      const end = LETTERS.length - 4 - (turn % 12);
      const middle = begin + 4 + (turn % 9);
      const last = Math.min(end - 2, middle + 5 + (turn % 7));
      const kind = (step) => [{ origin: "manual" }, { origin: "suggested", confidence: 0.95 }, { origin: "suggested", confidence: 0.4 }, { origin: "accepted" }][(turn + step) % 4];
      return [
        { start: begin, end, label: outer, ...kind(0) },
        { start: middle, end: last, label: inner, ...kind(1) },
        { start: middle + 1, end: last - 1, label: outer, ...kind(2) },
      ].map((span) => ({ ...span, start: point(span.start), end: point(span.end) }));
    });
    const length = [...LINE].length + 1;
    return {
      text: Array(LABELS.length).fill(LINE).join("\n") + `\n(${article + 1})`,
      spans: lines.flatMap((spans, line) => spans.map(({ start, end, ...rest }) => ({ start: start + line * length, end: end + line * length, ...rest }))),
    };
  });
}

/** Of every line of the article: the place and width of each letter, and the width of the whole. */
function lineBoxes(misam) {
  return misam.hook("article").evaluate((article) => [...article.querySelectorAll(".paragraph")].map((paragraph) => {
    const origin = paragraph.getBoundingClientRect();
    const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    const letters = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      for (let unit = 0; unit < node.length; unit++) {
        range.setStart(node, unit);
        range.setEnd(node, unit + 1);
        const box = range.getBoundingClientRect();
        letters.push([box.left - origin.left, box.width]);
      }
    }
    range.selectNodeContents(paragraph);
    return { letters, width: range.getBoundingClientRect().width };
  }));
}

journey("marked text is as wide as plain text, whatever labels nest in it and wherever they cut a word", { locale: "en" }, async (misam) => {
  const articles = combinations();
  const plain = await misam.another({ locale: "en" });
  try {
    await give(plain, { text: articles[0].text, spans: [] });
    await give(misam, ...articles);
    for (const page of [plain, misam]) await page.tab.evaluate(() => document.fonts.ready);
    const expected = (await lineBoxes(plain)).slice(0, LABELS.length);
    for (const [index, { text, spans }] of articles.entries()) {
      await misam.hook("article-item").nth(index).click();
      await expect(() => misam.text(), (shown) => shown === text, "the article is shown");
      await expect(() => misam.tab.locator(".article .mark").evaluateAll((marks) => new Set(marks.map((mark) => mark.dataset.span)).size), (count) => count === spans.length, "all spans are drawn");
      const lines = (await lineBoxes(misam)).slice(0, LABELS.length);
      for (const [line, { letters, width }] of lines.entries()) {
        const where = `${LABELS[line]} in ${LABELS[index]}`;
        assert.ok(Math.abs(width - expected[line].width) <= ALL_CUTS, `${where}: ${width} pixels wide, plain ${expected[line].width}`);
        assert.equal(letters.length, expected[line].letters.length);
        for (const [letter, box] of letters.entries()) {
          const [moved, grown] = box.map((value, side) => Math.abs(value - expected[line].letters[letter][side]));
          assert.ok(moved <= ALL_CUTS && grown <= ROUNDING, `${where}: letter ${letter} moved by ${moved} pixels and changed its width by ${grown}`);
        }
      }
    }
  } finally {
    await plain.close();
  }
});

journey("a mark that parts lam from its alef costs a pixel or two at most", { locale: "en" }, async (misam) => {
  const line = "وصلت القوافل لإغاثة الأهالي";
  const alef = [...line.slice(0, line.indexOf("لإ") + 1)].length;
  const next = [...line].length + 1;
  const spans = [
    { start: alef, end: alef + 5, label: "ORG", origin: "manual" },
    { start: next + 5, end: next + alef, label: "ORG", origin: "manual" },
  ];
  await give(misam, { text: `${line}\n${line}\n${line}\n`, spans });
  await misam.tab.evaluate(() => document.fonts.ready);
  const [begins, ends, plain] = await lineBoxes(misam);
  for (const { width } of [begins, ends]) assert.ok(Math.abs(width - plain.width) < 2, `${width} pixels, plain ${plain.width}`);
});
