// What is found by what it is called: all mentions of a name, any place in any article, every command, an article.
// By real keys and clicks.
import assert from "node:assert/strict";
import { placeOf } from "./harness/articles.mjs";
import { picture } from "./harness/browser.mjs";
import { expect } from "./harness/expect.mjs";
import { journey } from "./harness/journey.mjs";
import { closed, give, span, suggestion } from "./harness/records.mjs";

const FIRST = "زار الوفد القاهرة أمس. وقال للقاهرة إن قيادة شرطة وأمن الجيزة معه، ثم عاد من القَاهِرة.";
const SECOND = "عاد الوفد إلى القاهرة.";

journey("all mentions of a name are labelled by two keys, in all articles, and taken back by one", { locale: "en" }, async (misam) => {
  const taken = span(FIRST, "القَاهِرة", "ORG", { origin: "manual" });
  await give(misam, { text: FIRST, spans: [taken] }, { text: SECOND, spans: [] });
  const cairo = placeOf(FIRST, "القاهرة");
  await misam.selectByKeyboard(FIRST, cairo);
  await misam.press("l");
  await misam.span({ ...cairo, label: "LOC", origin: "manual" });
  await misam.press("r");
  await expect(() => misam.hook("hit").count(), (count) => count === 4, "behind ل and under marks it is found, and in the other article");
  const ticked = () => misam.tab.locator('[data-testid="hit"] input:checked').count();
  assert.equal(await ticked(), 2, "what somebody has labelled is not ticked");
  assert.equal(await misam.tab.locator('[data-testid="hit"] .label-chip[data-label="ORG"]').count(), 1, "what carries another label is shown");
  await picture(misam.tab, "label-all");
  await misam.press("Enter");
  await closed(misam);
  const behindLam = { start: placeOf(FIRST, "للقاهرة").start + 1, end: placeOf(FIRST, "للقاهرة").end };
  await misam.span({ ...behindLam, label: "LOC" });
  await misam.span({ ...placeOf(FIRST, "القَاهِرة"), label: "ORG" });
  await misam.hook("article-item").nth(1).click();
  await misam.span({ ...placeOf(SECOND, "القاهرة"), label: "LOC" });
  await misam.press("Control+z");
  await expect(() => misam.spans(), (spans) => spans.length === 2, "one undo takes all of it back");
  await misam.hook("article-item").nth(1).click();
  await misam.noSpan(placeOf(SECOND, "القاهرة"));
});

/** A name, and the same name as it is written elsewhere. */
const SPELLINGS = [
  ["أحمد", ["احمد", "أحـــمد", "لأحمد", "إحمد"]],
  ["الكبرى", ["الكبري", "الكـبرى", "للكبرى"]],
  ["الحسكة", ["الحسكه", "الحَسَكة", "بالحسكة", "للحسكه"]],
];

journey("all mentions of a name are found however it is spelled: stretched, with or without hamza and dots", { locale: "en" }, async (misam) => {
  const lines = SPELLINGS.map(([name, others]) => [name, ...others].map((word) => `قال ${word} هذا.`).join(" "));
  const text = lines.join("\n");
  await give(misam, { text, spans: SPELLINGS.map(([name]) => span(text, name, "LOC", { origin: "manual" })) });
  for (const [name, others] of SPELLINGS) {
    await misam.item(placeOf(text, name)).click();
    await misam.press("r");
    await expect(() => misam.hook("hit").count(), (count) => count === 1 + others.length, `${name} is found in ${others}`);
    const surfaces = await misam.tab.locator(".hit-surface").allInnerTexts();
    // Of a word with a preposition in front, all but that.
    const whole = (surface, at) => others[at].endsWith(surface) && surface.length >= others[at].length - 1;
    assert.ok(surfaces.slice(1).every(whole), `${surfaces} of ${others}`);
    await misam.press("Enter");
    await closed(misam);
  }
  const labelled = await expect(() => misam.spans(), (spans) => spans.length === SPELLINGS.flat(2).length, "all of them carry the label");
  assert.ok(labelled.every(({ label }) => label === "LOC"));
  await misam.span({ ...placeOf(text, "الحَسَكة"), label: "LOC", origin: "manual" });
});

journey("all that was found is ticked at once and labelled anew in both articles, and one undo takes it back", { locale: "en" }, async (misam) => {
  const [taken, other] = [span(FIRST, "القَاهِرة", "ORG", { origin: "manual" }), suggestion(SECOND, "القاهرة", "ORG", 0.7)];
  await give(misam, { text: FIRST, spans: [taken] }, { text: SECOND, spans: [other] });
  const boxes = () => misam.tab.locator('[data-testid="hit"] input:checked').count();
  await misam.press("Slash");
  await misam.tab.keyboard.insertText("القاهرة");
  await misam.hook("search-everywhere").click();
  await expect(() => misam.hook("hit").count(), (count) => count === 4, "all mentions are found");
  // One under the other, whatever stands before them.
  const starts = await misam.tab.locator(".hit-surface").evaluateAll((surfaces) => surfaces.map((surface) => surface.getBoundingClientRect().right));
  assert.ok(Math.max(...starts) - Math.min(...starts) <= 1, `all begin at one place: ${starts}`);
  assert.equal(await boxes(), 0);
  await misam.tab.getByRole("button", { name: "Tick all", exact: true }).click();
  await expect(boxes, (count) => count === 4, "all are ticked");
  await misam.tab.getByRole("button", { name: "Tick none", exact: true }).click();
  await expect(boxes, (count) => count === 0, "and none");
  await misam.tab.getByRole("button", { name: "Only the unlabelled", exact: true }).click();
  await expect(boxes, (count) => count === 3, "what a person has labelled is left out, what was suggested is not");
  assert.equal(await misam.tab.locator('[data-testid="hit"]').filter({ has: misam.tab.locator('.label-chip[data-label="ORG"]') }).first().locator("input").isChecked(), false);
  await misam.tab.getByRole("button", { name: "Tick all", exact: true }).click();
  await misam.hook("apply-which").selectOption("LOC");
  await misam.hook("apply-label").click();
  await expect(() => misam.tab.locator('[data-testid="hit"] .label-chip[data-label="LOC"]').count(), (count) => count === 4, "the list shows it");
  await misam.press("Escape");
  await closed(misam);
  await expect(() => misam.spans(), (spans) => spans.length === 3 && spans.every(({ label }) => label === "LOC"), "in the article that is open");
  await misam.hook("article-item").nth(1).click();
  await misam.span({ ...placeOf(SECOND, "القاهرة"), label: "LOC" });
  await misam.press("Control+z");
  await expect(() => misam.spans(), (spans) => spans.length === 1 && spans[0].label === "ORG" && spans[0].origin === "manual", "one undo takes all of it back");
  await misam.hook("article-item").nth(1).click();
  await misam.span({ ...placeOf(SECOND, "القاهرة"), label: "ORG", origin: "suggested" });
});

journey("all spans like one get another label, or go, by two keys each, in all articles", { locale: "en" }, async (misam) => {
  const cairo = placeOf(FIRST, "القاهرة");
  await give(misam,
    { text: FIRST, spans: [span(FIRST, "القاهرة", "ORG"), span(FIRST, "القَاهِرة", "ORG"), span(FIRST, "الجيزة", "ORG")] },
    { text: SECOND, spans: [span(SECOND, "القاهرة", "ORG"), span(SECOND, "الوفد", "ORG")] });
  await misam.item(cairo).click();
  await misam.press("Shift+R");
  await expect(() => misam.hook("hit").count(), (count) => count === 3, "spans of that name, in both articles");
  assert.equal(await misam.tab.locator('[data-testid="hit"] input:checked').count(), 3);
  assert.equal(await misam.hook("apply-label").isDisabled(), true, "another label is still to be chosen");
  await picture(misam.tab, "relabel-all");
  await misam.tab.locator('[data-testid="hit"] input').nth(1).uncheck();
  await misam.hook("hits").focus();
  await misam.press("l");
  await closed(misam);
  await misam.span({ ...cairo, label: "LOC" });
  await misam.span({ ...placeOf(FIRST, "القَاهِرة"), label: "ORG" });
  await misam.span({ ...placeOf(FIRST, "الجيزة"), label: "ORG" });
  await misam.hook("article-item").nth(1).click();
  await misam.span({ ...placeOf(SECOND, "القاهرة"), label: "LOC" });
  await misam.item(placeOf(SECOND, "القاهرة")).click();
  await misam.press("Shift+X");
  await expect(() => misam.hook("hit").count(), (count) => count === 2, "those that have the label now");
  await picture(misam.tab, "remove-all");
  await misam.press("Enter");
  await closed(misam);
  await misam.noSpan(placeOf(SECOND, "القاهرة"));
  await misam.hook("article-item").first().click();
  await misam.noSpan(cairo);
  await misam.span({ ...placeOf(FIRST, "القَاهِرة"), label: "ORG" });
  await misam.press("Control+z", "Control+z");
  await misam.span({ ...cairo, label: "ORG" });
});

journey("a search finds, narrows, labels, accepts and removes", { locale: "en" }, async (misam) => {
  await give(misam,
    { text: FIRST, spans: [suggestion(FIRST, "القاهرة", "LOC", 0.4), suggestion(FIRST, "الوفد", "ORG", 0.9)] },
    { text: SECOND, spans: [suggestion(SECOND, "القاهرة", "LOC", 0.9)] });
  const found = (count) => expect(() => misam.hook("hit").count(), (now) => now === count, `${count} places are found`);
  await misam.press("Slash");
  await misam.tab.keyboard.insertText("القاهرة");
  await found(3);
  await misam.hook("search-everywhere").click();
  await found(4);
  await misam.hook("match-exact").click();
  await found(2);
  await misam.hook("match-letters").click();
  await misam.hook("search-words").fill("قاهر");
  await found(4);
  await misam.hook("match-pattern").click();
  await misam.hook("search-words").fill("ال\\S+د");
  await found(2);
  await misam.hook("search-words").fill("(");
  await expect(() => misam.shown(), (shown) => shown.includes("The pattern cannot be read"), "a bad pattern is said to be one");
  await misam.hook("search-words").fill("");
  await misam.hook("search-doubt").selectOption("50");
  await found(1);
  await misam.hook("search-doubt").selectOption("");
  await misam.hook("search-standing").selectOption("2");
  await misam.hook("search-label").selectOption("LOC");
  await found(2);
  await misam.tab.locator('[data-testid="hit"] input').first().check();
  await misam.hook("apply-accept").click();
  await found(1);
  await misam.tab.locator('[data-testid="hit"] input').first().check();
  await misam.hook("apply-remove").click();
  await found(0);
  await misam.press("Escape");
  await closed(misam);
  await misam.span({ ...placeOf(FIRST, "القاهرة"), label: "LOC", origin: "accepted" });
  await misam.hook("article-item").nth(1).click();
  await misam.noSpan(placeOf(SECOND, "القاهرة"));
  // A label's key decides over what is ticked, from anywhere but a field.
  await misam.press("Slash");
  await misam.tab.keyboard.insertText("الوفد");
  await found(1);
  await misam.tab.locator('[data-testid="hit"] input').first().check();
  await misam.press("g");
  await misam.press("Escape");
  await misam.span({ ...placeOf(SECOND, "الوفد"), label: "GRP", origin: "manual" });
});

journey("many places get no label that nobody chose", { locale: "en" }, async (misam) => {
  await give(misam, { text: FIRST, spans: [] }, { text: SECOND, spans: [] });
  const applies = () => misam.hook("apply-label").isEnabled();
  await misam.press("Slash");
  await misam.tab.keyboard.insertText("القاهرة");
  await expect(() => misam.hook("hit").count(), (count) => count === 3, "all mentions in the article are found");
  await misam.tab.locator(".search-ticks button").first().click();
  assert.equal(await misam.hook("apply-which").inputValue(), "");
  assert.equal(await applies(), false, "no label is chosen");
  await misam.hook("apply-which").selectOption("LOC");
  await expect(applies, (enabled) => enabled, "one is chosen");
  await misam.hook("apply-label").click();
  await expect(() => misam.tab.locator('[data-testid="hit"] .label-chip[data-label="LOC"]').count(), (count) => count === 3, "it is given");
  await misam.press("Escape");
  await closed(misam);
  // Nor where words are looked for that are only selected: Enter gives none, a label's key does.
  await misam.selectByKeyboard(FIRST, placeOf(FIRST, "الوفد"));
  await misam.press("r");
  await expect(() => misam.hook("hit").count(), (count) => count === 2, "in both articles");
  assert.equal(await applies(), false, "no label is chosen");
  await misam.press("g");
  await closed(misam);
  await misam.span({ ...placeOf(FIRST, "الوفد"), label: "GRP" });
});

journey("a search is narrowed by where labels come from and by how far articles are", { locale: "en" }, async (misam) => {
  await give(misam,
    { text: FIRST, spans: [span(FIRST, "الوفد", "ORG", { origin: "manual" }), span(FIRST, "القاهرة", "LOC", { origin: "corrected" }), suggestion(FIRST, "أمس", "DAT", 0.9)] },
    { text: SECOND, status: "done", spans: [span(SECOND, "القاهرة", "LOC", { origin: "imported" }), span(SECOND, "الوفد", "ORG", { origin: "accepted" })] });
  const found = (count) => expect(() => misam.hook("hit").count(), (now) => now === count, `${count} places are found`);
  await misam.press("Slash");
  await misam.hook("search-standing").selectOption({ label: "By hand" });
  await found(1);
  await misam.hook("search-standing").selectOption({ label: "Imported" });
  await found(0);
  await misam.hook("search-everywhere").click();
  await found(1);
  await misam.hook("search-standing").selectOption({ label: "Accepted" });
  await found(1);
  await misam.hook("search-standing").selectOption({ label: "Confirmed" });
  await found(4);
  await misam.hook("search-articles").selectOption({ label: "Done" });
  await found(2);
  await misam.hook("search-articles").selectOption({ label: "Flagged" });
  await found(0);
  await misam.press("Escape");
  await closed(misam);
  await misam.press("Shift+F", "Slash");
  await misam.hook("search-standing").selectOption({ label: "Suggested" });
  await misam.hook("search-articles").selectOption({ label: "Flagged" });
  await found(1);
  assert.equal(await misam.hook("search-everywhere").getAttribute("aria-checked"), "true", "articles are chosen among all");
  await misam.tab.setViewportSize({ width: 390, height: 844 });
  await misam.painted();
  for (const filter of ["search-label", "search-standing", "search-sure", "search-doubt", "search-articles"]) {
    const { x, width } = await misam.hook(filter).boundingBox();
    assert.ok(x >= 0 && x + width <= 390 && width > 100, `${filter} has room on a narrow screen`);
  }
  await picture(misam.tab, "search-narrow");
});

/** Words that no other article of a crowd has. */
const words = (article, count) => Array.from({ length: count }, (_, word) => `كلمة${article * count + word}`).join(" ");

/** So many articles that name Cairo three times each, among so many other words. */
const crowd = (articles, others) => Array.from({ length: articles }, (_, at) => ({
  text: `خبر ${at + 1} ${words(at, others)}: زار الوفد القاهرة.\nوقال للقاهرة إن القَاهِرة بعيدة.`,
  spans: [],
}));

/** Waits until a search has looked through everything and says this. */
const foundAll = (misam, said) => expect(
  async () => [await misam.hook("search-count").getAttribute("aria-busy"), await misam.hook("search-count").innerText()],
  ([busy, text]) => busy === "false" && text.trim() === said, `${said} are found`, 60_000);

/** Waits until so many places are ticked, those out of view among them. */
const ticked = (misam, count) => expect(
  () => misam.tab.locator(".search-foot [role=status]").innerText(), (text) => text.trim().startsWith(`${count} ticked`), `${count} are ticked`);

/** Scrolls the places that were found, and waits for the row of this number. */
async function toRow(misam, number) {
  const top = number === 1 ? 0 : Number.MAX_SAFE_INTEGER;
  await misam.hook("hits").evaluate((list, to) => list.scrollTo(0, Math.min(to, list.scrollHeight)), top);
  const row = misam.tab.locator(`[data-testid="hit"][aria-posinset="${number}"]`);
  await row.waitFor();
  return row;
}

journey("nine hundred mentions in three hundred articles are ticked, in view or not, and are the same when they are looked for again", { locale: "en" }, async (misam) => {
  const articles = crowd(300, 12);
  const [{ text }] = articles;
  await give(misam, ...articles);
  await misam.selectByKeyboard(text, placeOf(text, "القاهرة"));
  await misam.press("l");
  await misam.span({ ...placeOf(text, "القاهرة"), label: "LOC" });
  const lines = () => misam.tab.locator(".hit-line").evaluateAll((all) => all.slice(0, 12).map((line) => line.textContent));
  const seen = [];
  for (const time of ["first", "second"]) {
    await misam.press("r");
    await foundAll(misam, "900 places");
    await ticked(misam, 899);
    const drawn = await misam.hook("hit").count();
    assert.ok(drawn > 5 && drawn < 100, `of 900 rows those in view are drawn: ${drawn}`);
    seen.push(await lines());
    const last = await toRow(misam, 900);
    assert.ok(await last.locator("input").isChecked(), "what is far out of view is ticked as well");
    assert.ok((await last.locator(".hit-title").innerText()).startsWith("خبر 300 "), "the last places are in the last article");
    if (time === "second") break;
    // Of what is out of view somebody has taken one back.
    await last.locator("input").uncheck();
    await ticked(misam, 898);
    await toRow(misam, 1);
    assert.equal(await (await toRow(misam, 900)).locator("input").isChecked(), false, "it stays so while it is out of view");
    await misam.press("Escape");
    await closed(misam);
  }
  assert.deepEqual(seen[1], seen[0], "the same places, in the same order");
  await (await toRow(misam, 900)).locator("input").uncheck();
  await misam.hook("apply-label").click();
  await closed(misam);
  await expect(() => misam.spans(), (spans) => spans.length === 3, "all of the first article");
  await misam.hook("article-item").last().click();
  await expect(() => misam.text(), (now) => now === articles.at(-1).text, "the last article is shown");
  await expect(() => misam.spans(), (spans) => spans.length === 2, "of the last one what was ticked");
  await misam.noSpan(placeOf(articles.at(-1).text, "القَاهِرة"));
  await misam.press("Control+z");
  await expect(() => misam.text(), (now) => now === text, "one undo goes to the first of them");
  await expect(() => misam.spans(), (spans) => spans.length === 1, "and leaves what was there before");
  await misam.hook("article-item").last().click();
  await expect(() => misam.text(), (now) => now === articles.at(-1).text, "the last article is shown");
  await expect(() => misam.spans(), (spans) => spans.length === 0, "all of it is taken back");
});

journey("of more than ten thousand places the first ten thousand are listed, and that is said", { locale: "en" }, async (misam) => {
  const article = (at) => `خبر ${at + 1}\n${Array.from({ length: 1_000 }, (_, place) => `قطر ${at * 1_000 + place}`).join("، ")}.`;
  await give(misam, ...Array.from({ length: 11 }, (_, at) => ({ text: article(at), spans: [] })));
  const isCutOff = () => misam.shown().then((shown) => shown.includes("These are the first 10000"));
  await misam.press("Slash");
  await misam.tab.keyboard.insertText("قطر");
  await foundAll(misam, "1000 places");
  assert.equal(await isCutOff(), false);
  await misam.hook("search-everywhere").click();
  await foundAll(misam, "10000 places");
  await expect(isCutOff, Boolean, "the rest is said to be left out");
  await misam.tab.getByRole("button", { name: "Tick all", exact: true }).click();
  await ticked(misam, 10_000);
  const last = await toRow(misam, 10_000);
  assert.ok(await last.locator("input").isChecked());
  assert.ok((await last.locator(".hit-title").innerText()).startsWith("خبر 10"), "the eleventh article is left out");
  await misam.hook("search-here").click();
  await foundAll(misam, "1000 places");
  assert.equal(await isCutOff(), false);
  await ticked(misam, 1_000);
});

journey("what is decided while a search goes on is done at its end, and another query gives up the one before", { locale: "en" }, async (misam) => {
  const articles = crowd(300, 150);
  const [{ text }] = articles;
  const last = articles.at(-1).text;
  await give(misam, ...articles);
  // So slow that the articles are looked through in many pieces.
  const session = await misam.context.newCDPSession(misam.tab);
  const slowed = (rate) => session.send("Emulation.setCPUThrottlingRate", { rate });
  await slowed(4);
  await misam.press("Slash");
  await misam.hook("search-everywhere").click();
  await misam.hook("search-words").fill("القاهرة");
  await misam.hook("hit").first().waitFor();
  await misam.hook("search-words").fill(`كلمة${299 * 150 + 149}`);
  await foundAll(misam, "One place");
  assert.equal(await misam.hook("hit").count(), 1, "nothing of what was looked for before");
  await misam.press("Escape");
  await closed(misam);
  await slowed(1);
  const cairo = placeOf(text, "القاهرة");
  await misam.hook("article-item").first().click();
  await misam.selectByKeyboard(text, cairo);
  await misam.press("l");
  await misam.span({ ...cairo, label: "LOC" });
  await slowed(4);
  await misam.press("r");
  await expect(
    () => misam.tab.evaluate(() => document.activeElement?.dataset.testid), (hook) => hook === "apply-label", "the button that decides has the keyboard", 60_000);
  await misam.press("Enter");
  await expect(() => misam.tab.locator("dialog[open]").count(), (count) => count === 0, "it is done at the end", 60_000);
  await slowed(1);
  await expect(() => misam.spans(), (spans) => spans.length === 3, "in the first article");
  await misam.hook("article-item").last().click();
  await expect(() => misam.text(), (now) => now === last, "the last article is shown");
  await expect(() => misam.spans(), (spans) => spans.length === 3, "and in the last, which was far from being looked through");
});

journey("sure suggestions are found from a confidence on, and accepted in all articles by one step", { locale: "en" }, async (misam) => {
  const [first, second] = [FIRST, SECOND].map((text, n) => ({
    text, spans: [suggestion(text, "الوفد", "ORG", n ? 0.92 : 0.95), suggestion(text, "القاهرة", "LOC", n ? 0.4 : 0.8)],
  }));
  await give(misam, first, second);
  const found = (number) => expect(() => misam.hook("hit").count(), (count) => count === number, `${number} places`);
  await misam.press("Slash");
  await misam.hook("search-everywhere").click();
  await misam.hook("search-sure").selectOption("80");
  await found(3);
  await misam.hook("search-doubt").selectOption("90");
  await found(1);
  await misam.hook("search-doubt").selectOption("");
  await misam.hook("search-sure").selectOption({ label: "Confidence from" });
  await found(0);
  await misam.press("Escape");
  await closed(misam);
  const accepted = (text, ...origins) => expect(
    async () => ({ shown: await misam.text(), now: (await misam.spans()).map(({ origin }) => origin) }),
    ({ shown, now }) => shown === text && String(now) === String(origins), `${origins} in ${text}`);
  const inBoth = async (...origins) => {
    await misam.hook("article-item").first().click();
    await accepted(FIRST, ...origins);
    await misam.hook("article-item").nth(1).click();
    await accepted(SECOND, ...origins);
  };
  await misam.press("Control+k");
  await misam.tab.keyboard.insertText("accept sure unfinished");
  await misam.press("Enter");
  await closed(misam);
  await expect(() => misam.status(), (said) => said.includes("Accepted 2 suggestions. In 2 articles."), "how many in how many articles");
  await inBoth("accepted", "suggested");
  await misam.press("Control+z");
  await inBoth("suggested", "suggested");
  // From the settings, where it is said from which confidence on.
  await misam.press("Control+k");
  await misam.tab.keyboard.insertText("settings");
  await misam.press("Enter");
  await misam.hook("setting-sure").selectOption("80");
  const everywhere = misam.hook("accept-sure-everywhere");
  await expect(() => everywhere.innerText(), (words) => /80%/u.test(words), "the button says it");
  await everywhere.click();
  await closed(misam);
  await expect(() => misam.status(), (said) => said.includes("Accepted 3 suggestions. In 2 articles."), "three by now");
  await misam.hook("article-item").first().click();
  await accepted(FIRST, "accepted", "accepted");
  await misam.hook("article-item").nth(1).click();
  await accepted(SECOND, "accepted", "suggested");
});

journey("a place that was found is shown in its text", { locale: "en" }, async (misam) => {
  await give(misam, { text: FIRST, spans: [] }, { text: SECOND, spans: [] });
  await misam.press("Slash");
  await misam.tab.keyboard.insertText("عاد الوفد");
  await misam.hook("search-everywhere").click();
  await misam.tab.locator('[data-testid="hit"] button').first().click();
  await closed(misam);
  await expect(() => misam.text(), (text) => text === SECOND, "its article is opened");
  await misam.press("e");
  await misam.span({ ...placeOf(SECOND, "عاد الوفد"), label: "EVT" });
});

journey("a place is searched for and shown in its text by keys alone", { locale: "en" }, async (misam) => {
  await give(misam, { text: FIRST, spans: [] }, { text: SECOND, spans: [] });
  const focused = (hook) => expect(
    () => misam.tab.evaluate(() => document.activeElement?.dataset.testid), (now) => now === hook, `${hook} has the keyboard`);
  await misam.press("Slash");
  await misam.tab.keyboard.insertText("القاهرة");
  await misam.press("Enter");
  await closed(misam);
  await misam.press("e");
  await misam.span({ ...placeOf(FIRST, "القاهرة"), label: "EVT" });
  await misam.press("Slash");
  await misam.tab.keyboard.insertText("القاهرة");
  await expect(() => misam.hook("hit").count(), (count) => count === 3, "all mentions in the article are found");
  await misam.press("ArrowDown");
  await focused("hit");
  await misam.press("ArrowDown", "ArrowUp", "ArrowUp");
  await focused("search-words");
  await misam.press("ArrowDown", "ArrowDown", "ArrowDown", "Enter");
  await closed(misam);
  await misam.press("l");
  await misam.span({ ...placeOf(FIRST, "القَاهِرة"), label: "LOC" });
  await misam.press("Slash");
  await misam.tab.keyboard.insertText("لا شيء كهذا");
  await expect(() => misam.shown(), (shown) => shown.includes("Nothing was found."), "that nothing was found is said");
  const [words, said] = await Promise.all([misam.hook("search-count"), misam.tab.getByText("Nothing was found.")].map((element) => element.boundingBox()));
  assert.ok(said.y - words.y < 160, "near the words, and not at the end of the dialog");
});

journey("commands, labels and articles are found by what they are called, in both languages", { locale: "en" }, async (misam) => {
  await give(misam, { text: FIRST, spans: [] }, { text: SECOND, spans: [] });
  await misam.selectByKeyboard(FIRST, placeOf(FIRST, "الوفد"));
  await misam.press("Control+k");
  await misam.tab.keyboard.insertText("organisation");
  await misam.press("Enter");
  await misam.span({ ...placeOf(FIRST, "الوفد"), label: "ORG" });
  await misam.press("Control+k");
  await misam.tab.keyboard.insertText("تراجع");
  await misam.press("Enter");
  await misam.noSpan(placeOf(FIRST, "الوفد"));
  await misam.press("Control+k");
  await misam.tab.keyboard.insertText("عاد الوفد إلى");
  await picture(misam.tab, "palette");
  await misam.press("Enter");
  await expect(() => misam.text(), (text) => text === SECOND, "an article is opened");
  await misam.press("Control+k");
  await misam.tab.keyboard.insertText("hist");
  await misam.press("ArrowDown", "ArrowUp", "Enter");
  await misam.hook("history-dialog").waitFor();
});

journey("the list of articles is narrowed and ordered", { locale: "en" }, async (misam) => {
  const many = Array.from({ length: 6 }, (_, n) => ({ text: `خبر رقم ${n + 1} عن القاهرة.`, spans: [] }));
  many[4].spans = [suggestion(many[4].text, "القاهرة", "LOC", 0.3)];
  await give(misam, ...many);
  await misam.hook("order-articles").selectOption("1");
  const first = () => misam.hook("article-item").first().innerText();
  await expect(first, (text) => text.includes("رقم 5"), "the most doubtful one comes first");
  await misam.hook("filter-articles").fill("رقم 2");
  await expect(() => misam.hook("article-item").count(), (count) => count === 1, "one is called that");
  await misam.hook("filter-articles").fill("");
  await misam.hook("filter-status").selectOption("done");
  await expect(() => misam.hook("article-item").count(), (count) => count === 0, "none is done");
});
