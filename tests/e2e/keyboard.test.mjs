// The whole job without a mouse: every step of annotate.test.mjs has a key, and the Tab key reaches everything.
import assert from "node:assert/strict";
import { AWKWARD, placeOf } from "./harness/articles.mjs";
import { expect } from "./harness/expect.mjs";
import { readGold } from "./harness/gold.mjs";
import { journey } from "./harness/journey.mjs";
import { closed, give } from "./harness/records.mjs";

journey("an article goes from the clipboard to a gold file by keys alone", { locale: "en" }, async (misam) => {
  const { text, title } = AWKWARD;
  await misam.tabTo("new-article");
  await misam.press("Enter");
  await misam.tabTo("paste-title");
  await misam.tab.keyboard.insertText(title);
  await misam.tabTo("paste-text");
  await misam.paste(text);
  await misam.tabTo("add-article");
  await misam.press("Enter");
  await expect(() => misam.text(), (shown) => shown === text, "the article's text is shown byte for byte");
  await misam.settled();
  await expect(() => misam.spans(), (spans) => spans.length >= 5, "the article gets suggestions");

  const comment = placeOf(text, "تعليق");
  await misam.selectByKeyboard(text, comment);
  await misam.press("e");
  await misam.span({ ...comment, label: "EVT", origin: "manual" });
  await misam.press("a");
  await misam.span({ ...comment, label: "AGR" });
  await misam.press("Control+z");
  await misam.span({ ...comment, label: "EVT" });
  await misam.press("Control+Shift+z");
  await misam.span({ ...comment, label: "AGR" });

  // Rejected from the keyboard: the next suggestion, and no.
  await misam.press("Escape", "Control+Home", "Space");
  const before = await misam.spans();
  await misam.press("x");
  const after = await expect(() => misam.spans(), (spans) => spans.length < before.length, "a suggestion is rejected");
  const rejected = before.find((span) => !after.some((other) => other.start === span.start && other.end === span.end && other.label === span.label));
  assert.equal(rejected.origin, "suggested");

  // Accepted: the next one, and yes.
  await misam.press("Escape", "Control+Home", "Space", "Enter");
  await misam.span({ origin: "accepted" });

  // A boundary inside a word, letter by letter.
  const withAnd = placeOf(text, "وللجيش");
  await misam.selectByKeyboard(text, withAnd);
  await misam.press("g");
  const whole = await misam.span({ ...withAnd, label: "GRP" });
  await misam.press("Alt+Shift+BracketRight", "Alt+Shift+BracketRight");
  const army = { start: whole.start + 2, end: whole.end };
  await misam.span({ ...army, label: "GRP" });

  await misam.focusText();
  await misam.press("Shift+Enter");
  await expect(() => misam.spans(), (spans) => spans.every(({ origin }) => origin !== "suggested"), "no suggestion is left open");
  await misam.press("Control+Enter");
  const done = await misam.spans();
  await misam.reload();
  await expect(() => misam.spans(), (spans) => JSON.stringify(spans) === JSON.stringify(done), "after a reload all spans are there");

  await misam.press("Control+s");
  await misam.tabTo("export-download");
  const [record] = readGold(await misam.download(() => misam.press("Enter")));
  assert.equal(record.text, text);
  assert.equal(record.status, "done");
  assert.ok(record.spans.some(({ start, end, label }) => start === army.start && end === army.end && label === "GRP"));
  assert.ok(record.rejected.some(({ start, end, label }) => start === rejected.start && end === rejected.end && label === rejected.label));
});

journey("label keys go by the key's place, so they work under an Arabic layout", {}, async (misam) => {
  await misam.addArticle(AWKWARD);
  const comment = placeOf(AWKWARD.text, "تعليق");
  await misam.drag(comment);
  // What a keyboard with an Arabic layout sends for the key that says E in Latin.
  await misam.tab.evaluate(() => document.activeElement.dispatchEvent(
    new KeyboardEvent("keydown", { code: "KeyE", key: "ث", bubbles: true, cancelable: true })));
  await misam.span({ ...comment, label: "EVT" });
});

for (const locale of ["en", "ar"]) {
  journey(`rows of buttons of which one is chosen are one stop of the Tab key, and arrows lead through them (${locale})`, { locale }, async (misam) => {
    await give(misam, { text: "زار الوفد القاهرة أمس.", spans: [] });
    const onwards = locale === "en" ? "ArrowRight" : "ArrowLeft";
    const back = locale === "en" ? "ArrowLeft" : "ArrowRight";
    const at = (hook) => expect(() => misam.tab.evaluate(() => document.activeElement?.dataset.testid), (now) => now === hook, `${hook} has the keyboard`);
    const state = (hook) => misam.hook(hook).evaluate((button) => [button.getAttribute("aria-checked") ?? button.getAttribute("aria-selected"), button.tabIndex]);
    // Tabs.
    await misam.press("Shift+Slash");
    await at("help-keys");
    assert.equal(await misam.hook("help-keys").getAttribute("role"), "tab");
    for (const [key, hook] of [[onwards, "help-labels"], [onwards, "help-settings"], [onwards, "help-keys"], [back, "help-settings"], ["Home", "help-keys"], ["End", "help-settings"]]) {
      await misam.press(key);
      await at(hook);
      assert.deepEqual(await state(hook), ["true", 0]);
    }
    assert.deepEqual(await state("help-keys"), ["false", -1]);
    await misam.hook("setting-sure").waitFor();
    await misam.press("Escape");
    await closed(misam);
    // Answers of one choice.
    await misam.press("Slash");
    await misam.tab.keyboard.insertText("القاهرة");
    await misam.tabTo("match-name");
    for (const [key, hook] of [["ArrowDown", "match-letters"], [onwards, "match-exact"], ["ArrowUp", "match-letters"], ["End", "match-pattern"], [onwards, "match-name"], [back, "match-pattern"], ["Home", "match-name"]]) {
      await misam.press(key);
      await at(hook);
      assert.deepEqual(await state(hook), ["true", 0]);
    }
    await misam.press("Tab");
    await at("search-here");
    await misam.press("Shift+Tab");
    await at("match-name");
    await misam.press("Tab", "ArrowDown");
    await at("search-everywhere");
    await misam.press("Escape");
    await closed(misam);
  });
}
