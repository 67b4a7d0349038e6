// Where the keyboard is when a dialog has opened and when it has closed. By real keys and a real mouse.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { placeOf } from "./harness/articles.mjs";
import { expect } from "./harness/expect.mjs";
import { journey } from "./harness/journey.mjs";
import { closed, give, span } from "./harness/records.mjs";

const TEXT = "زار الوفد القاهرة أمس، ثم عاد الوفد إلى القاهرة.";

const focused = ({ tab }) => tab.evaluate(() => document.activeElement?.dataset.testid ?? document.activeElement?.tagName);
const has = (misam, hook, what) => expect(() => focused(misam), (now) => now === hook, `${hook} has the keyboard ${what}`);

/** Every dialog that a key opens. */
const KEYS = ["i", "Shift+Slash", "h", "Control+k", "Slash", "r", "Shift+R", "Shift+X", "Control+h", "Control+s", "Shift+P", "Shift+L", "Shift+T", "Shift+C", "Shift+G", "Shift+D"];

journey("every dialog that is opened by its key has the keyboard, and gives it back to the text", { locale: "en" }, async (misam) => {
  await give(misam, { text: TEXT, spans: [span(TEXT, "القاهرة", "LOC", { origin: "manual" })] });
  for (const key of KEYS) {
    await misam.focusText();
    await misam.press("Control+Home", "j", key);
    await misam.tab.locator("dialog[open]").waitFor();
    await expect(() => misam.tab.evaluate(() => !!document.activeElement?.closest("dialog[open]")), Boolean, `the dialog of ${key} has the keyboard`);
    await misam.press("Escape");
    await closed(misam);
    await has(misam, "article", `after ${key}`);
  }
});

journey("who opens a dialog from a button by keys is back at it, and in the text who did something there or used the mouse", { locale: "en" }, async (misam) => {
  await give(misam, { text: TEXT, spans: [span(TEXT, "القاهرة", "LOC", { origin: "manual" })] });
  for (const hook of ["projects", "about", "export", "new-article"]) {
    await misam.tabTo(hook);
    await misam.press("Enter");
    await misam.tab.locator("dialog[open]").waitFor();
    await misam.press("Escape");
    await closed(misam);
    await has(misam, hook, "again");
  }
  await misam.tabTo("export");
  await misam.press("Slash");
  await misam.tab.keyboard.insertText("الوفد");
  await misam.press("Enter");
  await closed(misam);
  await has(misam, "article", "where the place is shown");
  await misam.press("o");
  await misam.span({ ...placeOf(TEXT, "الوفد"), label: "ORG" });
  await misam.hook("export").click();
  await misam.tab.locator("dialog[open]").waitFor();
  await misam.press("Escape");
  await closed(misam);
  await has(misam, "article", "for who used the mouse");
});

journey("two keys save the dataset", { locale: "en" }, async (misam) => {
  await give(misam, { text: TEXT, spans: [span(TEXT, "القاهرة", "LOC", { origin: "manual" })] });
  await misam.focusText();
  await misam.press("Control+s");
  await has(misam, "export-download", "at once");
  const path = await misam.download(() => misam.press("Enter"));
  assert.equal(JSON.parse(readFileSync(path, "utf8").split("\n")[0]).text, TEXT);
  await closed(misam);
  await has(misam, "article", "afterwards");
});
