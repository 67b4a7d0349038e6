// What the page has acknowledged is kept: when the tab is killed, and when two tabs have the same project open.
import assert from "node:assert/strict";
import { PLAIN, placeOf } from "./harness/articles.mjs";
import { expect } from "./harness/expect.mjs";
import { journey } from "./harness/journey.mjs";
import { Misam } from "./harness/misam.mjs";

/** Labels a piece of text and waits until the list shows it. */
async function label(misam, surface, code) {
  const place = placeOf(PLAIN.text, surface);
  await misam.drag(place);
  await misam.hook(`label-${code}`).first().click();
  return misam.span({ ...place, label: code });
}

journey("a tab killed right after an edit loses nothing", {}, async (misam) => {
  await misam.addArticle(PLAIN);
  await label(misam, "مصدر", "PER");
  await label(misam, "صباح", "EVT");
  const before = await misam.spans();
  const debug = await misam.context.newCDPSession(misam.tab);
  debug.send("Page.crash").catch(() => {});
  await misam.tab.waitForEvent("crash");
  misam.tab = await misam.context.newPage();
  await misam.load();
  await expect(() => misam.spans(), (spans) => JSON.stringify(spans) === JSON.stringify(before), "all spans are there after the crash");
});

journey("two tabs on one project do not overwrite each other", {}, async (first) => {
  await first.addArticle(PLAIN);
  await label(first, "مصدر", "PER");
  const second = new Misam({ ...first, tab: await first.context.newPage() });
  await second.load();
  await expect(() => second.text(), (text) => text === PLAIN.text, "the other tab shows the article");
  const place = placeOf(PLAIN.text, "صباح");
  await second.drag(place);
  await second.hook("label-EVT").first().click().catch(() => {});
  const inSecond = await second.spans();
  await first.tab.bringToFront();
  await label(first, "طبي", "ORG");
  await first.reload();
  const after = await expect(() => first.spans(), (spans) => spans.length > 0, "the spans are back");
  const has = (surface, code) => after.some((span) => span.label === code && span.start === placeOf(PLAIN.text, surface).start);
  assert.ok(has("مصدر", "PER") && has("طبي", "ORG"), "the first tab's work is kept");
  const accepted = inSecond.some((span) => span.label === "EVT" && span.start === place.start);
  assert.ok(!accepted || has("صباح", "EVT"), "what the second tab took as an edit is kept");
});
