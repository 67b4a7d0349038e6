// ./dev screenshots: the main views of the page in both themes, both languages, on a desk and on a telephone. One picture a
// view, in docs/screenshots/: all eight side by side, so that what differs between them is seen at once.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT, freshBrowser, stop } from "./harness/browser.mjs";
import { expect } from "./harness/expect.mjs";
import { Misam } from "./harness/misam.mjs";
import { closed } from "./harness/records.mjs";

const FOLDER = join(ROOT, "docs/screenshots");
const SIZES = { desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };
/** The width of a picture of each size where all are side by side. */
const WIDTHS = { desk: 860, phone: 248 };
const QUALITY = 72;

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
    return JSON.stringify({ format: "misam/1", id, text, spans, status, schema: "conflict-news/1" });
  }).join("\n") + "\n";
}

/** Brings the project in and shows its first article. */
async function begin(misam) {
  await misam.takeFiles({ name: "news.jsonl", mimeType: "application/x-ndjson", buffer: Buffer.from(project()) });
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
  checks: async (misam) => {
    await begin(misam);
    await misam.press("Shift+C");
    await misam.tab.locator("dialog[open]").waitFor();
    await misam.hook("finding").first().waitFor({ timeout: 60_000 });
  },
};

async function take(view, { locale, colorScheme, size }) {
  const misam = await Misam.open({ locale, colorScheme, viewport: SIZES[size], touch: size === "phone" });
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

/** All pictures of a view on one sheet: desks in two columns, telephones beside them. */
async function sheet(pictures) {
  const { context, tab } = await freshBrowser({ locale: "en" });
  try {
    const image = ({ size, data }) => `<img width="${WIDTHS[size]}" src="data:image/png;base64,${data}">`;
    const of = (size) => pictures.filter((picture) => picture.size === size).map(image).join("");
    await tab.setViewportSize({ width: 2 * WIDTHS.desk + 2 * WIDTHS.phone + 5 * 16, height: 800 });
    await tab.setContent(`<style>
      body { margin: 0; padding: 16px; display: flex; gap: 16px; background: #8d8a84; }
      div { display: grid; grid-template-columns: auto auto; gap: 16px; align-content: start; }
      img { display: block; border-radius: 6px; }
    </style><div>${of("desk")}</div><div>${of("phone")}</div>`);
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
