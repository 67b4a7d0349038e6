// Files of labelled records, as large as wanted.
import { createHash } from "node:crypto";
import { closeSync, openSync, statSync, writeSync } from "node:fs";
import { join } from "node:path";

/** A file of labelled records, of so many articles or so many megabytes. */
export function records(folder, { articles = Infinity, megabytes = Infinity }) {
  const path = join(folder, "records.jsonl");
  const file = openSync(path, "w");
  const body = Array.from({ length: 250 }, (_, at) => (at % 3 ? "كلمة" : "مدينة")).join(" ");
  let count = 0, bytes = 0;
  while (count < articles && bytes < megabytes * 1e6) {
    let part = "";
    for (let at = 0; at < 500 && count < articles; at++, count++) {
      const text = `خبر${count} ${body}`;
      const end = [...`خبر${count}`].length;
      const text_sha256 = createHash("sha256").update(text).digest("hex");
      const spans = [{ id: "s1", start: 0, end, label: "EVT", text: text.slice(0, end), origin: "manual" }];
      part += `${JSON.stringify({ format: "misam/1", id: `n${count}`, text, text_sha256, offset_unit: "codepoint", spans, status: "in_progress" })}\n`;
    }
    bytes += writeSync(file, part);
  }
  closeSync(file);
  return { path, count, megabytes: statSync(path).size / 1e6 };
}
