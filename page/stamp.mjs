// Trunk's last step: puts the model and its notice beside the page, where the checkout has one, and replaces __BUILD__
// in index.html by a stamp made from the bytes of everything the build put out. Same files, same stamp; any change,
// another one, so that a browser never meets files of two builds.
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const folder = process.env.TRUNK_STAGING_DIR;
if (existsSync("assets/model/news.misam-model")) {
  copyFileSync("assets/model/news.misam-model", join(folder, "news.misam-model"));
  copyFileSync("assets/model/NOTICE", join(folder, "news.misam-model.NOTICE.txt"));
}
const hash = createHash("sha256");
const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
for (const path of files.map((entry) => join(entry.parentPath ?? entry.path, entry.name)).sort()) {
  hash.update(path.slice(folder.length)).update("\0").update(readFileSync(path));
}
const page = join(folder, "index.html");
writeFileSync(page, readFileSync(page, "utf8").replaceAll("__BUILD__", hash.digest("hex").slice(0, 12)));
