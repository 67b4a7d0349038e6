// The first visit and what belongs to it: an example by one click, a project to try, a promise of the browser to keep the
// work, and the page as a program of the system's.
import assert from "node:assert/strict";
import { PLAIN } from "./harness/articles.mjs";
import { expect } from "./harness/expect.mjs";
import { journey } from "./harness/journey.mjs";

/** Opens the dialog with all projects and waits until the list is there. */
async function openDialog(misam) {
  await misam.hook("projects").first().click();
  await misam.tab.locator('[data-testid="projects-dialog"][aria-busy="false"]').waitFor();
}

journey("who comes for the first time has an example with suggestions after one click", {}, async (misam) => {
  await misam.hook("try-example").click();
  await misam.hook("article").waitFor();
  await misam.suggestionsComplete();
  const spans = await misam.spans();
  assert.ok(spans.length >= 5 && spans.every(({ origin }) => origin === "suggested"), JSON.stringify(spans));
  assert.equal(await misam.hook("article-item").count(), 1);
  // It is work like any other.
  await misam.item(spans[0]).first().click();
  await misam.press("Enter");
  await misam.span({ start: spans[0].start, end: spans[0].end, origin: "accepted" });
});

journey("whoever takes the last article out has the way back before the eyes", { touch: true, viewport: { width: 390, height: 844 } }, async (misam) => {
  assert.equal(await misam.hook("undo").count(), 0, "at first there is nothing to take back");
  await misam.addArticle(PLAIN);
  await misam.hook("discard").tap();
  await misam.hook("try-example").waitFor();
  await misam.hook("undo").tap();
  await expect(() => misam.text(), (text) => text === PLAIN.text, "it is there again");
});

journey("there is a project to try, beside the one that is open", {}, async (misam) => {
  await misam.addArticle(PLAIN);
  await openDialog(misam);
  await misam.hook("project-sample").click();
  await expect(() => misam.text(), (text) => text.length > 100 && text !== PLAIN.text, "its article is shown", 30_000);
  await misam.suggestionsComplete();
  await openDialog(misam);
  await expect(() => misam.hook("project-row").count(), (count) => count === 1, "the other project is still there");
  await misam.hook("project-row").getByTestId("project-go").click();
  await expect(() => misam.text(), (text) => text === PLAIN.text, "with its article");
});

journey("the browser is asked once to keep the work, when there is some, and says how much room there is", { blank: true, locale: "en" }, async (misam) => {
  await misam.tab.addInitScript(() => {
    const asked = [];
    Object.assign(window, { asked });
    StorageManager.prototype.persist = async () => asked.push(performance.now()) > 0;
    StorageManager.prototype.persisted = async () => asked.length > 0;
    StorageManager.prototype.estimate = async () => ({ usage: 12_300_000, quota: 4_500_000_000 });
  });
  const asked = () => misam.tab.evaluate(() => window.asked.length);
  await misam.load();
  assert.equal(await asked(), 0, "there is nothing to keep");
  await misam.addArticle(PLAIN);
  await expect(asked, (times) => times === 1, "it is asked");
  await misam.addArticle({ title: "Later", text: "زار سامر الأحمد مدينة درعا يوم السبت الماضي." });
  await expect(() => misam.hook("keeping").getAttribute("data-state"), (state) => state === "saved", "the second is saved");
  assert.equal(await asked(), 1);
  await openDialog(misam);
  await expect(() => misam.hook("storage-room").innerText(), (shown) => /12(\.3)?\D*MB[\s\S]*4\.5\D*GB/.test(shown), "the room is shown");
});

journey("files that the system hands over are opened", { blank: true }, async (misam) => {
  // What the browser has for an installed page.
  await misam.tab.addInitScript(() => {
    Object.defineProperty(window, "launchQueue", { value: { setConsumer: (consumer) => (window.launch = consumer) } });
  });
  await misam.load();
  await misam.tab.waitForFunction(() => window.launch);
  await misam.tab.evaluate((text) => {
    const record = JSON.stringify({ format: "misam/1", id: "one", text, spans: [{ start: 0, end: 3, label: "EVT" }], status: "in_progress" });
    const handle = (name, ...parts) => ({ kind: "file", name, getFile: async () => new File(parts, name) });
    window.launch({ files: [handle("work.jsonl", record)] });
  }, PLAIN.text);
  await misam.letIn();
  await expect(() => misam.text(), (text) => text === PLAIN.text, "the article is there");
  await misam.span({ start: 0, end: 3, label: "EVT" });
});

journey("the page can be installed", {}, async (misam) => {
  const debug = await misam.context.newCDPSession(misam.tab);
  const { errors } = await debug.send("Page.getAppManifest");
  assert.deepEqual(errors, []);
  const { installabilityErrors } = await debug.send("Page.getInstallabilityErrors");
  // The tests' profiles are private ones, in which nothing can be installed.
  assert.deepEqual(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== "in-incognito"), []);
});
