// A project of many articles, as it lies in the storage: records, texts, journal, and the heads from which the list is
// shown before anything else is read. Made without the page's own code.

const CODES = ["LOC", "ORG", "PER"];

/** How many heads a block holds. */
const BLOCK = 500;

/** When the edits were made. */
export const BEFORE = "before", AFTER = "after", NO_HEADS = "no heads";

/**
 * The storage of a project with so many articles of so many words and spans. Each had one edit: before the snapshot,
 * after it, or before it in a storage of a version that knew no heads.
 */
export function largeProject({ articles, words = 60, spans = 5, edits = BEFORE }) {
  const contents = { documents: [], texts: [], journal: [], settings: [] };
  const heads = [];
  for (let at = 0; at < articles; at++) {
    const id = `d${at}`;
    const list = Array.from({ length: words }, (_, word) => (word % 3 ? "كلمة" : "مدينة"));
    list[0] = `خبر${at}`;
    const text = list.join(" ");
    const marks = [];
    const step = Math.max(1, Math.floor(words / spans));
    for (let word = 0, byte = 0; word < words; word++) {
      const bytes = Buffer.byteLength(list[word]);
      if (word % step === 0 && marks.length < spans) {
        marks.push({ id: `s${marks.length + 1}`, range: { start: byte, end: byte + bytes }, label: CODES[marks.length % 3], origin: "manual" });
      }
      byte += bytes + 1;
    }
    const stored = edits === AFTER ? marks.slice(1) : marks;
    const seq = edits === AFTER ? 0 : articles;
    const record = { layout: 1, id, seq, order: at, text_bytes: Buffer.byteLength(text), spans: stored, status: "in_progress", present: true };
    contents.documents.push([id, JSON.stringify(record)]);
    contents.texts.push([id, { utf8: text }]);
    const steps = [{ document: id, change: { add: marks[0] } }];
    contents.journal.push([at + 1, JSON.stringify({ seq: at + 1, entry: { do: { kind: "label", steps, at: 1 } } })]);
    // Of a long line the list shows 256 bytes, whole letters only.
    const title = new TextDecoder().decode(Buffer.from(text).subarray(0, 256), { stream: true });
    heads.push({ id, title, status: "in_progress", spans: stored.length, suggested: 0, present: true });
  }
  const snapshot = edits === AFTER ? 0 : articles;
  const blocks = Math.ceil(articles / BLOCK);
  contents.settings.push(["snapshot", JSON.stringify(snapshot)]);
  if (edits !== NO_HEADS) {
    contents.settings.push(["heads", JSON.stringify({ seq: snapshot, count: articles, blocks })]);
    for (let block = 0; block < blocks; block++) {
      contents.settings.push([`heads/${String(block).padStart(6, "0")}`, JSON.stringify(heads.slice(block * BLOCK, (block + 1) * BLOCK))]);
    }
  }
  return { version: 1, contents };
}
