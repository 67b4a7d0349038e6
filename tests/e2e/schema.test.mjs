// The labels of a project are changed on the page, and its spans with them; it can be undone, and is there after a reload.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { PLAIN, placeOf } from "./harness/articles.mjs";
import { expect } from "./harness/expect.mjs";
import { journey } from "./harness/journey.mjs";

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
