// A static file server for the built page, for ./dev serve and the tests. Nothing but Node.
//   node page/serve.mjs [--dir dist] [--port 8080] [--host 127.0.0.1] [--prefix /]
import { createServer } from "node:http";
import { createReadStream } from "node:fs";
import { realpath, stat } from "node:fs/promises";
import { extname, join, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml; charset=utf-8",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json; charset=utf-8",
  ".woff2": "font/woff2",
};

/** The file an address names, or null where there is none inside `root` (links out of it included). */
async function fileAt(root, prefix, address) {
  let path;
  try {
    path = decodeURIComponent(new URL(address, "http://host").pathname);
  } catch {
    return null;
  }
  if (!path.startsWith(prefix) || path.includes("\0")) return null;
  const wanted = resolve(root, path.slice(prefix.length));
  try {
    let file = await realpath(wanted);
    if ((await stat(file)).isDirectory()) file = await realpath(join(file, "index.html"));
    const inside = file.startsWith(root + sep);
    return inside && (await stat(file)).isFile() ? file : null;
  } catch {
    return null;
  }
}

/**
 * Serves the files of a folder under a path.
 * Resolves, once it listens, to { url, port, close }; rejects if the port is taken. Port 0 takes a free one.
 */
export async function serve({ dir = "dist", port = 0, host = "127.0.0.1", prefix = "/" } = {}) {
  const root = await realpath(dir);
  const base = `/${prefix}/`.replace(/\/+/g, "/");
  const server = createServer(async (request, response) => {
    const refuse = (code, text) => response.writeHead(code, { "Content-Type": "text/plain; charset=utf-8" }).end(`${text}\n`);
    if (request.method !== "GET" && request.method !== "HEAD") return refuse(405, "Only GET and HEAD are served.");
    const file = await fileAt(root, base, request.url);
    if (!file) return refuse(404, "There is no such file.");
    response.writeHead(200, {
      "Content-Type": TYPES[extname(file)] ?? "application/octet-stream",
      "Content-Length": (await stat(file)).size,
      "Cache-Control": "no-cache",
      "X-Content-Type-Options": "nosniff",
      // The one part of the page's policy that a page cannot say of itself.
      "Content-Security-Policy": "frame-ancestors 'none'",
    });
    if (request.method === "HEAD") return response.end();
    createReadStream(file).on("error", () => response.destroy()).pipe(response);
  });
  await new Promise((done, fail) => server.once("error", fail).listen(port, host, done));
  const bound = server.address().port;
  return {
    port: bound,
    url: `http://${host}:${bound}${base}`,
    close: () => new Promise((done) => (server.close(done), server.closeAllConnections())),
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({
    options: {
      dir: { type: "string", default: "dist" },
      port: { type: "string", default: "8080" },
      host: { type: "string", default: "127.0.0.1" },
      prefix: { type: "string", default: "/" },
    },
  });
  try {
    const { url } = await serve({ ...values, port: Number(values.port) });
    console.log(`Misam is at ${url}  (Ctrl+C ends it)`);
  } catch (error) {
    const reason = error.code === "EADDRINUSE"
      ? `port ${values.port} is taken; choose another one: PORT=8081 ./dev serve`
      : error.message;
    console.error(`error: the page cannot be served: ${reason}`);
    process.exit(1);
  }
}
