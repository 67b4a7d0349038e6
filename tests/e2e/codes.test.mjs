// The codes of labels under the text can all be read, also where names nest and begin together.
import assert from "node:assert/strict";
import { placeOf } from "./harness/articles.mjs";
import { picture } from "./harness/browser.mjs";
import { expect } from "./harness/expect.mjs";
import { journey } from "./harness/journey.mjs";
import { give } from "./harness/records.mjs";

const LABELS = ["WPN", "NUM", "ORG", "GRP", "PER", "LOC", "FAC", "EVT", "AGR", "DAT", "NAT"];

/** Spans by their words, outermost first; a number says how many letters of the first word stay outside. */
const LINES = [
  // The same first word, four deep.
  ["أعلنت وزارة النقل والمواصلات العراقية ذلك", ["وزارة النقل والمواصلات العراقية"], ["وزارة النقل والمواصلات"], ["وزارة النقل"], ["وزارة"]],
  // Each begins a letter or two later than the one around it.
  ["وصل وبالقاهرة الجديدة أمس", ["وبالقاهرة الجديدة"], ["وبالقاهرة الجديدة", 1], ["وبالقاهرة الجديدة", 2], ["وبالقاهرة", 3]],
  // Short names side by side, in a longer one that begins with them.
  ["قال عبد الله بن علي لهم", ["عبد الله بن علي"], ["عبد"], ["الله"], ["بن"], ["علي"]],
  // Narrow letters.
  ["زار الأول الثاني والثالث", ["الأول الثاني والثالث"], ["الأول الثاني"], ["الأول"], ["الأول", 2]],
];

function article(turn) {
  const text = LINES.map(([line]) => line).join("\n");
  const spans = LINES.flatMap(([line, ...names], row) => names.map(([surface, skipped = 0], depth) => {
    const { start, end } = placeOf(line, surface);
    const before = LINES.slice(0, row).reduce((sum, [earlier]) => sum + [...earlier].length + 1, 0);
    return { start: before + start + skipped, end: before + end, label: LABELS[(turn + 3 * depth + row) % LABELS.length], origin: "manual" };
  }));
  return { text: `${text}\n(${turn})`, spans };
}

/** Where the code of each mark is on the screen. It hangs from the box of its mark, which is on one line here. */
const codes = ({ tab }) => tab.locator(".article .mark").evaluateAll((marks) => marks.map((mark) => {
  const style = getComputedStyle(mark, "::after");
  const box = mark.getBoundingClientRect();
  const [width, height, top, right] = ["width", "height", "top", "right"].map((side) => parseFloat(style[side]));
  return { code: mark.dataset.label, line: mark.closest("[data-p]").dataset.p, right: box.right - right, left: box.right - right - width, top: box.top + top, bottom: box.top + top + height };
}));

const overlap = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 0.5 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 0.5;

journey("codes of names that nest and begin together lie beside each other, whatever the labels, four deep", { locale: "en" }, async (misam) => {
  const articles = LABELS.map((_, turn) => article(turn));
  await give(misam, ...articles);
  await misam.tab.evaluate(() => document.fonts.ready);
  for (const [turn, { text, spans }] of articles.entries()) {
    await misam.hook("article-item").nth(turn).click();
    await expect(() => misam.text(), (shown) => shown === text, "the article is shown");
    const boxes = await expect(() => codes(misam), (boxes) => boxes.length === spans.length, "all spans are drawn");
    for (const [at, one] of boxes.entries()) {
      assert.ok(one.right - one.left > 5 && one.bottom - one.top > 5, `${one.code} is there`);
      // Lines hang below each other, and codes below all of them.
      assert.ok(boxes.every((other) => other.line !== one.line || Math.abs(other.top - one.top) < 0.5), `the codes of line ${one.line} stand in a row`);
      for (const other of boxes.slice(at + 1)) assert.ok(!overlap(one, other), `${one.code} and ${other.code} in line ${one.line}: ${JSON.stringify([one, other])}`);
    }
  }
  await picture(misam.tab, "codes");
});

journey("a code stands where its name begins if there is room, and goes back there when the one before it goes", { locale: "en" }, async (misam) => {
  const text = "زار وزير النقل العراقي مدينة بغداد";
  const span = (surface, label) => ({ ...placeOf(text, surface), label, origin: "manual" });
  await give(misam, { text, spans: [span("وزير النقل العراقي", "PER"), span("وزير", "ORG"), span("بغداد", "LOC")] });
  const shift = async (label) => {
    const box = (await codes(misam)).find(({ code }) => code === label);
    const mark = await misam.tab.locator(`.article .mark[data-label="${label}"]`).first().boundingBox();
    return mark.x + mark.width - box.right;
  };
  for (const label of ["PER", "LOC"]) assert.ok(Math.abs(await shift(label)) < 0.5, label);
  assert.ok((await shift("ORG")) > 10, "it stands behind the other one");
  await misam.item(placeOf(text, "وزير النقل العراقي")).click();
  await misam.focusText();
  await misam.press("x");
  await expect(() => shift("ORG"), (now) => Math.abs(now) < 0.5, "the place is free");
  await misam.press("Control+z");
  await expect(() => shift("ORG"), (now) => now > 10, "and is no more");
});
