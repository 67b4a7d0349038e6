// The work in numbers: what the page counts is what was done on it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { AWKWARD, PLAIN, placeOf } from "./harness/articles.mjs";
import { expect } from "./harness/expect.mjs";
import { journey } from "./harness/journey.mjs";
import { closed, give, suggestion } from "./harness/records.mjs";

async function openStatistics(misam) {
  await misam.press("Shift+T");
  await misam.hook("statistics-articles").waitFor();
}

/** The cells of a table's row that match a selector, as text. */
function cells(misam, card, row) {
  return misam.hook(card).locator(row).locator("td").allInnerTexts();
}

/** The bars of a card's charts: what each is of, how much it stands for, and from where to where it is drawn. */
function bars(misam, card) {
  return misam.hook(card).locator(".chart").evaluateAll((charts) => charts.map((chart) =>
    [...chart.querySelectorAll("line[data-figure]")].map((bar) => ({
      kind: bar.dataset.kind,
      label: bar.dataset.label,
      figure: Number(bar.dataset.figure),
      from: Number(bar.getAttribute("x1")),
      to: Number(bar.getAttribute("x2")),
      row: Number(bar.getAttribute("y1")),
    }))));
}

/** Bars of a chart are as long as their figures say, to the pixel or two that coordinates are rounded to. */
function assertLengths(bars) {
  const longest = bars.reduce((a, b) => (Math.abs(b.to - b.from) > Math.abs(a.to - a.from) ? b : a));
  const unit = (longest.to - longest.from) / longest.figure;
  for (const { figure, from, to } of bars) assert.ok(Math.abs(to - from - unit * figure) <= 2, `${from} to ${to} for ${figure}, ${unit} each`);
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

  // The charts say what the tables say.
  const [progress] = await bars(misam, "statistics-progress");
  assert.equal(progress.find(({ kind }) => kind === "done").figure, 1);
  assert.equal(progress.reduce((sum, { figure }) => sum + figure, 0), 2);
  const [labels] = await bars(misam, "statistics-labels");
  const counted = await misam.hook("statistics-labels").locator("tbody tr").evaluateAll((rows) => rows.flatMap((row) =>
    [...row.querySelectorAll("td")].map((cell, at) => ({ label: row.dataset.labelRow, kind: ["confirmed", "open"][at], figure: Number(cell.innerText) }))));
  assert.deepEqual(labels.map(({ label, kind, figure }) => ({ label, kind, figure })), counted.filter(({ figure }) => figure > 0));
  assertLengths(labels);
  const rows = labels.map(({ row }) => row);
  assert.deepEqual(rows, [...rows].sort((a, b) => a - b), "in the order of the table");
  const [spans, actionBars] = await bars(misam, "statistics-articles");
  assertLengths(spans);
  assert.equal(actionBars.reduce((sum, { figure }) => sum + figure, 0), 4);
  assert.equal(await misam.hook("statistics-dialog").locator(".chart [style], .chart script").count(), 0);

  // Names of one label only.
  await misam.hook("statistics-names-label").selectOption("EVT");
  await expect(() => misam.hook("statistics-names").locator("tbody tr").allInnerTexts(),
    (rows) => rows.length === 1 && rows[0].includes("مصدر"), "one name has that label");

  // An article is opened from its row.
  await misam.hook("statistics-articles").getByText(AWKWARD.title).click();
  await expect(() => misam.text(), (shown) => shown === AWKWARD.text, "the article is shown");
  assert.equal(await misam.hook("statistics-dialog").count(), 0);
});

/** The figures of a table with a heading and a number in each row. */
const figures = (misam, card) => misam.hook(card).locator("tr").evaluateAll((rows) => Object.fromEntries(rows.map((row) => [row.querySelector("th").innerText.trim(), row.querySelector("td").innerText.trim()])));

journey("time and actions are said for each article, for each span and for a finished article", { locale: "en" }, async (misam) => {
  const [first, second] = ["زار الوفد القاهرة أمس.", "عاد الوفد إلى بغداد."];
  const named = (text, surface) => suggestion(text, surface, "LOC", 0.9);
  await give(misam, { text: first, spans: [named(first, "الوفد"), named(first, "القاهرة")] }, { text: second, spans: [named(second, "بغداد")] });
  const seconds = (said) => Number(said.match(/^(\d+) s$/u)?.[1] ?? NaN);
  await misam.press("Control+Home", "Space", "Enter");
  // Time at work is the time between edits, and this is some.
  await misam.tab.waitForTimeout(2_000);
  await misam.press("Enter");
  await expect(() => misam.spans(), (spans) => spans.every(({ origin }) => origin === "accepted"), "both are right");
  await misam.press("Control+Enter");
  await expect(() => misam.text(), (text) => text === second, "the next article");
  await misam.press("Control+Home", "Space", "x");
  await expect(() => misam.spans(), (spans) => spans.length === 0, "that one is not");
  await openStatistics(misam);
  const said = await figures(misam, "statistics-effort");
  const time = seconds(said["Time at work"]);
  assert.ok(time >= 2 && time < 60, said["Time at work"]);
  assert.equal(said["Actions"], "4", "two accepted, one article done, one rejected");
  assert.equal(said["Actions per confirmed span"], "2.0");
  assert.ok(Math.abs(Number(said["Seconds per confirmed span"]) - time / 2) <= 0.6, JSON.stringify(said));
  assert.equal(said["Actions per finished article (median)"], "3");
  const finished = seconds(said["Time per finished article (median)"]);
  assert.ok(finished >= 2 && finished <= time, said["Time per finished article (median)"]);
  const rows = await misam.hook("statistics-articles").locator("tbody tr").evaluateAll((rows) => rows.map((row) => [...row.querySelectorAll("td")].map((cell) => cell.innerText)));
  assert.deepEqual(rows.map((row) => row.slice(0, 3)), [["2", "0", "3"], ["0", "0", "1"]], "confirmed, suggested, actions");
  assert.equal(seconds(rows[0][3]), finished);
  assert.ok(Math.abs(seconds(rows[0][3]) + seconds(rows[1][3]) - time) <= 1, `${rows} of ${time} s`);
  const [, actionBars, timeBars] = await bars(misam, "statistics-articles");
  assert.deepEqual(actionBars.map(({ figure }) => figure), [3, 1]);
  assert.deepEqual(timeBars.map(({ figure }) => figure), rows.map((row) => seconds(row[3])).filter((time) => time > 0));
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
  // Of one article each no interval can be given, and none is.
  assert.match(await misam.hook("pull-says").innerText(), /both kinds must be finished[\s\S]*interval: ?–/iu);
  await misam.hook("go-lint").click();
  await misam.hook("lint-dialog").waitFor();
});

journey("charts are read from the right in Arabic and from the left in English", { locale: "en" }, async (misam) => {
  const text = "زار الوفد القاهرة أمس.";
  await give(misam, { text, spans: [suggestion(text, "القاهرة", "LOC", 0.9)] });
  await openStatistics(misam);
  const sides = async () => {
    const [[bar]] = await bars(misam, "statistics-labels");
    const name = await misam.hook("statistics-labels").locator('.chart text[data-kind="name"]').first();
    return { along: Math.sign(bar.to - bar.from), name: Math.sign(Number(await name.getAttribute("x")) - bar.from), says: await name.textContent() };
  };
  assert.deepEqual(await sides(), { along: 1, name: -1, says: "LOC" });
  await misam.press("Escape");
  await closed(misam);
  await misam.tool("language");
  await openStatistics(misam);
  assert.deepEqual(await sides(), { along: -1, name: 1, says: "LOC" });
});
