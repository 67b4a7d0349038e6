// What the memory of a tab consists of.
import { readFileSync } from "node:fs";

/**
 * Keeps DevTools from keeping every response, as text, in the memory of the tab: with a model of eight megabytes that was
 * a fifth of what was measured. To be called before the tab goes anywhere.
 */
export async function unrecorded(tab) {
  const client = tab._connection.toImpl(tab).delegate._mainFrameSession._client;
  const sessions = Object.getPrototypeOf(client);
  if (!sessions.recordsNothing) {
    const { send } = sessions;
    sessions.recordsNothing = true;
    sessions.send = function (method, parameters, ...rest) {
      const limit = method === "Network.enable" ? { maxTotalBufferSize: 0, maxResourceBufferSize: 0 } : {};
      return send.call(this, method, { ...parameters, ...limit }, ...rest);
    };
  }
  await client.send("Network.enable", {});
}

const NOTE_MEMORIES = `{
  const memories = globalThis.wasmMemories = new Set();
  for (const name of ["instantiate", "instantiateStreaming"]) {
    const made = WebAssembly[name];
    WebAssembly[name] = async (...given) => {
      const result = await made.apply(WebAssembly, given);
      for (const part of Object.values((result.instance ?? result).exports)) {
        if (part instanceof WebAssembly.Memory) memories.add(part);
      }
      return result;
    };
  }
}\n`;

/** Has page and worker note their wasm memories. To be called before the tab goes anywhere. */
export async function noteMemories(tab) {
  await tab.addInitScript(NOTE_MEMORIES);
  await tab.route("**/misam-worker_loader.js*", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: NOTE_MEMORIES + await response.text() });
    await tab.unroute("**/misam-worker_loader.js*");
  });
}

/** The number of the tab's process, and kilobytes of memory it has to itself; what it shares is shared out. */
async function process(browser) {
  const { processInfo } = await browser.send("SystemInfo.getProcessInfo");
  const sizes = processInfo.filter(({ type }) => type === "renderer").map(({ id }) => {
    try {
      const [, size] = /^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${id}/smaps_rollup`, "utf8")) ?? [0, 0];
      return { id, size: Number(size) };
    } catch {
      return { id, size: 0 };
    }
  });
  return sizes.reduce((most, one) => (one.size > most.size ? one : most));
}

/** Kilobytes that are really there of a wasm memory, which is one mapping of the process. */
function resident(id, bytes) {
  let found = 0;
  for (const mapping of readFileSync(`/proc/${id}/smaps`, "utf8").split(/\n(?=[0-9a-f]+-[0-9a-f]+ )/)) {
    const [, from, to] = /^([0-9a-f]+)-([0-9a-f]+) /.exec(mapping);
    if (Number(BigInt(`0x${to}`) - BigInt(`0x${from}`)) === bytes) {
      found = Math.max(found, Number(/^Pss:\s+(\d+)/m.exec(mapping)?.[1] ?? 0));
    }
  }
  return found || bytes / 1024;
}

/** Bytes of the browser's own allocators in a process. */
async function allocators(browser, id) {
  const events = [];
  const hear = ({ value }) => events.push(...value);
  browser.on("Tracing.dataCollected", hear);
  const complete = new Promise((done) => browser.once("Tracing.tracingComplete", done));
  const traceConfig = { includedCategories: ["disabled-by-default-memory-infra"], excludedCategories: ["*"], memoryDumpConfig: { triggers: [] } };
  await browser.send("Tracing.start", { traceConfig, transferMode: "ReportEvents" });
  await browser.send("Tracing.requestMemoryDump", { levelOfDetail: "light" });
  await browser.send("Tracing.end");
  await complete;
  browser.off("Tracing.dataCollected", hear);
  const sizes = {};
  for (const { pid, ph, args } of events) {
    if (ph !== "v" || pid !== id) continue;
    for (const [name, { attrs }] of Object.entries(args.dumps?.allocators ?? {})) {
      if (attrs?.size) sizes[name] = Number.parseInt(attrs.size.value, 16);
    }
  }
  return sizes;
}

/** The memory of a tab in megabytes. */
export async function wholeOf(context) {
  const browser = await context.browser().newBrowserCDPSession();
  try {
    return (await process(browser)).size / 1000;
  } finally {
    await browser.detach();
  }
}

/** A browser collects what nobody needs any more when it has nothing else to do. */
const REST = 30_000;

/**
 * The memory of a tab in megabytes: `whole` as it stands, and `rested` after a while in which nothing is done; of the latter
 * the wasm memories of page and worker, the heaps of scripts, and what the page is drawn from.
 */
export async function partsOf(context, tab) {
  const browser = await context.browser().newBrowserCDPSession();
  try {
    const whole = (await process(browser)).size / 1000;
    await tab.waitForTimeout(REST);
    const { id, size } = await process(browser);
    const lengths = () => [...globalThis.wasmMemories ?? []].map(({ buffer }) => buffer.byteLength);
    const sum = (lengths) => lengths.reduce((sum, bytes) => sum + resident(id, bytes), 0) / 1000;
    const page = sum(await tab.evaluate(lengths));
    const worker = sum((await Promise.all(tab.workers().map((worker) => worker.evaluate(lengths)))).flat());
    const sizes = await allocators(browser, id);
    return { whole, rested: size / 1000, page, worker, scripts: (sizes.v8 ?? 0) / 1e6, elements: (sizes.blink_gc ?? 0) / 1e6 };
  } finally {
    await browser.detach();
  }
}
