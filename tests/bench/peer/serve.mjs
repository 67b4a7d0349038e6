// A page that is nothing but Recogito's library on a text, put together in a folder of its own and served like ours.
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "../../e2e/harness/browser.mjs";
import { serve } from "../../../page/serve.mjs";

/** Serves it; resolves to { url, close }. */
export async function servePeer() {
  const folder = mkdtempSync(join(tmpdir(), "misam-peer-"));
  for (const name of ["index.html", "page.js"]) copyFileSync(join(ROOT, "tests/bench/peer", name), join(folder, name));
  for (const name of ["text-annotator.umd.js", "text-annotator.css"]) {
    copyFileSync(join(ROOT, "node_modules/@recogito/text-annotator/dist", name), join(folder, name));
  }
  const server = await serve({ dir: folder });
  return {
    url: server.url,
    close: async () => {
      await server.close();
      rmSync(folder, { recursive: true });
    },
  };
}
