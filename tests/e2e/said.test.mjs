// What is done is said: the live region has every edit, in both languages, and with it what comes up next.
import assert from "node:assert/strict";
import { journey } from "./harness/journey.mjs";
import { placeOf } from "./harness/articles.mjs";
import { expect } from "./harness/expect.mjs";
import { give, suggestion } from "./harness/records.mjs";

const TEXT = "زار الوفد القاهرة أمس، ثم وصل إلى دمشق وعاد إلى بيروت.";
const WORDS = {
  en: { accepted: /^Accepted one suggestion\. Suggestion, .?Place.?: .?دمشق/u, removed: /^Removed: .?دمشق/u, undone: /^Undone: / },
  ar: { accepted: /^قُبل اقتراح واحد\. اقتراح، .*دمشق/u, removed: /^أُزيل: .?دمشق/u, undone: /^جرى التراجع عن: / },
};

for (const locale of ["en", "ar"]) {
  journey(`every edit is said to those who do not see it (${locale})`, { locale }, async (misam) => {
    await give(misam, { text: TEXT, spans: [suggestion(TEXT, "القاهرة", "LOC", 0.9), suggestion(TEXT, "دمشق", "LOC", 0.9)] });
    const words = WORDS[locale];
    const said = (pattern, what) => expect(() => misam.status(), (said) => pattern.test(said), what);
    await misam.press("j");
    await said(/القاهرة/u, "the suggestion that comes up is said");
    await misam.press("Enter");
    await said(words.accepted, "that it was accepted is said, and what comes up next");
    await misam.press("x");
    await said(words.removed, "that one was rejected is said");
    await misam.drag(placeOf(TEXT, "بيروت"));
    await misam.press("l");
    await said(/: .?بيروت/u, "a new span is said");
    await misam.press("BracketRight");
    await said(/إلى بيروت/u, "where an end goes is said");
    await misam.press("Control+z");
    const first = await said(words.undone, "what was taken back is said");
    await misam.press("Control+z");
    const again = await expect(() => misam.status(), (said) => words.undone.test(said) && said !== first, "and said again, when it is done again");
    assert.notEqual(again, first);
  });
}
