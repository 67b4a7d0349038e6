// ./dev bench rendering: what one edit costs in each way of drawing marks, on the real page's own article element, fonts and
// styles: marks as elements or as CSS highlights, over the whole article or over the paragraphs near the view.
// docs/rendering.md says what follows from it.
import { cpus } from "node:os";
import { freshBrowser, pageAddress, stop } from "../e2e/harness/browser.mjs";
import { articleOf } from "./corpus.mjs";
import { median, table } from "./measure.mjs";

const RUNS = Number(process.env.RUNS ?? 5);
const EDITS = 12;
const WAYS = ["elements, paragraphs near the view", "elements, whole article", "highlights, paragraphs near the view", "highlights, whole article"];

/** Draws an article in one way and changes the label of a span so many times; milliseconds of each, and of the drawing. */
async function draw({ text, way, edits }) {
  const labels = ["PER", "ORG", "GRP", "LOC", "FAC", "EVT", "AGR", "WPN", "DAT", "NUM", "NAT"];
  const highlights = way.startsWith("highlights");
  const whole = way.endsWith("whole article");
  const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));

  const main = document.querySelector("main");
  const scroller = Object.assign(document.createElement("div"), { className: "article-scroll scroll" });
  scroller.style.blockSize = "100vh";
  const article = Object.assign(document.createElement("div"), { className: "article", lang: "ar", dir: "rtl" });
  scroller.append(article);
  main.replaceChildren(scroller);

  // About one span in ten words.
  const paragraphs = text.split("\n").filter(Boolean).map((line) => {
    const words = [...line.matchAll(/[\u0621-\u064A]{3,}/gu)].filter((_, index) => index % 8 === 0);
    return { line, spans: words.map((word, index) => ({ start: word.index, end: word.index + word[0].length, label: labels[index % labels.length] })) };
  });
  const drawn = whole ? paragraphs : paragraphs.slice(0, 24);
  const registry = highlights ? Object.fromEntries(labels.map((label) => [label, new Highlight()])) : {};
  for (const [label, highlight] of Object.entries(registry)) CSS.highlights.set(`misam-${label}`, highlight);
  const ranges = new Map();
  const paint = (paragraph) => {
    const { line, spans, element } = paragraph;
    if (highlights) {
      if (!element.firstChild) element.append(line);
      for (const { range, highlight } of ranges.get(paragraph) ?? []) highlight.delete(range);
      ranges.set(paragraph, spans.map(({ start, end, label }) => {
        const range = new StaticRange({ startContainer: element.firstChild, startOffset: start, endContainer: element.firstChild, endOffset: end });
        registry[label].add(range);
        return { range, highlight: registry[label] };
      }));
      return;
    }
    const parts = document.createDocumentFragment();
    let at = 0;
    for (const { start, end, label } of spans) {
      const mark = Object.assign(document.createElement("span"), { className: "mark" });
      Object.assign(mark.dataset, { label, origin: "manual", depth: "0" });
      mark.append(line.slice(start, end));
      parts.append(line.slice(at, start), mark);
      at = end;
    }
    parts.append(line.slice(at));
    element.replaceChildren(parts);
  };

  const began = performance.now();
  for (const paragraph of drawn) {
    paragraph.element = Object.assign(document.createElement("div"), { className: "paragraph" });
    article.append(paragraph.element);
    paint(paragraph);
  }
  article.getBoundingClientRect();
  await frame();
  const opened = performance.now() - began;

  const times = [];
  for (let edit = 0; edit < edits; edit++) {
    const paragraph = drawn[2 + (edit % 8)];
    await frame();
    const start = performance.now();
    if (paragraph.spans[0]) paragraph.spans[0].label = labels[edit % labels.length];
    paint(paragraph);
    article.getBoundingClientRect();
    const work = performance.now() - start;
    await frame();
    times.push({ work, shown: performance.now() - start });
  }
  CSS.highlights.clear();
  return { opened, times, spans: drawn.reduce((sum, { spans }) => sum + spans.length, 0) };
}

try {
  const { text, words } = articleOf(100_000);
  const rows = [[`${words.toLocaleString("en")} words`, "spans drawn", "drawing, ms", "script and layout of an edit, ms", "an edit, to the picture, ms"]];
  const ways = WAYS.map((way) => ({ way, runs: [] }));
  for (let run = 0; run < RUNS; run++) {
    for (const { way, runs } of ways) {
      const { context, tab } = await freshBrowser({ locale: "en" });
      await tab.goto(await pageAddress());
      await tab.getByTestId("new-article").first().waitFor();
      runs.push(await tab.evaluate(draw, { text, way, edits: EDITS }));
      await context.close();
    }
  }
  for (const { way, runs } of ways) {
    const times = runs.flatMap((run) => run.times);
    const middle = (of) => median(times.map(of)).toFixed(1);
    rows.push([way, String(runs[0].spans), median(runs.map((run) => run.opened)).toFixed(0), middle(({ work }) => work), middle(({ shown }) => shown)]);
  }
  console.log(`${cpus()[0].model}, ${cpus().length} cores; medians of ${RUNS} runs of ${EDITS} edits, taken in turn`);
  table(rows);
} finally {
  await stop();
}
