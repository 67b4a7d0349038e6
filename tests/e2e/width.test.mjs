// Marking a name must not move a letter: marked Arabic is exactly as wide as plain Arabic.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PLAIN, placeOf } from "./harness/articles.mjs";
import { ROOT } from "./harness/browser.mjs";
import { expect } from "./harness/expect.mjs";
import { journey } from "./harness/journey.mjs";
import { give } from "./harness/records.mjs";

/** What a browser's layout rounds to, times four: where a run of text is cut into marks, each cut before a letter may cost one. */
const ROUNDING = 4 / 64;

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

/** Plain news of one paragraph, long enough for a dozen lines. */
function news() {
  const lines = readFileSync(join(ROOT, "corpus/part-a.jsonl"), "utf8").split("\n").filter(Boolean).slice(0, 12);
  return lines.map((line) => JSON.parse(line).text.replace(/\s+/gu, " ").trim()).join(" ").slice(0, 2_400);
}

/** How many letters each full line of the article has, spaces included: the last line of a paragraph is not full. */
function lineLengths(misam) {
  return misam.hook("article").evaluate((article) => {
    const [{ data, node }] = [...article.querySelectorAll(".paragraph")].map((paragraph) => ({ data: paragraph.textContent, node: paragraph.firstChild }));
    const lines = new Map();
    const range = document.createRange();
    for (const { index, segment } of new Intl.Segmenter("ar", { granularity: "grapheme" }).segment(data)) {
      range.setStart(node, index);
      range.setEnd(node, index + segment.length);
      // Of a space at which a line ends there may be nothing to see.
      const box = range.getClientRects()[0];
      const top = box ? Math.round(box.top / 8) : [...lines.keys()].at(-1);
      lines.set(top, (lines.get(top) ?? 0) + 1);
    }
    return [...lines.values()].slice(0, -1);
  });
}

journey("a full line has some 70 letters, hardly one more than 75, in whatever size", { locale: "en" }, async (misam) => {
  await give(misam, { text: news(), spans: [] });
  await misam.tab.evaluate(() => document.fonts.ready);
  for (const scale of [1, 0.85, 1.35]) {
    await misam.tab.evaluate((scale) => document.documentElement.style.setProperty("--article-scale", scale), scale);
    await misam.painted();
    const lengths = await lineLengths(misam);
    assert.ok(lengths.length >= 10, `there are lines: ${lengths}`);
    const [least, middle, nearlyAll, most] = [0, 0.5, 0.9, 1].map((part) => [...lengths].sort((one, other) => one - other)[Math.floor((lengths.length - 1) * part)]);
    // Larger letters have no more room than the panels leave.
    assert.ok(least >= 56 && middle >= 64 && nearlyAll <= 76 && most <= 80, `letters of the lines at ${scale}: ${lengths}`);
  }
});

const LABELS = ["PER", "ORG", "GRP", "LOC", "FAC", "EVT", "AGR", "WPN", "DAT", "NUM", "NAT"];
const LINE = "وصلت وبالمستشفيات الحكوميّة لجنةٌ مـن سبعةٍ وعشرين (27) خبيرًا لإغاثة القاهرة";
const LETTERS = letters(LINE);
const MIXED = "أعلن NATO أنّ «قوّة ١٢/٣» و\"العميد ٤٠\" (12 عربة 🇮🇶🤝) تصل Camp Taji في 14/05/2024 إلى اللواء ٩٫٥٪";

/** What six cuts may cost a line: a tenth of a pixel. The smallest padding, border or lost join costs ten times as much. */
const ALL_CUTS = 6 / 64;

function letters(line) {
  return [...new Intl.Segmenter("ar", { granularity: "grapheme" }).segment(line)];
}

/**
 * Code points before a letter of a line, or before a later one: lam and alef are one sign, which no cut can part, and Latin
 * letters are moved towards each other, which a cut undoes.
 */
function point(letter, line = LINE, all = LETTERS) {
  const unit = all[letter]?.index ?? line.length;
  const cuts = (before, after) => before.test(line.slice(0, unit)) && after.test(line.slice(unit));
  const parts = cuts(/ل$/u, /^[اأإآ]/u) || cuts(/[A-Za-z]$/u, /^[A-Za-z]/u);
  return parts ? point(letter + 1, line, all) : [...line.slice(0, unit)].length;
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

/**
 * An article with a line for each label: a span that crosses another one, and one in two pieces around them. Line by line
 * they begin and end a letter further on, so that cuts come to lie everywhere: in words of either direction, in numbers,
 * at quotes and around signs of several code points.
 */
function crossings() {
  const all = letters(MIXED);
  const length = [...MIXED].length + 1;
  const spans = all.slice(0, -24).flatMap((_, turn) => {
    const at = (letter) => turn * length + point(letter, MIXED, all);
    const label = (step) => LABELS[(turn + step) % LABELS.length];
    const [begin, gap] = [turn, turn + 6 + (turn % 5)];
    return [
      { start: at(begin), end: at(gap + 4), label: label(0), origin: "manual" },
      { start: at(gap), end: at(gap + 9), label: label(3), origin: "suggested", confidence: 0.7 },
      { start: at(begin + 2), end: at(gap + 12), label: label(5), origin: "accepted", fragments: [[at(begin + 2), at(begin + 5)], [at(gap + 6), at(gap + 12)]] },
    ];
  });
  const count = all.length - 24;
  return { text: Array(count + 1).fill(MIXED).join("\n"), spans, count };
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
    for (const page of [plain, misam]) {
      // Room for the whole line: where one is broken, what is behind it begins anew.
      await page.tab.evaluate(() => document.documentElement.style.setProperty("--article-measure", "50rem"));
      await page.tab.evaluate(() => document.fonts.ready);
    }
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

journey("Latin, digits, quotes and emoji stay where they were, under spans that cross and spans in pieces", { locale: "en" }, async (misam) => {
  const { text, spans, count } = crossings();
  await give(misam, { text, spans });
  await misam.tab.evaluate(() => document.fonts.ready);
  const drawn = () => misam.tab.locator(".article .mark").evaluateAll((marks) => new Set(marks.map((mark) => mark.dataset.span)).size);
  await expect(drawn, (now) => now === spans.length, "all spans are drawn");
  // Elements lie in one another, so of two that cross one is cut; a span in pieces has an element for each.
  const most = await misam.tab.evaluate(() => {
    const pieces = new Map();
    for (const { dataset } of document.querySelectorAll(".article .mark")) pieces.set(dataset.span, (pieces.get(dataset.span) ?? 0) + 1);
    return [...pieces.values()].filter((pieces) => pieces > 1).length;
  });
  assert.ok(most >= count, `${most} spans are in pieces on the screen`);
  const boxes = await lineBoxes(misam);
  // The last line has no spans.
  const plain = boxes.at(-1);
  for (const [line, { letters, width }] of boxes.slice(0, -1).entries()) {
    assert.ok(Math.abs(width - plain.width) <= ALL_CUTS, `line ${line}: ${width} pixels wide, plain ${plain.width}`);
    for (const [letter, box] of letters.entries()) {
      // A line has its end with it, and the last one has none.
      if (letter >= plain.letters.length) continue;
      const [moved, grown] = box.map((value, side) => Math.abs(value - plain.letters[letter][side]));
      assert.ok(moved <= ALL_CUTS && grown <= ROUNDING, `line ${line}: letter ${letter} (${MIXED[letter]}) moved by ${moved} pixels and changed its width by ${grown}`);
    }
  }
});

journey("a mark that parts lam from its alef, or Latin letters, costs a pixel or two at most", { locale: "en" }, async (misam) => {
  const line = "وصلت القوافل لإغاثة الأهالي مع NATO";
  const alef = [...line.slice(0, line.indexOf("لإ") + 1)].length;
  const next = [...line].length + 1;
  const spans = [
    { start: alef, end: alef + 5, label: "ORG", origin: "manual" },
    { start: next + 5, end: next + alef, label: "ORG", origin: "manual" },
    { start: 2 * next + alef + 20, end: 3 * next - 3, label: "GRP", origin: "manual" },
  ];
  await give(misam, { text: `${line}\n${line}\n${line}\n${line}\n`, spans });
  await misam.tab.evaluate(() => document.fonts.ready);
  const [begins, ends, latin, plain] = await lineBoxes(misam);
  for (const { width } of [begins, ends, latin]) assert.ok(Math.abs(width - plain.width) < 2, `${width} pixels, plain ${plain.width}`);
});
