// Trunk's last step: puts beside the page what Trunk does not know of, joins its style sheets, and replaces __BUILD__
// wherever the page names its files by a stamp made from the bytes of everything the build put out. Same files, same
// stamp; any change, another one, so that a browser never meets files of two builds. The keeper of the page
// (page/sw.js) is told the digest of every file.
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative, sep } from "node:path";

const folder = process.env.TRUNK_STAGING_DIR;
const inFolder = (name) => join(folder, name);
const edit = (name, change) => writeFileSync(inFolder(name), change(readFileSync(inFolder(name), "utf8")));
const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

// The page is there without the model, and the browser keeps the model by itself.
const MODEL = ["news.misam-model", "news.misam-model.NOTICE.txt"];
if (existsSync("assets/model/news.misam-model")) {
  copyFileSync("assets/model/news.misam-model", inFolder(MODEL[0]));
  copyFileSync("assets/model/NOTICE", inFolder(MODEL[1]));
}

// One style sheet: a browser asks for few files at a time, and the program waits behind the others.
const sheets = [];
edit("index.html", (page) => {
  const link = /^ *<link rel="stylesheet" href="(style\/[a-z]+\.css)\?v=__BUILD__" ?\/?>\n/gm;
  sheets.push(...Array.from(page.matchAll(link), ([, name]) => name));
  const joined = '<link rel="stylesheet" href="style/page.css?v=__BUILD__" />\n';
  return page.replace(link, () => "").replace("</title>\n", `</title>\n    ${joined}`);
});
writeFileSync(inFolder("style/page.css"), sheets.map((name) => readFileSync(inFolder(name), "utf8")).join("\n"));
for (const name of sheets) rmSync(inFolder(name));

const stamped = ["index.html"];

// Where `./dev` has had the page cut into parts.
const parts = process.env.PAGE_PARTS;
if (parts) {
  const hints = ['<link rel="modulepreload" href="./misam-app-parts.js?v=__BUILD__">'];
  for (const name of readdirSync(parts)) {
    copyFileSync(join(parts, name), inFolder(name));
    // After what the first screen needs; a part's name changes with the build, so it needs no stamp.
    if (name.endsWith(".wasm")) {
      hints.push(`<link rel="preload" href="./${name}" as="fetch" type="application/wasm" crossorigin="anonymous" fetchpriority="low">`);
    }
  }
  edit("index.html", (page) => page.replace("</head>", `${hints.join("\n")}\n</head>`));
  stamped.push("misam-app.js", "misam-app-parts.js");
}

const files = () => readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)).split(sep).join("/"))
  .sort();

const hash = createHash("sha256");
for (const name of files()) hash.update(name).update("\0").update(readFileSync(inFolder(name)));
const stamp = hash.digest("hex").slice(0, 12);
for (const name of stamped) edit(name, (text) => text.replaceAll("__BUILD__", stamp));

const kept = files().filter((name) => name !== "sw.js" && !MODEL.includes(name));
const digests = Object.fromEntries(kept.map((name) => [name, sha256(readFileSync(inFolder(name)))]));
edit("sw.js", (text) => text.replace("__FILES__", () => JSON.stringify(digests, null, 2)).replace("__BUILD__", stamp));
