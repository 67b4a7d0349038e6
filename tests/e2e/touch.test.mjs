// A telephone in the hand: a tap selects a word, its handles draw it out, a label from the bar labels it. By real touches.
import assert from "node:assert/strict";
import { placeOf } from "./harness/articles.mjs";
import { picture } from "./harness/browser.mjs";
import { expect } from "./harness/expect.mjs";
import { journey } from "./harness/journey.mjs";
import { give, span } from "./harness/records.mjs";

const TEXT = "زار وفد من بلدية العلمين مدينة سبها يوم الأحد.\nووصل سامر الأحمد إلى وادي درعة مع 14 مرافقًا من أبناء القرى المجاورة للمدينة القديمة قبل أسبوع.\n";
const PHONE = { locale: "ar", touch: true, viewport: { width: 390, height: 844 } };

const selected = ({ tab }) => tab.evaluate(() => String(getSelection()));

/** The middle of a piece of text on the screen; of so many letters of it only. */
async function middle(misam, surface, from_letter = 0, letters = [...surface].length) {
  const start = placeOf(TEXT, surface).start + from_letter;
  const { from, to } = await misam.edges({ start, end: start + letters });
  return { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
}

async function tap(misam, surface) {
  const { x, y } = await middle(misam, surface);
  await misam.tab.touchscreen.tap(x, y);
}

/** Draws a handle with one finger until the end of the selection is at a place of the screen. */
async function draw(misam, edge, to) {
  const handle = misam.hook(`handle-${edge}`);
  await handle.waitFor();
  const box = await handle.boundingBox();
  const finger = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  const own = await handle.evaluate((handle) => {
    const line = handle.getBoundingClientRect();
    const style = getComputedStyle(handle);
    return { x: parseFloat(style.getPropertyValue("--x")), y: parseFloat(style.getPropertyValue("--y")), block: parseFloat(style.getPropertyValue("--block")), top: line.top };
  });
  const origin = await misam.tab.locator(".article-overlay").boundingBox();
  // The finger keeps its distance from the place it means.
  const place = { x: origin.x + own.x, y: origin.y + own.y + own.block / 2 };
  const touch = await misam.context.newCDPSession(misam.tab);
  const send = (type, points) => touch.send("Input.dispatchTouchEvent", { type, touchPoints: points });
  await send("touchStart", [finger]);
  for (const part of [0.25, 0.5, 0.75, 1]) {
    await send("touchMove", [{ x: finger.x + (to.x - place.x) * part, y: finger.y + (to.y - place.y) * part }]);
    await misam.painted();
  }
  await send("touchEnd", []);
  await touch.detach();
}

journey("a tap selects a word, handles draw it out over lines and back, and the bar labels it", PHONE, async (misam) => {
  await give(misam, { text: TEXT, spans: [] });
  await tap(misam, "سامر");
  await expect(() => selected(misam), (text) => text === "سامر", "the word is selected");
  for (const edge of ["start", "end"]) {
    const box = await misam.hook(`handle-${edge}`).boundingBox();
    assert.ok(Math.min(box.width, box.height) >= 24, `the ${edge} is large enough for a finger: ${box.width} by ${box.height}`);
  }
  const [start, end] = await Promise.all(["start", "end"].map((edge) => misam.hook(`handle-${edge}`).boundingBox()));
  assert.ok(start.x + start.width / 2 > end.x + end.width / 2, "what begins a word stands to its right");
  await picture(misam.tab, "touch-word");
  await draw(misam, "end", await middle(misam, "الأحمد"));
  await expect(() => selected(misam), (text) => text === "سامر الأحمد", "another word is taken whole");
  await misam.hook("label-PER").tap();
  await misam.span({ ...placeOf(TEXT, "سامر الأحمد"), label: "PER", origin: "manual" });
  await expect(() => misam.hook("handle-end").isVisible(), (visible) => !visible, "a span has no handles");
});

journey("the start is drawn back, over the other end too, and by letters within its word", PHONE, async (misam) => {
  await give(misam, { text: TEXT, spans: [] });
  await tap(misam, "درعة");
  await draw(misam, "start", await middle(misam, "وادي"));
  await expect(() => selected(misam), (text) => text === "وادي درعة", "backwards");
  await draw(misam, "start", await middle(misam, "المجاورة"));
  await expect(() => selected(misam), (text) => text === " مع 14 مرافقًا من أبناء القرى المجاورة", "over the other end, which stays");
  // A tap right behind a drag is still taken for its end by the browser.
  const tapped = async () => {
    if ((await selected(misam)) !== "سبها") await tap(misam, "سبها");
    await misam.painted();
    return selected(misam);
  };
  await expect(tapped, (text) => text === "سبها", "another tap, another word");
  await draw(misam, "start", await middle(misam, "سبها", 1, 1));
  await expect(() => selected(misam), (text) => /^(بها|ها)$/u.test(text), "within the word, by letters");
  await misam.hook("label-LOC").tap();
  await expect(() => misam.spans(), (spans) => spans.length === 1 && spans[0].label === "LOC", "and labelled so");
});

journey("a tap on a span takes it up; on what is selected, lets it go; with a label in hand it labels", PHONE, async (misam) => {
  await give(misam, { text: TEXT, spans: [span(TEXT, "سبها", "LOC")] });
  await tap(misam, "سبها");
  await misam.hook("span-detail").waitFor();
  assert.equal(await misam.hook("handle-start").isVisible(), false);
  await tap(misam, "وفد");
  await expect(() => selected(misam), (text) => text === "وفد", "a word beside it is selected");
  // Sooner it would be a double tap.
  await misam.tab.waitForTimeout(700);
  await tap(misam, "وفد");
  await expect(() => selected(misam), (text) => text === "", "and let go");
  assert.equal(await misam.hook("handle-start").isVisible(), false);
  await misam.hook("sticky").tap();
  await misam.hook("label-DAT").tap();
  await tap(misam, "الأحد");
  await misam.span({ ...placeOf(TEXT, "الأحد"), label: "DAT" });
});

journey("the ends of a span move by word or by letter from the panel", PHONE, async (misam) => {
  const name = placeOf(TEXT, "سبها");
  await give(misam, { text: TEXT, spans: [span(TEXT, "سبها", "LOC", { origin: "manual" })] });
  await tap(misam, "سبها");
  await misam.hook("span-detail").waitFor();
  const [panel, sheet] = await Promise.all([".span-pane", ".spans"].map((part) => misam.tab.locator(part).boundingBox()));
  assert.ok(Math.abs(panel.height - sheet.height) <= 1, `the panel has the whole sheet: ${panel.height} of ${sheet.height} pixels`);
  const step = async (hook, wanted) => {
    const button = misam.hook(hook);
    await button.scrollIntoViewIfNeeded();
    const box = await button.boundingBox();
    assert.ok(Math.min(box.width, box.height) >= 24, `${hook} is large enough for a finger: ${box.width} by ${box.height}`);
    await button.tap();
    await misam.span({ ...wanted, label: "LOC" });
  };
  await step("start-outward", { ...name, start: placeOf(TEXT, "مدينة").start });
  await step("start-inward", name);
  await misam.hook("edges-by-letter").tap();
  await expect(() => misam.hook("edges-by-letter").getAttribute("aria-checked"), (pressed) => pressed === "true", "by letters now");
  await picture(misam.tab, "touch-edges");
  await step("end-inward", { ...name, end: name.end - 1 });
  await step("end-outward", name);
  await step("start-inward", { ...name, start: name.start + 1 });
  await step("start-outward", name);
  await misam.hook("edges-by-word").tap();
  await step("end-outward", { ...name, end: placeOf(TEXT, "يوم").end });
});

journey("prefixes come off a name by a tap, one after the other, and go back on", PHONE, async (misam) => {
  const text = "قال مصدر إن وبالقاهرة وفدا آخر.";
  const word = placeOf(text, "وبالقاهرة");
  await give(misam, { text, spans: [{ ...word, label: "LOC", origin: "manual" }] });
  const { from, to } = await misam.edges(word);
  await misam.tab.touchscreen.tap((from.x + to.x) / 2, (from.y + to.y) / 2);
  await misam.hook("span-detail").waitFor();
  const peel = misam.hook("peel");
  await peel.scrollIntoViewIfNeeded();
  const box = await peel.boundingBox();
  assert.ok(Math.min(box.width, box.height) >= 24, `it is large enough for a finger: ${box.width} by ${box.height}`);
  for (const cut of [1, 2, 0, 1]) {
    await peel.tap();
    await misam.span({ start: word.start + cut, end: word.end, label: "LOC" });
  }
});
