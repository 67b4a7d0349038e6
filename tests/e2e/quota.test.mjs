// Room that gives out at different places: before an import is in, in the middle of it, at a label, at the snapshot, at a
// new project. Whatever of that is refused, it is said at once, nothing is half there, work goes on, files can be written,
// and all of it is kept once there is room.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { placeOf } from "./harness/articles.mjs";
import { pageAddress } from "./harness/browser.mjs";
import { databases } from "./harness/database.mjs";
import { expect } from "./harness/expect.mjs";
import { journey } from "./harness/journey.mjs";

/** Bytes of room. The texts of all articles take 560,000. */
const ROOM = [100_000, 250_000, 500_000, 1_000_000];

const ARTICLES = 300;
const word = (at) => `ق${[...String(at)].map((digit) => "ابتثجحخدذر"[digit]).join("")}`;
const text = (at) => `زيارة ${Array.from({ length: 120 }, (_, n) => `${word(at)} ${word(n)}`).join(" ")}`;
const file = {
  name: "many.jsonl",
  mimeType: "application/x-ndjson",
  buffer: Buffer.from(Array.from({ length: ARTICLES }, (_, at) => `${JSON.stringify({ format: "misam/1", id: `n${at}`, text: text(at), spans: [], status: at === 0 ? "in_progress" : "skipped" })}\n`).join("")),
};
const VISIT = { ...placeOf(text(0), "زيارة"), label: "EVT" };

const keeping = (misam) => misam.hook("keeping").getAttribute("data-state");

/** Waits until the page has said how it stands with what was done: that all is saved, or that something is not. */
async function answered(misam) {
  const state = await expect(() => keeping(misam), (state) => state !== "saving", "the page says how it stands", 60_000);
  assert.ok(["saved", "failed", "memory"].includes(state), state);
  assert.equal(await misam.hook("backup").count(), state === "saved" ? 0 : 1, `the file is offered when it is ${state}`);
  return state;
}

/** All articles as a file has them that the page writes now. */
async function exported(misam) {
  const lines = readFileSync(await misam.export("misam"), "utf8").split("\n").filter(Boolean);
  return lines.map((line) => JSON.parse(line));
}

function allThere(records, where) {
  assert.deepEqual(records.map((record) => record.text), Array.from({ length: ARTICLES }, (_, at) => text(at)), `${where}: every text`);
  const spans = records.flatMap((record, at) => record.spans.map(({ start, end, label }) => ({ at, start, end, label })));
  assert.deepEqual(spans, [{ at: 0, ...VISIT }], `${where}: the label`);
}

async function bring(misam) {
  await misam.giveFiles(file);
  await expect(async () => {
    const add = misam.hook("import-add");
    if (await add.isVisible()) await add.click({ timeout: 2_000 }).catch(() => {});
    return misam.hook("progress-narrow").locator(".count").textContent({ timeout: 1_000 });
  }, (shown) => shown.endsWith(`/${ARTICLES}`), "the articles are there", 60_000);
  await misam.hook("article-item").first().click();
  await expect(() => misam.text(), (shown) => shown === text(0), "the first is shown");
}

async function openDialog(misam) {
  await misam.hook("projects").first().click();
  await misam.tab.locator('[data-testid="projects-dialog"][aria-busy="false"]').waitFor();
}

for (const room of ROOM) journey(`with room for ${room} bytes nothing is lost, and all is kept once there is more`, { blank: true }, async (misam) => {
  // The browser goes by the room there was when the database was opened.
  await misam.openBlank();
  const debug = await misam.context.newCDPSession(misam.tab);
  const origin = new URL(await pageAddress()).origin;
  await debug.send("Storage.overrideQuotaForOrigin", { origin, quotaSize: room });
  await misam.load();

  await bring(misam);
  await answered(misam);
  await misam.drag(VISIT);
  await misam.hook("label-EVT").first().click();
  await misam.span(VISIT);
  await answered(misam);
  // The snapshot that is taken when nobody does anything has to have room, too.
  await misam.tab.waitForTimeout(7_000);
  const state = await answered(misam);
  allThere(await exported(misam), `${state}, exported`);

  // A new project comes whole, or not at all, and that is said. The first one stays what it is.
  const before = await databases(misam.tab);
  await openDialog(misam);
  await misam.hook("project-new-name").fill("ثانٍ");
  await misam.hook("project-create").click();
  const opened = async () => (await misam.hook("projects").first().innerText()).includes("ثانٍ");
  const refused = async () => (await misam.hook("projects-trouble").count()) > 0;
  await expect(async () => (await opened()) || (await refused()), Boolean, "it is there, or it is said that it is not", 60_000);
  if (await opened()) {
    assert.equal(state, "saved", "nobody leaves work behind that is not saved");
    // It may have had room for nothing more.
    await debug.send("Storage.overrideQuotaForOrigin", { origin });
    await expect(() => keeping(misam), (now) => now === "saved", "it is saved by itself", 60_000);
    await openDialog(misam);
    await misam.hook("project-row").first().getByTestId("project-go").click();
    await expect(() => misam.text().catch(() => ""), (shown) => shown === text(0), "the first project is there as it was", 60_000);
  } else {
    await misam.press("Escape");
    assert.deepEqual(await databases(misam.tab), before, "nothing is left of it");
  }
  allThere(await exported(misam), "after the new project");

  await debug.send("Storage.overrideQuotaForOrigin", { origin });
  await expect(() => keeping(misam), (now) => now === "saved", "it is saved by itself", 60_000);
  await misam.reload();
  await expect(() => misam.text(), (shown) => shown === text(0), "it is there after a reload");
  allThere(await exported(misam), "after the reload");
});
