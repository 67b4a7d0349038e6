// Trunk's last step: puts beside the page what Trunk does not know of, its parts and the model with its notice, and
// replaces __BUILD__ wherever the page names its files by a stamp made from the bytes of everything the build put out.
// Same files, same stamp; any change, another one, so that a browser never meets files of two builds.
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const folder = process.env.TRUNK_STAGING_DIR;
if (existsSync("assets/model/news.misam-model")) {
  copyFileSync("assets/model/news.misam-model", join(folder, "news.misam-model"));
  copyFileSync("assets/model/NOTICE", join(folder, "news.misam-model.NOTICE.txt"));
}

// Where `./dev` has had the page cut into parts.
const parts = process.env.PAGE_PARTS;
const stamped = ["index.html"];
if (parts) {
  const page = join(folder, "index.html");
  const hints = ['<link rel="modulepreload" href="./misam-app-parts.js?v=__BUILD__">'];
  for (const name of readdirSync(parts)) {
    copyFileSync(join(parts, name), join(folder, name));
    // After what the first screen needs; a part's name changes with the build, so it needs no stamp.
    if (name.endsWith(".wasm")) {
      hints.push(`<link rel="preload" href="./${name}" as="fetch" type="application/wasm" crossorigin="anonymous" fetchpriority="low">`);
    }
  }
  writeFileSync(page, readFileSync(page, "utf8").replace("</head>", `${hints.join("\n")}\n</head>`));
  stamped.push("misam-app.js", "misam-app-parts.js");
}

const hash = createHash("sha256");
const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
for (const path of files.map((entry) => join(entry.parentPath ?? entry.path, entry.name)).sort()) {
  hash.update(path.slice(folder.length)).update("\0").update(readFileSync(path));
}
const stamp = hash.digest("hex").slice(0, 12);
for (const name of stamped) {
  const path = join(folder, name);
  writeFileSync(path, readFileSync(path, "utf8").replaceAll("__BUILD__", stamp));
}
