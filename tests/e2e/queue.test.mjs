// The list of articles leads the work: the keys that go on follow its order and its filter, no edit moves an article under
// the hand, and both are there after a reload. By real keys and clicks.
import assert from "node:assert/strict";
import { expect } from "./harness/expect.mjs";
import { journey } from "./harness/journey.mjs";
import { give, suggestion } from "./harness/records.mjs";

/** How sure the extractor is of the one suggestion in each article; there is none in the last. */
const SURE = [0.9, 0.3, 0.7, 0.5, undefined];
const TEXTS = SURE.map((_, n) => `خبر رقم ${n + 1}: زار الوفد القاهرة.`);
const ARTICLES = TEXTS.map((text, n) => ({ text, spans: SURE[n] ? [suggestion(text, "القاهرة", "LOC", SURE[n])] : [] }));

/** Opens an article by its number. */
const open = async (misam, n) => {
  await misam.hook("article-item").filter({ hasText: `رقم ${n}` }).click();
  await shown(misam, n, "it is opened");
};

const shown = (misam, n, what) => expect(() => misam.text(), (text) => text === TEXTS[n - 1], what);

/** Waits until the list shows these numbers. */
const listed = (misam, what, ...wanted) => expect(
  () => misam.hook("article-item").evaluateAll((items) => items.map((item) => item.innerText.match(/رقم (\d)/u)[1])),
  (now) => String(now) === String(wanted), what);

const saved = (misam) => expect(() => misam.hook("keeping").getAttribute("data-state"), (state) => state === "saved", "all is kept");

journey("work goes in the order of doubt, which no edit changes and which is there after a reload", { locale: "en" }, async (misam) => {
  await give(misam, ...ARTICLES);
  await misam.hook("order-articles").selectOption({ label: "Most doubtful first" });
  await listed(misam, "in the order of doubt", 2, 4, 3, 1, 5);
  await open(misam, 2);
  await misam.press("u", "u");
  await shown(misam, 4, "U goes on to the next one in doubt");
  await misam.press("Alt+PageDown");
  await shown(misam, 3, "so does Alt with page down");
  await misam.press("Alt+PageUp");
  await shown(misam, 4, "and back");
  await saved(misam);
  await misam.reload();
  await listed(misam, "the order is there", 2, 4, 3, 1, 5);
  assert.equal(await misam.hook("order-articles").locator("option:checked").innerText(), "Most doubtful first");
  await shown(misam, 4, "and the article");
  await misam.focusText();
  for (const [next, what] of [[3, "the next one"], [1, "the one after it"], [5, "the last one"]]) {
    await misam.press("Control+Enter");
    await shown(misam, next, `Ctrl+Enter goes on to ${what}`);
  }
  await misam.press("Control+Enter");
  await shown(misam, 2, "and round to the first");
  await misam.press("Shift+Enter");
  await expect(() => misam.spans(), (spans) => spans[0]?.origin === "accepted", "nothing in it is in doubt any more");
  await listed(misam, "it stays in its place", 2, 4, 3, 1, 5);
  const row = misam.hook("article-item").first();
  await expect(() => row.innerText(), (text) => text.includes("1 span"), "its line follows");
  await misam.hook("order-anew").click();
  await listed(misam, "until the list is ordered anew", 4, 3, 1, 2, 5);
  await misam.press("Alt+PageDown");
  await shown(misam, 5, "the keyboard is with the text again");
  await misam.hook("order-articles").selectOption({ label: "As added" });
  await listed(misam, "as they were added", 1, 2, 3, 4, 5);
  await expect(() => misam.hook("order-anew").count(), (count) => count === 0, "there is nothing to order anew");
});

journey("work stays among flagged articles, and their end is said", { locale: "en" }, async (misam) => {
  await give(misam, ...ARTICLES);
  for (const n of [2, 4]) {
    await open(misam, n);
    await misam.press("Shift+F");
    await expect(() => misam.hook("flag").getAttribute("aria-pressed"), (pressed) => pressed === "true", "it has its flag");
  }
  await misam.hook("filter-status").selectOption("flagged");
  await listed(misam, "only these", 2, 4);
  await open(misam, 2);
  await misam.press("Alt+Enter");
  await shown(misam, 4, "everything accepted, and on to the next flagged one");
  await misam.press("Alt+PageDown");
  await expect(() => misam.status(), (said) => said.includes("This is the last article in the list."), "there is none behind it");
  await misam.press("Control+Enter");
  await expect(() => misam.status(), (said) => said.includes("That was the last one in this list; 3 unfinished articles are not in it."), "the end is said");
  await shown(misam, 4, "the last one stays");
  await saved(misam);
  await misam.reload();
  await listed(misam, "the filter is there after a reload", 2, 4);
  assert.equal(await misam.hook("filter-status").inputValue(), "flagged");
  await misam.hook("discard").click();
  await shown(misam, 2, "what follows is of the list, too");
  await listed(misam, "one is left", 2);
});

journey("skipping goes on to the next article, and undo brings the skipped one back as it was", { locale: "en" }, async (misam) => {
  await give(misam, ...ARTICLES);
  await misam.hook("order-articles").selectOption({ label: "Most doubtful first" });
  await open(misam, 4);
  await misam.press("Shift+S");
  await shown(misam, 3, "the next one of the list");
  await expect(() => misam.status(), (said) => /Skipped.*Next:.*رقم 3/u.test(said), "both are said");
  const skipped = misam.hook("article-item").filter({ hasText: "رقم 4" });
  assert.equal(await skipped.getAttribute("data-status"), "skipped");
  await misam.press("Control+z");
  await shown(misam, 4, "it is shown again");
  await expect(() => skipped.getAttribute("data-status"), (status) => status === "in_progress", "as it was");
});
