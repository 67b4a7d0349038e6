// The page stays where it is: nothing that comes by itself pushes away what somebody looks at, and nothing moves for those
// who ask for that.
import assert from "node:assert/strict";
import { placeOf } from "./harness/articles.mjs";
import { expect } from "./harness/expect.mjs";
import { journey } from "./harness/journey.mjs";
import { closed, give, span, suggestion } from "./harness/records.mjs";

const TEXT = "زار الوفد القاهرة أمس. وقال الوزير إن الجيش اليمني معه.\nثم عاد إلى بغداد مساء. وانتهت الزيارة.";

/** Has the page keep what it shifts, from its very beginning. */
async function watchShifts(misam) {
  await misam.tab.addInitScript(() => {
    window.shifts = [];
    const name = (node) => node && `${node.nodeName}.${node.className ?? ""} ${node.dataset?.testid ?? ""}`;
    new PerformanceObserver((list) => {
      for (const { value, hadRecentInput, startTime, sources } of list.getEntries()) {
        window.shifts.push({ value, hadRecentInput, at: Math.round(startTime), sources: sources.map(({ node }) => name(node)) });
      }
    }).observe({ type: "layout-shift", buffered: true });
  });
}

/** What was shifted, of a view that is 1: a tenth is what web vitals call good, and is far more than is allowed here. */
const shifted = async (misam, byItself = true) => {
  const shifts = await misam.tab.evaluate(() => window.shifts);
  const meant = shifts.filter(({ hadRecentInput }) => !byItself || !hadRecentInput);
  return { sum: meant.reduce((sum, { value }) => sum + value, 0), meant };
};
const MOST = 0.02;

for (const viewport of [{ width: 1440, height: 900 }, { width: 390, height: 844 }]) {
  journey(`nothing is pushed away while the page comes, with work in it and without, ${viewport.width} pixels wide`, { locale: "ar", viewport, blank: true }, async (misam) => {
    await watchShifts(misam);
    await misam.load();
    await misam.tab.evaluate(() => document.fonts.ready);
    await misam.tab.waitForTimeout(1_000);
    const first = await shifted(misam);
    assert.ok(first.sum <= MOST, `the start: ${JSON.stringify(first)}`);
    await give(misam, { text: TEXT, spans: [span(TEXT, "الوفد", "ORG"), suggestion(TEXT, "القاهرة", "LOC", 0.9)] });
    await expect(() => misam.hook("keeping").getAttribute("data-state"), (state) => state === "saved", "all is kept");
    // On a narrow screen the buttons for new articles are out of sight by now.
    await misam.tab.reload();
    await expect(() => misam.text(), (text) => text === TEXT, "the article is back");
    await misam.tab.evaluate(() => document.fonts.ready);
    await misam.tab.waitForTimeout(1_000);
    const again = await shifted(misam);
    assert.ok(again.sum <= MOST, `with work: ${JSON.stringify(again)}`);
  });
}

journey("no edit and no dialog moves the text", { locale: "en", blank: true }, async (misam) => {
  await watchShifts(misam);
  await misam.load();
  await give(misam, { text: TEXT, spans: [span(TEXT, "الوفد", "ORG"), suggestion(TEXT, "القاهرة", "LOC", 0.9)] });
  await misam.drag(placeOf(TEXT, "بغداد"));
  await misam.painted();
  const place = () => misam.hook("article").evaluate((article) => [...article.querySelectorAll(".paragraph")].map((paragraph) => {
    const { x, y, width } = paragraph.getBoundingClientRect();
    return [x, y, width];
  }));
  const before = await place();
  const still = async (what) => {
    await misam.painted();
    assert.deepEqual(await place(), before, what);
  };
  for (const key of ["l", "x", "Control+z", "Control+z", "Control+Home", "Space", "Enter", "Shift+F", "b", "b", "Escape"]) {
    await misam.press(key);
    await still(`after ${key}`);
  }
  for (const key of ["Control+k", "Slash", "Shift+Slash", "Control+h"]) {
    await misam.press(key);
    await misam.tab.locator("dialog[open]").waitFor();
    await still(`under the dialog of ${key}`);
    await misam.press("Escape");
    await closed(misam);
    await still(`after the dialog of ${key}`);
  }
});

/** What moves on the page: animations and transitions that take any time. */
const moving = ({ tab }) => tab.evaluate(() => document.getAnimations().filter((animation) => {
  const { duration, iterations } = animation.effect.getComputedTiming();
  return duration > 0 && (iterations === Infinity || duration > 1);
}).map((animation) => animation.animationName ?? animation.transitionProperty));

journey("for those who ask nothing moves, and for the others it does", { locale: "en" }, async (misam) => {
  await give(misam, { text: TEXT, spans: [span(TEXT, "الوفد", "ORG"), suggestion(TEXT, "القاهرة", "LOC", 0.9)] });
  const walk = async () => {
    const seen = new Set();
    const look = async () => (await moving(misam)).forEach((name) => seen.add(name));
    await misam.focusText();
    await misam.press("Control+Home");
    await look();
    await misam.item(placeOf(TEXT, "القاهرة")).hover();
    await look();
    const { x, y } = await misam.middle(placeOf(TEXT, "القاهرة"));
    await misam.tab.mouse.move(x, y);
    await look();
    for (const key of ["Control+k", "Slash", "Shift+T"]) {
      await misam.press(key);
      await misam.tab.locator("dialog[open]").waitFor();
      await look();
      await misam.press("Escape");
      await closed(misam);
      await look();
    }
    return [...seen];
  };
  assert.ok((await walk()).length > 0, "something moves, so that the test sees it");
  await misam.tab.emulateMedia({ reducedMotion: "reduce" });
  await misam.painted();
  assert.deepEqual(await walk(), []);
  const smooth = await misam.tab.evaluate(() => [...document.querySelectorAll("*")].filter((element) => getComputedStyle(element).scrollBehavior === "smooth").map((element) => element.className));
  assert.deepEqual(smooth, []);
});
