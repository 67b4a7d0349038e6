// What an exported file must hold to, checked from outside: by the command line and by Python.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "./browser.mjs";

/** The command line that the page is compared with. */
export const CLI = process.env.MISAM_CLI ?? join(ROOT, "target/debug/misam");

function run(command, ...args) {
  const { error, status, stdout, stderr } = spawnSync(command, args, { encoding: "utf8" });
  if (error) throw new Error(`${command} cannot be run: ${error.message}`);
  return { status, output: stdout + stderr };
}

/** A file in a folder of its own, with these bytes. */
export function fileWith(name, bytes) {
  const path = join(mkdtempSync(join(tmpdir(), "misam-e2e-")), name);
  writeFileSync(path, bytes);
  return path;
}

/** Reads a JSONL export after `misam validate` and Python have found nothing wrong with it. */
export function readGold(path) {
  const validated = run(CLI, "validate", path);
  assert.equal(validated.status, 0, validated.output);
  const sliced = run("python3", new URL("slices.py", import.meta.url).pathname, path);
  assert.equal(sliced.status, 0, sliced.output);
  const records = readFileSync(path, "utf8").split("\n").filter(Boolean).map((line) => JSON.parse(line));
  const spans = records.reduce((sum, record) => sum + record.spans.length + (record.rejected?.length ?? 0), 0);
  assert.equal(sliced.output.trim(), `${spans} spans compared`);
  return records;
}

/** The nearest-to-life check that a bad file is told from a good one. */
export function validationOf(path) {
  return run(CLI, "validate", path);
}
