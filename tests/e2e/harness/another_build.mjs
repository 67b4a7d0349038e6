// The built page as the next build of it would be: other bytes, and so another stamp and other digests, in a folder of
// its own. Nothing about it works differently.
import { createHash } from "node:crypto";
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "./browser.mjs";

const STAMPED = ["index.html", "misam-app.js", "misam-app-parts.js"];

/** A copy of the built page that a test may change. */
export function copyOfBuild() {
  const folder = mkdtempSync(join(tmpdir(), "misam-build-"));
  cpSync(join(ROOT, "dist"), folder, { recursive: true });
  return folder;
}

/** The stamp of the build in a folder. */
export function stampOf(folder) {
  return /name="build" content="([0-9a-f]{12})"/.exec(readFileSync(join(folder, "index.html"), "utf8"))[1];
}

/** Makes another build of the page in a folder, as if it had been put on the server. */
export function rebuild(folder) {
  const [old, next] = [stampOf(folder), createHash("sha256").update(`after ${stampOf(folder)}`).digest("hex").slice(0, 12)];
  const edit = (name, change) => writeFileSync(join(folder, name), change(readFileSync(join(folder, name), "utf8")));
  edit("style/page.css", (css) => `${css}\n/* ${next} */\n`);
  for (const name of STAMPED) edit(name, (text) => text.replaceAll(old, next));
  edit("sw.js", (text) => text.replaceAll(old, next).replace(/const FILES = (\{[^}]*\})/, (_, files) => {
    const digest = (name) => createHash("sha256").update(readFileSync(join(folder, name))).digest("hex");
    return `const FILES = ${JSON.stringify(Object.fromEntries(Object.keys(JSON.parse(files)).map((name) => [name, digest(name)])))}`;
  }));
  return next;
}
