// The whole job by mouse, on an article with every awkward trait of Arabic news: paste, review suggestions, add,
// relabel, move a boundary inside a word, reject, undo, redo, finish, reload, export. Nothing is lost and every
// byte of the text is kept.
import assert from "node:assert/strict";
import { AWKWARD, placeOf } from "./harness/articles.mjs";
import { picture } from "./harness/browser.mjs";
import { expect } from "./harness/expect.mjs";
import { readGold } from "./harness/gold.mjs";
import { journey } from "./harness/journey.mjs";

journey("an article goes from the clipboard to a gold file", {}, async (misam) => {
  const { text } = AWKWARD;
  await misam.addArticle(AWKWARD);
  await misam.settled();
  const suggestions = await expect(() => misam.spans(), (spans) => spans.length >= 5, "the article gets suggestions");
  assert.ok(suggestions.every(({ origin }) => origin === "suggested"));

  // Add by selecting, and change one's mind about the label.
  const comment = placeOf(text, "تعليق");
  await misam.drag(comment);
  await misam.hook("label-EVT").first().click();
  await misam.span({ ...comment, label: "EVT", origin: "manual" });
  await misam.hook("label-AGR").first().click();
  await misam.span({ ...comment, label: "AGR" });
  await picture(misam.tab, "annotate-selected");

  // Undo and redo both.
  await misam.hook("undo").first().click();
  await misam.span({ ...comment, label: "EVT" });
  await misam.hook("undo").first().click();
  await misam.noSpan(comment);
  await misam.hook("redo").first().click();
  await misam.hook("redo").first().click();
  await misam.span({ ...comment, label: "AGR" });

  // A name with the conjunction attached: the boundary moves inside the word.
  const withAnd = placeOf(text, "وبريطانيا");
  const britain = { start: withAnd.start + 1, end: withAnd.end };
  for (const span of await misam.spans()) {
    if (span.start < withAnd.end && span.end > withAnd.start) await misam.remove(span);
  }
  await misam.drag(withAnd);
  await misam.hook("label-LOC").first().click();
  const whole = await misam.span({ ...withAnd, label: "LOC" });
  assert.equal(whole.origin, "manual");
  await misam.press("Alt+Shift+BracketRight");
  await misam.span({ ...britain, label: "LOC" });

  // Reject a suggestion, accept the others.
  const [rejected] = (await misam.spans()).filter(({ origin }) => origin === "suggested");
  await misam.remove(rejected);
  await misam.hook("accept-all").first().click();
  await expect(() => misam.spans(), (spans) => spans.every(({ origin }) => origin !== "suggested"), "no suggestion is left open");
  await misam.hook("mark-done").first().click();
  const done = await misam.spans();
  await picture(misam.tab, "annotate-done");

  await misam.reload();
  if (!(await misam.hook("article").isVisible())) await misam.hook("article-item").first().click();
  await expect(() => misam.text(), (shown) => shown === text, "after a reload the text is the same to the byte");
  await expect(() => misam.spans(), (spans) => JSON.stringify(spans) === JSON.stringify(done), "after a reload all spans are there");

  const [record, ...others] = readGold(await misam.export("misam"));
  assert.deepEqual(others, []);
  assert.equal(record.text, text);
  assert.equal(record.status, "done");
  assert.deepEqual(
    record.spans.map(({ start, end, label, origin }) => ({ start, end, label, origin })),
    [...done].sort((a, b) => a.start - b.start || b.end - a.end || (a.label < b.label ? -1 : 1)),
  );
  const surfaces = record.spans.map((span) => `${span.label} ${span.text}`);
  assert.ok(surfaces.includes("LOC بريطانيا"), surfaces.join(", "));
  assert.ok(surfaces.includes("AGR تعليق"), surfaces.join(", "));
  assert.ok(record.rejected.some(({ start, end, label }) => start === rejected.start && end === rejected.end && label === rejected.label));
});

journey("a click takes up a span, and a selection that misses by a comma or half a letter is put right", {}, async (misam) => {
  const { text } = AWKWARD;
  await misam.addArticle(AWKWARD);
  // The comma behind and the space before do not belong to a name.
  const place = placeOf(text, " عربة مدرّعة\"");
  await misam.drag(place);
  await misam.hook("label-WPN").first().click();
  await misam.span({ start: place.start + 1, end: place.end - 1, label: "WPN", origin: "manual" });
});
