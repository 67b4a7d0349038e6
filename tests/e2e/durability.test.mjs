// What the page has acknowledged is kept: when tab or browser are killed at any moment, when two tabs have the same
// project open, when there is no room and when there is no storage at all.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PLAIN, placeOf } from "./harness/articles.mjs";
import { browserOf, pageAddress } from "./harness/browser.mjs";
import { dump } from "./harness/database.mjs";
import { expect, within } from "./harness/expect.mjs";
import { journey } from "./harness/journey.mjs";
import { Labeller } from "./harness/labeller.mjs";
import { Misam } from "./harness/misam.mjs";
import { give, span } from "./harness/records.mjs";
import { breakDown, breakWorker, crash } from "./harness/trap.mjs";

/** How often the tab is killed; `./dev soak` does it far more often. */
const KILLS = Number(process.env.MISAM_KILLS ?? 12);

/** How many edits two tabs race for; `./dev soak` has them race for a thousand. */
const RACE = Number(process.env.MISAM_RACE ?? 24);

/** Labels a piece of text and waits until the list shows it. */
async function label(misam, surface, code) {
  const place = placeOf(PLAIN.text, surface);
  await misam.drag(place);
  await misam.hook(`label-${code}`).first().click();
  return misam.span({ ...place, label: code });
}

/** Another tab of the same browser on the same project. */
async function anotherTab(misam) {
  const other = new Misam({ ...misam, tab: await misam.context.newPage() });
  await other.load();
  await expect(() => other.text(), (text) => text === PLAIN.text, "the other tab shows the article");
  return other;
}

async function kept(misam, state = "saved") {
  await expect(() => misam.hook("keeping").getAttribute("data-state"), (seen) => seen === state, `the work is ${state}`);
}

/** Stops the processes of all tabs, as a system that freezes them does, and has them go on after so many milliseconds. */
async function frozenFor(misam, milliseconds) {
  const debug = await misam.context.browser().newBrowserCDPSession();
  const { processInfo } = await debug.send("SystemInfo.getProcessInfo");
  const tabs = processInfo.filter(({ type }) => type === "renderer").map(({ id }) => id);
  tabs.forEach((id) => process.kill(id, "SIGSTOP"));
  await new Promise((done) => setTimeout(done, milliseconds));
  tabs.forEach((id) => process.kill(id, "SIGCONT"));
}

/** Saves the project by the button of the warning, and gives the file's bytes. */
async function backup(misam) {
  return readFileSync(await misam.download(() => misam.hook("backup").click()));
}

/** Tells the page to load anew, and the browser, which must ask first, to stay. */
async function staysWhenAsked(misam) {
  const asked = misam.tab.waitForEvent("dialog", { timeout: 20_000 });
  await misam.tab.evaluate(() => void setTimeout(() => location.reload()));
  const dialog = await asked;
  assert.equal(dialog.type(), "beforeunload");
  await dialog.dismiss();
}

/** Has the backup that the warning offers opened in another browser, which must show these spans of the first article. */
async function fileHolds(misam, spans) {
  const elsewhere = await misam.another();
  await elsewhere.giveFiles({ name: "backup.misam", mimeType: "application/zip", buffer: await backup(misam) });
  await expect(() => elsewhere.spans(), (there) => JSON.stringify(there) === JSON.stringify(spans), "the file has all spans");
  await elsewhere.close();
}

journey("a tab killed right after an edit was saved loses nothing", {}, async (misam) => {
  await misam.addArticle(PLAIN);
  await label(misam, "مصدر", "PER");
  await label(misam, "مدينة", "EVT");
  await kept(misam);
  const before = await misam.spans();
  await crash(misam);
  await misam.load();
  await expect(() => misam.spans(), (spans) => JSON.stringify(spans) === JSON.stringify(before), "all spans are there after the crash");
});

journey(`a tab killed ${KILLS} times at random moments of labelling loses nothing it had acknowledged and invents nothing`, {}, async (misam) => {
  const labeller = await Labeller.begin(misam);
  for (let kill = 1; kill <= KILLS; kill++) {
    await labeller.workUntil(() => crash(misam));
    await labeller.comeBack(`kill ${kill}`);
  }
  assert.ok(labeller.acknowledged >= KILLS, `only ${labeller.acknowledged} edits were acknowledged`);
});

journey("a browser killed while labelling has on its disk what it had acknowledged", { blank: true }, async (misam) => {
  const profile = mkdtempSync(join(tmpdir(), "misam-profile-"));
  let browser = await browserOf(profile);
  try {
    const labeller = await Labeller.begin(new Misam(browser));
    for (let kill = 1; kill <= Math.ceil(KILLS / 4); kill++) {
      await labeller.workUntil(() => browser.kill());
      browser = await browserOf(profile);
      labeller.misam = new Misam(browser);
      await labeller.comeBack(`kill ${kill}`);
    }
  } finally {
    await browser.kill();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
  await misam.load();
});

journey("a second tab follows the first, takes the work over, and nothing is overwritten", {}, async (first) => {
  await first.addArticle(PLAIN);
  await first.settled();
  await label(first, "مصدر", "PER");
  const second = await anotherTab(first);
  await second.hook("warning").waitFor();
  await first.tab.bringToFront();
  await label(first, "طبي", "ORG");
  await kept(first);
  await second.span({ ...placeOf(PLAIN.text, "طبي"), label: "ORG" });
  await first.press("Control+z");
  await second.noSpan(placeOf(PLAIN.text, "طبي"));

  // What is tried where another tab has the project changes nothing.
  await second.tab.bringToFront();
  await second.drag(placeOf(PLAIN.text, "مدينة"));
  await second.hook("label-EVT").first().click();
  await second.hook("take-work").click();
  await expect(() => second.hook("warning").count(), (count) => count === 0, "the second tab does the work now");
  await first.hook("take-work").waitFor();
  await second.noSpan(placeOf(PLAIN.text, "مدينة"));
  await label(second, "مدينة", "EVT");
  await kept(second);
  await first.span({ ...placeOf(PLAIN.text, "مدينة"), label: "EVT" });
  await second.tab.close();
  await expect(() => first.hook("warning").count(), (count) => count === 0, "with the second tab gone the first works again");
  await first.reload();
  await first.span({ ...placeOf(PLAIN.text, "مدينة"), label: "EVT" });
  await first.span({ ...placeOf(PLAIN.text, "مصدر"), label: "PER" });
  await first.noSpan(placeOf(PLAIN.text, "طبي"));
});

journey("two tabs that race for the work lose none of the edits they showed as saved", {}, async (first) => {
  const labeller = await Labeller.begin(first);
  const second = new Misam({ ...first, tab: await first.context.newPage() });
  await second.load();
  await expect(() => second.text(), (text) => text === labeller.text, "the other tab shows the article");
  for (let turn = 0; turn < 4 || labeller.edits < RACE; turn++) {
    const [worker, other] = turn % 2 ? [second, first] : [first, second];
    await worker.tab.bringToFront();
    await labeller.workUntil(() => other.hook("take-work").click({ timeout: 20_000 }));
    await expect(() => other.hook("warning").count(), (count) => count === 0, "the other tab does the work now", 20_000);
    labeller.misam = other;
    await other.tab.bringToFront();
    await labeller.compare(`turn ${turn}`);
  }
  await labeller.comeBack("the race");
});

journey("a full storage is said at once, work goes on, and all of it is kept once there is room", { blank: true }, async (misam) => {
  // The browser goes by the room there was when the database was opened.
  await misam.openBlank();
  const debug = await misam.context.newCDPSession(misam.tab);
  const origin = new URL(await pageAddress()).origin;
  await debug.send("Storage.overrideQuotaForOrigin", { origin, quotaSize: 130_000 });
  await misam.load();
  await misam.addArticle(PLAIN);
  await misam.settled();
  await label(misam, "مصدر", "PER");
  await kept(misam);

  const long = { title: "خبر طويل", text: "وصل الوفد مساء الخميس. ".repeat(2_000) };
  await misam.addArticle(long);
  await misam.hook("warning").waitFor();
  await misam.hook("article-item").first().click();
  await expect(() => misam.text(), (text) => text === PLAIN.text, "the first article is shown");
  await label(misam, "مدينة", "EVT");
  await kept(misam, "failed");
  const spans = await misam.spans();

  const elsewhere = await misam.another();
  await elsewhere.giveFiles({ name: "backup.misam", mimeType: "application/zip", buffer: await backup(misam) });
  await expect(() => elsewhere.hook("article-item").count(), (count) => count === 2, "the file has both articles");
  await elsewhere.hook("article-item").first().click();
  await expect(() => elsewhere.spans(), (there) => JSON.stringify(there) === JSON.stringify(spans), "and all spans");
  await elsewhere.close();

  await debug.send("Storage.overrideQuotaForOrigin", { origin });
  await expect(() => misam.hook("keeping").getAttribute("data-state"), (state) => state === "saved", "it is saved by itself", 60_000);
  await misam.reload();
  await expect(() => misam.spans(), (there) => JSON.stringify(there) === JSON.stringify(spans), "all of it is there");
});

journey("edits made after a newer version has taken the storage are not lost with the page", { blank: true }, async (misam) => {
  const newer = new Misam({ ...misam, tab: await misam.context.newPage() });
  await newer.openBlank();
  await misam.tab.bringToFront();
  await misam.load();
  await misam.addArticle(PLAIN);
  await misam.settled();
  await label(misam, "مصدر", "PER");
  await kept(misam);
  // What is on the disk is left without a question.
  const asked = [];
  const stay = (dialog) => {
    asked.push(dialog.type());
    return dialog.dismiss();
  };
  misam.tab.on("dialog", stay);
  await misam.reload();
  assert.deepEqual(asked, []);
  misam.tab.off("dialog", stay);
  await misam.span({ ...placeOf(PLAIN.text, "مصدر"), label: "PER" });
  await misam.settled();
  await kept(misam);

  await newer.tab.evaluate(() => new Promise((done, fail) => {
    const request = indexedDB.open("misam", 1_000);
    request.onsuccess = () => {
      window.held = request.result;
      done();
    };
    request.onerror = () => fail(request.error);
  }));
  await misam.hook("warning").waitFor();
  assert.equal(await misam.hook("backup").count(), 0, "nothing is only in memory yet");
  await label(misam, "مدينة", "EVT");
  await kept(misam, "failed");
  await misam.hook("backup").waitFor();
  assert.match(await misam.hook("warning").innerText(), /ملف المشروع.*إصدار أحدث/, "both are said");
  const spans = await misam.spans();
  await staysWhenAsked(misam);
  assert.deepEqual(await misam.spans(), spans, "nobody has left");
  await fileHolds(misam, spans);
});

/** How browsers give no storage: none at all, as where site data are blocked, or one that opens for nobody, as in some private windows. */
const DENIALS = {
  "denies it": () => Object.defineProperty(window, "indexedDB", {
    get() {
      throw new DOMException("denied", "SecurityError");
    },
  }),
  "opens none": () => {
    const open = IDBFactory.prototype.open;
    IDBFactory.prototype.open = function (...asked) {
      const request = open.apply(this, asked);
      request.addEventListener("upgradeneeded", (event) => {
        event.stopImmediatePropagation();
        request.transaction.abort();
      });
      return request;
    };
  },
};

for (const [how, deny] of Object.entries(DENIALS)) journey(`where the browser gives no storage (it ${how}) the work is kept in memory and in a file`, { blank: true }, async (misam) => {
  await misam.tab.addInitScript(deny);
  await misam.load();
  await misam.hook("warning").waitFor();
  await misam.addArticle(PLAIN);
  await label(misam, "مصدر", "PER");
  await label(misam, "طبي", "ORG");
  await misam.press("Control+z");
  await misam.noSpan(placeOf(PLAIN.text, "طبي"));
  await misam.hook("warning").waitFor();
  await staysWhenAsked(misam);
  const elsewhere = await misam.another();
  await elsewhere.giveFiles({ name: "backup.misam", mimeType: "application/zip", buffer: await backup(misam) });
  await elsewhere.span({ ...placeOf(PLAIN.text, "مصدر"), label: "PER" });
  await elsewhere.press("Control+Shift+z");
  await elsewhere.span({ ...placeOf(PLAIN.text, "طبي"), label: "ORG" });
  await elsewhere.close();
});

journey("a tab killed in the middle of an import has all of it or nothing", { blank: true }, async (misam) => {
  // More than are compared with each other, for they are much alike.
  const text = (at) => `خبر${at} ${"كلمة ".repeat(60)}`.trim();
  const record = (_, at) => JSON.stringify({ format: "misam/1", id: `n${at}`, text: text(at), spans: [], status: "skipped" });
  const file = { name: "many.jsonl", mimeType: "application/x-ndjson", buffer: Buffer.from(Array.from({ length: 3_200 }, record).join("\n")) };
  const stored = () => misam.tab.evaluate(async () => {
    const request = indexedDB.open("misam");
    await new Promise((done) => (request.onsuccess = done));
    const reading = request.result.transaction(["stacks", "journal", "documents", "settings"]);
    const [stacks, journal, documents] = ["stacks", "journal", "documents"].map((name) => reading.objectStore(name).count());
    const letIn = reading.objectStore("settings").get("let_in");
    await new Promise((done) => (reading.oncomplete = done));
    request.result.close();
    return { stacks: stacks.result, entries: journal.result, documents: documents.result, letIn: JSON.parse(letIn.result ?? "null") };
  });
  const allThere = async (when) => {
    const lines = readFileSync(await misam.export("misam"), "utf8").split("\n").filter(Boolean);
    assert.deepEqual(lines.map((line) => JSON.parse(line).text), Array.from({ length: 3_200 }, (_, at) => text(at)), `after ${when} every article is there, as it was`);
  };
  for (let kill = 1; kill <= 3; kill++) {
    await misam.load();
    if ((await misam.hook("article-item").count()) > 0) break;
    await misam.giveFiles(file);
    const before = (await stored()).stacks;
    await misam.hook("import-add").click();
    await expect(stored, ({ stacks }) => stacks > before, "the import is on its way into the storage", 60_000);
    await crash(misam);
    await misam.load();
    const { entries } = await stored();
    const listed = await misam.tab.evaluate(() => document.querySelector(".topbar")?.innerText ?? "");
    if (entries === 0) assert.equal(await misam.hook("article-item").count(), 0, `nothing came in: ${listed}`);
    else await allThere(`kill ${kill}`);
  }
  // What was left of an import that broke off stands in nobody's way.
  if ((await misam.hook("article-item").count()) === 0) await misam.takeFiles(file);
  await expect(() => misam.text().catch(() => ""), (shown) => shown === text(0), "the articles are there", 60_000);
  await kept(misam);
  await misam.reload();
  await expect(() => misam.text(), (shown) => shown === text(0), "and still are after a reload");
  const place = placeOf(text(0), "كلمة");
  await misam.drag(place);
  await misam.hook("label-EVT").first().click();
  await misam.span({ ...place, label: "EVT" });
  await kept(misam);
  const labelled = ({ letIn, entries }) => letIn !== null && letIn.seq === entries;
  const snapshot = await expect(stored, labelled, "a snapshot leaves the articles in their stacks", 120_000);
  assert.ok(snapshot.stacks > 0 && snapshot.documents > 0, JSON.stringify(snapshot));
  await misam.reload();
  await misam.span({ ...place, label: "EVT" });
  await allThere("the snapshot");
  // An article in a stack is labelled like any other, and is where it was after the next snapshot.
  await misam.hook("article-list").evaluate((list) => list.scrollTo(0, list.scrollHeight));
  await misam.hook("article-item").last().click();
  await expect(() => misam.text(), (shown) => shown === text(3_199), "the last article is shown");
  const last = placeOf(text(3_199), "كلمة");
  await misam.drag(last);
  await misam.hook("label-EVT").first().click();
  await misam.span({ ...last, label: "EVT" });
  await kept(misam);
  await expect(stored, (now) => labelled(now) && now.documents === snapshot.documents + 1, "only that one has got a record", 120_000);
  await misam.reload();
  await misam.span({ ...last, label: "EVT" });
  await allThere("the snapshot after it");
});

journey("a tab killed while an end is drawn has what was acknowledged, and nothing of the drawing", {}, async (misam) => {
  await give(misam, { text: PLAIN.text, spans: [span(PLAIN.text, "حلب", "LOC")] });
  await label(misam, "مصدر", "PER");
  await kept(misam);
  const before = await misam.spans();
  const { from } = await misam.edges(placeOf(PLAIN.text, "حلب"));
  const to = await misam.middle(placeOf(PLAIN.text, "قصف"));
  const { mouse } = misam.tab;
  await mouse.move(from.x, from.y);
  await mouse.down();
  await mouse.move((from.x + to.x) / 2, to.y, { steps: 4 });
  await mouse.move(to.x, to.y, { steps: 4 });
  const marked = () => misam.tab.locator(".article .mark").allInnerTexts();
  await expect(marked, (texts) => texts.join(" ").includes("قصف قرب مدينة حلب"), "the mark is drawn as far as the mouse");
  await crash(misam);
  await misam.load();
  await expect(() => misam.spans(), (spans) => JSON.stringify(spans) === JSON.stringify(before), "all is as it was before the drawing");
  await misam.press("Control+z");
  await misam.noSpan(placeOf(PLAIN.text, "مصدر"));
});

journey("after a breakdown of the page's own program what was acknowledged is there", {}, async (misam) => {
  await misam.addArticle(PLAIN);
  await misam.settled();
  await label(misam, "مصدر", "PER");
  await kept(misam);
  const before = await misam.spans();
  await breakDown(misam.tab);
  await misam.tab.locator(".boot-failure").waitFor();
  // Who goes on all the same gets nothing stored, and nothing that is stored is touched.
  await misam.press("x", "Control+z");
  await misam.reload();
  await expect(() => misam.spans(), (spans) => JSON.stringify(spans) === JSON.stringify(before), "all spans are there");
  await label(misam, "مدينة", "EVT");
  await kept(misam);
  misam.watch.problems.length = 0;
});

journey("after a breakdown of its worker the page goes on with another, and nothing is lost", {}, async (misam) => {
  await misam.addArticle(PLAIN);
  await misam.settled();
  await label(misam, "مصدر", "PER");
  await kept(misam);
  const before = await misam.spans();
  const broken = await breakWorker(misam.tab);
  // What it is given first is to blame for all the page knows; the next comes from another worker.
  await misam.addArticle({ title: "الأول", text: "وصل الوفد إلى عدن مساء الخميس." });
  await expect(() => misam.tab.workers(), (workers) => workers.length > 0 && !workers.includes(broken), "another worker is in its place", 60_000);
  await misam.addArticle({ title: "الثاني", text: "عاد الوفد من بغداد صباح الجمعة." });
  await misam.suggestionsComplete();
  await misam.hook("article-item").first().click();
  await expect(() => misam.spans(), (spans) => JSON.stringify(spans) === JSON.stringify(before), "the first article is as it was");
  const lines = readFileSync(await misam.export("misam"), "utf8").split("\n").filter(Boolean);
  assert.equal(lines.length, 3, "files are written");
  await kept(misam);
  await misam.reload();
  await expect(() => misam.hook("article-item").count(), (count) => count === 3, "all articles are there");
  await misam.hook("article-item").first().click();
  await expect(() => misam.spans(), (spans) => JSON.stringify(spans) === JSON.stringify(before), "and the spans");
  misam.watch.problems.length = 0;
});

journey("a tab that was frozen and thawed goes on where it was", {}, async (misam) => {
  await misam.addArticle(PLAIN);
  await misam.settled();
  await label(misam, "مصدر", "PER");
  await kept(misam);
  await misam.tab.evaluate(() => {
    let last = performance.now();
    window.longestPause = 0;
    setInterval(() => {
      const now = performance.now();
      window.longestPause = Math.max(window.longestPause, now - last);
      last = now;
    }, 20);
  });
  const place = placeOf(PLAIN.text, "طبي");
  await misam.drag(place);
  const underWay = await misam.tab.evaluate(() => {
    document.querySelector('[data-testid="label-ORG"]').click();
    return new Promise((done) => queueMicrotask(() => done(document.querySelector('[data-testid="keeping"]').dataset.state)));
  });
  // In a headless browser the protocol's own word for it (`Page.setWebLifecycleState`) freezes nothing. The system does.
  await frozenFor(misam, 2_000);
  assert.equal(underWay, "saving", "an edit was under way");
  await expect(() => misam.tab.evaluate(() => window.longestPause), (pause) => pause >= 1_900, "nothing went on in the meantime");
  await misam.span({ ...place, label: "ORG" });
  await label(misam, "مدينة", "EVT");
  await kept(misam);
  const spans = await misam.spans();
  await misam.reload();
  await expect(() => misam.spans(), (there) => JSON.stringify(there) === JSON.stringify(spans), "all spans are there");
});

journey("what is in memory is written anew when the site's data are cleared under it", {}, async (misam) => {
  await misam.addArticle(PLAIN);
  await misam.settled();
  await label(misam, "مصدر", "PER");
  // Whatever a project has besides its articles.
  await misam.hook("theme").click();
  await misam.hook("projects").first().click();
  await misam.tab.locator('[data-testid="projects-dialog"][aria-busy="false"]').waitFor();
  await misam.hook("project-name").fill("أخبار حلب");
  await misam.hook("project-name").press("Tab");
  await misam.hook("project-annotator").fill("سلمى");
  await misam.hook("project-annotator").press("Tab");
  await misam.press("Escape");
  await misam.press("Shift+G");
  const theirs = JSON.stringify({ id: "x", text: PLAIN.text, spans: [span(PLAIN.text, "حلب", "LOC")], status: "done" });
  await misam.hook("load-annotator-files").setInputFiles({ name: "amal.jsonl", mimeType: "application/x-ndjson", buffer: Buffer.from(`${theirs}\n`) });
  await misam.hook("annotator-remove").waitFor();
  await misam.press("Escape");
  await kept(misam);
  // Nobody has asked for the annotators since the page was opened.
  await misam.reload();
  await misam.settled();
  await kept(misam);
  const settings = async () => {
    const { contents } = await dump(misam.tab, "misam");
    const named = contents.settings.filter(([name]) => ["about", "annotators", "settings"].includes(name));
    return Object.fromEntries(named.map(([name, json]) => [name, JSON.parse(json)]));
  };
  const before = await settings();
  assert.deepEqual(Object.keys(before).sort(), ["about", "annotators", "settings"]);
  assert.equal(before.annotators[0].documents.length, 1);

  const debug = await misam.context.newCDPSession(misam.tab);
  await debug.send("Storage.clearDataForOrigin", { origin: new URL(await pageAddress()).origin, storageTypes: "indexeddb" });
  // What is asked while the browser clears is never answered.
  const databases = () => within(misam.tab.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name)), 1_000);
  await expect(databases, (names) => names.includes("misam"), "there is a storage again");
  await kept(misam);
  assert.deepEqual(await settings(), before, "what the project says of itself, its settings and its annotators are there again");
  await label(misam, "مدينة", "EVT");
  await kept(misam);
  const spans = await misam.spans();
  await misam.reload();
  await expect(() => misam.spans(), (there) => JSON.stringify(there) === JSON.stringify(spans), "all spans are there");
  await misam.press("Control+z");
  await misam.noSpan(placeOf(PLAIN.text, "مدينة"));
  await misam.press("Shift+G");
  await expect(() => misam.hook("annotator").allInnerTexts(), (names) => names.some((name) => name.includes("amal")), "the annotator is there");
});
