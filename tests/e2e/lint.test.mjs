// What looks wrong in the labels is found, mended one by one and all at once, called right, and taken back. By real keys
// and clicks.
import assert from "node:assert/strict";
import { placeOf } from "./harness/articles.mjs";
import { picture } from "./harness/browser.mjs";
import { expect } from "./harness/expect.mjs";
import { journey } from "./harness/journey.mjs";
import { closed, give, span } from "./harness/records.mjs";

const FIRST = "زار الوفد سبها، أمس. ثم عاد من سبها إلى هون، وقال الجيش إنه بخير.";
const SECOND = "وصل الوفد إلى هون، ليلًا، ثم زار سبها.";

const manual = { origin: "manual" };
const articles = () => [
  { text: FIRST, spans: [span(FIRST, "سبها،", "LOC", manual), span(FIRST, "الجيش", "GRP", manual)] },
  { text: SECOND, spans: [span(SECOND, "هون،", "LOC", manual)] },
];

const findings = (misam) => misam.hook("finding").evaluateAll((rows) => rows.map((row) => row.dataset.rule));
const found = (misam, ...rules) =>
  expect(() => findings(misam), (now) => now.length === rules.length && rules.every((rule, n) => now[n] === rule), `${rules} are found`, 30_000);

journey("findings are fixed, one and all of a rule, by one undoable step", { locale: "en" }, async (misam) => {
  await give(misam, ...articles());
  await misam.press("Shift+C");
  await expect(() => findings(misam), (now) => now.filter((rule) => rule === "edge-sign").length === 2, "commas inside are found", 30_000);
  await picture(misam.tab, "lint");
  await misam.tab.locator('[data-testid="lint-rule"][data-rule="edge-sign"]').click();
  await found(misam, "edge-sign", "edge-sign");
  await misam.hook("lint-fix-all").click();
  await expect(() => misam.hook("preview-row").count(), (count) => count === 2, "what would change is shown");
  await picture(misam.tab, "lint-preview");
  await misam.hook("preview-back").click();
  await found(misam, "edge-sign", "edge-sign");
  await misam.hook("lint-fix-all").click();
  await misam.hook("preview-make").click();
  await expect(() => misam.tab.locator('[data-testid="lint-rule"][data-rule="edge-sign"]').count(), (count) => count === 0, "the rule finds nothing any more", 30_000);
  await misam.press("Escape");
  await closed(misam);
  await misam.span({ ...placeOf(FIRST, "سبها"), label: "LOC", origin: "manual" });
  await misam.press("Control+z");
  await misam.span({ ...placeOf(FIRST, "سبها،"), label: "LOC" });
  await misam.hook("article-item").nth(1).click();
  await misam.span({ ...placeOf(SECOND, "هون،"), label: "LOC" });
});

journey("where prefixes belong to names the checks ask for them, and mend what leaves them outside", { locale: "en" }, async (misam) => {
  const text = "زار الوفد سبها ثم مضى إلى هون ومنها بسبها مرّ.";
  const name = { ...placeOf(text, "سبها", 1), label: "LOC", ...manual };
  await give(misam, { text, spans: [span(text, "سبها", "LOC", manual), name] });
  await misam.press("Shift+C");
  await found(misam);
  await misam.press("Escape");
  await closed(misam);
  await misam.press("Control+k");
  await misam.tab.keyboard.type("inside, with the name");
  await misam.press("Enter");
  await closed(misam);
  await misam.press("Shift+C");
  await found(misam, "proclitic-outside");
  await misam.tab.locator('[data-testid="lint-rule"][data-rule="proclitic-outside"]').click();
  await misam.hook("lint-fix-all").click();
  await misam.hook("preview-make").click();
  await found(misam);
  await misam.press("Escape");
  await closed(misam);
  await misam.span({ start: name.start - 1, end: name.end, label: "LOC" });
});

journey("spans over each other are found where the labels do not allow them", { locale: "en" }, async (misam) => {
  const text = "التقى الوفد بوزارة النقل العراقية.";
  await give(misam, { text, spans: [span(text, "وزارة النقل العراقية", "ORG", manual), span(text, "العراقية", "NAT", manual)] });
  const overlaps = () => findings(misam).then((now) => now.filter((rule) => rule === "overlap").length);
  await misam.press("Shift+C");
  await expect(overlaps, (count) => count === 1, "one lies over the other", 30_000);
  await misam.press("Escape");
  await misam.press("Shift+L");
  await misam.hook("schema-whole").click();
  await misam.hook("schema-layers").selectOption("nested");
  await picture(misam.tab, "schema-whole");
  await misam.hook("schema-apply").click();
  await closed(misam);
  await misam.press("Shift+C");
  await misam.tab.locator('[data-testid="lint-dialog"][aria-busy="false"]').waitFor({ timeout: 30_000 });
  await expect(overlaps, (count) => count === 0, "it may");
});

journey("a finding is fixed from the keyboard, another is called right and stays so after a reload", { locale: "en" }, async (misam) => {
  await give(misam, ...articles());
  await misam.press("Control+k");
  await misam.tab.keyboard.insertText("check the labels");
  await misam.press("Enter");
  await misam.tab.locator('[data-testid="finding"][data-rule="bare-noun"]').waitFor({ timeout: 30_000 });
  await misam.tabTo("lint-findings");
  await expect(() => findings(misam), (now) => now.includes("edge-sign"), "the commas are found");
  for (let presses = 0; presses < 40; presses++) {
    const there = await misam.tab.evaluate(() => document.activeElement?.dataset.testid === "finding-fix" && document.activeElement.closest("li").dataset.rule === "edge-sign");
    if (there) break;
    await misam.press("Tab");
  }
  await misam.press("Enter");
  await expect(() => findings(misam), (now) => now.filter((rule) => rule === "edge-sign").length === 1, "one is mended", 30_000);
  await misam.tab.locator('[data-testid="finding"][data-rule="bare-noun"]').getByTestId("finding-right").click();
  await expect(() => findings(misam), (now) => !now.includes("bare-noun"), "what is right is no finding", 30_000);
  await misam.press("Escape");
  await closed(misam);
  await expect(() => misam.hook("keeping").getAttribute("data-state"), (state) => state === "saved", "the work is saved");
  await misam.reload();
  await expect(() => misam.hook("article-item").count(), (count) => count === 2, "the articles are back");
  await misam.focusText();
  await misam.press("Shift+C");
  await misam.tab.locator('[data-testid="finding"][data-rule="edge-sign"]').waitFor({ timeout: 30_000 });
  assert.ok(!(await findings(misam)).includes("bare-noun"));
  await misam.hook("lint-show-right").check();
  const right = misam.tab.locator('[data-testid="finding"][data-right="true"]');
  await right.waitFor();
  await right.getByTestId("finding-right").click();
  await expect(() => right.count(), (count) => count === 0, "it is no longer called right", 30_000);
  await misam.tab.locator('[data-testid="finding"][data-rule="bare-noun"][data-right="false"]').waitFor({ timeout: 30_000 });
});

journey("findings are filtered and shown in their text", { locale: "ar" }, async (misam) => {
  await give(misam, ...articles());
  await misam.press("Shift+C");
  await expect(() => findings(misam), (now) => now.filter((rule) => rule === "edge-sign").length === 2, "commas inside are found", 30_000);
  await misam.hook("lint-here").click();
  await expect(() => findings(misam), (now) => now.filter((rule) => rule === "edge-sign").length === 1, "those of this article only");
  await misam.hook("lint-hint").click();
  await expect(() => findings(misam), (now) => now.every((rule) => rule !== "edge-sign"), "breaches are out of sight");
  await misam.hook("lint-error").click();
  await misam.hook("lint-everywhere").click();
  await expect(() => findings(misam), (now) => now.filter((rule) => rule === "edge-sign").length === 2, "breaches of all articles");
  await picture(misam.tab, "lint-ar");
  await misam.tab.locator('[data-testid="finding"][data-rule="edge-sign"]').nth(1).getByTestId("finding-show").click();
  await closed(misam);
  await expect(() => misam.text(), (text) => text === SECOND, "its article is opened");
});

journey("the extractor is asked what it finds as well, and what it says is taken over by a click", { locale: "en" }, async (misam) => {
  const text = "قُتل ثلاثة جنود في قصف قرب مدينة حلب شمالي سوريا صباح الأحد، وفق ما أعلنه الجيش السوري.";
  await give(misam, { text, spans: [span(text, "حلب", "LOC", manual), span(text, "سوريا", "PER", manual)] });
  await misam.model("absent", "ready", "failed");
  await misam.press("Shift+C");
  await misam.tab.locator('[data-testid="lint-dialog"][aria-busy="false"]').waitFor({ timeout: 30_000 });
  const says = () => findings(misam).then((now) => now.filter((rule) => rule.startsWith("extractor-")));
  assert.deepEqual(await says(), [], "unasked it says nothing");
  await misam.hook("lint-extractor").check();
  await expect(says, (now) => now.includes("extractor-labels-otherwise"), "it has another label", 30_000);
  const otherwise = misam.tab.locator('[data-testid="finding"][data-rule="extractor-labels-otherwise"]');
  await otherwise.getByTestId("finding-fix").click();
  await expect(says, (now) => !now.includes("extractor-labels-otherwise"), "it is given", 30_000);
  await misam.hook("lint-extractor").uncheck();
  await expect(says, (now) => now.length === 0, "it is not asked any more", 30_000);
  await misam.press("Escape");
  await closed(misam);
  await misam.span({ ...placeOf(text, "سوريا"), label: "LOC" });
});
