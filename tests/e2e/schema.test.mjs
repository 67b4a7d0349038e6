// The labels of a project are changed on the page, and its spans with them; it can be undone, and is there after a reload.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { PLAIN, placeOf } from "./harness/articles.mjs";
import { picture } from "./harness/browser.mjs";
import { expect } from "./harness/expect.mjs";
import { journey } from "./harness/journey.mjs";
import { closed, give, span } from "./harness/records.mjs";

/** Opens the dialog by its key. */
async function openSchema(misam) {
  await misam.press("Shift+L");
  await misam.hook("schema-dialog").waitFor();
}

/** Picks a label in the list. */
async function pick(misam, code) {
  await misam.hook("schema-labels").locator(`button[data-code="${code}"]`).click();
  await expect(() => misam.hook("schema-code").inputValue(), (value) => value === code, `the form shows ${code}`);
}

/** The label of the span at a place. */
async function labelAt(misam, place) {
  const spans = await misam.spans();
  return spans.find(({ start, end }) => start === place.start && end === place.end)?.label;
}

const ALEPPO = placeOf(PLAIN.text, "حلب");
const COMMENT = placeOf(PLAIN.text, "مصدر");

journey("a label is renamed and another deleted, spans and all, in one step that undo takes back", { locale: "en" }, async (misam) => {
  await misam.addArticle(PLAIN);
  await misam.settled();
  await misam.drag(COMMENT);
  await misam.press("e");
  await misam.span({ ...COMMENT, label: "EVT" });
  const before = await misam.spans();
  assert.equal(await labelAt(misam, ALEPPO), "LOC");

  await openSchema(misam);
  await pick(misam, "LOC");
  await misam.hook("schema-code").fill("");
  await expect(() => misam.hook("schema-standing").innerText(), (said) => said.includes("code"), "an empty code is refused");
  assert.equal(await misam.hook("schema-apply").isEnabled(), false);
  await misam.hook("schema-code").fill("PLACE");
  await expect(
    () => misam.hook("schema-preview-article").locator('[data-label="PLACE"]').count(),
    (count) => count > 0, "the open article is shown as it will be");
  await pick(misam, "EVT");
  await misam.hook("schema-delete").click();

  await misam.hook("schema-apply").click();
  const fate = (code) => misam.hook("schema-fates").locator(`tr[data-code="${code}"]`);
  await fate("EVT").waitFor();
  assert.match(await fate("LOC").getByTestId("schema-fate").locator("option:checked").innerText(), /PLACE/);
  assert.match(await fate("EVT").innerText(), /1 span/);
  await fate("EVT").getByTestId("schema-fate").selectOption("delete");
  await misam.hook("schema-apply").click();

  await misam.span({ ...ALEPPO, label: "PLACE" });
  await misam.noSpan(COMMENT);
  const after = await misam.spans();
  await misam.reload();
  await expect(() => misam.spans(), (spans) => JSON.stringify(spans) === JSON.stringify(after), "after a reload it is so still");
  assert.equal(await misam.hook("label-PLACE").count(), 1);
  assert.equal(await misam.hook("label-EVT").count(), 0);

  const record = JSON.parse(readFileSync(await misam.export("misam"), "utf8").split("\n")[0]);
  assert.equal(record.schema, "conflict-news-own/1");
  await misam.focusText();
  await misam.press("Control+z");
  await expect(() => misam.spans(), (spans) => JSON.stringify(spans) === JSON.stringify(before), "one undo brings all of it back");
  assert.equal(await misam.hook("label-EVT").count(), 1);
  await misam.press("Control+Shift+z");
  await misam.span({ ...ALEPPO, label: "PLACE" });
});

journey("a new label gets names, a key and a colour, and is used at once", {}, async (misam) => {
  await misam.addArticle(PLAIN);
  await misam.settled();
  await openSchema(misam);
  await misam.hook("schema-add-label").click();
  await misam.hook("schema-code").fill("SRC");
  await misam.hook("schema-name-ar").fill("مصدر خبر");
  // The key is pressed, whatever the layout; one that another label has is said.
  await misam.hook("schema-key").press("KeyP");
  await misam.hook("schema-form").getByText("PER").first().waitFor();
  assert.equal(await misam.hook("schema-apply").isEnabled(), false);
  await misam.hook("schema-key").press("KeyZ");
  await misam.hook("schema-colour-3").check({ force: true });
  await misam.hook("schema-line-wavy").check({ force: true });
  await misam.hook("schema-apply").click();
  await misam.hook("label-SRC").waitFor();
  assert.match(await misam.hook("label-SRC").innerText(), /مصدر خبر/);
  await misam.drag(COMMENT);
  await misam.press("z");
  await misam.span({ ...COMMENT, label: "SRC", origin: "manual" });
});

/** How the mark of a place and the button of a label look: colours of the fill, the line and the code, and the line itself. */
async function looks(misam, code) {
  const mark = await misam.tab.locator(`.article .mark[data-label="${code}"]`).first().evaluate((mark) => {
    const { backgroundColor, textDecorationColor, textDecorationStyle } = getComputedStyle(mark);
    return { fill: backgroundColor, line: textDecorationColor, style: textDecorationStyle, code: getComputedStyle(mark, "::after").color };
  });
  const button = await misam.hook(`label-${code}`).first().evaluate((button) => getComputedStyle(button).getPropertyValue("--label-line"));
  return { ...mark, button };
}

journey("a label gets another colour and line, and a new one its own: on the marks, the buttons and after a reload", { locale: "en" }, async (misam) => {
  const places = ["حلب", "سوريا", "مصدر"].map((surface) => placeOf(PLAIN.text, surface));
  await give(misam, { text: PLAIN.text, spans: places.slice(0, 2).map((place) => ({ ...place, label: "LOC", origin: "manual" })) });
  const before = await looks(misam, "LOC");
  await openSchema(misam);
  await pick(misam, "LOC");
  const swatch = (n) => misam.hook(`schema-colour-${n}`);
  const chosen = await expect(() => misam.tab.locator('input[name="schema-colour"]').evaluateAll((all) => all.findIndex(({ checked }) => checked) + 1), (n) => n > 0, "its colour is shown as chosen");
  await swatch(chosen === 5 ? 6 : 5).check({ force: true });
  await misam.hook("schema-line-double").check({ force: true });
  await misam.hook("schema-add-label").click();
  await misam.hook("schema-code").fill("SRC");
  await misam.hook("schema-name-en").fill("Source");
  await misam.hook("schema-key").press("KeyZ");
  await swatch(9).check({ force: true });
  await misam.hook("schema-line-wavy").check({ force: true });
  await misam.hook("schema-apply").click();
  await closed(misam);
  await misam.drag(places[2]);
  await misam.press("z");
  await misam.span({ ...places[2], label: "SRC" });
  await misam.press("Escape");
  // What is under the pointer is a shade deeper.
  await misam.tab.mouse.move(0, 0);
  const after = await expect(() => looks(misam, "LOC"), (now) => now.style === "double", "the line is another");
  for (const part of ["fill", "line", "code", "button"]) assert.notEqual(after[part], before[part], `${part} of the label`);
  const own = await looks(misam, "SRC");
  assert.equal(own.style, "wavy");
  for (const part of ["fill", "line", "button"]) assert.notEqual(own[part], after[part], `${part} of the new one`);
  await expect(() => misam.hook("keeping").getAttribute("data-state"), (state) => state === "saved", "all is kept");
  await misam.reload();
  await misam.span({ ...places[2], label: "SRC" });
  assert.deepEqual([await looks(misam, "LOC"), await looks(misam, "SRC")], [after, own], "after a reload it is so still");
  await misam.press("Control+z", "Control+z");
  await expect(() => looks(misam, "LOC"), (now) => JSON.stringify(now) === JSON.stringify(before), "undo brings the old look back");
});

journey("the four labels of CoNLL take the place of eleven: each span is asked about, and undo brings them back", { locale: "en" }, async (misam) => {
  const marked = [["الجيش السوري", "GRP"], ["حلب", "LOC"], ["المستشفى", "FAC"], ["مصدر", "PER"], ["الأحد", "DAT"]];
  await give(misam, { text: PLAIN.text, spans: marked.map(([surface, label]) => span(PLAIN.text, surface, label, { origin: "manual" })) });
  const before = await misam.spans();
  await openSchema(misam);
  await misam.hook("schema-template").selectOption("conll-4");
  await expect(() => misam.hook("schema-labels").locator("li").count(), (count) => count === 4, "the template has 4 labels");
  await misam.hook("schema-apply").click();
  const fates = misam.hook("schema-fates");
  await fates.waitFor();
  const asked = await fates.locator("tr[data-code]").evaluateAll((rows) => rows.map((row) => row.dataset.code));
  for (const code of ["GRP", "FAC", "DAT"]) assert.ok(asked.includes(code), `${code} is asked about: ${asked}`);
  const decide = async (code, label) => {
    const select = fates.locator(`tr[data-code="${code}"]`).getByTestId("schema-fate");
    const options = await select.locator("option").evaluateAll((options) => options.map(({ value, textContent }) => [value, textContent]));
    const [value] = options.find(([value, text]) => value === label || text.includes(label)) ?? assert.fail(`${label} is not offered: ${options}`);
    await select.selectOption(value);
  };
  for (const [code, label] of [["GRP", "ORG"], ["FAC", "LOC"], ["DAT", "delete"]]) await decide(code, label);
  await misam.hook("schema-apply").click();
  await closed(misam);
  for (const [surface, label] of [["الجيش السوري", "ORG"], ["حلب", "LOC"], ["المستشفى", "LOC"], ["مصدر", "PER"]]) await misam.span({ ...placeOf(PLAIN.text, surface), label });
  await misam.noSpan(placeOf(PLAIN.text, "الأحد"));
  assert.deepEqual(await misam.tab.locator('.label-button[data-testid^="label-"]').evaluateAll((buttons) => buttons.map(({ dataset }) => dataset.label).sort()), ["LOC", "MISC", "ORG", "PER"]);
  await misam.drag(placeOf(PLAIN.text, "الأحد"));
  await misam.hook("label-MISC").click();
  await misam.span({ ...placeOf(PLAIN.text, "الأحد"), label: "MISC" });
  const path = await misam.export("conll");
  const lines = readFileSync(path, "utf8").split("\n").filter((line) => line && !line.startsWith("#"));
  assert.ok(lines.some((line) => /B-MISC|S-MISC/u.test(line)), "and they stand in the file");
  assert.ok(lines.every((line) => !/GRP|FAC|DAT/u.test(line)));
  await closed(misam);
  await misam.focusText();
  await misam.press("Control+z", "Control+z");
  await expect(() => misam.spans(), (spans) => JSON.stringify(spans) === JSON.stringify(before), "undo brings all of it back");
  await expect(() => misam.hook("label-GRP").count(), (count) => count === 1, "and the labels");
});

journey("labels are merged, and what was left open is there when the dialog is opened again", { locale: "en" }, async (misam) => {
  await misam.addArticle(PLAIN);
  await misam.settled();
  await misam.drag(COMMENT);
  await misam.press("e");
  await misam.span({ ...COMMENT, label: "EVT" });
  await openSchema(misam);
  await pick(misam, "EVT");
  await misam.hook("schema-merge").selectOption({ label: "AGR" });
  await expect(() => misam.hook("schema-aliases").inputValue(), (value) => value === "EVT", "it is suggested as the other from now on");
  await misam.press("Escape");
  await misam.hook("schema-dialog").waitFor({ state: "detached" });
  await openSchema(misam);
  assert.equal(await misam.hook("schema-labels").locator('button[data-code="EVT"]').count(), 0);
  await misam.hook("schema-apply").click();
  await misam.hook("schema-apply").click();
  await misam.span({ ...COMMENT, label: "AGR", origin: "manual" });
});

journey("a schema goes out as a file and comes back; a bad one is refused with its faults", { locale: "en" }, async (misam) => {
  await openSchema(misam);
  await misam.hook("schema-template").selectOption("ontonotes-18");
  await expect(() => misam.hook("schema-labels").locator("li").count(), (count) => count === 18, "the template has 18 labels");
  const file = await misam.download(() => misam.hook("schema-export").click());
  const schema = JSON.parse(readFileSync(file, "utf8"));
  assert.equal(schema.id, "ontonotes-18/1");
  schema.labels = schema.labels.slice(0, 2);
  const give = (name, value) =>
    misam.hook("schema-import-files").setInputFiles({ name, mimeType: "application/json", buffer: Buffer.from(value) });
  await give("bad.json", JSON.stringify({ ...schema, labels: [{ code: "A B" }] }));
  await expect(() => misam.hook("schema-refused").innerText(), (said) => said.includes("labels[0].code"), "each fault is named");
  const [label, ...labels] = schema.labels;
  await give("turned.json", JSON.stringify({ ...schema, labels: [{ ...label, name: { en: "\u202EREP", ar: "" } }, ...labels] }));
  await expect(() => misam.hook("schema-refused").innerText(), (said) => said.includes("labels[0].name") && said.includes("U+202E"), "a name that turns the direction of writing is refused");
  await give("good.json", JSON.stringify(schema));
  await expect(() => misam.hook("schema-labels").locator("li").count(), (count) => count === 2, "the file's labels are there");
  assert.equal(await misam.hook("schema-refused").count(), 0);
  await misam.hook("schema-template").selectOption("empty");
  await expect(() => misam.hook("schema-standing").innerText(), (said) => said.includes("at least one"), "no labels are not enough");
  await misam.hook("schema-cancel").click();
});

journey("attributes are added with their answers", { locale: "en" }, async (misam) => {
  await openSchema(misam);
  await misam.hook("schema-add-attribute").click();
  await misam.hook("schema-attribute-en").fill("Side");
  await misam.hook("schema-attribute-code").fill("side");
  await misam.hook("schema-values").selectOption("choice");
  assert.equal(await misam.hook("schema-apply").isEnabled(), false, "a choice needs answers");
  await misam.hook("schema-add-choice").click();
  await misam.hook("schema-choice-en").fill("State");
  const file = await misam.download(() => misam.hook("schema-export").click());
  const { attributes } = JSON.parse(readFileSync(file, "utf8"));
  assert.equal(attributes[0].code, "side");
  assert.equal(attributes[0].values.choice[0].name.en, "State");
  await misam.hook("schema-apply").click();
  await openSchema(misam);
  await misam.hook("schema-attributes").getByText("Side").click();
  assert.equal(await misam.hook("schema-attribute-code").getAttribute("readonly"), "");
});

/** A text with three names, and a schema that asks three things of them. */
const NAMES = "زار سامر الأحمد سبها مع ليلى الهادي.";
const named = (surface, label, attributes) => span(NAMES, surface, label, { origin: "manual", attributes });
const ATTRIBUTES = [
  { code: "side", name: { en: "Side", ar: "الجانب" }, values: { choice: [{ code: "gov", name: { en: "Government", ar: "الحكومة" } }, { code: "reb", name: { en: "Rebels", ar: "المعارضة" } }] }, labels: ["PER"] },
  { code: "party", name: { en: "Party", ar: "الطرف" }, values: { choice: [{ code: "state", name: { en: "government", ar: "" } }, { code: "un", name: { en: "United Nations", ar: "الأمم المتحدة" } }] }, labels: ["LOC"] },
  { code: "doubtful", name: { en: "Doubtful", ar: "مشكوك فيه" }, values: "flag", labels: [] },
  { code: "remark", name: { en: "Remark", ar: "ملاحظة" }, values: "text", labels: [] },
];

/** Brings the attributes in by a file of the project's labels. */
async function askThem(misam) {
  await openSchema(misam);
  const file = await misam.download(() => misam.hook("schema-export").click());
  const schema = { ...JSON.parse(readFileSync(file, "utf8")), attributes: ATTRIBUTES };
  await misam.hook("schema-import-files").setInputFiles({ name: "labels.json", mimeType: "application/json", buffer: Buffer.from(JSON.stringify(schema)) });
  await expect(() => misam.hook("schema-attributes").locator("li").count(), (count) => count === ATTRIBUTES.length, "they are there");
  await misam.hook("schema-apply").click();
  await closed(misam);
}

/** What the exported record says of the spans, by their words. */
async function answers(misam) {
  const [record] = readFileSync(await misam.export("misam"), "utf8").split("\n").filter(Boolean).map((line) => JSON.parse(line));
  await misam.press("Escape");
  await closed(misam);
  return Object.fromEntries(record.spans.map(({ text, attributes }) => [text, attributes ?? {}]));
}

journey("names are asked for in the language of the page first", { locale: "ar" }, async (misam) => {
  await openSchema(misam);
  await misam.hook("schema-labels").locator('button[data-code="LOC"]').click();
  const order = (...hooks) => misam.tab.evaluate((hooks) => {
    const [first, second] = hooks.map((hook) => document.querySelector(`[data-testid="${hook}"]`));
    return Boolean(first.compareDocumentPosition(second) & Node.DOCUMENT_POSITION_FOLLOWING);
  }, hooks);
  assert.equal(await order("schema-name-ar", "schema-name-en"), true);
  assert.equal(await order("schema-definition-ar", "schema-definition-en"), true);
});

const answer = (misam, attribute) => misam.tab.locator(`[data-testid="span-answer"][data-attribute="${attribute}"]`);

journey("what is asked of a span is answered in its panel, taken back, kept over a reload and saved in files", { locale: "en" }, async (misam) => {
  await give(misam, { text: NAMES, spans: [named("سامر الأحمد", "PER"), named("سبها", "LOC")] });
  await askThem(misam);
  await misam.focusText();
  await misam.press("Control+Home", "j");
  // They stand there open, without the fold of the note.
  await answer(misam, "side").selectOption("reb");
  await answer(misam, "doubtful").check();
  await answer(misam, "remark").fill("من بيان");
  await misam.press("Enter");
  assert.equal(await answer(misam, "party").count(), 0, "that is asked of places");
  await misam.press("Control+z");
  await expect(() => answer(misam, "remark").inputValue(), (value) => value === "", "the last answer is taken back");
  await misam.press("Control+Shift+z");
  await expect(() => answer(misam, "remark").inputValue(), (value) => value === "من بيان", "and given again");
  await expect(() => misam.hook("keeping").getAttribute("data-state"), (state) => state === "saved", "all is kept");
  await misam.reload();
  await misam.item(placeOf(NAMES, "سامر الأحمد")).click();
  await expect(() => answer(misam, "side").inputValue(), (value) => value === "reb", "it is there after a reload");
  assert.equal(await answer(misam, "doubtful").isChecked(), true);
  assert.deepEqual(await answers(misam), { "سامر الأحمد": { side: "reb", doubtful: true, remark: "من بيان" }, "سبها": {} });
});

journey("attributes are merged: answers called the same become one, what is there already stays, and undo takes it back", { locale: "en" }, async (misam) => {
  await give(misam, { text: NAMES, spans: [named("سامر الأحمد", "PER", { side: "reb", party: "state" }), named("سبها", "LOC", { party: "state" }), named("ليلى الهادي", "PER", { party: "un" })] });
  await askThem(misam);
  const before = await answers(misam);
  await openSchema(misam);
  await misam.hook("schema-attributes").getByText("Doubtful").click();
  await expect(() => misam.hook("schema-merge-attribute").locator("option").allInnerTexts(), (names) => String(names.slice(1)) === "Side,Party,Remark", "a flag can become an answer or a text");
  await misam.hook("schema-attributes").getByText("Party").click();
  await expect(() => misam.hook("schema-merge-attribute").locator("option").allInnerTexts(), (names) => String(names.slice(1)) === "Side,Remark", "answers cannot become a flag");
  await misam.hook("schema-merge-attribute").selectOption({ label: "Side" });
  await expect(() => misam.hook("schema-attribute-code").inputValue(), (code) => code === "side", "the other one is shown");
  await expect(() => misam.hook("schema-choice-en").evaluateAll((fields) => fields.map(({ value }) => value)), (names) => String(names) === "Government,Rebels,United Nations", "with the answer it did not have");
  await misam.hook("schema-apply").click();
  const fate = misam.hook("schema-fates").locator('tr[data-attribute="party"]');
  await fate.waitFor();
  assert.match(await fate.innerText(), /3 spans/u);
  assert.match(await fate.innerText(), /1 of them answers the other one/u);
  await picture(misam.tab, "schema-answers");
  await misam.hook("schema-apply").click();
  await closed(misam);
  assert.deepEqual(await answers(misam), { "سامر الأحمد": { side: "reb" }, "سبها": { side: "gov" }, "ليلى الهادي": { side: "un" } });
  await misam.press("Control+z");
  assert.deepEqual(await answers(misam), before);
  await openSchema(misam);
  assert.equal(await misam.hook("schema-attributes").locator("li").count(), ATTRIBUTES.length);
});

journey("labels change places by the buttons of the list, in the bar as well, and undo puts them back", { locale: "en" }, async (misam) => {
  await misam.addArticle(PLAIN);
  await misam.settled();
  // The bar has the labels by their families; the first three are of one.
  const bar = () => misam.tab.locator('.label-button[data-testid^="label-"]').evaluateAll((buttons) => buttons.slice(0, 3).map((button) => button.dataset.testid.replace("label-", "")));
  await openSchema(misam);
  const rows = () => misam.hook("schema-labels").locator("button[data-code]").evaluateAll((buttons) => buttons.map((button) => button.dataset.code));
  const row = (code) => misam.hook("schema-labels").locator("li").filter({ has: misam.tab.locator(`button[data-code="${code}"]`) });
  const before = await rows();
  const [first, second, third] = before;
  assert.equal(await row(first).getByTestId("schema-up").isEnabled(), false, "the first has nowhere to go");
  for (const [code, way] of [[first, "down"], [third, "up"]]) {
    await row(code).hover();
    await row(code).getByTestId(`schema-${way}`).click();
  }
  const after = [second, third, first, ...before.slice(3)];
  await expect(rows, (now) => String(now) === String(after), "the list is in its new order");
  await misam.hook("schema-apply").click();
  await closed(misam);
  await expect(bar, (now) => String(now) === String(after.slice(0, 3)), "and so is the bar");
  await misam.press("Control+z");
  await expect(bar, (now) => String(now) === String(before.slice(0, 3)), "until it is taken back");
});

journey("labels can be edited by keys alone", { locale: "en" }, async (misam) => {
  await openSchema(misam);
  await misam.tabTo("schema-add-label");
  await misam.press("Enter");
  await misam.tabTo("schema-code");
  await misam.press("Control+a");
  await misam.tab.keyboard.insertText("ZONE");
  await misam.tabTo("schema-apply");
  await misam.press("Enter");
  await misam.hook("schema-dialog").waitFor({ state: "detached" });
  await openSchema(misam);
  assert.equal(await misam.hook("schema-labels").locator('button[data-code="ZONE"]').count(), 1);
});

journey("attributes change names and places, and undo puts them back", { locale: "en" }, async (misam) => {
  await give(misam, { text: NAMES, spans: [named("سامر الأحمد", "PER", { side: "reb" })] });
  await askThem(misam);
  await openSchema(misam);
  const rows = () => misam.hook("schema-attributes").locator(".schema-row").allInnerTexts();
  const row = (name) => misam.hook("schema-attributes").locator("li").filter({ hasText: name });
  assert.deepEqual(await rows(), ["Side", "Party", "Doubtful", "Remark"]);
  await row("Side").locator(".schema-row").click();
  await misam.hook("schema-attribute-en").fill("Camp");
  await misam.hook("schema-attribute-ar").fill("المعسكر");
  assert.equal(await row("Camp").getByTestId("schema-up").isEnabled(), false, "the first has nowhere to go");
  for (const [name, way] of [["Doubtful", "up"], ["Camp", "down"]]) {
    await row(name).hover();
    await row(name).getByTestId(`schema-${way}`).click();
  }
  await expect(rows, (now) => String(now) === "Doubtful,Camp,Party,Remark", "the list is in its new order");
  await misam.hook("schema-apply").click();
  await closed(misam);
  await misam.item(placeOf(NAMES, "سامر الأحمد")).click();
  const asked = () => misam.hook("span-answer").evaluateAll((all) => all.map(({ dataset }) => dataset.attribute));
  await expect(asked, (now) => String(now) === "doubtful,side,remark", "in the panel as well");
  assert.equal(await answer(misam, "side").inputValue(), "reb", "answers stay");
  await misam.tool("language");
  await expect(() => misam.tab.locator(".span-pane").innerText(), (shown) => shown.includes("المعسكر"), "in Arabic by its Arabic name");
  await misam.focusText();
  await misam.press("Control+z");
  await expect(asked, (now) => String(now) === "side,doubtful,remark", "until it is taken back");
});

journey("an attribute is deleted, and so are the answers of one that is merged, if that is chosen", { locale: "en" }, async (misam) => {
  await give(misam, { text: NAMES, spans: [named("سامر الأحمد", "PER", { side: "reb", party: "state" }), named("سبها", "LOC", { party: "state" })] });
  await askThem(misam);
  const before = await answers(misam);
  await openSchema(misam);
  await misam.hook("schema-attributes").getByText("Doubtful").click();
  await misam.hook("schema-delete-attribute").click();
  await expect(() => misam.hook("schema-attributes").locator("li").count(), (count) => count === ATTRIBUTES.length - 1, "it is gone from the list");
  await misam.hook("schema-attributes").getByText("Party").click();
  await misam.hook("schema-merge-attribute").selectOption({ label: "Side" });
  await misam.hook("schema-apply").click();
  const fate = misam.hook("schema-fates").locator('tr[data-attribute="party"]').getByTestId("schema-answer-fate");
  assert.equal(await fate.inputValue(), "move");
  await fate.selectOption("delete");
  await misam.hook("schema-apply").click();
  await closed(misam);
  assert.deepEqual(await answers(misam), { "سامر الأحمد": { side: "reb" }, "سبها": {} });
  await misam.item(placeOf(NAMES, "سبها")).click();
  assert.equal(await answer(misam, "doubtful").count(), 0, "nobody is asked any more");
  await misam.focusText();
  await misam.press("Control+z");
  assert.deepEqual(await answers(misam), before);
});
