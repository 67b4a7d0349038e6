// The work in numbers: what the page counts is what was done on it.
import assert from "node:assert/strict";
import { AWKWARD, PLAIN, placeOf } from "./harness/articles.mjs";
import { expect } from "./harness/expect.mjs";
import { journey } from "./harness/journey.mjs";

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
  await misam.giveFiles({ name: "many.jsonl", mimeType: "application/x-ndjson", buffer: Buffer.from(records.join("\n")) });
  await misam.hook("article").waitFor({ timeout: 60_000 });
  await misam.press("Escape");
  await openStatistics(misam);
  assert.deepEqual(await cells(misam, "statistics-labels", 'tr[data-label-row="LOC"]').then(([confirmed]) => confirmed), "2000");
  assert.equal(await misam.hook("statistics-articles").locator("tbody tr").count(), 10);
  await misam.hook("statistics-articles").getByRole("button").last().click();
  await expect(() => misam.hook("statistics-articles").locator("tbody tr").count(), (count) => count === 60, "more rows on demand");
});
