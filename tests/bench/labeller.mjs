// ./dev bench labeller: a labeller who knows the gold corrects the extractor's suggestions to it, article by article,
// through real keys and the mouse, and every one of them is counted. The dev part of the corpus, which no model was
// trained on. Beside it, what the same corrections cost by the conventions of other tools.
//
// The labeller goes through each article in reading order, with a label in the hand, and does what is cheapest here:
// nothing for what is right; for a wrong end, a drag of that end; for what is none, a click with Alt; for a wrong label or
// what is missing, a click or a drag, and a key where another label is in the hand; in the end one key that accepts the
// rest, if there is any, and one that says the article is done. A key or a gesture with Alt, Ctrl or Shift held is one
// action. It fails if anything differs from the gold then that the page can label so.
import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { ROOT, stop } from "../e2e/harness/browser.mjs";
import { expect } from "../e2e/harness/expect.mjs";
import { Misam } from "../e2e/harness/misam.mjs";
import { table } from "./measure.mjs";

const ARTICLES = Number(process.env.ARTICLES ?? 20);
const KEYS = { PER: "p", ORG: "o", GRP: "g", LOC: "l", FAC: "f", EVT: "e", AGR: "a", WPN: "w", DAT: "d", NUM: "n", NAT: "t" };

/** The part of an item of the corpus, by the rule of corpus/SPLIT.md. */
function isDev(id) {
  const remainder = createHash("sha256").update(id).digest().readUInt32BE(0) % 10;
  return remainder === 6 || remainder === 7;
}

function devArticles() {
  const parts = readdirSync(join(ROOT, "corpus")).filter((name) => name.endsWith(".jsonl")).sort();
  const items = parts.flatMap((name) => readFileSync(join(ROOT, "corpus", name), "utf8").split("\n").filter(Boolean).map((line) => JSON.parse(line)));
  return items.filter(({ id }) => isDev(id)).slice(0, ARTICLES);
}

const same = (a, b) => a.start === b.start && a.end === b.end;
const overlap = (a, b) => a.start < b.end && b.start < a.end;
const place = ({ start, end }) => `${start}-${end}`;

/** What must be done to which suggestion: pairs those that overlap, exact ones first. In reading order. */
function compare(suggested, gold) {
  const open = new Set(gold);
  const free = new Set(suggested);
  const tasks = [];
  const pair = (kind, fits) => {
    for (const span of free) {
      const wanted = [...open].find((other) => fits(span, other));
      if (!wanted) continue;
      free.delete(span);
      open.delete(wanted);
      tasks.push({ kind, span, wanted });
    }
  };
  pair("right", (a, b) => same(a, b) && a.label === b.label);
  pair("label", same);
  pair("bounds", (a, b) => overlap(a, b) && a.label === b.label);
  pair("both", overlap);
  for (const span of free) tasks.push({ kind: "spurious", span });
  for (const wanted of open) tasks.push({ kind: "missed", wanted });
  const start = ({ span, wanted }) => Math.min(span?.start ?? Infinity, wanted?.start ?? Infinity);
  return tasks.sort((a, b) => start(a) - start(b));
}

class Labeller {
  actions = 0;
  by = {};

  constructor(misam, text) {
    this.misam = misam;
    this.points = [...text];
  }

  count(kind) {
    this.actions += 1;
    this.by[kind] = (this.by[kind] ?? 0) + 1;
  }

  async press(...keys) {
    for (const key of keys) {
      this.count("keys");
      await this.misam.press(key);
    }
    await this.misam.painted();
  }

  /** The label in the hand, as the bar shows it. */
  hand() {
    return this.misam.tab.locator('.label-button[data-in-hand="true"]').getAttribute("data-label");
  }

  /** What has just been clicked or selected got the label in the hand; a key gives it another one, and the hand too. */
  async put(label) {
    if ((await this.hand()) !== label) await this.press(KEYS[label]);
  }

  /** A click on a span. */
  async click(span) {
    this.count("clicks");
    await this.misam.clickText(span);
    await this.misam.painted();
  }

  /** Has a place in view and waits until nothing moves it: the page may still be bringing what was labelled last into view. */
  async steady(place) {
    await expect(async () => {
      const { from: before } = await this.misam.edges(place);
      await this.misam.painted();
      const { from: after } = await this.misam.edges(place, { still: true });
      return before.y === after.y;
    }, Boolean, "the place stays where it is");
  }

  /** A drag over a place, with Ctrl, so that it may begin where a span ends. */
  async select(place) {
    this.count("drags");
    await this.steady(place);
    await this.misam.tab.keyboard.down("Control");
    await this.misam.drag(place);
    await this.misam.tab.keyboard.up("Control");
    await this.misam.painted();
  }

  /** A click with Alt on a span. */
  async strike(span) {
    this.count("clicks");
    await this.misam.strike(span);
    await this.misam.painted();
  }

  /** A drag of an end of a span to where it should be; with Alt if that is inside of another word. */
  async drawEnd(span, wanted, edge) {
    this.count("drags");
    await this.misam.edges(span);
    const { from, to } = await this.misam.edges(wanted, { still: true });
    const between = this.points.slice(Math.min(span[edge], wanted[edge]), Math.max(span[edge], wanted[edge])).join("");
    const isLetter = (point) => /[\p{L}\p{M}\p{N}]/u.test(this.points[point] ?? "");
    const insideWord = isLetter(wanted[edge] - 1) && isLetter(wanted[edge]);
    await this.misam.drawEnd(span, edge, edge === "start" ? from : to, { letters: insideWord && /\s/u.test(between), still: true });
    await this.misam.painted();
  }

  async there(span) {
    return (await this.misam.spans()).some((other) => same(other, span) && other.label === span.label);
  }

  /** Labels a place that has no span, and with `all` every other mention of the name that the gold has so as well. */
  async add(wanted, all) {
    await this.select(wanted);
    await this.put(wanted.label);
    if (!all) return;
    await this.press("r");
    // The others are done with: only here.
    this.count("clicks");
    await this.misam.hook("search-here").click();
    await this.misam.painted();
    await this.press("Enter");
  }

  async correct(gold, labelAll) {
    const tasks = compare(await this.misam.spans(), gold);
    const surface = ({ start, end }) => this.points.slice(start, end).join("");
    const missed = tasks.filter(({ kind }) => kind === "missed").map(({ wanted }) => wanted);
    const alike = (span) => missed.filter((other) => surface(other) === surface(span) && other.label === span.label);
    for (const { kind, span, wanted } of tasks) {
      if (kind === "label") {
        await this.click(span);
        await this.put(wanted.label);
      } else if (kind === "bounds" && (span.start === wanted.start || span.end === wanted.end)) {
        await this.drawEnd(span, wanted, span.start === wanted.start ? "end" : "start");
      } else if (kind === "bounds" || kind === "both") {
        // The right place is selected and labelled; the wrong suggestion gives way.
        await this.add(wanted, false);
      } else if (kind === "spurious" && (await this.there(span))) {
        await this.strike(span);
      } else if (kind === "missed" && !(await this.there(wanted))) {
        await this.add(wanted, labelAll && alike(wanted).length > 2);
      }
    }
    // What was labelled with others and should not have been.
    const surplus = labelAll ? compare(await this.misam.spans(), gold).filter(({ kind }) => kind === "spurious") : [];
    for (const { span } of surplus) await this.strike(span);
    return tasks;
  }

  /** The article has been gone through: what is left is accepted, and it is done. */
  async finish() {
    const { misam } = this;
    const id = await misam.tab.locator('[data-testid="article-item"][aria-current="true"]').getAttribute("data-id");
    await this.press("Alt+Enter");
    const status = () => misam.tab.locator(`[data-testid="article-item"][data-id="${id}"]`).getAttribute("data-status");
    await expect(status, (status) => status === "done", "the article is done");
  }
}

/** A place as the page takes it: without space and signs at its ends, and on one line. What the gold has otherwise, no hand can make. */
function canBeMade(text, { start, end }) {
  const surface = [...text].slice(start, end).join("");
  return !/[\r\n]/u.test(surface) && /^[\p{L}\p{M}\p{N}\p{S}]/u.test(surface) && /[\p{L}\p{M}\p{N}\p{S}.)]$/u.test(surface);
}

/**
 * Actions by the conventions of other tools, as their documentation and sources have them. Where a label sticks, as it
 * does here, the costs are those with the right label at hand, and each time another label is needed is one key more.
 */
const TOOLS = [
  ["Prodigy (ner_manual)", { right: 0, label: 2, bounds: 2, spurious: 1, missed: 1, article: 1, sticks: ["label", "bounds", "both", "missed"] }],
  ["doccano", { right: 0, label: 2.5, bounds: 2, spurious: 1, missed: 1, article: 1, sticks: ["bounds", "both", "missed"] }],
  ["Label Studio", { right: 0, label: 2, bounds: 3, spurious: 2, missed: 2, article: 1, sticks: [] }],
  ["INCEpTION", { right: 1, label: 2, bounds: 2, spurious: 1, missed: 1, article: 1, sticks: ["missed"] }],
  // Keys from the first to the last: the ends move by them too. How the span is come to is not counted.
  ["labelbuddy", { right: 0, label: 1, bounds: 1, spurious: 1, missed: 2, article: 1, sticks: [] }],
  // From its papers, which do not say what taking a span away takes: as little as anywhere.
  ["LightTag", { right: 0, label: 2, bounds: 2, spurious: 1, missed: 2, article: 1, sticks: [] }],
  ["brat", { right: 0, label: 3, bounds: 3, spurious: 2, missed: 3, article: 0, sticks: [] }],
];

/** What some work costs with a tool: the tasks of every article, in order. */
function cost({ article, sticks, ...costs }, articles) {
  let hand = Object.keys(KEYS)[0];
  let sum = 0;
  for (const tasks of articles) {
    sum += article;
    for (const { kind, wanted } of tasks) {
      sum += costs[kind === "both" ? "bounds" : kind];
      if (!sticks.includes(kind) || wanted.label === hand) continue;
      hand = wanted.label;
      sum += 1;
    }
  }
  return sum;
}

async function work(labelAll) {
  const total = { actions: 0, entities: 0, differ: [], by: {}, tasks: [] };
  const misam = await Misam.open({ locale: "en" });
  try {
    // From here on the model reads every article at once.
    await misam.addArticle({ title: "0", text: "زار الوفد مدينة حلب." });
    await misam.model("ready");
    // Not one of those that are counted: done, so that nothing leads back to it.
    await misam.settled();
    await misam.press("Control+Enter");
    for (const { id, text, entities } of devArticles()) {
      await misam.addArticle({ title: id, text });
      await misam.settled();
      await misam.painted();
      const labeller = new Labeller(misam, text);
      if (!total.tasks.length) await labeller.press("b");
      total.tasks.push(await labeller.correct(entities, labelAll));
      const spans = await misam.spans();
      const key = (span) => `${place(span)} ${span.label}`;
      const [made, wanted] = [new Set(spans.map(key)), new Set(entities.map(key))];
      const differ = [...spans.filter((span) => !wanted.has(key(span))), ...entities.filter((span) => !made.has(key(span)))];
      total.differ.push(...differ.map((span) => ({ what: `${id} ${key(span)} ${[...text].slice(span.start, span.end).join("")}`, canBeMade: canBeMade(text, span) })));
      await labeller.finish();
      total.actions += labeller.actions;
      total.entities += entities.length;
      for (const [kind, count] of Object.entries(labeller.by)) total.by[kind] = (total.by[kind] ?? 0) + count;
    }
  } finally {
    await misam.close();
  }
  return total;
}

try {
  const [alone, all] = [await work(false), await work(true)];
  const { tasks, entities } = alone;
  const many = (...kinds) => tasks.flat().filter(({ kind }) => kinds.includes(kind)).length;
  console.log(`${tasks.length} articles of the corpus's dev part, ${entities} entities. Suggestions: ${many("right")} right, ${many("label")} with a wrong label, ${many("bounds", "both")} with a wrong end, ${many("spurious")} that are none; ${many("missed")} missing.`);
  console.log(`After the corrections ${alone.differ.length} spans differ from the gold (with label-all ${all.differ.length}).\n`);
  const per = (actions) => (actions / entities).toFixed(2);
  const detail = (by) => Object.entries(by).map(([kind, count]) => `${count} ${kind}`).join(", ");
  const scratch = tasks.map((tasks) => tasks.filter(({ wanted }) => wanted).map(({ wanted }) => ({ kind: "missed", wanted })));
  const row = (name, costs, work) => [name, cost(costs, work).toFixed(0), per(cost(costs, work)), "by its conventions"];
  table([
    ["Tool", "actions", "an entity", "counted"],
    ["Misam", String(alone.actions), per(alone.actions), detail(alone.by)],
    ["Misam, with label-all", String(all.actions), per(all.actions), detail(all.by)],
    ...TOOLS.map(([name, costs]) => row(`${name}, with the same suggestions`, costs, tasks)),
    ...TOOLS.map(([name, costs]) => row(`${name}, without suggestions`, costs, scratch)),
  ]);
  const failures = [...alone.differ, ...all.differ].filter(({ canBeMade }) => canBeMade).map(({ what }) => what);
  if (failures.length > 0) {
    console.error(`These differ, though the page can label so:\n${failures.join("\n")}`);
    process.exitCode = 1;
  }
} finally {
  await stop();
}
