// The work in numbers: what the page counts is what was done on it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { AWKWARD, PLAIN, placeOf } from "./harness/articles.mjs";
import { expect } from "./harness/expect.mjs";
import { journey } from "./harness/journey.mjs";
import { closed } from "./harness/records.mjs";

async function openStatistics(misam) {
  await misam.press("Shift+T");
  await misam.hook("statistics-articles").waitFor();
}

/** The cells of a table's row that match a selector, as text. */
function cells(misam, card, row) {
  return misam.hook(card).locator(row).locator("td").allInnerTexts();
}

journey("progress, labels, origins and effort are counted as they are", { locale: "en" }, async (misam) => {
  await misam.addArticle(AWKWARD);
  await misam.settled();
  await misam.addArticle(PLAIN);
  await misam.settled();
  const source = placeOf(PLAIN.text, "مصدر");
  await misam.drag(source);
  await misam.press("e");
  await misam.span({ ...source, label: "EVT" });
  const suggested = (await misam.spans()).filter(({ origin }) => origin === "suggested");
  assert.ok(suggested.length >= 2, "there is something to accept and to reject");
  await misam.remove(suggested[0]);
  await misam.focusText();
  await misam.press("Shift+Enter");
  await expect(() => misam.spans(), (spans) => spans.every(({ origin }) => origin !== "suggested"), "the rest is accepted");
  const accepted = suggested.length - 1;
  await misam.press("Control+Enter");
  await openStatistics(misam);

  assert.deepEqual(await cells(misam, "statistics-progress", 'tr[data-status="done"]'), ["1", "50%"]);
  assert.deepEqual(await cells(misam, "statistics-origins", 'tr[data-origin="accepted"]'), [`${accepted}`]);
  assert.deepEqual(await cells(misam, "statistics-origins", 'tr[data-origin="rejected"]'), ["1"]);
  assert.deepEqual(await cells(misam, "statistics-origins", 'tr[data-origin="manual"]'), ["1"]);
  const share = (part, whole) => `${Math.round((100 * part) / whole)}%`;
  assert.equal(await misam.hook("statistics-precision").innerText(), share(accepted, accepted + 1));
  assert.equal(await misam.hook("statistics-recall").innerText(), share(accepted, accepted + 1));
  assert.deepEqual(await cells(misam, "statistics-labels", 'tr[data-label-row="EVT"]'), ["1", "0"]);
  // Label, remove, accept all, done.
  const actions = await misam.hook("statistics-effort").locator("tr").nth(1).locator("td").innerText();
  assert.equal(actions, "4");

  // Names of one label only.
  await misam.hook("statistics-names-label").selectOption("EVT");
  await expect(() => misam.hook("statistics-names").locator("tbody tr").allInnerTexts(),
    (rows) => rows.length === 1 && rows[0].includes("مصدر"), "one name has that label");

  // An article is opened from its row.
  await misam.hook("statistics-articles").getByText(AWKWARD.title).click();
  await expect(() => misam.text(), (shown) => shown === AWKWARD.text, "the article is shown");
  assert.equal(await misam.hook("statistics-dialog").count(), 0);
});

journey("a project of many articles is counted while the page stays usable", {}, async (misam) => {
  const records = Array.from({ length: 2000 }, (_, n) => JSON.stringify({
    text: `وصل وفد رقم ${n} إلى بغداد`,
    spans: [{ start: [...`وصل وفد رقم ${n} إلى `].length, end: [...`وصل وفد رقم ${n} إلى بغداد`].length, label: "LOC" }],
  }));
  await misam.takeFiles({ name: "many.jsonl", mimeType: "application/x-ndjson", buffer: Buffer.from(records.join("\n")) });
  await misam.hook("article").waitFor({ timeout: 60_000 });
  await misam.press("Escape");
  await openStatistics(misam);
  assert.deepEqual(await cells(misam, "statistics-labels", 'tr[data-label-row="LOC"]').then(([confirmed]) => confirmed), "2000");
  assert.equal(await misam.hook("statistics-articles").locator("tbody tr").count(), 10);
  await misam.hook("statistics-articles").getByRole("button").last().click();
  await expect(() => misam.hook("statistics-articles").locator("tbody tr").count(), (count) => count === 60, "more rows on demand");
});

journey("articles of the blind sample come without suggestions, and what suggestions do is counted", { locale: "en" }, async (misam) => {
  await misam.addArticle(PLAIN);
  await misam.suggestionsComplete();
  await misam.press("Shift+Enter", "Control+Enter");
  await openStatistics(misam);
  await misam.hook("blind-share").selectOption("50");
  await misam.press("Escape");
  await closed(misam);
  // Which articles are in the sample hangs on their texts alone: of eight some are, and some are not.
  const texts = Array.from({ length: 8 }, (_, n) => `وصل وفد رقم ${n} إلى بغداد ثم زار دمشق.`);
  for (const [n, text] of texts.entries()) await misam.addArticle({ title: `خبر ${n}`, text });
  const records = readFileSync(await misam.export("misam"), "utf8").trim().split("\n").map((line) => JSON.parse(line));
  const blind = records.filter(({ meta }) => meta.blind === true).map(({ text }) => text);
  assert.ok(blind.length > 0 && blind.length < 8, `${blind.length} of 8 are blind`);
  await misam.tab.getByText(`خبر ${texts.indexOf(blind[0])}`, { exact: true }).first().click();
  await expect(() => misam.text(), (text) => text === blind[0], "a blind one is opened");
  assert.equal(await misam.hook("span-item").count(), 0);
  await misam.drag(placeOf(blind[0], "بغداد"));
  await misam.press("l");
  await misam.span({ ...placeOf(blind[0], "بغداد"), label: "LOC", origin: "manual" });
  await misam.press("Control+Enter");
  await openStatistics(misam);
  assert.deepEqual((await cells(misam, "statistics-pull", '[data-testid="pull-blind"]')).slice(0, 2), ["1", "1"]);
  assert.equal((await cells(misam, "statistics-pull", '[data-testid="pull-shown"]'))[0], "1");
  assert.equal(await misam.hook("pull-acceptance").innerText(), "100%");
  await misam.hook("go-lint").click();
  await misam.hook("lint-dialog").waitFor();
});
