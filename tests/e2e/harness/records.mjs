// Articles that come as records, with the spans a test needs and no others: no extractor gets in the way.
import { placeOf } from "./articles.mjs";
import { expect } from "./expect.mjs";

/** Loads articles, { text, spans, … }, and shows the first. They are in progress, so the extractor leaves them alone. */
export async function give(misam, ...articles) {
  const lines = articles.map(({ text, spans = [], ...rest }, n) => JSON.stringify({ id: `a${n + 1}`, text, spans, status: "in_progress", ...rest }));
  await misam.takeFiles({ name: "articles.jsonl", mimeType: "application/x-ndjson", buffer: Buffer.from(lines.join("\n") + "\n") });
  await expect(() => misam.hook("article-item").count(), (count) => count === articles.length, "the articles are there");
  // On a narrow screen their list is out of sight; the first one is open by itself.
  const first = misam.hook("article-item").first();
  if (await first.isVisible()) await first.click();
  await expect(() => misam.text(), (text) => text === articles[0].text, "the first one is shown");
}

/** A span over a piece of text, as a record has it. */
export const span = (text, surface, label, more = {}) => ({ ...placeOf(text, surface), label, ...more });

/** A suggestion with a confidence. */
export const suggestion = (text, surface, label, confidence) => span(text, surface, label, { origin: "suggested", confidence });

/** Waits until no dialog is open. */
export async function closed(misam) {
  await expect(() => misam.tab.locator("dialog[open]").count(), (count) => count === 0, "no dialog is open");
}
