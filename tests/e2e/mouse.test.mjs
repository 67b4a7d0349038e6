// One gesture of the mouse for each correction: an end is drawn, a wrong span struck out, a wrong label painted over. By
// real events of the mouse.
import assert from "node:assert/strict";
import { placeOf } from "./harness/articles.mjs";
import { picture } from "./harness/browser.mjs";
import { expect } from "./harness/expect.mjs";
import { journey } from "./harness/journey.mjs";
import { give, span, suggestion } from "./harness/records.mjs";

const TEXT = "زار وفد من بلدية العلمين مدينة سبها وبالقاهرة التقى 14 مرافقًا يوم الأحد.";
const LONG = `${"ثم عاد الوفد إلى المدينة القديمة وزار قراها. ".repeat(8)}وانتهت زيارة مستشفى الجمهورية التعليمي العام بالعاصمة اليمنية صنعاء مساء أمس.`;

const place = (surface, text = TEXT) => placeOf(text, surface);
const selected = ({ tab }) => tab.evaluate(() => String(getSelection()));

/** The place of some letters of a piece of text, counted in it. */
function letters(surface, from, count) {
  const { start } = place(surface);
  return { start: start + from, end: start + from + count };
}

/** Presses on the text at a point, moves to another and leaves the button down. */
async function pull(misam, from, to) {
  const { mouse } = misam.tab;
  await mouse.move(from.x, from.y);
  await mouse.down();
  await mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 4 });
  await mouse.move(to.x, to.y, { steps: 4 });
  await misam.painted();
}

journey("an end is drawn in one gesture, by words, and a suggestion is corrected by it", { locale: "en" }, async (misam) => {
  await give(misam, { text: TEXT, spans: [suggestion(TEXT, "بلدية", "LOC", 0.8), span(TEXT, "سبها", "LOC")] });
  await misam.drawEnd(place("بلدية"), "end", await misam.middle(place("العلمين")));
  await misam.span({ ...place("بلدية العلمين"), label: "LOC", origin: "corrected" });
  await misam.drawEnd(place("سبها"), "start", await misam.middle(place("مدينة")));
  await misam.span({ ...place("مدينة سبها"), label: "LOC" });
  assert.equal((await misam.spans()).length, 2);
  await misam.press("Control+z");
  await misam.span({ ...place("سبها"), label: "LOC" });
  await misam.press("Control+z");
  await misam.span({ ...place("بلدية"), origin: "suggested" });
});

journey("within its word an end goes by letters, and with Alt everywhere", { locale: "ar" }, async (misam) => {
  await give(misam, { text: TEXT, spans: [suggestion(TEXT, "وبالقاهرة", "LOC", 0.8), span(TEXT, "الأحد", "DAT")] });
  const { from } = await misam.edges(letters("وبالقاهرة", 2, 1));
  await misam.drawEnd(place("وبالقاهرة"), "start", from);
  await misam.span({ ...place("القاهرة"), label: "LOC", origin: "corrected" });
  await misam.drawEnd(place("الأحد"), "start", await misam.middle(letters("مرافقًا", 2, 1)), { letters: true });
  const { start, end } = (await misam.spans()).find(({ label }) => label === "DAT");
  assert.equal(end, place("الأحد").end);
  assert.ok(start > place("مرافقًا").start && start < place("مرافقًا").end, `${start} is inside of the word`);
});

journey("who draws over the whole span and beyond marks what lies between", { locale: "en" }, async (misam) => {
  await give(misam, { text: TEXT, spans: [suggestion(TEXT, "بلدية", "ORG", 0.8)] });
  await misam.drag(place("بلدية العلمين"));
  await misam.span({ ...place("بلدية العلمين"), label: "ORG", origin: "corrected" });
  await misam.press("l");
  await misam.span({ ...place("بلدية العلمين"), label: "LOC" });
});

journey("the end under the pointer shows itself; a number is taken by the side it is seen on", { locale: "en" }, async (misam) => {
  await give(misam, { text: TEXT, spans: [span(TEXT, "14 مرافقًا", "NUM")] });
  const { mouse } = misam.tab;
  const mark = await misam.tab.locator(".article .mark").first().boundingBox();
  const cursor = () => misam.tab.evaluate(([x, y]) => getComputedStyle(document.elementFromPoint(x, y)).cursor, [mark.x + mark.width - 1, mark.y + mark.height / 2]);
  await mouse.move(mark.x + mark.width / 2, mark.y + mark.height / 2);
  await misam.painted();
  assert.equal(await misam.hook("edge-grip").isVisible(), false);
  assert.equal(await cursor(), "pointer");
  await mouse.move(mark.x + mark.width - 1, mark.y + mark.height / 2);
  await misam.hook("edge-grip").waitFor();
  const grip = await misam.hook("edge-grip").boundingBox();
  assert.ok(Math.abs(grip.x + grip.width / 2 - (mark.x + mark.width)) < 2, "it stands at the right side of the number");
  assert.equal(await cursor(), "ew-resize");
  await picture(misam.tab, "edge-grip");
  await pull(misam, { x: mark.x + mark.width - 1, y: mark.y + mark.height / 2 }, await misam.middle(place("التقى")));
  await mouse.up();
  await misam.span({ ...place("التقى 14 مرافقًا"), label: "NUM" });
});

journey("over line breaks, seen while it is drawn, and given up with Escape", { locale: "en", viewport: { width: 900, height: 900 } }, async (misam) => {
  await give(misam, { text: LONG, spans: [span(LONG, "الجمهورية", "FAC")] });
  const to = await misam.middle(placeOf(LONG, "زيارة"));
  const whole = placeOf(LONG, "القديمة وزار");
  const { y } = await misam.middle(whole);
  const marked = () => misam.tab.locator(".article .mark").allInnerTexts();
  const { from } = await misam.edges(placeOf(LONG, "الجمهورية"));
  assert.ok(from.y - y > 60, "the places are lines apart");
  await pull(misam, from, { x: to.x, y });
  const far = await expect(marked, (texts) => texts.join("").length > 200, "the mark follows the pointer over the lines");
  assert.match(far.join(""), /الجمهورية$/u);
  const places = async () => (await misam.spans()).map(({ start, end }) => ({ start, end }));
  assert.deepEqual(await places(), [placeOf(LONG, "الجمهورية")], "nothing is edited yet");
  await misam.press("Escape");
  await expect(marked, (texts) => texts.join("") === "الجمهورية", "and is as it was");
  await misam.tab.mouse.move(to.x, to.y);
  await misam.tab.mouse.up();
  await misam.painted();
  assert.deepEqual(await places(), [placeOf(LONG, "الجمهورية")]);
});

journey("Alt and a click reject a suggestion or delete a span, the inner one of two", { locale: "en" }, async (misam) => {
  await give(misam, { text: TEXT, spans: [span(TEXT, "مدينة سبها", "LOC"), span(TEXT, "سبها", "ORG"), suggestion(TEXT, "الأحد", "DAT", 0.9)] });
  await misam.strike(place("الأحد"));
  await misam.noSpan(place("الأحد"));
  await misam.strike(place("سبها"));
  await misam.noSpan(place("سبها"));
  await misam.span({ ...place("مدينة سبها"), label: "LOC" });
  await misam.strike(place("وفد"));
  await misam.painted();
  assert.equal((await misam.spans()).length, 1, "beside a span nothing happens");
  await misam.press("Control+z", "Control+z");
  await misam.span({ ...place("الأحد"), origin: "suggested" });
  await misam.span({ ...place("سبها"), label: "ORG" });
});

journey("a click with a label in hand gives the span that label", { locale: "ar" }, async (misam) => {
  await give(misam, { text: TEXT, spans: [suggestion(TEXT, "سبها", "ORG", 0.8), suggestion(TEXT, "القاهرة", "LOC", 0.9)] });
  await misam.press("b", "l");
  await misam.clickText(place("سبها"));
  await misam.span({ ...place("سبها"), label: "LOC", origin: "corrected" });
  await misam.clickText(place("القاهرة"));
  await misam.span({ ...place("القاهرة"), label: "LOC", origin: "accepted" });
  await misam.press("Control+z", "Control+z");
  await misam.span({ ...place("سبها"), label: "ORG", origin: "suggested" });
});

journey("a hand holds the button a moment: the click gives the label all the same, and the next one goes outwards", { locale: "en" }, async (misam) => {
  await give(misam, { text: TEXT, spans: [span(TEXT, "مدينة سبها", "FAC", { origin: "manual" }), suggestion(TEXT, "سبها", "ORG", 0.8)] });
  const slowly = async (point) => {
    await misam.tab.mouse.move(point.x, point.y);
    await misam.tab.mouse.down();
    // By now the browser has told where it put the caret.
    await misam.tab.waitForTimeout(150);
    await misam.tab.mouse.up();
    await misam.painted();
  };
  // The place of a letter's edge, on which the browser and the page agree.
  const { from } = await misam.edges(letters("سبها", 2, 1));
  await misam.press("b", "l");
  await slowly(from);
  await misam.span({ ...place("سبها"), label: "LOC", origin: "corrected" });
  await misam.press("b", "Escape");
  const up = () => misam.tab.locator('.span-item[aria-current="true"]').getAttribute("data-label");
  // Sooner it would be a double click.
  await misam.tab.waitForTimeout(700);
  for (const label of ["LOC", "FAC", "LOC"]) {
    await slowly(from);
    await expect(up, (now) => now === label, `${label} is up`);
    await misam.tab.waitForTimeout(700);
  }
});

journey("text is selected as ever beside the ends, and from an end with Ctrl", { locale: "en" }, async (misam) => {
  await give(misam, { text: TEXT, spans: [span(TEXT, "سبها", "LOC")] });
  await misam.drag(place("بلدية العلمين"));
  await expect(() => selected(misam), (text) => text === "بلدية العلمين", "beside it");
  const inside = await misam.middle(letters("سبها", 1, 2));
  await pull(misam, inside, await misam.middle(place("مدينة")));
  await misam.tab.mouse.up();
  await expect(() => selected(misam), (text) => /^نة س/u.test(text) || / س/u.test(text), "from its middle");
  // Who presses on what is selected drags it.
  await expect(() => misam.press("Escape").then(() => selected(misam)), (text) => text === "", "let go");
  await misam.tab.keyboard.down("Control");
  await misam.drag(place("سبها"));
  await misam.tab.keyboard.up("Control");
  await expect(() => selected(misam), (text) => text === "سبها", "from its end, with Ctrl");
  assert.deepEqual((await misam.spans()).map(({ start, end }) => ({ start, end })), [place("سبها")]);
  await misam.clickText(place("سبها"));
  await misam.hook("span-detail").waitFor();
  await misam.tab.locator("#mark-popup").waitFor();
  await misam.press("Escape");
  await misam.hook("span-detail").waitFor({ state: "hidden" });
  await misam.tab.locator("#mark-popup").waitFor({ state: "hidden" });
});

journey("the mouse's gestures are in the help, in both languages", { locale: "ar" }, async (misam) => {
  await give(misam, { text: TEXT, spans: [] });
  await misam.press("Shift+Slash");
  await expect(() => misam.hook("help-dialog").innerText(), (text) => /سحب الحد/u.test(text) && /Alt مع نقرة/u.test(text), "in Arabic");
  await picture(misam.tab, "help-ar");
  await misam.press("Escape");
  await misam.tool("language");
  await misam.press("Shift+Slash");
  await expect(() => misam.hook("help-dialog").innerText(), (text) => /Drag the end/u.test(text) && /Alt \+ click/u.test(text), "in English");
});
