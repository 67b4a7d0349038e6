// Whatever can be done is among the commands, under its name and with its key: what a key does, what a button does, every
// label, in both languages.
import assert from "node:assert/strict";
import { placeOf } from "./harness/articles.mjs";
import { expect } from "./harness/expect.mjs";
import { journey } from "./harness/journey.mjs";
import { closed, give, span, suggestion } from "./harness/records.mjs";

const TEXT = "زار الوفد القاهرة أمس، ثم وصل إلى دمشق.";

/** The entries of the palette that have some words, by what they are called, with their keys. */
async function entries(misam, words = "") {
  await misam.press("Control+k");
  await misam.hook("palette-dialog").waitFor();
  await misam.tab.keyboard.insertText(words);
  await misam.painted();
  const found = await misam.hook("palette-entry").evaluateAll((rows) => rows.map((row) => [row.querySelector(".palette-name").textContent.replace(/[\u2066-\u2069]/gu, "").trim(), row.querySelector("kbd")?.textContent ?? null]));
  await misam.press("Escape");
  await closed(misam);
  return new Map(found);
}

/** How the caret goes, which nobody looks for by name, and the palette itself. */
const NOT_LISTED = /^(?:Caret|Select|نقل المؤشر|تحريك المؤشر|مدّ التحديد|التحديد إلى) |^All commands$|^كل الأوامر$/u;

for (const locale of ["en", "ar"]) {
  journey(`every key and every label is among the commands, with the key it has in the list of keys (${locale})`, { locale }, async (misam) => {
    await give(misam, { text: TEXT, spans: [span(TEXT, "الوفد", "ORG"), suggestion(TEXT, "القاهرة", "LOC", 0.9)] });
    const commands = await entries(misam);
    await misam.press("Shift+Slash");
    await misam.hook("help-dialog").waitFor();
    const keys = await misam.tab.locator(".help-row:has(.key-button:not([data-place]))").evaluateAll((rows) => rows.map((row) => [row.querySelector("dt").textContent.trim(), row.querySelector("kbd").textContent]));
    assert.ok(keys.length > 40, `all keys are listed: ${keys.length}`);
    await misam.press("Escape");
    await closed(misam);
    const left = keys.filter(([name, key]) => commands.get(name) !== key).map(([name]) => name);
    assert.deepEqual(left.filter((name) => !NOT_LISTED.test(name)), [], "all but the ways of the caret");
    const labels = await misam.tab.locator(".label-button").evaluateAll((buttons) => buttons.map((button) => [button.dataset.label, button.querySelector("kbd").textContent]));
    for (const [code, key] of labels) {
      const [[name, has]] = await entries(misam, `(${code})`);
      assert.ok(name.includes(`(${code})`), `${code} is among the commands: ${name}`);
      assert.equal(has, key, name);
    }
  });

  journey(`every button of the article and of the span is among the commands, with the key it shows (${locale})`, { locale }, async (misam) => {
    await give(misam, { text: TEXT, spans: [span(TEXT, "الوفد", "ORG"), suggestion(TEXT, "القاهرة", "LOC", 0.9)] });
    await misam.item(placeOf(TEXT, "القاهرة")).click();
    await misam.hook("span-detail").waitFor();
    const commands = await entries(misam);
    const caps = await misam.tab.locator(":is(.article-bar, [data-testid=\"span-detail\"], .topbar) button:has(kbd)").evaluateAll((buttons) => buttons.map((button) => [button.dataset.testid ?? button.textContent, button.querySelector("kbd").textContent]));
    assert.ok(caps.length >= 5, `buttons show their keys: ${JSON.stringify(caps)}`);
    const known = new Set(commands.values());
    for (const [button, key] of caps) assert.ok(known.has(key), `${button} has the key ${key}, which no command has`);
    if (locale === "ar") assert.ok(caps.some(([, key]) => /\p{Script=Arabic}/u.test(key)), "in Arabic as an Arabic keyboard has them");
  });
}

journey("what the palette does is what the key does", { locale: "en" }, async (misam) => {
  await give(misam, { text: TEXT, spans: [suggestion(TEXT, "القاهرة", "LOC", 0.9), suggestion(TEXT, "دمشق", "LOC", 0.4)] });
  const run = async (words) => {
    await misam.press("Control+k");
    await misam.tab.keyboard.insertText(words);
    await misam.press("Enter");
    await expect(() => misam.hook("palette-dialog").count(), (count) => count === 0, "the palette goes");
  };
  await run("next suggestion");
  await run("accept the suggestion");
  await misam.span({ ...placeOf(TEXT, "القاهرة"), origin: "accepted" });
  await run("undo");
  await misam.span({ ...placeOf(TEXT, "القاهرة"), origin: "suggested" });
  await run("accept all");
  await expect(() => misam.spans(), (spans) => spans.every(({ origin }) => origin === "accepted"), "all are accepted");
});
