// ./dev bench labeller: a labeller who knows the gold corrects the extractor's suggestions to it, article by article,
// through real keys and clicks, and every one of them is counted. The dev part of the corpus, which no model was
// trained on. Beside it, what the same corrections cost by the conventions of other tools.
//
// The labeller reads and does what is cheapest here: nothing for what is right, one click to take up what is wrong and
// one key to put it right, a double-click or a drag and one key for what is missing, one key in the end that accepts
// the rest.
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

/** What must be done to which suggestion: pairs those that overlap, exact ones first. */
function compare(suggested, gold) {
  const open = new Set(gold);
  const free = new Set(suggested);
  const pair = (fits) => {
    const pairs = [];
    for (const span of free) {
      const wanted = [...open].find((other) => fits(span, other));
      if (!wanted) continue;
      free.delete(span);
      open.delete(wanted);
      pairs.push([span, wanted]);
    }
    return pairs;
  };
  const right = pair((a, b) => same(a, b) && a.label === b.label);
  const label = pair(same);
  const bounds = pair((a, b) => overlap(a, b) && a.label === b.label);
  const both = pair(overlap);
  return { right, label, bounds, both, spurious: [...free], missed: [...open] };
}

class Labeller {
  actions = 0;
  by = {};

  constructor(misam) {
    this.misam = misam;
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

  async click(span) {
    this.count("clicks");
    await this.misam.item(span).first().click();
    await this.misam.painted();
  }

  /** One gesture over a place: a drag from its first letter to its last. */
  async select(span) {
    this.count("drags");
    await this.misam.drag(span);
    await this.misam.painted();
  }

  /** Labels a place that has no span, and with `all` every other mention of the name that the gold has so as well. */
  async add(wanted, all) {
    await this.select(wanted);
    await this.press(KEYS[wanted.label]);
    if (all) await this.press("r", "Enter");
  }

  async correct(gold, labelAll) {
    const changes = compare(await this.misam.spans(), gold);
    for (const [span, wanted] of changes.label) {
      await this.click(span);
      await this.press(KEYS[wanted.label]);
    }
    // A boundary, or boundary and label: the right place is selected and labelled; the wrong suggestion gives way.
    for (const [, wanted] of [...changes.bounds, ...changes.both]) await this.add(wanted, false);
    for (const span of changes.spurious) {
      const there = (await this.misam.spans()).some((other) => same(other, span) && other.label === span.label);
      if (!there) continue;
      await this.click(span);
      await this.press("x");
    }
    const surface = ({ start, end }) => [...this.text].slice(start, end).join("");
    const alike = (span) => changes.missed.filter((other) => surface(other) === surface(span) && other.label === span.label);
    for (const wanted of changes.missed) {
      const there = (await this.misam.spans()).some((other) => same(other, wanted) && other.label === wanted.label);
      if (!there) await this.add(wanted, labelAll && alike(wanted).length > 2);
    }
    await this.press("Shift+Enter");
    return changes;
  }
}

/** Actions by the conventions of other tools, as their documentation and sources have them. */
const TOOLS = [
  ["Prodigy (ner_manual)", { right: 0, label: 2.5, bounds: 2, spurious: 1, missed: 1.5, article: 1 }],
  ["doccano", { right: 0, label: 2.5, bounds: 2, spurious: 1, missed: 2, article: 1 }],
  ["Label Studio", { right: 0, label: 2, bounds: 3, spurious: 2, missed: 2, article: 1 }],
  ["INCEpTION", { right: 1, label: 2, bounds: 2, spurious: 1, missed: 1.5, article: 1 }],
  ["brat", { right: 0, label: 3, bounds: 3, spurious: 2, missed: 3, article: 0 }],
];

async function work(labelAll) {
  const total = { actions: 0, entities: 0, articles: 0, differ: 0, by: {}, kinds: { right: 0, label: 0, bounds: 0, spurious: 0, missed: 0 } };
  const misam = await Misam.open({ locale: "en" });
  try {
    for (const { id, text, entities } of devArticles()) {
      await misam.addArticle({ title: id, text });
      await misam.settled();
      await misam.painted();
      const labeller = new Labeller(misam);
      labeller.text = text;
      const changes = await labeller.correct(entities, labelAll);
      const spans = await misam.spans();
      const key = (span) => `${place(span)} ${span.label}`;
      const [made, wanted] = [new Set(spans.map(key)), new Set(entities.map(key))];
      total.differ += [...made].filter((one) => !wanted.has(one)).length + [...wanted].filter((one) => !made.has(one)).length;
      total.actions += labeller.actions;
      total.entities += entities.length;
      total.articles += 1;
      for (const [kind, count] of Object.entries(labeller.by)) total.by[kind] = (total.by[kind] ?? 0) + count;
      total.kinds.right += changes.right.length;
      total.kinds.label += changes.label.length;
      total.kinds.bounds += changes.bounds.length + changes.both.length;
      total.kinds.spurious += changes.spurious.length;
      total.kinds.missed += changes.missed.length;
      await expect(() => misam.hook("mark-done").count(), (count) => count > 0, "the article can be closed");
    }
  } finally {
    await misam.close();
  }
  return total;
}

try {
  const [alone, all] = [await work(false), await work(true)];
  const { kinds, entities, articles } = alone;
  console.log(`${articles} articles of the corpus's dev part, ${entities} entities. Suggestions: ${kinds.right} right, ${kinds.label} with a wrong label, ${kinds.bounds} with a wrong end, ${kinds.spurious} that are none; ${kinds.missed} missing.`);
  console.log(`After the corrections ${alone.differ} spans differ from the gold (with label-all ${all.differ}).\n`);
  const per = (actions) => (actions / entities).toFixed(2);
  const detail = (by) => Object.entries(by).map(([kind, count]) => `${count} ${kind}`).join(", ");
  const cost = (costs) => Object.entries(kinds).reduce((sum, [kind, count]) => sum + costs[kind] * count, costs.article * articles);
  const scratch = (costs) => costs.missed * entities + costs.article * articles;
  table([
    ["Tool", "actions", "an entity", "counted"],
    ["Misam", String(alone.actions), per(alone.actions), detail(alone.by)],
    ["Misam, with label-all", String(all.actions), per(all.actions), detail(all.by)],
    ...TOOLS.map(([name, costs]) => [`${name}, with the same suggestions`, cost(costs).toFixed(0), per(cost(costs)), "by its conventions"]),
    ...TOOLS.map(([name, costs]) => [`${name}, without suggestions`, scratch(costs).toFixed(0), per(scratch(costs)), "by its conventions"]),
  ]);
} finally {
  await stop();
}
