// What a panic in the page's wasm comes to, and a fault of the browser.

/** Has wasm trap outside of everything that waits for an answer. */
export function breakDown(tab) {
  return tab.evaluate(() => void setTimeout(() => {
    const trap = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 120, 0, 0, 10, 5, 1, 3, 0, 0, 11]);
    WebAssembly.instantiate(trap).then(({ instance }) => instance.exports.x());
  }));
}

/** Kills the tab as a fault of the browser would, and opens another in its place. */
export async function crash(misam) {
  const debug = await misam.context.newCDPSession(misam.tab);
  const crashed = misam.tab.waitForEvent("crash");
  debug.send("Page.crash").catch(() => {});
  await crashed;
  misam.tab = await misam.context.newPage();
}
