// ./dev screenshots: the views of the page in both themes, both languages, on a desk, a tablet and a telephone. One picture a
// view, in docs/screenshots/: all side by side, so that what differs between them is seen at once.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { placeOf } from "./harness/articles.mjs";
import { ROOT, freshBrowser, stop } from "./harness/browser.mjs";
import { expect } from "./harness/expect.mjs";
import { Misam } from "./harness/misam.mjs";
import { closed } from "./harness/records.mjs";

const FOLDER = join(ROOT, "docs/screenshots");
const SIZES = { desk: { width: 1440, height: 900 }, tablet: { width: 768, height: 1024 }, phone: { width: 390, height: 844 } };
/** The width of a picture of each size where all are side by side. */
const WIDTHS = { desk: 860, tablet: 440, phone: 248 };
const QUALITY = 72;

const records = (name, ...records) => ({ name, mimeType: "application/x-ndjson", buffer: Buffer.from(records.map((record) => JSON.stringify(record) + "\n").join("")) });

/** Labelled news of the corpus, as if a labeller were half through it: the first article open, others done. */
function project() {
  const items = ["a", "b"].flatMap((part) => readFileSync(join(ROOT, `corpus/part-${part}.jsonl`), "utf8").split("\n").filter(Boolean).map((line) => JSON.parse(line)));
  const chosen = items.filter(({ text }) => text.length > 700 && text.length < 1_600).slice(0, 9);
  return chosen.map(({ id, text, entities }, article) => {
    const status = ["in_progress", "done", "done", "in_progress", "done", "skipped"][article] ?? "in_progress";
    const spans = entities.map((span, index) => {
      const open = article === 0 ? index > 5 && index % 2 === 0 : status === "in_progress" && index % 4 === 0;
      const manual = index % 5 === 0 ? "manual" : "accepted";
      return { ...span, id: `s${index + 1}`, origin: open ? "suggested" : manual, ...(open ? { confidence: [0.96, 0.78, 0.52][index % 3] } : {}) };
    });
    return { format: "misam/1", id, text, spans, status, schema: "conflict-news/1" };
  });
}

/** The same articles by somebody who passes some names over and calls others otherwise. */
function another() {
  const others = { LOC: "ORG", ORG: "GRP", GRP: "ORG", PER: "PER" };
  return records("nour.jsonl", ...project().map((record) => ({
    ...record,
    status: "done",
    spans: record.spans.filter((_, n) => n % 7 !== 3).map(({ confidence, ...span }, n) => ({ ...span, origin: "manual", label: n % 9 === 4 ? (others[span.label] ?? span.label) : span.label })),
  })));
}

/** A text of names in names, four deep. */
const NESTED = "أعلنت وزارة النقل والمواصلات العراقية أن مطار بغداد الدولي ومدينة البصرة القديمة ومستشفى الموصل العام تستقبل وفد مجلس التعاون لدول الخليج العربية.";
function nested() {
  const names = [
    ["وزارة النقل والمواصلات العراقية", "ORG"], ["وزارة النقل والمواصلات", "ORG"], ["وزارة النقل", "AGR"], ["العراقية", "NAT"],
    ["مطار بغداد الدولي", "FAC"], ["بغداد", "LOC"], ["مدينة البصرة القديمة", "FAC"], ["البصرة القديمة", "LOC"], ["البصرة", "LOC"],
    ["مستشفى الموصل العام", "FAC"], ["الموصل", "LOC"], ["مجلس التعاون لدول الخليج العربية", "ORG"], ["الخليج العربية", "LOC"], ["العربية", "NAT"],
  ];
  const spans = names.map(([surface, label], n) => ({ ...placeOf(NESTED, surface), label, ...(n % 4 === 3 ? { origin: "suggested", confidence: 0.82 } : { origin: "manual" }) }));
  return records("nested.jsonl", { id: "nested", text: NESTED, spans, status: "in_progress" });
}

/** Brings the project in and shows its first article. */
async function begin(misam) {
  await misam.takeFiles(records("news.jsonl", ...project()));
  await expect(() => misam.hook("article-item").count(), (count) => count > 5, "the articles are there");
  await expect(() => misam.tab.locator(".mark").count(), (count) => count > 0, "their spans are drawn");
  await misam.model("absent", "ready");
  await closed(misam);
}

/** Takes up a span that somebody is still to look at. */
async function takeUp(misam) {
  await begin(misam);
  await misam.press("Control+Home", "Space");
  await misam.hook("span-detail").waitFor();
}

/** The place in the first article that is named most often in all of them. */
function commonest() {
  const articles = project();
  const [{ text, spans }] = articles;
  const words = ({ start, end }) => [...text].slice(start, end).join("");
  const mentions = (span) => articles.reduce((sum, article) => sum + article.text.split(words(span)).length - 1, 0);
  const counted = spans.filter(({ label }) => label === "LOC").map((span) => ({ span, count: mentions(span) }));
  return counted.sort((a, b) => b.count - a.count)[0].span;
}

/** Opens a dialog by its key and waits for what it shows. */
const dialog = (key, hook) => async (misam) => {
  await begin(misam);
  await misam.press(key);
  await misam.hook(hook).first().waitFor({ timeout: 60_000 });
};

/** The same with another annotator loaded. */
const withAnother = (key, hook) => async (misam) => {
  await begin(misam);
  await misam.press(key);
  await misam.hook("load-annotator-files").setInputFiles(another());
  await misam.hook(hook).first().waitFor({ timeout: 60_000 });
};

const VIEWS = {
  start: async () => {},
  workbench: takeUp,
  search: async (misam) => {
    await begin(misam);
    await misam.press("Slash");
    await misam.hook("search-everywhere").click();
    await misam.hook("search-words").fill("درعا");
    await expect(() => misam.hook("hit").count(), (count) => count > 2, "places are found");
    await misam.tab.locator(".hit-tick").first().check();
  },
  labels: async (misam) => {
    await begin(misam);
    await misam.press("Shift+L");
    await misam.tab.locator("dialog[open]").waitFor();
  },
  statistics: async (misam) => {
    await begin(misam);
    await misam.press("Shift+T");
    await misam.tab.locator("dialog[open] table").first().waitFor();
  },
  nested: async (misam) => {
    await misam.takeFiles(nested());
    await expect(() => misam.tab.locator(".mark").count(), (count) => count > 10, "the names are drawn");
    await misam.model("absent", "ready");
    await closed(misam);
    await misam.press("Control+Home", "j", "j");
    await misam.hook("span-detail").waitFor();
  },
  palette: async (misam) => {
    await begin(misam);
    await misam.press("Control+k");
    await misam.hook("palette-dialog").waitFor();
    await misam.tab.keyboard.insertText("درعا");
    await expect(() => misam.hook("palette-dialog").getByRole("option").count(), (count) => count > 0, "something is found");
  },
  keys: dialog("Shift+Slash", "help-dialog"),
  settings: async (misam) => {
    await begin(misam);
    await misam.press("Shift+Slash");
    await misam.hook("help-dialog").getByRole("tab").nth(2).click();
    await misam.hook("setting-proclitics").waitFor();
  },
  guideline: async (misam) => {
    await takeUp(misam);
    await misam.focusText();
    await misam.press("h");
    await misam.tab.locator('.help-label[aria-current="true"]').waitFor();
  },
  "label-all": async (misam) => {
    await begin(misam);
    const { start, end } = commonest();
    await misam.clickText({ start, end });
    await misam.press("r");
    await expect(() => misam.hook("hit").count(), (count) => count > 1, "places are found");
  },
  history: async (misam) => {
    await takeUp(misam);
    await misam.focusText();
    for (const key of ["Enter", "x", "Enter", "e"]) {
      const before = JSON.stringify(await misam.spans());
      await misam.press(key);
      await expect(() => misam.spans(), (spans) => JSON.stringify(spans) !== before, `${key} does something`);
    }
    await misam.press("Control+h");
    await misam.hook("history-dialog").waitFor();
  },
  export: dialog("Control+s", "export-download"),
  import: async (misam) => {
    const news = project();
    const broken = { ...news[1], spans: news[1].spans.map((span, n) => (n === 2 ? { ...span, end: span.start + 40_000 } : n === 4 ? { ...span, label: "GPE" } : span)) };
    await misam.giveFiles(
      { ...records("news.jsonl", news[0], broken), buffer: Buffer.concat([records("", news[0], broken).buffer, Buffer.from('{"text": "خبر"\n')]) },
      { name: "1.txt", mimeType: "text/plain", buffer: Buffer.from(news[2].text) },
      { name: "photo.png", mimeType: "image/png", buffer: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]) });
    await expect(() => misam.hook("import-add").isEnabled(), Boolean, "the files are read", 60_000);
  },
  agreement: withAnother("Shift+G", "agreement-figures"),
  adjudication: withAnother("Shift+D", "dispute-state"),
  projects: dialog("Shift+P", "project-annotator"),
  checks: async (misam) => {
    await begin(misam);
    await misam.press("Shift+C");
    await misam.tab.locator("dialog[open]").waitFor();
    await misam.hook("finding").first().waitFor({ timeout: 60_000 });
  },
};

async function take(view, { locale, colorScheme, size }) {
  const misam = await Misam.open({ locale, colorScheme, viewport: SIZES[size], touch: size !== "desk" });
  try {
    await misam.tab.emulateMedia({ reducedMotion: "reduce" });
    await VIEWS[view](misam);
    await misam.tab.evaluate(() => document.fonts.ready);
    // What was said on the way here is gone again.
    await expect(() => misam.hook("status").getAttribute("data-shown"), (shown) => shown !== "true", "nothing is being said");
    await misam.painted();
    return (await misam.tab.screenshot()).toString("base64");
  } finally {
    await misam.close();
  }
}

/** All pictures of a view on one sheet: desks in two columns, tablets and telephones beside them. */
async function sheet(pictures) {
  const { context, tab } = await freshBrowser({ locale: "en" });
  try {
    const image = ({ size, data }) => `<img width="${WIDTHS[size]}" src="data:image/png;base64,${data}">`;
    const of = (size) => pictures.filter((picture) => picture.size === size).map(image).join("");
    const sizes = Object.keys(SIZES).filter((size) => pictures.some((picture) => picture.size === size));
    const columns = sizes.reduce((sum, size) => sum + 2 * (WIDTHS[size] + 16), 16);
    await tab.setViewportSize({ width: columns, height: 800 });
    await tab.setContent(`<style>
      body { margin: 0; padding: 16px; display: flex; gap: 16px; background: #8d8a84; }
      div { display: grid; grid-template-columns: auto auto; gap: 16px; align-content: start; }
      img { display: block; border-radius: 6px; }
    </style>${sizes.map((size) => `<div>${of(size)}</div>`).join("")}`);
    const height = await tab.evaluate(() => document.body.scrollHeight);
    await tab.setViewportSize({ width: tab.viewportSize().width, height });
    const session = await context.newCDPSession(tab);
    const { data } = await session.send("Page.captureScreenshot", { format: "webp", quality: QUALITY });
    return Buffer.from(data, "base64");
  } finally {
    await context.close();
  }
}

const wanted = process.argv[2] ?? "";
try {
  mkdirSync(FOLDER, { recursive: true });
  for (const view of Object.keys(VIEWS).filter((view) => view.includes(wanted))) {
    const pictures = [];
    for (const size of Object.keys(SIZES)) {
      for (const colorScheme of ["light", "dark"]) {
        for (const locale of ["en", "ar"]) pictures.push({ size, data: await take(view, { locale, colorScheme, size }) });
      }
    }
    const bytes = await sheet(pictures);
    writeFileSync(join(FOLDER, `${view}.webp`), bytes);
    console.log(`${view}.webp: ${(bytes.length / 1000).toFixed(0)} KB`);
  }
} finally {
  await stop();
}
