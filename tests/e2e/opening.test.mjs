// A large project is listed at once, its articles are read when they are wanted or in the background, and nothing that
// was done is missing or there twice.
import assert from "node:assert/strict";
import { dump, restore } from "./harness/database.mjs";
import { expect } from "./harness/expect.mjs";
import { journey } from "./harness/journey.mjs";
import { AFTER, BEFORE, NO_HEADS, largeProject } from "./harness/large.mjs";

const ARTICLES = 1_100;

async function open(misam, edits) {
  await misam.openBlank();
  await restore(misam.tab, "misam", largeProject({ articles: ARTICLES, edits }));
  await misam.load();
}

/**
 * Counts the records of articles that the page reads, each with its text as two: until the article is shown, until its
 * spans are listed, and by now.
 */
async function watchReads(misam) {
  await misam.tab.addInitScript(() => {
    const reads = { all: 0, beforeArticle: null, beforeSpans: null };
    window.reads = reads;
    for (const [name, count] of Object.entries({ get: (found) => Number(found !== undefined), getAll: (found) => found.length })) {
      const read = IDBObjectStore.prototype[name];
      IDBObjectStore.prototype[name] = function (...asked) {
        const request = read.apply(this, asked);
        if (["documents", "texts", "stacks"].includes(this.name)) request.addEventListener("success", () => (reads.all += count(request.result)));
        return request;
      };
    }
    new MutationObserver((_, observer) => {
      if (document.querySelector('[data-testid="article"]')?.textContent) reads.beforeArticle ??= reads.all;
      if (!document.querySelector('[data-testid="span-item"]')) return;
      reads.beforeSpans = reads.all;
      observer.disconnect();
    }).observe(document, { subtree: true, childList: true, characterData: true });
  });
  return () => misam.tab.evaluate(() => window.reads);
}

/** Goes to the end of the list and opens the last article. */
async function openLast(misam) {
  await misam.hook("article-list").evaluate((list) => list.scrollTo(0, list.scrollHeight));
  const last = misam.tab.locator(`[data-testid="article-item"][data-id="d${ARTICLES - 1}"]`);
  await last.click();
  await expect(() => misam.text(), (text) => text.startsWith(`خبر${ARTICLES - 1} `), "the last article is shown");
  return last;
}

/** Has the list show what is finished, and waits until it is these. */
async function finished(misam, wanted) {
  await misam.hook("filter-status").selectOption("done");
  const shown = () => misam.hook("article-item").evaluateAll((items) => items.map((item) => item.dataset.id));
  await expect(shown, (ids) => JSON.stringify(ids) === JSON.stringify(wanted), `finished are ${wanted}`);
}

/** What the storage says of the list, once it is as new as the journal. */
async function storedHeads(misam, wanted) {
  const read = async () => {
    const { contents } = await dump(misam.tab, "misam");
    const setting = (key) => JSON.parse(contents.settings.find(([name]) => name === key)?.[1] ?? "null");
    return { index: setting("heads"), snapshot: setting("snapshot"), first: setting("heads/000000"), last: setting("heads/000002") };
  };
  return expect(read, wanted, "the list is stored as it is", 60_000);
}

journey("a large project opens with its list and the article on the screen, and all the rest follows", { blank: true }, async (misam) => {
  const reads = await watchReads(misam);
  await open(misam, BEFORE);
  await expect(() => misam.text(), (text) => text.startsWith("خبر0 "), "the first article is shown");
  await expect(() => misam.hook("span-item").count(), (count) => count === 5, "with its spans");
  const { all } = await expect(reads, ({ all }) => all >= 2 * ARTICLES, "in the end all are read", 60_000);
  const { beforeArticle, beforeSpans } = await reads();
  assert.ok(beforeArticle <= 2, `${beforeArticle} of ${all} records were read before the article is shown: two are its own`);
  // The first of the others may be on their way by then.
  assert.ok(beforeSpans < ARTICLES / 5, `${beforeSpans} of ${all} were read before its spans are listed`);
  await openLast(misam);
  await misam.hook("mark-done").click();
  await finished(misam, [`d${ARTICLES - 1}`]);
  await expect(() => misam.hook("keeping").getAttribute("data-state"), (state) => state === "saved", "that is saved");

  // Before any snapshot: what the list says follows from the journal.
  await misam.reload();
  await finished(misam, [`d${ARTICLES - 1}`]);
  await misam.hook("article").focus();
  await misam.press("Control+z");
  await expect(() => misam.text(), (text) => text.startsWith(`خبر${ARTICLES - 1} `), "it is shown when that is taken back");
  await finished(misam, []);

  // What is about all articles waits until all are there.
  await misam.hook("export").click();
  await misam.hook("export-format").waitFor();
  await misam.press("Escape");
  await storedHeads(misam, ({ index, snapshot, last }) => index?.seq === snapshot && index.count === ARTICLES && last?.at(-1).status === "in_progress" && snapshot > ARTICLES);
});

journey("what was done after the list was stored is in the list and in the articles, once", { blank: true }, async (misam) => {
  await open(misam, AFTER);
  const item = misam.hook("article-item").first();
  await expect(() => item.locator(".count").innerText(), (text) => /5|٥/.test(text), "the list counts what the journal adds");
  await expect(() => misam.hook("span-item").count(), (count) => count === 5, "and the article has it");
  await openLast(misam);
  await expect(() => misam.hook("span-item").count(), (count) => count === 5, "wherever it is");
  await storedHeads(misam, ({ index, snapshot, first }) => index?.seq === snapshot && snapshot === ARTICLES && first?.[0].spans === 5);
  const { contents } = await dump(misam.tab, "misam");
  assert.equal(contents.journal.length, ARTICLES, "nothing was added to the journal");
});

journey("the storage of a version that knew no lists gets one, and loses nothing", { blank: true }, async (misam) => {
  await open(misam, NO_HEADS);
  await openLast(misam);
  await expect(() => misam.hook("span-item").count(), (count) => count === 5, "its spans are there");
  const before = largeProject({ articles: ARTICLES, edits: BEFORE }).contents;
  const told = Object.fromEntries(before.settings);
  await storedHeads(misam, ({ index, first, last }) => index?.count === ARTICLES && JSON.stringify(first) === told["heads/000000"] && JSON.stringify(last) === told["heads/000002"]);
  const { contents } = await dump(misam.tab, "misam");
  const texts = (contents) => new Map(contents.texts.map(([id, text]) => [id, text.utf8]));
  assert.deepEqual(texts(contents), texts(before));
});

journey("a damaged article is named, and hides no other and nothing of the journal", { blank: true }, async (misam) => {
  await misam.openBlank();
  const stored = largeProject({ articles: 30, edits: AFTER });
  stored.contents.documents[7][1] = "{";
  await restore(misam.tab, "misam", stored);
  await misam.load();
  await expect(() => misam.status(), (said) => /تعذّرت/.test(said), "it is said");
  await expect(() => misam.hook("article-item").count(), (count) => count > 5, "the others are listed");
  await misam.hook("mark-done").click();
  await expect(() => misam.hook("keeping").getAttribute("data-state"), (state) => state === "saved", "work goes on");
  const { contents } = await dump(misam.tab, "misam");
  assert.equal(contents.documents.find(([id]) => id === "d7")[1], "{", "it is left as it is");
  assert.equal(JSON.parse(contents.settings.find(([key]) => key === "snapshot")[1]), 0, "the journal that tells of it is still needed");
});
