// Long articles for the measurements, made of the texts of our own corpus.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../e2e/harness/browser.mjs";

const texts = ["a", "b", "c"].flatMap((part) =>
  readFileSync(join(ROOT, `corpus/part-${part}.jsonl`), "utf8").split("\n").filter(Boolean).map((line) => JSON.parse(line).text));

const words = (text) => text.split(/\s+/u).filter(Boolean).length;

/** An article of about this many words: corpus texts one after the other, from the start again when they are used up. */
export function articleOf(wanted) {
  const parts = [];
  for (let count = 0, next = 0; count < wanted; next++) {
    const text = texts[next % texts.length];
    parts.push(text);
    count += words(text);
  }
  const text = parts.join("\n\n");
  return { text, words: words(text), bytes: Buffer.byteLength(text) };
}
