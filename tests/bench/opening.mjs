// ./dev bench opening: how soon a large stored project can be used. It is put into the browser's storage behind the
// page's back: articles, spans and a journal of as many edits as there are articles, all of them before the snapshot or all
// after it.
import { cpus } from "node:os";
import { Misam } from "../e2e/harness/misam.mjs";
import { stop } from "../e2e/harness/browser.mjs";
import { expect } from "../e2e/harness/expect.mjs";
import { median, table } from "./measure.mjs";

const RUNS = Number(process.env.RUNS ?? 3);
const ARTICLES = Number(process.env.ARTICLES ?? 10_000);
const SPANS = Number(process.env.SPANS ?? 50);

/** Fills the storage of the page's origin; everything is made in the browser, so nothing large has to cross. */
function fill(tab, { articles, spans, snapshot }) {
  return tab.evaluate(async ({ articles, spans, snapshot }) => {
    const words = Array.from({ length: 600 }, (_, at) => (at % 3 ? "كلمة" : "مدينة"));
    const text = words.join(" ");
    const places = [];
    for (let at = 0, byte = 0; at < words.length; at++) {
      const bytes = words[at].length * 2;
      places.push([byte, byte + bytes]);
      byte += bytes + 1;
    }
    const step = Math.floor(places.length / spans);
    const marks = places.filter((_, at) => at % step === 0).slice(0, spans).map(([start, end], at) => ({ id: `s${at + 1}`, range: { start, end }, label: "LOC", origin: "manual" }));
    const encoded = new TextEncoder().encode(text);
    await new Promise((done) => {
      indexedDB.deleteDatabase("misam").onsuccess = done;
    });
    const request = indexedDB.open("misam", 1);
    await new Promise((resolve) => {
      request.onupgradeneeded = () => ["documents", "texts", "journal", "settings"].forEach((store) => request.result.createObjectStore(store));
      request.onsuccess = resolve;
    });
    const database = request.result;
    for (let from = 0; from < articles; from += 500) {
      const writing = database.transaction(["documents", "texts", "journal", "settings"], "readwrite");
      for (let at = from; at < Math.min(from + 500, articles); at++) {
        const id = `d${at}`;
        const record = { layout: 1, id, seq: articles, order: at, text_bytes: encoded.length, spans: marks, status: "in_progress", present: true };
        writing.objectStore("documents").put(JSON.stringify(record), id);
        writing.objectStore("texts").put(encoded, id);
        const steps = [{ document: id, change: { add: marks[0] } }];
        writing.objectStore("journal").put(JSON.stringify({ seq: at + 1, entry: { do: { kind: "label", steps, at: 1 } } }), at + 1);
      }
      if (snapshot) writing.objectStore("settings").put(JSON.stringify(articles), "snapshot");
      await new Promise((resolve, reject) => {
        writing.oncomplete = resolve;
        writing.onabort = () => reject(writing.error);
      });
    }
    database.close();
  }, { articles, spans, snapshot });
}

async function opening(misam) {
  const began = Date.now();
  await misam.load();
  await expect(() => misam.hook("span-item").count(), (count) => count > 0, "the open article is shown", 300_000);
  return Date.now() - began;
}

const rows = [["stored", "until the open article can be worked on (median)"]];
for (const [name, articles, snapshot] of [
  ["1 article", 1, true],
  [`${ARTICLES} articles, ${ARTICLES * SPANS} spans, edits before the snapshot`, ARTICLES, true],
  [`${ARTICLES} articles, ${ARTICLES * SPANS} spans, edits after it`, ARTICLES, false],
]) {
  const misam = await Misam.open({ blank: true });
  await misam.openBlank();
  await fill(misam.tab, { articles, spans: SPANS, snapshot });
  const times = [];
  for (let run = 0; run < RUNS; run++) {
    times.push(await opening(misam));
    await misam.openBlank();
  }
  rows.push([name, `${(median(times) / 1000).toFixed(2)} s`]);
  await misam.close();
}
console.log(`Opening a stored project, ${RUNS} runs each, ${cpus().length} processors\n`);
table(rows);
await stop();
