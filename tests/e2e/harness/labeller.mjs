// Somebody who labels one word after the other, and a witness of what the page acknowledged: for tests that pull the
// plug. What the page showed as saved must be there afterwards; what nobody did must not.
import assert from "node:assert/strict";
import { expect } from "./expect.mjs";

/** Words of our own; none means anything to the rules. Few, so that the list of spans shows all of them. */
const WORDS = ["كلمااء", "كلمباء", "كلمجاء", "كلمداء", "كلمهاء", "كلمواء", "كلمزاء", "كلمحاء", "كلمطاء"];
const CODES = ["PER", "ORG", "LOC", "EVT"];

export class Labeller {
  constructor(misam) {
    this.misam = misam;
    this.text = WORDS.join(" ");
    /** What the page showed last while it said that everything is saved: start and label. */
    this.saved = [];
    /** The labels that were tried at each start, in order. */
    this.tried = new Map();
    /** How often the page acknowledged something new. */
    this.acknowledged = 0;
    this.next = 0;
  }

  static async begin(misam) {
    const labeller = new Labeller(misam);
    await misam.load();
    await misam.addArticle({ title: "كلمات", text: labeller.text });
    await labeller.watch();
    return labeller;
  }

  /** Has the page tell what it shows whenever it says that everything is saved. */
  async watch() {
    const { tab } = this.misam;
    const name = `witness${Math.random().toString(36).slice(2)}`;
    await tab.exposeFunction(name, (spans) => {
      if (JSON.stringify(spans) !== JSON.stringify(this.saved)) this.acknowledged += 1;
      this.saved = spans;
    });
    await tab.evaluate((name) => {
      let asked = false;
      const look = () => {
        asked = false;
        if (document.querySelector('[data-testid="keeping"]')?.dataset.state !== "saved") return;
        const items = [...document.querySelectorAll('[data-testid="span-item"]')].filter((item) => item.dataset.origin === "manual");
        window[name](items.map((item) => [Number(item.dataset.start), item.dataset.label]));
      };
      // Not in the middle of a change: when all that follows from it is on the page.
      new MutationObserver(() => {
        if (asked) return;
        asked = true;
        setTimeout(look);
      }).observe(document.body, { subtree: true, childList: true, attributes: true });
      look();
    }, name);
  }

  /** Labels word after word until, at a random moment after something was acknowledged, `stop` has put an end to it. */
  async workUntil(stop) {
    let stopped = false;
    const before = this.acknowledged;
    const random = () => new Promise((done) => setTimeout(done, Math.random() * 700));
    const wait = expect(() => this.acknowledged, (now) => now > before, "something is acknowledged", 60_000).then(random);
    const stopping = wait.then(stop).finally(() => {
      stopped = true;
    });
    // Heard of below, also if the work breaks off first.
    stopping.catch(() => {});
    try {
      while (!stopped) await Promise.race([this.labelNext(), stopping]);
    } catch (error) {
      // A tab that was killed answers nothing any more.
      if (!/closed|crash|Timeout/i.test(error.message)) throw error;
    }
    await stopping;
  }

  /** Gives the next word the next label. */
  async labelNext() {
    const at = this.next++;
    const word = at % WORDS.length;
    const start = [...WORDS.slice(0, word).join(" ")].length + (word && 1);
    const code = CODES[at % CODES.length];
    const { from, to } = await this.misam.edges({ start, end: start + [...WORDS[word]].length });
    // The caret is in the word, so that the label goes to the whole of it.
    await this.misam.tab.mouse.click((from.x + to.x) / 2, (from.y + to.y) / 2);
    // A click that comes before the page is ready for it leaves the caret at the first word.
    for (const place of new Set([0, start])) this.tried.set(place, [...(this.tried.get(place) ?? []), code]);
    await this.misam.hook(`label-${code}`).first().click({ timeout: 5_000 });
  }

  /** Opens the page again and compares. */
  async comeBack(when) {
    const { saved } = this;
    await this.misam.load();
    await expect(() => this.misam.text(), (text) => text === this.text, `after ${when} the article is there`);
    const read = async () => (await this.misam.spans()).filter((span) => span.origin === "manual");
    const there = await expect(
      read,
      (spans) => saved.every(([start, label]) => spans.some((span) => span.start === start && this.mayBe(start, label, span.label))),
      `after ${when} everything acknowledged is there: ${JSON.stringify(saved)}`,
    );
    const invented = there.filter((span) => !this.tried.get(span.start)?.includes(span.label));
    assert.deepEqual(invented, [], `after ${when} nothing is there that nobody did`);
    await this.watch();
  }

  /** True if a span that was acknowledged with a label may have this one: the same, or one tried after it. */
  mayBe(start, label, now) {
    const tried = this.tried.get(start) ?? [];
    return label === now || tried.lastIndexOf(now) > tried.indexOf(label);
  }
}
