// ./dev bench list: the list of a project of 5,000 articles, scrolled and narrowed, at full speed and with the processor
// slowed down.
import { cpus } from "node:os";
import { stop } from "../e2e/harness/browser.mjs";
import { expect } from "../e2e/harness/expect.mjs";
import { fileWith } from "../e2e/harness/gold.mjs";
import { Misam } from "../e2e/harness/misam.mjs";
import { closed } from "../e2e/harness/records.mjs";
import { articleOf } from "./corpus.mjs";
import { median, table } from "./measure.mjs";

const COUNT = Number(process.env.COUNT ?? 5_000);
const SLOWED = [1, 4];
const FRAMES = 120;
/** What is typed, letter by letter, and deleted again. */
const WORDS = ["دمشق", "اليمن", "وزير"];

/** Titles as news has them: the beginnings of the lines of our own corpus. */
function titles() {
  const lines = articleOf(100_000).text.split("\n").filter((line) => line.length > 40);
  return Array.from({ length: COUNT }, (_, index) => `${lines[index % lines.length].slice(0, 60)} ${index + 1}`);
}

const project = () => titles()
  .map((title, index) => `${JSON.stringify({ format: "misam/1", id: `a${index}`, text: `${title}.`, spans: [], status: "done", schema: "conflict-news/1", meta: { title } })}\n`)
  .join("");

const percentile = (values, part) => [...values].sort((one, other) => one - other)[Math.ceil(values.length * part) - 1];

/** Scrolls the list most of its height in every picture: milliseconds from picture to picture, and how many were blank. */
const scrolled = (tab) => tab.evaluate(async (frames) => {
  const list = document.querySelector('[data-testid="article-list"]');
  const box = list.getBoundingClientRect();
  const picture = () => new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(performance.now()))));
  list.scrollTop = 0;
  let last = await picture();
  const lasted = [];
  let blank = 0;
  for (let frame = 0; frame < frames; frame++) {
    list.scrollTop += box.height * 0.8;
    const now = await picture();
    lasted.push(now - last);
    last = now;
    const probes = [0.2, 0.5, 0.8].map((part) => document.elementFromPoint(box.left + box.width / 2, box.top + box.height * part));
    if (probes.some((element) => !element?.closest('[data-testid="article-item"]'))) blank += 1;
  }
  return { lasted, blank: blank / frames };
}, FRAMES);

/** Types words into the filter and deletes them again: milliseconds from each key to the picture that shows what it did. */
async function narrowed(misam) {
  const { tab } = misam;
  await misam.hook("filter-articles").click();
  await tab.evaluate(() => {
    window.shownAfter = [];
    addEventListener("input", ({ timeStamp }) => {
      requestAnimationFrame(() => setTimeout(() => window.shownAfter.push(performance.now() - timeStamp)));
    }, { capture: true });
  });
  for (const word of WORDS) {
    for (const letter of word) {
      await tab.keyboard.insertText(letter);
      await misam.painted();
    }
    const left = await misam.hook("article-item").count();
    if (left === 0) throw new Error(`no title has ${word}`);
    for (const _ of word) {
      await tab.keyboard.press("Backspace");
      await misam.painted();
    }
  }
  return tab.evaluate(() => window.shownAfter);
}

try {
  const misam = await Misam.open({ locale: "en" });
  await misam.takeFiles(fileWith("articles.jsonl", project()));
  await expect(() => misam.hook("reading").count(), (count) => count === 0, "everything is read", 300_000);
  await misam.painted();
  if (await misam.tab.locator("dialog[open]").count()) await misam.press("Escape");
  await closed(misam);
  const session = await misam.context.newCDPSession(misam.tab);
  const rows = [[`${COUNT.toLocaleString("en")} articles, milliseconds: median (95 of 100 are no longer)`, ...SLOWED.map((slowed) => `${slowed}x`)]];
  const columns = [];
  for (const slowed of SLOWED) {
    await session.send("Emulation.setCPUThrottlingRate", { rate: slowed });
    columns.push({ scroll: await scrolled(misam.tab), keys: await narrowed(misam) });
  }
  const cell = (values) => `${median(values).toFixed(0)} (${percentile(values, 0.95).toFixed(0)})`;
  rows.push(["scrolling: from picture to picture", ...columns.map(({ scroll }) => cell(scroll.lasted))]);
  rows.push(["pictures with a blank place", ...columns.map(({ scroll }) => `${(scroll.blank * 100).toFixed(0)} %`)]);
  rows.push(["a letter in the filter, to the picture", ...columns.map(({ keys }) => cell(keys))]);
  console.log(`${cpus()[0].model}, ${cpus().length} cores; ${FRAMES} pictures, ${columns[0].keys.length} keys\n`);
  table(rows);
  await misam.close();
} finally {
  await stop();
}
