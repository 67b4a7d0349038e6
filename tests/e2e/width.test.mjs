// Marking a name must not move a letter: marked Arabic is exactly as wide as plain Arabic.
import assert from "node:assert/strict";
import { PLAIN, placeOf } from "./harness/articles.mjs";
import { journey } from "./harness/journey.mjs";

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
