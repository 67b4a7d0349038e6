// Spans that cross and spans in pieces: drawn, shown, taken up with mouse, keys and fingers, and kept.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { placeOf } from "./harness/articles.mjs";
import { picture } from "./harness/browser.mjs";
import { expect } from "./harness/expect.mjs";
import { journey } from "./harness/journey.mjs";
import { give, span } from "./harness/records.mjs";

const TEXT = "قال إن قيادة شرطة وأمن الجيزة معه، ثم زار أحمد وليلى الهادي المدينة القديمة.";
const place = (surface) => placeOf(TEXT, surface);
const POLICE = place("قيادة شرطة وأمن");
const GIZA = place("وأمن الجيزة");
const AHMAD = { start: place("أحمد").start, end: place("الهادي").end };
const CROSSING = [span(TEXT, "قيادة شرطة وأمن", "ORG", { origin: "manual" }), span(TEXT, "وأمن الجيزة", "LOC", { origin: "manual" })];
const GAPPED = { ...AHMAD, label: "PER", origin: "manual", fragments: ["أحمد", "الهادي"].map((surface) => [place(surface).start, place(surface).end]) };

/** The marks of a label in the text: the words of each element. */
const marks = ({ tab }, label) => tab.locator(`.article .mark[data-label="${label}"]`).allInnerTexts();

/** The label that is up. */
const up = ({ tab }) => tab.locator('[data-testid="span-item"][aria-current="true"]').evaluateAll((items) => items.map(({ dataset }) => dataset.label).join());
const isUp = (misam, label) => expect(() => up(misam), (now) => now === label, `${label} is up`);

journey("spans that cross and a span in pieces are drawn with the mouse, seen whole and saved", { locale: "en" }, async (misam) => {
  await give(misam, { text: TEXT, spans: [] });
  await misam.drag(POLICE);
  await misam.press("o");
  await misam.span({ ...POLICE, label: "ORG" });
  await misam.press("Escape");
  await misam.drag(GIZA);
  await misam.press("l");
  await misam.span({ ...GIZA, label: "LOC" });
  await expect(() => misam.status(), (said) => /crosses/u.test(said) && said.includes("قيادة شرطة وأمن"), "that they cross is said");
  assert.deepEqual(await marks(misam, "ORG"), ["قيادة شرطة وأمن"]);
  assert.deepEqual(await marks(misam, "LOC"), ["وأمن", " الجيزة"], "one of them is cut on the screen, and whole in the text");
  await misam.press("Escape");
  await misam.drag(place("أحمد"));
  await misam.press("p");
  await misam.span({ ...place("أحمد"), label: "PER" });
  await misam.drag(place("الهادي"));
  await misam.press("Equal");
  await misam.span({ ...AHMAD, label: "PER" });
  assert.deepEqual(await marks(misam, "PER"), ["أحمد", "الهادي"], "what lies between is not marked");
  await picture(misam.tab, "crossing");
  const [record] = readFileSync(await misam.export("misam"), "utf8").split("\n").filter(Boolean).map((line) => JSON.parse(line));
  assert.deepEqual(record.spans.map(({ start, end, label, fragments }) => ({ start, end, label, fragments })), [
    { ...POLICE, label: "ORG", fragments: undefined },
    { ...GIZA, label: "LOC", fragments: undefined },
    { ...AHMAD, label: "PER", fragments: GAPPED.fragments },
  ]);
});

journey("where spans cross a click takes the shorter one up, further clicks and Q the others by turns", { locale: "en" }, async (misam) => {
  await give(misam, { text: TEXT, spans: [...CROSSING, GAPPED] });
  const shared = await misam.middle(place("وأمن"));
  for (const label of ["LOC", "ORG", "LOC"]) {
    await misam.tab.mouse.click(shared.x, shared.y);
    
    await isUp(misam, label);
    // Sooner it would be a double click.
    await misam.tab.waitForTimeout(700);
  }
  for (const label of ["ORG", "LOC"]) {
    await misam.press("q");
    await isUp(misam, label);
  }
  await misam.clickText(place("الجيزة"));
  await isUp(misam, "LOC");
  await misam.press("x");
  await misam.noSpan(GIZA);
  await misam.span({ ...POLICE, label: "ORG" });
  await expect(() => marks(misam, "LOC"), (words) => words.length === 0, "both pieces are gone");
  await misam.press("Control+z");
  for (const piece of ["أحمد", "الهادي"]) {
    await misam.press("Escape");
    await misam.clickText(place(piece));
    await isUp(misam, "PER");
    const rings = misam.tab.locator('.article .mark[data-label="PER"][data-focus]');
    await expect(() => rings.count(), (count) => count === 2, "both pieces show that they are up");
  }
});

journey("of marks that lie in one another only the innermost under the pointer shows itself", { locale: "en" }, async (misam) => {
  const outer = { start: POLICE.start, end: GIZA.end, label: "GRP", origin: "manual" };
  await give(misam, { text: TEXT, spans: [outer, ...CROSSING] });
  const fills = () => misam.tab.locator(".article .mark").evaluateAll((marks) => marks.map((mark) => `${mark.dataset.label} ${mark.textContent}: ${getComputedStyle(mark).backgroundColor}`));
  await misam.tab.mouse.move(0, 0);
  await misam.painted();
  const calm = await fills();
  const tinted = async (surface) => {
    const { x, y } = await misam.middle(place(surface));
    await misam.tab.mouse.move(x, y);
    await misam.painted();
    const now = await fills();
    return now.filter((fill, at) => fill !== calm[at]).map((fill) => fill.split(":")[0]);
  };
  assert.deepEqual(await tinted("شرطة"), ["ORG قيادة شرطة وأمن"]);
  assert.deepEqual(await tinted("وأمن"), ["LOC وأمن"]);
  assert.deepEqual(await tinted("الجيزة"), ["LOC  الجيزة"]);
  assert.deepEqual(await tinted("زار"), []);
});

journey("a finger takes the innermost up, and the next one out where it comes down near", { locale: "ar", touch: true, viewport: { width: 390, height: 844 } }, async (misam) => {
  const outer = { start: POLICE.start, end: place("معه").end, label: "GRP", origin: "manual" };
  await give(misam, { text: TEXT, spans: [outer, span(TEXT, "الجيزة", "LOC", { origin: "manual" })] });
  const { from, to } = await misam.edges(place("الجيزة"));
  const tap = async (share, label) => {
    await misam.tab.touchscreen.tap(from.x + (to.x - from.x) * share, from.y);
    await expect(() => misam.tab.locator(".article .mark[data-focus]").evaluateAll((marks) => [...new Set(marks.map(({ dataset }) => dataset.label))].join()), (now) => now === label, `${label} is up`);
    // Sooner it would be a double tap.
    await misam.tab.waitForTimeout(700);
  };
  await tap(0.3, "LOC");
  await tap(0.6, "GRP");
  await tap(0.45, "LOC");
  const beside = await misam.middle(place("شرطة"));
  await misam.tab.touchscreen.tap(beside.x, beside.y);
  await expect(() => misam.tab.locator('.article .mark[data-focus][data-label="GRP"]').count(), (count) => count > 0, "beside the inner one it is the outer one");
});
