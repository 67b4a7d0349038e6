// ./dev bench long: a very long article with very many spans, at full speed and with the processor slowed down, beside a
// short article of our own and beside a library that labels text in a page (Recogito's, drawing with CSS highlights),
// all in one run. What is compared is told in docs/rendering.md.
//
// Every figure is taken from the browser: an edit lasts from the event that makes it until the picture that shows it, and
// its work is what the page's main thread did for it, by the browser's own account.
import { readFileSync } from "node:fs";
import { cpus } from "node:os";
import { ROOT, freshBrowser, stop } from "../e2e/harness/browser.mjs";
import { expect } from "../e2e/harness/expect.mjs";
import { fileWith } from "../e2e/harness/gold.mjs";
import { Misam } from "../e2e/harness/misam.mjs";
import { closed } from "../e2e/harness/records.mjs";
import { articleOf } from "./corpus.mjs";
import { median, ofRuns, table } from "./measure.mjs";
import { noteMemories, partsOf, unrecorded, wholeOf } from "./memory.mjs";
import { servePeer } from "./peer/serve.mjs";

const RUNS = Number(process.env.RUNS ?? 3);
const PLACES = Number(process.env.PLACES ?? 8);
const SLOWED = [1, 4];
const LABELS = ["PER", "ORG", "GRP", "LOC", "FAC", "EVT", "AGR", "WPN", "DAT", "NUM", "NAT"];

/** An article with spans on every so many words, in code points. */
function marked(words, spans) {
  const { text } = articleOf(words);
  const all = [];
  let point = 0;
  let unit = 0;
  for (const match of text.matchAll(/[\u0621-\u064A]{3,}/gu)) {
    point += [...text.slice(unit, match.index)].length;
    unit = match.index;
    all.push({ start: point, end: point + match[0].length, unit, text: match[0] });
  }
  const step = Math.max(1, Math.floor(all.length / spans));
  const chosen = all.filter((_, index) => index % step === 0).slice(0, spans);
  return {
    text,
    spans: chosen.map((span, index) => ({ ...span, id: `s${index}`, label: LABELS[index % LABELS.length], origin: "manual" })),
  };
}

function record({ text, spans }, id) {
  const written = spans.map(({ id, start, end, label, text, origin }) => ({ id, start, end, label, text, origin }));
  return `${JSON.stringify({ format: "misam/1", id, text, spans: written, status: "in_progress", schema: "conflict-news/1", meta: { title: id } })}\n`;
}

/** Milliseconds of the processor that the tab's main thread has had. */
async function work(session) {
  const { metrics } = await session.send("Performance.getMetrics");
  return metrics.find(({ name }) => name === "TaskDuration").value * 1000;
}

const PAINTED = () => new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(performance.now()))));

/** Collects for each event of a kind when its picture was there. */
async function watchEvents(tab, kind) {
  await tab.evaluate((kind) => {
    window.shownAfter = [];
    addEventListener(kind, ({ timeStamp }) => {
      requestAnimationFrame(() => setTimeout(() => window.shownAfter.push(performance.now() - timeStamp)));
    }, { capture: true });
  }, kind);
}

/**
 * Places of unmarked words on the screen, away from its edges. Found from points of the screen: to ask every paragraph
 * where it is would have the browser lay out what it had spared itself, and keep that.
 */
function wordsOnScreen(selector) {
  const root = document.querySelector(selector);
  const { left, right } = root.getBoundingClientRect();
  const found = [];
  for (let y = 210; y < innerHeight - 200 && found.length < 3; y += 12) {
    const at = document.caretPositionFromPoint((Math.max(left, 0) + Math.min(right, innerWidth)) / 2, y);
    const node = at?.offsetNode;
    if (node?.nodeType !== Node.TEXT_NODE || !root.contains(node) || node.parentElement.closest(".mark")) continue;
    const from = Math.max(0, at.offset - 60);
    for (const match of node.data.slice(from, at.offset + 60).matchAll(/[\u0621-\u064A]{4,}/gu)) {
      const range = document.createRange();
      range.setStart(node, from + match.index);
      range.setEnd(node, from + match.index + match[0].length);
      const box = range.getBoundingClientRect();
      if (match.index > 0 && box.top > 200 && box.bottom < innerHeight - 200 && box.width > 12) {
        found.push({ left: box.left, right: box.right, top: box.top, bottom: box.bottom });
        break;
      }
    }
  }
  return found;
}

/** A pattern of whole words that together stand in a text about so many times, none of them part of another. */
function patternThatStands(text, times) {
  const counts = new Map();
  for (const [word] of text.matchAll(/[\u0621-\u064A]{4,}/gu)) counts.set(word, (counts.get(word) ?? 0) + 1);
  const chosen = [];
  let found = 0;
  for (const [word] of [...counts].sort(([, one], [, other]) => other - one)) {
    const count = text.split(word).length - 1;
    if (found + count > times || chosen.some((other) => other.includes(word) || word.includes(other))) continue;
    chosen.push(word);
    found += count;
  }
  return chosen.join("|");
}

/** Labels all places of a pattern in one step: how many, and how long from the click until the picture. */
async function labelAll(misam, pattern) {
  await misam.press("Slash");
  await misam.hook("match-pattern").click();
  await misam.hook("search-words").fill(pattern);
  await expect(() => misam.hook("hit").count(), (count) => count > 0, "places are found", 60_000);
  await misam.tab.locator(".search-ticks button").first().click();
  await misam.painted();
  const places = Number(/\d[\d,]*/u.exec(await misam.hook("search-count").innerText())[0].replaceAll(",", ""));
  await misam.hook("apply-which").selectOption({ index: 1 });
  await watchEvents(misam.tab, "click");
  await misam.hook("apply-label").click();
  await misam.painted();
  return { places, shown: await misam.tab.evaluate(() => window.shownAfter.at(-1)) };
}

/**
 * Takes up the name on the screen that the article has most often, and asks for all like it: how many places are found, and
 * how long from the key until the picture that shows them.
 */
async function allAlike(misam, text) {
  const { tab } = misam;
  const names = await tab.evaluate(() => [...document.querySelectorAll(".article .mark")].map((mark) => {
    const { left, right, top, bottom } = mark.getBoundingClientRect();
    return { name: mark.textContent, x: (left + right) / 2, y: (top + bottom) / 2 };
  }).filter(({ y }) => y > 200 && y < innerHeight - 200));
  const [{ x, y }] = names.sort((one, other) => text.split(other.name).length - text.split(one.name).length);
  await tab.mouse.click(x, y);
  await misam.hook("span-detail").waitFor();
  await tab.evaluate(() => {
    window.listed = new Promise((done) => addEventListener("keydown", ({ timeStamp }) => {
      const look = () => {
        if (document.querySelector('[data-testid="hit"]')) setTimeout(() => done(performance.now() - timeStamp));
        else requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    }, { capture: true, once: true }));
  });
  await tab.keyboard.press("r");
  const shown = await tab.evaluate(() => window.listed);
  const places = Number(/\d[\d,]*/u.exec(await misam.hook("search-count").innerText())[0].replaceAll(",", ""));
  await misam.press("Escape");
  await closed(misam);
  return { places, shown };
}

/** One run of Misam over an article: opening it, edits at places all over it, scrolling, labelling all mentions. */
async function misamOn(article, slowed) {
  const misam = await Misam.open({ locale: "en", blank: true });
  const { tab, context } = misam;
  try {
    await unrecorded(tab);
    await noteMemories(tab);
    await tab.title();
    const empty = await wholeOf(context);
    await misam.load();
    await misam.takeFiles(fileWith("articles.jsonl", record({ text: "نص قصير.", spans: [] }, "short") + record(article, "long")));
    const item = (title) => misam.hook("article-item").filter({ hasText: title });
    await item("long").waitFor({ timeout: 120_000 });
    await expect(() => misam.hook("reading").count(), (count) => count === 0, "everything is read", 300_000);
    await misam.painted();
    if (await tab.locator("dialog[open]").count()) await misam.press("Escape");
    await closed(misam);
    await item("short").click();
    await misam.painted();
    const session = await context.newCDPSession(tab);
    await session.send("Performance.enable", { timeDomain: "threadTicks" });
    await session.send("Emulation.setCPUThrottlingRate", { rate: slowed });

    await tab.evaluate(() => {
      addEventListener("click", ({ timeStamp }) => {
        const look = () => {
          if (document.querySelector('[data-testid="article"][data-document="long"] .paragraph')?.firstChild) {
            setTimeout(() => { window.openedAfter = performance.now() - timeStamp; });
          } else requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
      }, { capture: true, once: true });
    });
    await item("long").click();
    const opened = await (await tab.waitForFunction(() => window.openedAfter)).jsonValue();

    await watchEvents(tab, "keydown");
    const edits = {};
    const works = [];
    const floor = {};
    for (let place = 0; place < PLACES; place++) {
      await tab.evaluate((part) => {
        const scroller = document.querySelector(".article-scroll");
        scroller.scrollTop = (scroller.scrollHeight - scroller.clientHeight) * part;
      }, place / PLACES);
      await misam.painted();
      await misam.painted();
      const [word] = await tab.evaluate(wordsOnScreen, '[data-testid="article"]');
      if (!word) continue;
      await tab.mouse.click((word.left + word.right) / 2, (word.top + word.bottom) / 2);
      await misam.painted();
      const measured = async (key) => {
        await tab.evaluate(() => { window.shownAfter.length = 0; });
        const before = await work(session);
        await tab.keyboard.press(key);
        await misam.painted();
        const shown = await tab.evaluate(() => window.shownAfter.at(-1));
        return { shown, worked: await work(session) - before };
      };
      const timed = async (name, key) => {
        const { shown, worked } = await measured(key);
        (edits[name] ??= []).push(shown);
        works.push(worked);
      };
      // What is there before the first thing is done: a key that nobody has, and a mark that says something else.
      (floor.key ??= []).push((await measured("F9")).worked);
      await tab.evaluate(chooseAMark);
      const beforeMark = await work(session);
      await tab.evaluate(changeTheMark);
      (floor.mark ??= []).push(await work(session) - beforeMark);
      const count = () => misam.tab.locator("#spans-title").innerText();
      const before = await count();
      await timed("add", "l");
      await timed("relabel", "g");
      await timed("move", "BracketRight");
      while ((await count()) !== before) await timed("undo", "Control+z");
    }

    const alike = await allAlike(misam, article.text);
    const all = await labelAll(misam, patternThatStands(article.text, 1_000));
    if (await tab.locator("dialog[open]").count()) await misam.press("Escape");
    await closed(misam);
    const scrolling = await scrolled(tab);
    await session.send("Emulation.setCPUThrottlingRate", { rate: 1 });
    return { opened, edits, works, floor, alike, all, ...scrolling, empty, memory: await partsOf(context, tab) };
  } finally {
    await misam.close();
  }
}

/** Notes a mark that is on the screen. */
function chooseAMark() {
  window.chosenMark = [...document.querySelectorAll(".article .mark")].find((mark) => {
    const { top, bottom } = mark.getBoundingClientRect();
    return top > 150 && bottom < innerHeight - 150;
  });
}

/** Gives the mark another label, by script and past the application, and waits for the picture. */
function changeTheMark() {
  const mark = window.chosenMark;
  mark?.setAttribute("data-label", mark.dataset.label === "LOC" ? "ORG" : "LOC");
  return new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
}

/**
 * Scrolls most of a screen in every frame. Which part of the frames show no text at any of three places, and which show no
 * mark anywhere: every screen of these articles has some.
 */
function scrolled(tab) {
  return tab.evaluate(async () => {
    const scroller = document.querySelector(".article-scroll");
    const box = scroller.getBoundingClientRect();
    const nextFrame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    const isInView = (mark) => {
      const { top, bottom } = mark.getBoundingClientRect();
      return bottom > box.top && top < box.bottom;
    };
    let [blank, unmarked] = [0, 0];
    const frames = 60;
    scroller.scrollTop = 0;
    for (let frame = 0; frame < frames; frame++) {
      scroller.scrollTop += box.height * 0.8;
      await nextFrame();
      const probes = [0.25, 0.5, 0.75].map((part) => document.elementFromPoint(box.left + box.width / 2, box.top + box.height * part));
      if (probes.some((element) => !element?.closest(".paragraph"))) blank += 1;
      if (![...document.querySelectorAll(".article .mark")].some(isInView)) unmarked += 1;
    }
    return { blank: blank / frames, unmarked: unmarked / frames };
  });
}

/** One run of the peer over the same article and spans. */
async function peerOn(article, slowed, address) {
  const { context, tab } = await freshBrowser({ locale: "en" });
  try {
    await unrecorded(tab);
    await tab.title();
    const empty = await wholeOf(context);
    await tab.goto(address);
    await tab.waitForFunction(() => window.RecogitoJS);
    const session = await context.newCDPSession(tab);
    await session.send("Performance.enable", { timeDomain: "threadTicks" });
    await session.send("Emulation.setCPUThrottlingRate", { rate: slowed });
    const spans = article.spans.map(({ id, unit, text }) => ({ id, start: unit, end: unit + text.length, quote: text }));
    const opened = await tab.evaluate(async ([text, spans]) => {
      const began = performance.now();
      window.openArticle(text, spans);
      await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
      return performance.now() - began;
    }, [article.text, spans]);
    const edits = { add: [] };
    const works = [];
    for (let place = 0; place < PLACES; place++) {
      await tab.evaluate((part) => scrollTo(0, (document.body.scrollHeight - innerHeight) * part), place / PLACES);
      await tab.evaluate(PAINTED);
      const [word] = await tab.evaluate(wordsOnScreen, "#text");
      if (!word) continue;
      const y = (word.top + word.bottom) / 2;
      await tab.mouse.move(word.right - 1, y);
      await tab.mouse.down();
      await tab.mouse.move(word.left + 1, y, { steps: 4 });
      await tab.evaluate(() => {
        window.created = new Promise((done) => {
          let let_go = 0;
          addEventListener("pointerup", ({ timeStamp }) => { let_go = timeStamp; }, { capture: true, once: true });
          window.whenCreated = () => requestAnimationFrame(() => setTimeout(() => done(performance.now() - let_go)));
        });
      });
      const before = await work(session);
      await tab.mouse.up();
      const shown = await tab.evaluate(() => Promise.race([window.created, new Promise((done) => setTimeout(done, 5_000))]));
      if (shown === undefined) continue;
      edits.add.push(shown);
      works.push(await work(session) - before);
    }
    await session.send("Emulation.setCPUThrottlingRate", { rate: 1 });
    return { opened, edits, works, floor: {}, empty, memory: await partsOf(context, tab) };
  } finally {
    await context.close();
  }
}

const quantile = (values, part) => [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))];
const times = (values) => (values?.length ? `${median(values).toFixed(0)} (${quantile(values, 0.95).toFixed(0)})` : "");

const share = (shares) => (shares.length ? `${(100 * median(shares)).toFixed(0)} %` : "");

function report(columns) {
  const gathered = columns.map(({ name, runs }) => ({
    name,
    opened: runs.map((run) => run.opened),
    edit: (kind) => runs.flatMap((run) => run.edits[kind] ?? []),
    works: runs.flatMap((run) => run.works),
    all: runs.map((run) => run.all).filter((all) => all !== undefined),
    floor: (kind) => runs.flatMap((run) => run.floor[kind] ?? []),
    empty: runs.map((run) => run.empty),
    alike: runs.map((run) => run.alike).filter((alike) => alike !== undefined),
    frames: (kind) => runs.map((run) => run[kind]).filter((share) => share !== undefined),
    memory: runs.map((run) => run.memory),
  }));
  const works = (all) => (all.length ? `${median(all).toFixed(1)} (${quantile(all, 0.95).toFixed(1)})` : "");
  const memory = (part) => ({ memory }) => median(memory.map(part)).toFixed(0);
  const row = (name, value) => [name, ...gathered.map(value)];
  table([
    ["milliseconds: median (95 of 100 are no longer)", ...gathered.map(({ name }) => name)],
    row("opening, to the picture", ({ opened }) => median(opened).toFixed(0)),
    row("add a span, to the picture", ({ edit }) => times(edit("add"))),
    row("relabel", ({ edit }) => times(edit("relabel"))),
    row("move an end", ({ edit }) => times(edit("move"))),
    row("undo", ({ edit }) => times(edit("undo"))),
    row("work of the main thread an edit", ({ works: all }) => works(all)),
    row("work for a key that does nothing", ({ floor }) => works(floor("key"))),
    row("work for another label of one mark, by script", ({ floor }) => works(floor("mark"))),
    row("label all places of a pattern (places)", ({ all }) => (all.length ? `${median(all.map(({ shown }) => shown)).toFixed(0)} (${all[0].places.toLocaleString("en")})` : "")),
    row("all like a name, from the key to the list (places)", ({ alike }) => (alike.length ? `${median(alike.map(({ shown }) => shown)).toFixed(0)} (${alike[0].places.toLocaleString("en")})` : "")),
    row("frames in scrolling with a blank place", ({ frames }) => share(frames("blank"))),
    row("frames in scrolling without a mark", ({ frames }) => share(frames("unmarked"))),
    row("memory of the tab, MB", memory(({ whole }) => whole)),
    row("the same after half a minute's rest", memory(({ rested }) => rested)),
    row("of that: an empty tab", ({ empty }) => median(empty).toFixed(0)),
    row("wasm memory of the worker", memory(({ worker }) => worker)),
    row("wasm memory of the page", memory(({ page }) => page)),
    row("heaps of scripts", memory(({ scripts }) => scripts)),
    row("elements and their layout", memory(({ elements }) => elements)),
  ]);
}

const peer = await servePeer();
try {
  const [short, long] = [marked(1_000, 100), marked(100_000, 10_000)];
  const version = JSON.parse(readFileSync(`${ROOT}/node_modules/@recogito/text-annotator/package.json`, "utf8")).version;
  console.log(`${cpus()[0].model}, ${cpus().length} cores; medians ${ofRuns(RUNS)} at ${PLACES} places, taken in turn; Recogito ${version}`);
  const columns = [];
  for (const slowed of SLOWED) {
    const made = [
      [`Misam, 1,000 words, 100 spans, ${slowed}x`, () => misamOn(short, slowed)],
      [`Misam, 100,000 words, 10,000 spans, ${slowed}x`, () => misamOn(long, slowed)],
      [`Recogito, 100,000 words, 10,000 spans, ${slowed}x`, () => peerOn(long, slowed, peer.url)],
    ].map(([name, measure]) => ({ name, measure, runs: [] }));
    for (let run = 0; run < RUNS; run++) {
      for (const column of made) column.runs.push(await column.measure());
    }
    columns.push(made);
  }
  for (const made of columns) {
    console.log();
    report(made);
  }
} finally {
  await peer.close();
  await stop();
}
