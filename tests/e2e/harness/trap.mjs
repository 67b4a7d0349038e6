// What a panic in the page's wasm comes to, and a fault of the browser.

/**
 * Breaks the page's own program: all of its memory is overwritten, so that whatever it does next ends in a trap. It is
 * asked for something at once.
 */
export function breakDown(tab) {
  return tab.evaluate(async () => {
    const { src } = document.querySelector('script[src*="boot.js"]');
    // The module that the page runs, which answers with what it has when it is started a second time.
    const { default: running } = await import(new URL(`misam-app.js${new URL(src).search}`, src).href);
    const { memory } = await running();
    new Uint8Array(memory.buffer).fill(0xff);
    setTimeout(() => {
      document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "x", code: "KeyX", bubbles: true }));
      document.querySelector('[data-testid="language"]').click();
    });
  });
}

/** Breaks the worker that the page has now in the same way, and gives it. It finds out when it is given something to do. */
export async function breakWorker(tab) {
  const worker = tab.workers().find((worker) => worker.url().includes("misam-worker"));
  await worker.evaluate(async () => {
    // A name of the worker's own script; started a second time it answers likewise.
    const { memory } = await wasm_bindgen();
    new Uint8Array(memory.buffer).fill(0xff);
  });
  return worker;
}

/** Kills the tab as a fault of the browser would, and opens another in its place. */
export async function crash(misam) {
  const debug = await misam.context.newCDPSession(misam.tab);
  const crashed = misam.tab.waitForEvent("crash");
  debug.send("Page.crash").catch(() => {});
  await crashed;
  misam.tab = await misam.context.newPage();
}

/** Kills every tab of the browser from outside, also those that answer nothing any more; each of these gets another tab. */
export async function killTabs(...all) {
  const crashed = all.map(({ tab }) => tab.waitForEvent("crash"));
  const debug = await all[0].context.browser().newBrowserCDPSession();
  const { processInfo } = await debug.send("SystemInfo.getProcessInfo");
  await debug.detach();
  for (const { id } of processInfo.filter(({ type }) => type === "renderer")) process.kill(id, "SIGKILL");
  await Promise.all(crashed);
  for (const misam of all) misam.tab = await misam.context.newPage();
}
