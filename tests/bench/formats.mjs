// ./dev bench formats: how fast every format is read and written, in which the corpus can be kept. The command line does both,
// on one processor; what its start takes is taken off.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { median, ofRuns, repeat, table } from "./measure.mjs";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

const RUNS = Number(process.env.RUNS ?? 3);
/** How often the corpus is taken, each time under other names. */
const TIMES = Number(process.env.TIMES ?? 4);
const FORMATS = ["misam", "prodigy", "doccano", "label-studio", "docbin", "conll", "wojood", "brat", "webanno-tsv", "cas-json", "xmi", "bdoc", "w3c", "tei", "pubannotation", "csv", "hf"];

const folder = mkdtempSync(join(tmpdir(), "misam-bench-"));

/** Runs the command line, gives what it wrote to its standard output and how many seconds it took. */
function misam(...words) {
  const began = performance.now();
  const { status, stdout, stderr } = spawnSync(process.env.MISAM_CLI, words, { maxBuffer: 1 << 30 });
  if (status > 1) throw new Error(`misam ${words.join(" ")} failed: ${stderr.toString().slice(-500)}`);
  return { stdout, seconds: (performance.now() - began) / 1000 };
}

/** The corpus, several times, as Misam keeps it. */
function articles() {
  const files = readdirSync(join(ROOT, "corpus")).filter((name) => name.endsWith(".jsonl")).sort();
  const lines = files.flatMap((name) => readFileSync(join(ROOT, "corpus", name), "utf8").split("\n").filter(Boolean));
  const records = Array.from({ length: TIMES }, (_, time) => lines.map((line) => {
    const { id, ...record } = JSON.parse(line);
    return JSON.stringify({ id: `${id}-${time}`, ...record });
  }));
  const [raw, whole] = [join(folder, "raw.jsonl"), join(folder, "whole.jsonl")];
  writeFileSync(raw, `${records.flat().join("\n")}\n`);
  writeFileSync(whole, misam("convert", "--from", "misam", "--to", "misam", raw).stdout);
  return { path: whole, count: lines.length * TIMES };
}

/** Writes the articles in a format into a folder; gives its files, and the seconds it took. */
function write(source, format, run) {
  const out = join(folder, `${format}-${run}`);
  mkdirSync(out);
  const { seconds } = misam("convert", "--from", "misam", "--to", format, "--lossy", "--out", out, source);
  const files = readdirSync(out, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return { seconds, paths: files.map((entry) => join(entry.parentPath ?? entry.path, entry.name)).sort() };
}

/** The texts of the articles in each form that articles come in, and its file or files. */
function asArticles(path) {
  const all = readFileSync(path, "utf8").split("\n").filter(Boolean).map((line) => JSON.parse(line));
  const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  const paragraphs = (text) => text.split("\n").filter((line) => line.trim()).map(escaped);
  const html = ({ text }) => `<!doctype html><html lang=ar dir=rtl><title>خبر</title><body><nav><a href=/>الرئيسية</a></nav><article><h1>خبر</h1>${paragraphs(text).map((line) => `<p>${line}</p>`).join("")}</article></body></html>`;
  const items = all.map(({ id, text }) => `<item><guid>${id}</guid><title>خبر</title><description>${escaped(paragraphs(text).map((line) => `<p>${line}</p>`).join(""))}</description></item>`);
  const cell = (text) => `"${text.replaceAll('"', '""')}"`;
  const folderOf = (format) => {
    const made = join(folder, `articles-${format}`);
    mkdirSync(made);
    return made;
  };
  const each = (format, ending, content) => {
    const into = folderOf(format);
    return all.map((record, at) => {
      const path = join(into, `${at}.${ending}`);
      writeFileSync(path, content(record));
      return path;
    });
  };
  const one = (format, ending, content) => {
    const path = join(folderOf(format), `all.${ending}`);
    writeFileSync(path, content);
    return [path];
  };
  const packed = (format) => {
    const into = folderOf(format);
    const { status, stderr } = spawnSync("python3", [join(ROOT, "tests/bench/office.py"), path, into, format]);
    if (status !== 0) throw new Error(`office.py failed: ${stderr}`);
    return readdirSync(into).map((name) => join(into, name)).sort();
  };
  return {
    text: each("text", "txt", ({ text }) => text),
    html: each("html", "html", html),
    markdown: each("markdown", "md", ({ text }) => `# خبر\n\n${text.replaceAll("\n", "\n\n")}\n`),
    docx: packed("docx"),
    odt: packed("odt"),
    feed: one("feed", "rss", `<?xml version="1.0"?><rss version="2.0"><channel><title>أخبار</title>${items.join("")}</channel></rss>`),
    table: one("table", "csv", `id,text\n${all.map(({ id, text }) => `${id},${cell(text)}`).join("\n")}\n`),
    json: one("json", "json", JSON.stringify(all.map(({ id, text }) => ({ id, body: text })))),
  };
}

try {
  const source = articles();
  const little = join(folder, "little.txt");
  writeFileSync(little, "خبر");
  const start = median(await repeat(RUNS, () => misam("convert", "--from", "text", "--to", "misam", little).seconds));
  const rows = [["Format", "MB", "read, MB/s", "written, MB/s", "read, articles a second"]];
  for (const format of FORMATS) {
    const times = await repeat(RUNS, (run) => {
      const { seconds, paths } = write(source.path, format, run);
      // Their texts go nowhere: what is measured is the reading.
      return { written: seconds, paths, read: misam("convert", "--from", format, "--to", "text", "--lossy", "--out", join(folder, `${format}-${run}-text`), ...paths).seconds };
    });
    const megabytes = times[0].paths.reduce((sum, path) => sum + statSync(path).size, 0) / 1e6;
    const [read, written] = ["read", "written"].map((what) => median(times.map((time) => time[what])) - start);
    rows.push([format, megabytes.toFixed(1), (megabytes / read).toFixed(1), (megabytes / written).toFixed(1), (source.count / read).toFixed(0)]);
  }
  console.log(`${cpus()[0].model}; ${source.count} articles of the corpus; medians ${ofRuns(RUNS)}\n`);
  table(rows);

  const kinds = [["Articles without labels", "MB", "read, MB/s", "articles a second"]];
  for (const [format, paths] of Object.entries(asArticles(source.path))) {
    const read = median(await repeat(RUNS, () => misam("convert", "--from", format, "--to", "misam", ...paths).seconds)) - start;
    const megabytes = paths.reduce((sum, path) => sum + statSync(path).size, 0) / 1e6;
    kinds.push([format, megabytes.toFixed(1), (megabytes / read).toFixed(1), (source.count / read).toFixed(0)]);
  }
  console.log();
  table(kinds);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
