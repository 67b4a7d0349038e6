// A real Chromium on the release page, watched: every request, console error and breach of the
// Content-Security-Policy is kept, so that any test can ask for them.
import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { serve } from "../../../page/serve.mjs";

export const ROOT = new URL("../../../", import.meta.url).pathname;
export const OUT = join(ROOT, "tests/e2e/out");
mkdirSync(OUT, { recursive: true });

function browserPath() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  for (const name of ["chromium", "google-chrome", "chromium-browser"]) {
    try {
      return execFileSync("sh", ["-c", `command -v ${name}`], { encoding: "utf8" }).trim();
    } catch {
      // The next name may be there.
    }
  }
  throw new Error("Chromium is missing: run ./dev setup, or set CHROMIUM to its path");
}

let shared;

/** The page's server and the browser, started once a test file and ended after it. */
async function start() {
  if (!existsSync(join(ROOT, "dist/index.html"))) throw new Error("there is no page in dist/: run ./dev build");
  const server = await serve({ dir: join(ROOT, "dist") });
  const browser = await launch();
  return { server, browser };
}

const launch = (...more) => chromium.launch({ executablePath: browserPath(), args: [...ARGUMENTS, ...more] });

const ARGUMENTS = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
];

/**
 * A browser on a processor that cannot add several numbers at once, so that it has no SIMD. Its one context has a tab that
 * is not yet anywhere; closing the context ends it.
 */
export async function browserWithoutSimd() {
  shared ??= start();
  await shared;
  const browser = await launch("--js-flags=--no-enable-sse4-1");
  const context = await browser.newContext();
  context.once("close", () => browser.close());
  return { context, watch: watched(context), tab: await context.newPage() };
}

/**
 * A browser of its own, with its profile in a folder that outlives it. Returns { context, tab, watch, kill }, where
 * `kill` ends its process as a power cut would.
 */
export async function browserOf(profile) {
  shared ??= start();
  const { server } = await shared;
  const child = spawn(browserPath(), [...ARGUMENTS, "--headless=new", "--remote-debugging-port=0", `--user-data-dir=${profile}`, "about:blank"], {
    stdio: ["ignore", "ignore", "pipe"],
    // A group of its own, so that all its processes go at once.
    detached: true,
  });
  const ended = new Promise((done) => child.once("exit", done));
  const address = await new Promise((resolve, reject) => {
    let said = "";
    child.stderr.on("data", (bytes) => {
      said += bytes;
      const address = /DevTools listening on (ws:\S+)/.exec(said)?.[1];
      if (address) resolve(address);
    });
    child.once("exit", () => reject(new Error(`the browser ended: ${said.slice(-500)}`)));
  });
  const browser = await chromium.connectOverCDP(address);
  const [context] = browser.contexts();
  await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: new URL(server.url).origin });
  const kill = async () => {
    try {
      process.kill(-child.pid, "SIGKILL");
    } catch {
      // It has ended already.
    }
    await ended;
  };
  const watch = watched(context);
  const tab = await context.newPage();
  await tab.setViewportSize({ width: 1440, height: 900 });
  return { context, tab, watch, kill };
}

/** Ends the browser and the server, if they were started. */
export async function stop() {
  if (!shared) return;
  const { server, browser } = await shared;
  shared = undefined;
  await browser.close();
  await server.close();
}

/** The address of the page under test. */
export async function pageAddress() {
  shared ??= start();
  return (await shared).server.url;
}

/**
 * A fresh browser profile (empty storage) with one tab that is not yet anywhere.
 * Returns { context, tab, watch }, where watch holds requests, problems (console errors and uncaught exceptions)
 * and breaches (of the Content-Security-Policy).
 */
export async function freshBrowser({ locale = "ar", colorScheme = "light", viewport = { width: 1440, height: 900 }, touch = false } = {}) {
  shared ??= start();
  const { browser, server } = await shared;
  const context = await browser.newContext({ locale, colorScheme, viewport, acceptDownloads: true, hasTouch: touch, isMobile: touch });
  await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: new URL(server.url).origin });
  return { context, watch: watched(context), tab: await context.newPage() };
}

/** What happens in a browser from now on. */
function watched(context) {
  const watch = { requests: [], problems: [], breaches: [] };
  context.on("request", (request) => watch.requests.push(request.url()));
  context.on("weberror", (event) => watch.problems.push(String(event.error())));
  context.on("console", (message) => {
    if (isBreach(message.text())) watch.breaches.push(message.text());
    else if (message.type() === "error") watch.problems.push(message.text());
  });
  return watch;
}

/** True of what the browser says about a breach of the policy, of which the demand for trusted types is a part. */
const isBreach = (said) => /Content Security Policy|requires 'Trusted/i.test(said);

/** Keeps a picture of what a test sees, for people to look at; the folder is not part of the project. */
export async function picture(tab, name) {
  await tab.screenshot({ path: join(OUT, `${name}.png`) });
}
