// Keys and selections people bring along from other editors: digits for labels, Delete and Backspace, whole screens with
// Shift, and drags that take too much. By real keys and a real mouse.
import assert from "node:assert/strict";
import { placeOf } from "./harness/articles.mjs";
import { expect } from "./harness/expect.mjs";
import { journey } from "./harness/journey.mjs";
import { give, span, suggestion } from "./harness/records.mjs";

/** Each label's second key, in the order of the row of digits. */
const DIGITS = [
  ["Digit1", "PER"], ["Digit2", "ORG"], ["Digit3", "GRP"], ["Digit4", "LOC"], ["Digit5", "FAC"], ["Digit6", "EVT"],
  ["Digit7", "AGR"], ["Digit8", "WPN"], ["Digit9", "DAT"], ["Digit0", "NUM"], ["Minus", "NAT"],
];
const WORDS = ["وصل", "سامر", "الأحمد", "إلى", "مدينة", "سبها", "صباح", "الأحد", "وعاد", "منها", "مساء"];
const NAMES = `${WORDS.join(" ")}.`;

journey("every label has a digit, and the same digit accepts it where it is suggested", { locale: "en" }, async (misam) => {
  const suggested = suggestion(NAMES, "سبها", "EVT", 0.6);
  await give(misam, { text: NAMES, spans: [suggested] });
  for (const [at, [key, label]] of DIGITS.entries()) {
    const place = placeOf(NAMES, WORDS[at]);
    if (WORDS[at] === "سبها") await misam.item(place).click();
    else await misam.drag(place);
    await misam.press(key);
    await misam.span({ ...place, label, origin: WORDS[at] === "سبها" ? "accepted" : "manual" });
  }
  await misam.press("Digit2");
  await misam.span({ ...placeOf(NAMES, WORDS.at(-1)), label: "ORG" });
  assert.equal((await misam.spans()).length, WORDS.length, "the last one has another label now");
});

journey("Delete and Backspace take away the span that is up, and nothing from the text", { locale: "en" }, async (misam) => {
  await give(misam, { text: NAMES, spans: [span(NAMES, "سبها", "LOC", { origin: "manual" }), suggestion(NAMES, "الأحد", "DAT", 0.9)] });
  for (const [surface, key] of [["سبها", "Delete"], ["الأحد", "Backspace"]]) {
    await misam.clickText(placeOf(NAMES, surface));
    await misam.hook("span-detail").waitFor();
    await misam.press(key);
    await misam.noSpan(placeOf(NAMES, surface));
  }
  await misam.press("Escape", "Delete", "Backspace");
  await misam.painted();
  assert.equal(await misam.text(), NAMES);
  await misam.press("Control+z", "Control+z");
  await misam.span({ ...placeOf(NAMES, "الأحد"), origin: "suggested" });
  await misam.span({ ...placeOf(NAMES, "سبها"), label: "LOC" });
});

journey("Shift and a key for a screen select from the caret, down and up", { locale: "en" }, async (misam) => {
  const text = Array.from({ length: 60 }, (_, line) => `${NAMES} (${line + 1})`).join("\n");
  await give(misam, { text, spans: [] });
  const selected = () => misam.tab.evaluate(() => String(getSelection()));
  await misam.focusText();
  await misam.press("Control+End", "Shift+PageUp");
  const up = await expect(selected, (words) => words.length > NAMES.length, "lines are selected");
  assert.ok(text.endsWith(up), "up from the end of the text");
  await misam.press("Shift+PageUp");
  const further = await expect(selected, (words) => words.length > up.length, "more lines");
  assert.ok(further.endsWith(up));
  await misam.press("Shift+PageDown");
  await expect(selected, (words) => words.length < further.length, "and fewer again");
  await misam.press("l");
  const spans = await expect(() => misam.spans(), (spans) => spans.length > 1, "one span a line");
  assert.ok(spans.every(({ start, end }) => !text.slice(start, end).includes("\n")));
});

const LINES = "زار الوفد  القاهرة أمس.\r\n  وعاد الوزير إلى بغداد.";

journey("a drag over space alone labels nothing and says so; one over a line end gives a span on each line", { locale: "en" }, async (misam) => {
  await give(misam, { text: LINES, spans: [] });
  const gap = { start: placeOf(LINES, "الوفد").end, end: placeOf(LINES, "القاهرة").start };
  await misam.drag(gap);
  await expect(() => misam.tab.evaluate(() => String(getSelection())), (words) => words.trim() === "" && words.length > 0, "the space is selected");
  await misam.press("l");
  await expect(() => misam.status(), (said) => /nothing|no /iu.test(said), "that there is nothing to label is said");
  assert.deepEqual(await misam.spans(), []);
  await misam.drag({ start: placeOf(LINES, "أمس").start, end: placeOf(LINES, "الوزير").end });
  await misam.press("e");
  await misam.span({ ...placeOf(LINES, "أمس"), label: "EVT", origin: "manual" });
  await misam.span({ ...placeOf(LINES, "وعاد الوزير"), label: "EVT", origin: "manual" });
  assert.equal((await misam.spans()).length, 2);
  await misam.press("Control+z");
  await expect(() => misam.spans(), (spans) => spans.length === 0, "one undo takes both back");
  assert.equal(await misam.text(), LINES);
});
