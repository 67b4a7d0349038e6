// Somebody who works through a day of labelling, with a witness of what the page acknowledged: for tests that pull the
// plug. What the page showed as saved must be there afterwards; what nobody did must not.
import { Day, TEXTS, records } from "./day.mjs";
import { expect } from "./expect.mjs";
import { Witness, same } from "./witness.mjs";

/** What is done is seen after so many milliseconds at most, also on a machine that stalls: no test is begun anew here. */
const PATIENCE = 20_000;

export class Labeller {
  #day = new Day();
  #witness;
  /** The name by which the page in front of the labeller tells what it shows; what others tell is not heard. */
  #listening;

  constructor(misam) {
    this.misam = misam;
    /** How often the page acknowledged something new. */
    this.acknowledged = 0;
    /** How many edits were begun. */
    this.edits = 0;
  }

  static async begin(misam) {
    const labeller = new Labeller(misam);
    await misam.load();
    const lines = records().map((record) => `${JSON.stringify(record)}\n`);
    await misam.takeFiles({ name: "day.jsonl", mimeType: "application/x-ndjson", buffer: Buffer.from(lines.join("")) });
    await expect(() => misam.hook("keeping").getAttribute("data-state"), (state) => state === "saved", "the articles are saved");
    labeller.#witness = new Witness(labeller.#day.state, await labeller.#editsStored());
    await labeller.#open(0);
    labeller.#listening = await labeller.#watch();
    await labeller.#shows("at the beginning");
    return labeller;
  }

  /** The text that is on the screen when all that was done is. */
  get text() {
    return TEXTS[this.#day.state.shown];
  }

  /** Has the page tell what it shows whenever it says that everything is saved, under the name that is given back. */
  async #watch() {
    const { tab } = this.misam;
    const name = `witness${Math.random().toString(36).slice(2)}`;
    await tab.exposeFunction(name, (tried, { text, what }) => {
      const known = this.#listening === name && TEXTS.includes(text);
      if (known && this.#witness.acknowledge(TEXTS.indexOf(text), what, tried)) this.acknowledged += 1;
    });
    await tab.evaluate(({ name, tried }) => {
      window.triedEdits = tried;
      window.shownWork = () => {
        const hooks = (hook) => [...document.querySelectorAll(`[data-testid="${hook}"]`)];
        const spans = hooks("span-item").map(({ dataset: { start, end, label, origin } }) => `${start}-${end} ${label} ${origin}`);
        const statuses = hooks("article-item").filter((item) => item.ariaCurrent).map((item) => item.dataset.status);
        return { text: hooks("article")[0]?.textContent ?? "", what: [...statuses, ...spans] };
      };
      let asked = false;
      const look = () => {
        asked = false;
        if (document.querySelector('[data-testid="keeping"]')?.dataset.state === "saved") window[name](window.triedEdits, window.shownWork());
      };
      // Not in the middle of a change: when all that follows from it is on the page.
      new MutationObserver(() => {
        if (asked) return;
        asked = true;
        setTimeout(look);
      }).observe(document.body, { subtree: true, childList: true, attributes: true });
    }, { name, tried: this.#witness.tried });
    return name;
  }

  /** Does one thing after the other until, at a random moment after something was acknowledged, `stop` has put an end to it. */
  async workUntil(stop) {
    let [stopping, stopped] = [false, false];
    const before = this.acknowledged;
    const random = () => new Promise((done) => setTimeout(done, Math.random() * 1_200));
    const end = (async () => {
      await expect(() => this.acknowledged, (now) => now > before, "something is acknowledged", 60_000);
      await random();
      stopping = true;
      await stop();
    })().finally(() => {
      stopped = true;
    });
    // Heard of below, also if the work breaks off first.
    end.catch(() => {});
    try {
      while (!stopped) await this.#doNext(() => stopped);
    } catch (error) {
      // A tab that is killed, or loses the work to another, does not do what it is told.
      if (!stopping) throw error;
    }
    await end;
  }

  /** Does the next thing of the day, and waits until it is seen or `stopped`. */
  async #doNext(stopped) {
    const step = this.#day.next();
    if (step.edits) {
      this.#witness.tries(this.#day.state);
      this.edits += 1;
      await this.misam.tab.evaluate((tried) => (window.triedEdits = tried), this.#witness.tried);
    }
    await this.#carryOut(step);
    await this.#shows(`${step.kind} ${JSON.stringify(step.place ?? "")}`, stopped);
  }

  async #carryOut({ kind, place, existed, label }) {
    const { misam } = this;
    const button = (hook) => misam.hook(hook).first().click({ timeout: PATIENCE });
    if (existed) await misam.item(place).click({ timeout: PATIENCE });
    switch (kind) {
      case "label":
        // The caret is in the word, so that the label goes to the whole of it.
        if (!existed) await misam.clickText(place);
        return button(`label-${label}`);
      case "delete":
        return misam.press("x");
      case "accept":
        return misam.press("Enter");
      case "undo":
        return misam.press("Control+z");
      case "redo":
        return misam.press("Control+Shift+z");
      case "finish":
      case "reopen":
        return button("mark-done");
      case "go":
        return this.#open(this.#day.state.shown);
      default:
        throw new Error(`nobody can ${kind}`);
    }
  }

  async #open(article) {
    await this.misam.hook("article-item").nth(article).click({ timeout: PATIENCE });
  }

  /** Waits until the page shows what was done, or `stopped`. */
  async #shows(what, stopped = () => false) {
    const { shown, articles } = this.#day.state;
    const read = async () => stopped() || this.misam.tab.evaluate(() => window.shownWork());
    const holds = (seen) => seen === true || (seen.text === TEXTS[shown] && same(seen.what, articles[shown]));
    await expect(read, holds, `${what} is seen: ${articles[shown].join(", ")}`, PATIENCE);
  }

  /** Opens the page again and compares. */
  async comeBack(when) {
    await this.misam.load();
    await this.compare(when);
  }

  /** Compares what is there with what was acknowledged and what was done, and goes on from it. */
  async compare(when) {
    // What the page shows now says nothing about edits that were shown, and not saved, before the plug was pulled.
    this.#listening = undefined;
    const listening = await this.#watch();
    const found = await expect(
      () => this.#found(),
      (found) => this.#witness.faults(found).length === 0,
      `after ${when} all that was acknowledged is there and nothing else`,
      PATIENCE,
    ).catch(async (error) => {
      throw new Error(`${error.message}\n  ${this.#witness.faults(await this.#found()).join("\n  ")}`);
    });
    this.#witness.goOnFrom(found);
    this.#day.state = { ...this.#witness.state, shown: TEXTS.length - 1 };
    await this.misam.tab.evaluate((tried) => (window.triedEdits = tried), this.#witness.tried);
    this.#listening = listening;
    await this.#shows(`what there is after ${when}`);
  }

  /** Goes through all articles and the storage. */
  async #found() {
    const articles = [];
    for (const [at, text] of TEXTS.entries()) {
      await this.#open(at);
      await expect(() => this.misam.text(), (shown) => shown === text, `article ${at} is there`);
      await this.misam.painted();
      articles.push((await this.misam.tab.evaluate(() => window.shownWork())).what);
    }
    return { articles, edits: await this.#editsStored() };
  }

  /** How many edits are in the storage, of which none may be missing. */
  async #editsStored() {
    const keys = await this.misam.tab.evaluate(async () => {
      const asked = (request) => new Promise((done, fail) => {
        request.onsuccess = () => done(request.result);
        request.onerror = () => fail(request.error);
      });
      const database = await asked(indexedDB.open("misam"));
      const keys = await asked(database.transaction("journal").objectStore("journal").getAllKeys());
      database.close();
      return keys;
    });
    const gap = keys.find((key, at) => key !== at + 1);
    if (gap !== undefined) throw new Error(`the journal has a gap before edit ${gap}`);
    return keys.length;
  }
}
