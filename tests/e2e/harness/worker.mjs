// The page's worker by itself, asked in the words of src/work/message.rs: what it finds and how long it takes, without the
// page around it.
import { freshBrowser, pageAddress } from "./browser.mjs";

const BLANK = "worker-alone.html";

export class WorkerAlone {
  constructor(context, tab) {
    Object.assign(this, { context, tab });
  }

  /** A worker just started, in an empty page of its own; with `model`, once it has the model. */
  static async open({ model = true } = {}) {
    const { context, tab } = await freshBrowser();
    await context.route(`**/${BLANK}`, (route) => route.fulfill({ contentType: "text/html", body: "<!doctype html><title>worker</title>" }));
    await tab.goto(new URL(BLANK, await pageAddress()).href);
    await tab.evaluate(() => new Promise((resolve, reject) => {
      const worker = new Worker("./misam-worker_loader.js");
      let jobs = 0;
      let hear;
      /** Asks, and hands every answer to the question to `each` until that says it was the last. */
      window.ask = (kind, cargo, each) => new Promise((done, fail) => {
        const job = ++jobs;
        hear = (answer) => {
          const [[name, what]] = Object.entries(answer);
          if (name === "Failed" || name === "ModelFailed") fail(new Error(JSON.stringify(answer)));
          else if (each(name, what)) done();
        };
        worker.postMessage([JSON.stringify({ [kind]: { job } }), ...cargo]);
      });
      worker.onerror = ({ message }) => reject(new Error(message));
      worker.onmessage = ({ data: [note] }) => {
        const answer = JSON.parse(note);
        if (answer.Ready) resolve();
        else hear?.(answer);
      };
    }));
    const alone = new WorkerAlone(context, tab);
    if (model) await tab.evaluate(() => window.ask("LoadModel", [], (name) => name === "ModelReady"));
    return alone;
  }

  /** The suggestions for a text, with their places in bytes, and the milliseconds from the question to the last answer. */
  extract(text) {
    return this.tab.evaluate(async (text) => {
      const found = [];
      const bytes = new TextEncoder().encode(text);
      const began = performance.now();
      await window.ask("Extract", [bytes], (name, what) => {
        if (name === "Suggestions") found.push(...what.items);
        return name === "Suggestions" && what.is_last;
      });
      return { found, milliseconds: performance.now() - began };
    }, text);
  }

  close() {
    return this.context.close();
  }
}
