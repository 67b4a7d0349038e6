// Two annotators, one answer: disagreements are decided by keys and clicks, and what comes of it is a gold document with
// its whole provenance.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { placeOf } from "./harness/articles.mjs";
import { picture } from "./harness/browser.mjs";
import { expect } from "./harness/expect.mjs";
import { journey } from "./harness/journey.mjs";
import { closed, give, span } from "./harness/records.mjs";

const TEXT = "زار الوفد مدينة سبها أمس.\nلم يحدث شيء آخر.\nثم عاد من هون مع نجم الغد إلى سرت 😊.";
const SECOND = "وصل الوفد إلى هون.";

const manual = (text, words, label) => span(text, words, label, { origin: "manual" });
const own = () => [
  manual(TEXT, "سبها", "LOC"), manual(TEXT, "أمس", "DAT"), manual(TEXT, "هون", "LOC"), manual(TEXT, "نجم الغد", "ORG"), manual(TEXT, "سرت", "LOC"),
];
const hers = () => [
  manual(TEXT, "مدينة سبها", "LOC"), manual(TEXT, "أمس", "DAT"), manual(TEXT, "هون", "ORG"), manual(TEXT, "سرت", "LOC"),
];

const record = (id, text, spans) => JSON.stringify({ id, text, spans, status: "done" }) + "\n";
const amal = () => ({
  name: "amal.jsonl",
  mimeType: "application/x-ndjson",
  buffer: Buffer.from(record("x", TEXT, hers()) + record("y", SECOND, [manual(SECOND, "هون", "LOC")])),
});

async function begin(misam) {
  await give(misam,
    { text: TEXT, spans: own(), status: "done" },
    { text: SECOND, spans: [manual(SECOND, "هون", "LOC")], status: "done" });
  await misam.press("Shift+D");
  await misam.hook("adjudication-dialog").waitFor();
  await misam.hook("no-disputes").waitFor();
  await misam.hook("load-annotator-files").setInputFiles(amal());
  await state(misam, 0, 3);
}

const state = (misam, decided, total) =>
  expect(() => misam.hook("dispute-state").innerText(), (said) => said.replace(/[\u2068\u2069]/g, "") === `${decided} of ${total} decided`, `${decided} of ${total}`, 20_000);

async function exported(misam) {
  const lines = readFileSync(await misam.export("misam"), "utf8").trim().split("\n");
  return lines.map((line) => JSON.parse(line));
}

const words = (record) => record.spans.map(({ label, text }) => `${label} ${text}`);

journey("disagreements are decided by keys, and the gold document says who was followed", { locale: "en" }, async (misam) => {
  await begin(misam);
  await picture(misam.tab, "adjudication");
  // The ends differ: the second voice is right. The label differs: the first. One has nothing: nothing belongs there.
  await misam.press("2");
  await state(misam, 1, 3);
  await misam.press("1");
  await state(misam, 2, 3);
  await misam.press("n");
  await state(misam, 3, 3);
  await expect(() => misam.hook("followed-row").count(), (count) => count === 2, "it is counted who was followed");
  // What all agree on is written as well.
  await misam.hook("write-gold").click();
  await expect(() => misam.hook("write-gold").isDisabled(), (disabled) => disabled, "everything is written");
  assert.equal((await misam.hook("write-gold").innerText()).trim(), "All gold articles are written");
  await picture(misam.tab, "adjudication-done");
  await misam.press("Escape");
  await closed(misam);
  await expect(() => misam.hook("article-item").count(), (count) => count === 4, "there are two gold documents");
  const gold = misam.hook("article-item").filter({ has: misam.hook("article-gold") });
  assert.equal(await gold.count(), 2, "and they are told from those they were made from");
  const golds = (await exported(misam)).filter(({ annotator }) => annotator === "gold");
  assert.deepEqual(golds.map(words), [["LOC مدينة سبها", "DAT أمس", "LOC هون", "LOC سرت"], ["LOC هون"]]);
  assert.deepEqual(golds.map(({ status }) => status), ["done", "done"]);
  const [ends, agreed, label] = golds[0].spans.map(({ attributes }) => attributes.adjudication);
  assert.deepEqual(ends, { decision: "followed", followed: ["amal"], against: ["project"] });
  assert.deepEqual(agreed, { decision: "agreed", followed: ["project", "amal"], against: [] });
  assert.deepEqual(label, { decision: "followed", followed: ["project"], against: ["amal"] });
  assert.deepEqual(golds[0].meta.adjudication.map(({ start, end }) => [...TEXT].slice(start, end).join("")), ["مدينة سبها", "هون", "نجم الغد"]);
});

journey("a decision is edited, taken back, and undone as one step; names can be hidden", { locale: "en" }, async (misam) => {
  await begin(misam);
  await misam.hook("blind").check();
  const names = () => misam.tab.locator('[data-testid="side"] h3').allInnerTexts();
  await expect(names, (now) => now.join() === "A,B", "names are hidden");
  await misam.hook("blind").uncheck();
  await expect(names, (now) => now.join() === "This project,amal", "names are shown");
  await misam.hook("take-edited").click();
  await misam.hook("editor-row").first().waitFor();
  await expect(() => misam.hook("editor-row").count(), (count) => count === 2, "it begins with what is there");
  await misam.hook("editor-remove").nth(1).click();
  await misam.hook("editor-label").selectOption("FAC");
  await misam.hook("start-out").click();
  await picture(misam.tab, "adjudication-edit");
  await misam.hook("editor-done").click();
  await state(misam, 1, 3);
  await misam.hook("merged-dispute").first().click();
  await expect(() => misam.hook("decision").innerText(), (said) => said.includes("edited"), "it is said what was decided");
  await misam.hook("withdraw").click();
  await state(misam, 0, 3);
  await misam.hook("take-both").click();
  await state(misam, 1, 3);
  await misam.press("Escape");
  await closed(misam);
  await misam.press("Control+z", "Control+z");
  await misam.press("Shift+D");
  await misam.hook("dispute-state").waitFor();
  await state(misam, 1, 3);
  await misam.hook("follow-who").selectOption("1");
  await misam.hook("follow-everywhere").click();
  await state(misam, 3, 3);
  await misam.press("Escape");
  await closed(misam);
  const gold = (await exported(misam)).find(({ annotator }) => annotator === "gold");
  assert.deepEqual(words(gold), ["FAC مدينة سبها", "DAT أمس", "ORG هون", "LOC سرت"]);
});

journey("decisions live through a reload, and a loaded annotator can be kept in the project", { locale: "ar" }, async (misam) => {
  await give(misam, { text: TEXT, spans: own(), status: "done" });
  await misam.press("Shift+D");
  await misam.hook("load-annotator-files").setInputFiles(amal());
  await misam.hook("annotator-keep").waitFor();
  await misam.hook("annotator-keep").click();
  await expect(() => misam.hook("annotator-keep").count(), (count) => count === 0, "she is in the project");
  const decided = (count) => expect(() => misam.tab.locator('[data-testid="merged-dispute"][data-decided="true"]').count(), (now) => now === count, `${count} are decided`, 20_000);
  await decided(0);
  await misam.tab.locator('[data-testid="take"]').first().click();
  await decided(1);
  await picture(misam.tab, "adjudication-ar");
  await misam.press("Escape");
  await closed(misam);
  await expect(() => misam.hook("keeping").getAttribute("data-state"), (state) => state === "saved", "the work is saved");
  await misam.reload();
  await expect(() => misam.hook("article-item").count(), (count) => count === 4, "everything is back");
  await misam.focusText();
  await misam.press("Shift+D");
  await decided(1);
});

journey("a loaded annotator is there again when the page is loaded again, until she is taken out", { locale: "en" }, async (misam) => {
  const again = async () => {
    await misam.press("Escape");
    await closed(misam);
    await expect(() => misam.hook("keeping").getAttribute("data-state"), (state) => state === "saved", "the work is saved");
    await misam.reload();
    await misam.hook("article-item").first().waitFor();
    await misam.focusText();
    await misam.press("Shift+D");
    await misam.hook("adjudication-dialog").waitFor();
  };
  await begin(misam);
  await misam.press("1");
  await state(misam, 1, 3);
  await again();
  await state(misam, 1, 3);
  await expect(() => misam.hook("annotator").allInnerTexts(), (rows) => rows.length === 2 && rows[1].includes("amal"), "she is there");
  // The project's file takes her along.
  await misam.press("Escape");
  await closed(misam);
  await misam.press("Shift+P");
  const file = readFileSync(await misam.download(() => misam.hook("project-save").click()));
  const elsewhere = await misam.another({ locale: "en" });
  await elsewhere.giveFiles({ name: "work.misam", mimeType: "application/zip", buffer: file });
  await elsewhere.hook("article-item").first().waitFor();
  await elsewhere.focusText();
  await elsewhere.press("Shift+D");
  await state(elsewhere, 1, 3);
  await elsewhere.close();
  await misam.press("Escape");
  await closed(misam);
  await misam.press("Shift+D");
  await misam.hook("annotator-remove").click();
  await misam.hook("no-disputes").waitFor();
  await again();
  await expect(() => misam.hook("annotator").count(), (count) => count === 1, "she is gone");
});

const THIRD = "غادر الوفد سرت ليلًا ثم زار غات.";

journey("the queue goes over all articles, by keys alone: all, nobody, edited, taken back, and round again", { locale: "ar" }, async (misam) => {
  await give(misam,
    { text: TEXT, spans: [manual(TEXT, "سبها", "LOC"), manual(TEXT, "أمس", "DAT")], status: "done" },
    { text: THIRD, spans: [manual(THIRD, "سرت", "LOC"), manual(THIRD, "غات", "LOC")], status: "done" });
  await misam.press("Shift+D");
  await misam.hook("no-disputes").waitFor();
  const nour = record("x", TEXT, [manual(TEXT, "مدينة سبها", "LOC"), manual(TEXT, "أمس", "DAT")]) +
    record("z", THIRD, [manual(THIRD, "سرت", "ORG"), manual(THIRD, "غات", "FAC")]);
  await misam.hook("load-annotator-files").setInputFiles({ name: "nour.jsonl", mimeType: "application/x-ndjson", buffer: Buffer.from(nour) });
  const disputes = misam.hook("merged-dispute");
  const current = () => misam.tab.locator('[data-testid="merged-dispute"][aria-current="true"]').innerText();
  const at = (words, shown = words) => expect(current, (now) => now === shown, `the dispute about ${words}`, 20_000);
  await at("سبها", "مدينة سبها");
  // What all agree on is folded away, or only marked.
  assert.equal(await misam.tab.locator(".merged-folded").count(), 1);
  assert.equal(await disputes.count(), 1);
  assert.deepEqual(await misam.tab.locator(".merged-agreed").allInnerTexts(), ["أمس"]);
  // Differences are told by shape and by words, not by colour alone.
  const standings = () => misam.tab.locator(".side-span").evaluateAll((rows) => rows.map((row) => [row.dataset.standing, !!row.querySelector("svg"), row.querySelector(".visually-hidden").textContent.trim() !== ""]));
  assert.deepEqual(await standings(), [["ends", true, true], ["ends", true, true]]);
  assert.equal(await misam.tab.locator('.dispute-kind[data-kind="boundary"] svg').count(), 1);
  // Both, in the first article; the next dispute is in the second.
  await misam.press("b");
  await at("سرت");
  assert.deepEqual(await standings(), [["label", true, true], ["label", true, true]]);
  await misam.press("n");
  await at("غات");
  await misam.press("e");
  await misam.hook("editor-row").first().waitFor();
  await misam.hook("editor-remove").nth(1).click();
  await misam.hook("editor-done").click();
  const decided = () => disputes.evaluateAll((all) => all.map((one) => one.dataset.decided));
  await expect(decided, (now) => now.join() === "true,true", "both of this article are decided", 20_000);
  // Back and round again, and a decision is taken back.
  await misam.press("k");
  await at("سرت");
  await misam.press("x");
  await expect(decided, (now) => now.join() === "false,true", "one is taken back", 20_000);
  await misam.press("2");
  await expect(decided, (now) => now.join() === "true,true", "and decided otherwise", 20_000);
  await misam.press("Escape");
  await closed(misam);
  const golds = (await exported(misam)).filter(({ annotator }) => annotator === "gold");
  assert.deepEqual(golds.map(words), [["LOC مدينة سبها", "LOC سبها", "DAT أمس"], ["ORG سرت", "LOC غات"]]);
  assert.deepEqual(golds[1].spans.map(({ attributes }) => attributes.adjudication.decision), ["followed", "edited"]);
});

journey("the extractor is shown beside two people and has no vote", { locale: "en" }, async (misam) => {
  const text = "وصل الوفد إلى مدينة بغداد مساء الثلاثاء ثم عاد.";
  await give(misam, { text, spans: [manual(text, "بغداد", "LOC")], status: "done" });
  await misam.press("Shift+D");
  await misam.hook("no-disputes").waitFor();
  const other = record("x", text, [manual(text, "مدينة بغداد", "LOC")]);
  await misam.hook("load-annotator-files").setInputFiles({ name: "amal.jsonl", mimeType: "application/x-ndjson", buffer: Buffer.from(other) });
  await state(misam, 0, 1);
  const sides = () => misam.hook("side").evaluateAll((all) => all.map((side) => side.querySelector(".side-note") !== null));
  await expect(sides, (now) => now.join() === "false,false", "two people");
  await misam.hook("extractor-voice").check();
  await expect(sides, (now) => now.join() === "false,false,true", "the extractor stands beside them", 60_000);
  await state(misam, 0, 1);
});

journey("the keys of this dialog are changed where all keys are, a key that is taken is refused, and the page keeps its own", { locale: "en" }, async (misam) => {
  await give(misam, { text: TEXT, spans: own(), status: "done" }, { text: SECOND, spans: [manual(SECOND, "هون", "LOC")], status: "done" });
  await misam.press("Shift+Slash");
  const key = (code) => misam.tab.locator(`[data-testid="key-button"][data-place="dispute"][data-key="${code}"]`);
  assert.equal(await misam.tab.locator('[data-testid="key-button"][data-place="dispute"]').count(), 18, "all of them are listed");
  await key("KeyN").click();
  await misam.press("b");
  await expect(() => misam.hook("key-taken").innerText(), (said) => /That key is taken: .?Take all/u.test(said), "it is said what has it");
  await key("KeyN").click();
  await misam.press("Enter");
  await expect(() => misam.hook("key-taken").innerText(), (said) => /Press the button/u.test(said), "Enter stays what it is");
  for (const [code, wanted, shown] of [["KeyN", "x", "X"], ["KeyX", "Shift+Z", "Shift+Z"], ["Digit2", "F8", "F8"]]) {
    if (code === "KeyN") {
      // It is free once the other has gone.
      await key("KeyX").click();
      await misam.press("q");
    }
    await key(code).click();
    await misam.press(wanted);
    await expect(() => key(code).innerText(), (text) => text === shown, `${shown} is shown`);
  }
  assert.equal(await misam.tab.locator('[data-testid="key-button"][data-key="KeyX"]:not([data-place])').innerText(), "X", "that of the page is as it was");
  await misam.press("Escape");
  await closed(misam);
  await expect(() => misam.hook("keeping").getAttribute("data-state"), (state) => state === "saved", "all is kept");
  await misam.reload();
  await misam.hook("article-item").first().waitFor();
  await misam.focusText();
  await misam.press("Shift+D");
  await misam.hook("no-disputes").waitFor();
  await misam.hook("load-annotator-files").setInputFiles(amal());
  await state(misam, 0, 3);
  assert.match(await misam.hook("take-neither").innerText(), /X$/u, "the button has its key on it");
  assert.match(await misam.hook("take").nth(1).innerText(), /F8$/u);
  await misam.press("n", "2");
  await state(misam, 0, 3);
  await misam.press("F8");
  await state(misam, 1, 3);
  await misam.press("x");
  await state(misam, 2, 3);
  await misam.press("k", "Shift+Z");
  await state(misam, 1, 3);
  await misam.press("Escape");
  await closed(misam);
  await misam.press("j", "x");
  await expect(() => misam.spans(), (spans) => spans.length === own().length - 1, "X removes on the page");
});
