// Work that an older version stored, with the page killed while this one takes it over: at each moment of bringing the
// storage to this version, and before each write of the first snapshot after it. Whatever the moment, all of the work is
// there afterwards, nothing else is, and it goes on.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { browserOf } from "./harness/browser.mjs";
import { AFTER_UPGRADE, BEFORE_UPGRADE, IN_UPGRADE, held, holdUpgrade, watchWrites, writes } from "./harness/cut.mjs";
import { dump, restore } from "./harness/database.mjs";
import { expect } from "./harness/expect.mjs";
import { journey } from "./harness/journey.mjs";
import { Misam } from "./harness/misam.mjs";
import { crash, killTabs } from "./harness/trap.mjs";

/** The storages of the layouts before this one, as they lay in the browser. */
const LAYOUTS = [1, 2, 3].map((layout) => {
  const stored = JSON.parse(readFileSync(new URL(`../cases/storage/${layout}.json`, import.meta.url), "utf8"));
  return { layout, ...stored };
});

/** The version of the storage that this page makes of an older one. */
const VERSION = 3;

const setting = (contents, name) => JSON.parse(contents.settings.find(([key]) => key === name)?.[1] ?? "null");

/** Puts an older storage there, in a browser that has not had Misam before. */
async function lay(misam, { database }) {
  await misam.openBlank();
  await restore(misam.tab, "misam", database);
}

/** Waits until a snapshot of everything has been taken, or the storage has ended. False if it has. */
async function snapshotTaken(misam) {
  let ended = false;
  await expect(async () => {
    ended = (await misam.tab.evaluate(() => window.writes?.ended)) ?? false;
    const { contents } = await dump(misam.tab, "misam");
    const isSaved = (await misam.hook("keeping").getAttribute("data-state")) === "saved";
    const isWhole = isSaved && setting(contents, "snapshot") === contents.journal.length && setting(contents, "heads")?.seq === contents.journal.length;
    return ended || isWhole;
  }, Boolean, "there is a snapshot of everything", 90_000);
  return !ended;
}

/** All articles as they leave: what people said of them, and who, and when they came. */
const exported = async (misam) => readFileSync(await misam.export("misam"), "utf8");

/** Compares the page that is open with what was stored, and with what an undisturbed page made of it. */
async function same(misam, stored, whole, when) {
  await misam.tab.locator('.app[data-ready="true"]').waitFor();
  await expect(() => misam.text(), (text) => text === stored.shown.text, `${when}: the article is shown byte for byte`);
  await expect(() => misam.spans(), (spans) => JSON.stringify(spans) === JSON.stringify(stored.shown.spans), `${when}: all spans are there`);
  assert.equal(await exported(misam), whole.file, `${when}: every article is as it was`);
  const { version, contents } = await dump(misam.tab, "misam");
  assert.equal(version, VERSION);
  const before = stored.database.contents.journal;
  assert.deepEqual(contents.journal.slice(0, before.length), before, `${when}: the journal is as it was`);
  // The extractor may find more; nobody else has done anything.
  const kinds = contents.journal.slice(before.length).map(([, json]) => JSON.parse(json).entry.do?.kind);
  assert.deepEqual(kinds.filter((kind) => kind !== "suggest"), [], `${when}: nobody has edited`);
}

/** Opens the page after a kill, compares, has it take its snapshot, compares what is read of that, and goes on. */
async function comesBack(misam, stored, whole, when) {
  await misam.load();
  await same(misam, stored, whole, when);
  await snapshotTaken(misam);
  await misam.reload();
  await same(misam, stored, whole, `${when}, and a snapshot`);
  // What was undone before can still be done again, is kept, and is read after the next snapshot.
  await misam.press("Control+Shift+z");
  await misam.span({ ...stored.shown.undone });
  await snapshotTaken(misam);
  await misam.reload();
  await misam.span({ ...stored.shown.undone });
}

/** What an undisturbed page makes of it: the articles, and how many writes it takes until there is a snapshot. */
async function undisturbed(misam, stored) {
  const other = await misam.another({ blank: true });
  await lay(other, stored);
  await watchWrites(other.tab);
  await other.load();
  await other.model("absent", "ready", "failed");
  assert.ok(await snapshotTaken(other));
  const { begun } = await writes(other.tab);
  assert.ok(begun > 0);
  const whole = { begun, file: await exported(other) };
  await same(other, stored, whole, "undisturbed");
  await other.close();
  return whole;
}

/** Has the page stand still at a moment of the upgrade. */
async function holdAt(moment, misam, stored) {
  await lay(misam, stored);
  await holdUpgrade(misam.tab, moment);
  const isHeld = held(misam.tab);
  misam.load().catch(() => {});
  await isHeld;
}

for (const stored of LAYOUTS) {
  journey(`a page killed while it takes over work stored in layout ${stored.layout} has all of it, and nothing else`, { blank: true }, async (misam) => {
    const whole = await undisturbed(misam, stored);
    // What is waited for is mostly a page at rest, so all are waited for at once.
    const upgrading = await Promise.all([BEFORE_UPGRADE, IN_UPGRADE, AFTER_UPGRADE].map(async (moment) => {
      const cut = await misam.another({ blank: true });
      await holdAt(moment, cut, stored);
      return [cut, moment];
    }));
    await killTabs(...upgrading.map(([cut]) => cut));
    for (const [cut, moment] of upgrading) {
      await cut.openBlank();
      const { version } = await dump(cut.tab, "misam");
      assert.equal(version, moment === AFTER_UPGRADE ? VERSION : stored.database.version, `${moment} the upgrade`);
    }
    const writing = await Promise.all(Array.from({ length: whole.begun }, async (_, left) => {
      const cut = await misam.another({ blank: true });
      await lay(cut, stored);
      await watchWrites(cut.tab, left);
      await cut.load();
      const isWhole = await snapshotTaken(cut);
      await crash(cut);
      return [cut, isWhole ? `after ${left} writes` : `before write ${left + 1} of ${whole.begun} of`];
    }));
    const killed = [...upgrading.map(([cut, moment]) => [cut, `a kill ${moment} the upgrade`]), ...writing.map(([cut, at]) => [cut, `a kill ${at} the snapshot`])];
    await Promise.all(killed.map(async ([cut, when]) => {
      await comesBack(cut, stored, whole, when);
      await cut.close();
    }));
  });
}

journey("a browser killed while it brings an older storage to this version has all of it on its disk", { blank: true }, async (misam) => {
  await Promise.all(LAYOUTS.map(async (stored) => {
    const whole = await undisturbed(misam, stored);
    const profile = mkdtempSync(join(tmpdir(), "misam-profile-"));
    let browser = await browserOf(profile);
    try {
      await holdAt(IN_UPGRADE, new Misam(browser), stored);
      await browser.kill();
      browser = await browserOf(profile);
      await comesBack(new Misam(browser), stored, whole, `layout ${stored.layout}, a browser killed`);
    } finally {
      await browser.kill();
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    }
  }));
  await misam.load();
});
