// The page's worker by itself, asked in the words of src/work/message.rs: what it finds and how long it takes, without the
// page around it.
import { freshBrowser, pageAddress } from "./browser.mjs";

const BLANK = "worker-alone.html";

export class WorkerAlone {
  constructor(context, tab) {
    Object.assign(this, { context, tab });
  }

  /** A worker just started, in an empty page of its own; with `model`, once it has the model; in a browser like this. */
  static async open({ model = true, browser = freshBrowser } = {}) {
    const { context, tab } = await browser();
    await context.route(`**/${BLANK}`, (route) => route.fulfill({ contentType: "text/html", body: "<!doctype html><title>worker</title>" }));
    await tab.goto(new URL(BLANK, await pageAddress()).href);
    await tab.evaluate(() => {
      let worker, hear, giveUp, jobs = 0;
      /** A message: the note, and if something goes with it, its lengths, all of it in one, and no files (src/web/parcel.rs). */
      const message = (note, cargo) => {
        if (cargo.length === 0) return [note];
        const whole = new Uint8Array(cargo.reduce((sum, { length }) => sum + length, 0));
        let from = 0;
        for (const bytes of cargo) {
          whole.set(bytes, from);
          from += bytes.length;
        }
        return [note, Uint32Array.from(cargo, ({ length }) => length), whole, []];
      };
      /** Starts a worker in the place of the one before. */
      window.start = () => new Promise((resolve, reject) => {
        worker?.terminate();
        worker = new Worker("./misam-worker_loader.js");
        worker.onerror = ({ message }) => (giveUp ?? reject)(new Error(message));
        worker.onmessage = ({ data: [note] }) => {
          const answer = JSON.parse(note);
          if (answer.Ready) resolve();
          else hear?.(answer);
        };
      });
      /** Asks, and hands every answer to the question to `each` until that says it was the last. */
      window.ask = (kind, cargo, each) => new Promise((done, fail) => {
        const job = ++jobs;
        giveUp = fail;
        hear = (answer) => {
          const [[name, what]] = Object.entries(answer);
          if (name === "Failed" || name === "ModelFailed") fail(new Error(JSON.stringify(answer)));
          else if (each(name, what)) done();
        };
        worker.postMessage(message(JSON.stringify({ [kind]: { job } }), cargo));
      });
      return window.start();
    });
    const alone = new WorkerAlone(context, tab);
    if (model) await alone.loadModel();
    return alone;
  }

  /** Starts another worker in the same browser, which has kept the model. */
  restart() {
    return this.tab.evaluate(() => window.start());
  }

  /** Has the model brought; the milliseconds until it can be used. */
  loadModel() {
    return this.tab.evaluate(async () => {
      const began = performance.now();
      await window.ask("LoadModel", [], (name) => name === "ModelReady");
      return performance.now() - began;
    });
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
