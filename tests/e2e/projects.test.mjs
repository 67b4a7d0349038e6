// Projects as wholes: several in one browser, going from one to another, their files, and work stored by earlier versions.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { PLAIN, placeOf } from "./harness/articles.mjs";
import { picture } from "./harness/browser.mjs";
import { databases, dump, restore } from "./harness/database.mjs";
import { expect } from "./harness/expect.mjs";
import { journey } from "./harness/journey.mjs";

const OTHER = { title: "خبر آخر", text: "وصل الوفد إلى عدن مساء الخميس." };

/** Labels a piece of text and waits until the list shows it. */
async function label(misam, text, surface, code) {
  const place = placeOf(text, surface);
  await misam.drag(place);
  await misam.hook(`label-${code}`).first().click();
  return misam.span({ ...place, label: code });
}

/** Opens the dialog with all projects and waits until the list is there. */
async function openDialog(misam) {
  await misam.hook("projects").first().click();
  await misam.tab.locator('[data-testid="projects-dialog"][aria-busy="false"]').waitFor();
}

/** Reloads the page in a browser that wants to be asked again whether files may be written. */
async function comeBackWithoutPermission(misam) {
  await misam.tab.addInitScript(() => {
    FileSystemHandle.prototype.queryPermission = async () => "prompt";
    FileSystemHandle.prototype.requestPermission = async () => "granted";
  });
  await misam.reload();
  await openDialog(misam);
}

/** Makes a project; the page is then at it. */
async function create(misam, name) {
  await openDialog(misam);
  await misam.hook("project-new-name").fill(name);
  await misam.hook("project-create").click();
  await at(misam, name);
}

/** Waits until the page is at the project of this name. */
function at(misam, name) {
  return expect(() => misam.hook("projects").first().innerText(), (shown) => shown.includes(name), `the open project is ${name}`);
}

function row(misam, name) {
  return misam.hook("project-row").filter({ hasText: name });
}

async function saved(misam) {
  await expect(() => misam.hook("keeping").getAttribute("data-state"), (state) => state === "saved", "everything is saved");
}

async function setGuidelines(misam, text) {
  if (!(await misam.hook("project-guidelines").isVisible())) await misam.tab.locator(".project-guidelines > summary").click();
  await misam.hook("project-guidelines").fill(text);
  await misam.hook("project-guidelines").press("Tab");
}

/** The open project is signed by this annotator, has these guidelines, and has the first label and not the second. */
async function ownThings(misam, { annotator, guidelines, labels: [has, lacks] }) {
  await misam.hook(has).first().waitFor();
  assert.equal(await misam.hook(lacks).count(), 0, `there is no ${lacks}`);
  await openDialog(misam);
  assert.equal(await misam.hook("project-annotator").inputValue(), annotator);
  assert.equal(await misam.hook("project-guidelines").inputValue(), guidelines);
  await misam.press("Escape");
}

journey("several projects live side by side, each with its own articles, name and settings", {}, async (misam) => {
  await misam.addArticle(PLAIN);
  await label(misam, PLAIN.text, "مصدر", "PER");
  await openDialog(misam);
  await misam.hook("project-name").fill("أخبار حلب");
  await misam.hook("project-annotator").fill("سلمى");
  await misam.hook("project-annotator").press("Tab");
  await setGuidelines(misam, "اللقب خارج الاسم.");
  await misam.press("Escape");
  await at(misam, "أخبار حلب");

  await create(misam, "أخبار عدن");
  await misam.hook("try-example").waitFor();
  await misam.addArticle(OTHER);
  await openDialog(misam);
  assert.equal(await misam.hook("project-annotator").inputValue(), "سلمى", "who works goes on working there");
  await misam.hook("project-annotator").fill("أمل");
  await misam.hook("project-annotator").press("Tab");
  await setGuidelines(misam, "اللقب داخل الاسم.");
  await misam.press("Escape");
  // Labels of its own. What is suggested by then is asked about.
  await misam.settled();
  await misam.press("Shift+L");
  await misam.hook("schema-labels").locator('button[data-code="LOC"]').click();
  await misam.hook("schema-code").fill("PLACE");
  await misam.hook("schema-apply").click();
  await misam.hook("schema-fate").waitFor();
  await misam.hook("schema-apply").click();
  await misam.hook("label-PLACE").first().waitFor();
  await saved(misam);

  await openDialog(misam);
  await row(misam, "أخبار حلب").getByTestId("project-go").click();
  await at(misam, "أخبار حلب");
  await expect(() => misam.text(), (text) => text === PLAIN.text, "the first project's article is shown");
  await misam.span({ ...placeOf(PLAIN.text, "مصدر"), label: "PER" });

  await misam.reload();
  await at(misam, "أخبار حلب");
  await expect(() => misam.text(), (text) => text === PLAIN.text, "after a reload the same project is open");
  assert.equal((await databases(misam.tab)).length, 2);
  await ownThings(misam, { annotator: "سلمى", guidelines: "اللقب خارج الاسم.", labels: ["label-LOC", "label-PLACE"] });
  await openDialog(misam);
  await row(misam, "أخبار عدن").getByTestId("project-go").click();
  await at(misam, "أخبار عدن");
  await ownThings(misam, { annotator: "أمل", guidelines: "اللقب داخل الاسم.", labels: ["label-PLACE", "label-LOC"] });
  await misam.reload();
  await at(misam, "أخبار عدن");
  await ownThings(misam, { annotator: "أمل", guidelines: "اللقب داخل الاسم.", labels: ["label-PLACE", "label-LOC"] });
});

journey("what becomes of labels of others and the share without suggestions belong to the project", { locale: "en" }, async (misam) => {
  const record = (text) => Buffer.from(JSON.stringify({ id: text, text, spans: [{ start: 0, end: 4, label: "XYZ" }], meta: { date: "2024-01-01" } }));
  const give = (misam, text) => misam.giveFiles({ name: "theirs.jsonl", mimeType: "application/x-ndjson", buffer: record(text) });
  const fate = (misam) => misam.hook("import-labels").locator('[data-label="XYZ"] select');
  const share = async (misam) => {
    await misam.press("Shift+T");
    const value = await misam.hook("blind-share").inputValue();
    await misam.press("Escape");
    await misam.hook("blind-share").waitFor({ state: "detached" });
    return value;
  };
  await give(misam, "بغداد مدينة");
  await fate(misam).selectOption("LOC");
  await misam.letIn();
  await misam.span({ label: "LOC" });
  await misam.press("Shift+T");
  await misam.hook("blind-share").selectOption("50");
  await misam.press("Escape");
  await misam.hook("blind-share").waitFor({ state: "detached" });
  await openDialog(misam);
  await misam.hook("project-name").fill("الأول");
  await misam.hook("project-name").press("Tab");
  await misam.press("Escape");
  await at(misam, "الأول");

  // Another project knows nothing of it.
  await create(misam, "الثاني");
  await give(misam, "دمشق مدينة");
  await fate(misam).waitFor();
  assert.equal(await fate(misam).inputValue(), "", "kept as it is");
  await fate(misam).selectOption("ORG");
  await misam.letIn();
  await misam.span({ label: "ORG" });
  assert.equal(await share(misam), "0");
  await saved(misam);

  // The first one has its own still, and takes it along in its file.
  await openDialog(misam);
  await row(misam, "الأول").getByTestId("project-go").click();
  await at(misam, "الأول");
  await expect(() => misam.text(), (text) => text === "بغداد مدينة", "its article is shown");
  assert.equal(await share(misam), "50");
  await give(misam, "عدن مدينة");
  await expect(() => fate(misam).inputValue(), (value) => value === "LOC", "the choice is remembered");
  await misam.hook("import-cancel").click();
  await openDialog(misam);
  const bytes = readFileSync(await misam.download(() => misam.hook("project-save").click()));
  const elsewhere = await misam.another({ locale: "en" });
  await elsewhere.giveFiles({ name: "work.misam", mimeType: "application/zip", buffer: bytes });
  await at(elsewhere, "الأول");
  await expect(() => elsewhere.text(), (text) => text === "بغداد مدينة", "its article is shown there");
  assert.equal(await share(elsewhere), "50");
  await give(elsewhere, "صنعاء مدينة");
  await expect(() => fate(elsewhere).inputValue(), (value) => value === "LOC", "also in another browser");
  await elsewhere.close();
});

journey("a project can be renamed, copied, put aside, deleted, brought back and erased", {}, async (misam) => {
  await misam.addArticle(PLAIN);
  await label(misam, PLAIN.text, "مصدر", "PER");
  await create(misam, "ثانٍ");
  await openDialog(misam);
  const first = row(misam, /1|مقال/).first();
  await first.getByTestId("project-rename").click();
  await misam.hook("project-rename-field").fill("أول");
  await misam.hook("project-rename-field").press("Enter");
  await row(misam, "أول").waitFor();

  await row(misam, "أول").getByTestId("project-duplicate-other").click();
  await expect(() => row(misam, "أول").count(), (count) => count === 2, "there is a copy");
  await row(misam, "نسخة").getByTestId("project-archive").click();
  await misam.hook("projects-archived").waitFor();

  await row(misam, "أول").first().getByTestId("project-delete-other").click();
  await misam.hook("projects-deleted").locator("summary").click();
  await misam.hook("projects-deleted").getByTestId("project-bring-back").click();
  await expect(() => misam.hook("projects-deleted").count(), (count) => count === 0, "nothing is deleted any more");

  await row(misam, "أول").first().getByTestId("project-delete-other").click();
  await misam.hook("projects-deleted").locator("summary").click();
  await misam.hook("project-erase").click();
  await expect(() => misam.hook("projects-deleted").count(), (count) => count === 0, "it is erased");

  await misam.hook("projects-archived").locator("summary").click();
  await misam.hook("projects-archived").getByTestId("project-go").click();
  await expect(() => misam.text(), (text) => text === PLAIN.text, "the copy has the article");
  await misam.span({ ...placeOf(PLAIN.text, "مصدر"), label: "PER" });
  await misam.press("Control+z");
  await misam.noSpan(placeOf(PLAIN.text, "مصدر"));
  assert.equal((await databases(misam.tab)).length, 2);
});

journey("the open project is deleted: that is said, it leaves the list, and it comes back at once", { locale: "en" }, async (misam) => {
  await misam.addArticle(PLAIN);
  await label(misam, PLAIN.text, "مصدر", "PER");
  await openDialog(misam);
  await misam.hook("project-name").fill("Gone");
  await misam.hook("project-name").press("Tab");
  await misam.press("Escape");
  await create(misam, "Kept");
  await misam.addArticle(OTHER);
  await saved(misam);
  await openDialog(misam);
  await row(misam, "Gone").getByTestId("project-go").click();
  await at(misam, "Gone");
  await openDialog(misam);
  await misam.hook("project-delete").click();
  await at(misam, "Kept");
  await misam.hook("project-undo-delete").waitFor();
  await expect(() => misam.shown(), (shown) => shown.includes("was deleted. It can be brought back"), "it is said");
  const active = misam.tab.locator('[data-testid="project-row"][data-shelf="active"]');
  assert.equal(await active.filter({ hasText: "Gone" }).count(), 0, "it is no project one can go to");
  await misam.hook("project-undo-delete").click();
  await active.filter({ hasText: "Gone" }).waitFor();
  assert.equal(await misam.hook("project-undo-delete").count(), 0);
  await active.filter({ hasText: "Gone" }).getByTestId("project-go").click();
  await at(misam, "Gone");
  await misam.span({ ...placeOf(PLAIN.text, "مصدر"), label: "PER" });
});

journey("a project goes into a file and comes out of it the same, history and all, in another browser", {}, async (misam) => {
  await misam.addArticle(PLAIN);
  await misam.settled();
  await label(misam, PLAIN.text, "مصدر", "PER");
  await label(misam, PLAIN.text, "المستشفى", "LOC");
  await misam.press("Control+z");
  await misam.noSpan(placeOf(PLAIN.text, "المستشفى"));
  const spans = await misam.spans();
  await openDialog(misam);
  await misam.hook("project-name").fill("منقول");
  await misam.hook("project-name").press("Tab");
  const path = await misam.download(() => misam.hook("project-save").click());
  const bytes = readFileSync(path);

  const elsewhere = await misam.another();
  await elsewhere.giveFiles({ name: "work.misam", mimeType: "application/zip", buffer: bytes });
  await at(elsewhere, "منقول");
  await expect(() => elsewhere.text(), (text) => text === PLAIN.text, "the article is shown byte for byte");
  await expect(() => elsewhere.spans(), (there) => JSON.stringify(there) === JSON.stringify(spans), "all spans are there");
  await openDialog(elsewhere);
  const again = readFileSync(await elsewhere.download(() => elsewhere.hook("project-save").click()));
  assert.ok(bytes.equals(again), "the file written there is the same, byte for byte");
  await elsewhere.press("Escape");
  await elsewhere.press("Control+Shift+z");
  await elsewhere.span({ ...placeOf(PLAIN.text, "المستشفى"), label: "LOC" });

  // A file that is cut says where, and what is whole in it can be had.
  await elsewhere.giveFiles({ name: "cut.misam", mimeType: "application/zip", buffer: bytes.subarray(0, Math.floor(bytes.length * 0.9)) });
  await elsewhere.hook("project-damaged").waitFor();
  await elsewhere.hook("project-open-damaged").click();
  await expect(() => elsewhere.text(), (text) => text === PLAIN.text, "the article of the damaged file is shown");
  await elsewhere.close();
});

journey("a project's file is chosen from the dialog, or handed over by the system, and is opened", { locale: "en" }, async (misam) => {
  await misam.addArticle(PLAIN);
  await label(misam, PLAIN.text, "مصدر", "PER");
  await openDialog(misam);
  await misam.hook("project-name").fill("Carried");
  await misam.hook("project-name").press("Tab");
  const bytes = readFileSync(await misam.download(() => misam.hook("project-save").click()));
  const buffer = { name: "carried.misam", mimeType: "application/vnd.misam.project+zip", buffer: bytes };
  const isThere = async (there) => {
    await at(there, "Carried");
    await expect(() => there.text(), (text) => text === PLAIN.text, "its article is shown");
    await there.span({ ...placeOf(PLAIN.text, "مصدر"), label: "PER" });
    assert.equal(await there.tab.locator("dialog[open]").count(), 0);
  };
  const chosen = await misam.another({ locale: "en" });
  await openDialog(chosen);
  const [chooser] = await Promise.all([chosen.tab.waitForEvent("filechooser"), chosen.hook("project-open-file").click()]);
  await chooser.setFiles(buffer);
  await isThere(chosen);
  await chosen.close();

  // What the browser has for an installed page.
  const handed = await misam.another({ blank: true, locale: "en" });
  await handed.tab.addInitScript(() => {
    Object.defineProperty(window, "launchQueue", { value: { setConsumer: (consumer) => (window.launch = consumer) } });
  });
  await handed.load();
  await handed.tab.waitForFunction(() => window.launch);
  await handed.tab.evaluate((bytes) => {
    const file = new File([Uint8Array.from(atob(bytes), (byte) => byte.charCodeAt(0))], "carried.misam");
    window.launch({ files: [{ kind: "file", name: file.name, getFile: async () => file }] });
  }, bytes.toString("base64"));
  await isThere(handed);
  await handed.close();
});

// 1: the journal alone. 2: a snapshot with the list of articles, and a journal that goes on after it. 3: articles in a
// stack, as they came, and the journal that lets them in. 4: articles in a stack that a snapshot has let in and listed, and
// a journal that goes on after it.
for (const fixture of ["1", "2", "3", "4"]) journey(`work stored by version ${fixture} of the storage comes back whole`, { blank: true }, async (misam) => {
  const stored = JSON.parse(readFileSync(new URL(`../cases/storage/${fixture}.json`, import.meta.url), "utf8"));
  await misam.openBlank();
  await restore(misam.tab, "misam", stored.database);
  await misam.load();
  await expect(() => misam.text(), (text) => text === stored.shown.text, "the article is shown byte for byte");
  await expect(() => misam.spans(), (spans) => JSON.stringify(spans) === JSON.stringify(stored.shown.spans), "all spans are there");
  assert.equal(await misam.tab.evaluate(() => document.documentElement.dataset.theme), stored.shown.theme, "the settings are there");
  await misam.press("Control+Shift+z");
  await misam.span({ ...stored.shown.undone });
  await create(misam, "بعده");
  assert.equal((await databases(misam.tab)).length, 2);
  await openDialog(misam);
  await misam.hook("project-row").first().getByTestId("project-go").click();
  await expect(() => misam.text(), (text) => text === stored.shown.text, "and it is there after another project was open");
});

journey("work with every kind of edit comes back whole, with what lies beside it", { blank: true }, async (misam) => {
  const stored = JSON.parse(readFileSync(new URL("../cases/storage/kinds.json", import.meta.url), "utf8"));
  await misam.openBlank();
  await restore(misam.tab, "misam", stored.database);
  await restore(misam.tab, "misam-projects", stored.list);
  await misam.load();
  await expect(() => misam.text(), (text) => text === stored.shown.text, "the article is shown byte for byte");
  await expect(() => misam.spans(), (spans) => JSON.stringify(spans) === JSON.stringify(stored.shown.spans), "all spans are there");
  assert.equal(await misam.hook("article-item").count(), 1, "what was taken out is out");
  assert.equal(await misam.tab.evaluate(() => document.documentElement.dataset.theme), stored.shown.theme, "the settings are there");
  assert.equal(await misam.hook("label-LOC").count(), 0, "the labels are those of the changed schema");
  await misam.press("Control+Shift+z");
  await misam.span({ ...stored.shown.undone });
  await ownThings(misam, { annotator: "سلمى", guidelines: "اللقب داخل الاسم.", labels: ["label-PLACE", "label-LOC"] });
  await openDialog(misam);
  assert.equal(await misam.hook("project-name").inputValue(), "أخبار بغداد");
  for (const name of ["محفوظ", "محذوف"]) assert.equal(await row(misam, name).count(), 1, `${name} is listed`);
  await misam.press("Escape");
  await misam.press("Shift+G");
  await expect(() => misam.hook("annotator").allInnerTexts(), (names) => names.some((name) => name.includes("أمل")), "the annotator is there");
});

// It looks like one in which nothing was ever done, and those are erased when they are left.
for (const [name, version, isRefused] of [["of a newer version", 1000, false], ["that the browser would not read", undefined, true]]) {
  journey(`a project ${name} is left as it is when another is opened, and is not deleted for good`, { blank: true }, async (misam) => {
    const stored = JSON.parse(readFileSync(new URL("../cases/storage/kinds.json", import.meta.url), "utf8"));
    const { tab } = misam;
    await misam.openBlank();
    await restore(tab, "misam", { ...stored.database, version: version ?? stored.database.version });
    await restore(tab, "misam-projects", stored.list);
    const before = await dump(tab, "misam");
    if (isRefused) {
      await tab.addInitScript(() => {
        const { getAll } = IDBObjectStore.prototype;
        IDBObjectStore.prototype.getAll = function refusing(...range) {
          if (!sessionStorage.reads && this.transaction.db.name === "misam") throw new DOMException("the disk is busy", "UnknownError");
          return getAll.apply(this, range);
        };
      });
    }
    await misam.load();
    await misam.hook("warning").waitFor();
    await create(misam, "بعده");
    await openDialog(misam);
    const left = row(misam, "أخبار بغداد");
    assert.match(await left.innerText(), /مقال واحد/u, "the list says of it what it said before");
    await misam.press("Escape");
    await tab.evaluate(() => { sessionStorage.reads = "yes"; });
    assert.deepEqual(await dump(tab, "misam"), before, "nothing of it is gone or other");

    // Deleted while it is open, it can be brought back as any other.
    await tab.evaluate(() => sessionStorage.removeItem("reads"));
    await openDialog(misam);
    await left.getByTestId("project-go").click();
    await misam.hook("warning").waitFor();
    await openDialog(misam);
    await misam.hook("project-delete").click();
    await at(misam, "بعده");
    await misam.hook("project-undo-delete").waitFor();
    await tab.evaluate(() => { sessionStorage.reads = "yes"; });
    assert.deepEqual(await dump(tab, "misam"), before, "it is still there");
    if (isRefused) {
      await misam.hook("project-undo-delete").click();
      await left.getByTestId("project-go").click();
      await expect(() => misam.text(), (text) => text === stored.shown.text, "and can be read when the browser reads again");
    }
  });
}

journey("labels that cannot be read are those of the journal, not the built-in ones", { blank: true }, async (misam) => {
  const stored = JSON.parse(readFileSync(new URL("../cases/storage/kinds.json", import.meta.url), "utf8"));
  const { tab } = misam;
  await misam.openBlank();
  await restore(tab, "misam", stored.database);
  await misam.load();
  await misam.hook("label-PLACE").first().waitFor();
  // From the next snapshot on only what comes after it is read of the journal.
  const setting = async (name) => (await dump(tab, "misam")).contents.settings.find(([key]) => key === name)?.[1];
  await expect(() => setting("snapshot"), (snapshot) => Number(snapshot) > 0, "a snapshot is taken", 60_000);
  await tab.evaluate(async () => {
    const request = indexedDB.open("misam");
    await new Promise((done) => { request.onsuccess = done; });
    const writing = request.result.transaction("settings", "readwrite");
    writing.objectStore("settings").put(JSON.stringify({ seq: 3, schema: { of: "another version" } }), "schema");
    await new Promise((done) => { writing.oncomplete = done; });
    request.result.close();
  });
  await misam.reload();
  await misam.hook("label-PLACE").first().waitFor();
  assert.equal(await misam.hook("label-LOC").count(), 0, "the labels are still those of the project");
  await expect(() => misam.text(), (text) => text === stored.shown.text, "the article is shown byte for byte");
});

journey("several project files become as many projects, and what is not whole is told", { locale: "en" }, async (misam) => {
  const files = [];
  for (const name of ["one", "two"]) {
    await create(misam, name);
    await misam.addArticle({ ...PLAIN, title: name });
    await saved(misam);
    await openDialog(misam);
    files.push({ name: `${name}.misam`, mimeType: "application/zip", buffer: readFileSync(await misam.download(() => misam.hook("project-save").click())) });
    await misam.press("Escape");
  }
  const cut = (file) => ({ ...file, name: `cut ${file.name}`, buffer: file.buffer.subarray(0, Math.floor(file.buffer.length * 0.9)) });
  const elsewhere = await misam.another();
  await elsewhere.giveFiles(files[0], cut(files[0]), cut(files[1]), files[1]);
  await elsewhere.hook("project-damaged").waitFor();
  await expect(() => elsewhere.shown(), (shown) => /أيضًا: .?cut two\.misam/u.test(shown), "the other damaged one is named");
  await elsewhere.press("Escape");
  await at(elsewhere, "two");
  await openDialog(elsewhere);
  assert.equal(await row(elsewhere, "one").count(), 1, "the first is there, too");
  await elsewhere.close();
});

journey("a file or folder that was chosen before is written to", {}, async (misam) => {
  await misam.addArticle(PLAIN);
  await saved(misam);
  for (const isFolder of [false, true]) {
    // As it has been remembered since there are such files.
    await misam.tab.evaluate(async (isFolder) => {
      const root = await navigator.storage.getDirectory();
      const handle = isFolder ? await root.getDirectoryHandle("copies", { create: true }) : await root.getFileHandle("copy.misam", { create: true });
      const request = indexedDB.open("misam.backups", 1);
      await new Promise((done, fail) => {
        request.onupgradeneeded = () => request.result.createObjectStore("files");
        request.onsuccess = done;
        request.onerror = () => fail(request.error);
      });
      const writing = request.result.transaction("files", "readwrite");
      writing.objectStore("files").put(isFolder ? { handle, mark: "k3f9x" } : handle, "misam");
      await new Promise((done) => (writing.oncomplete = done));
      request.result.close();
    }, isFolder);
    await misam.reload();
    await openDialog(misam);
    const at = () => misam.hook("backup-state").getAttribute("data-at");
    await expect(at, (at) => Number(at) > 0, "it is written to", 60_000);
    const written = await misam.tab.evaluate(async (isFolder) => {
      const root = await navigator.storage.getDirectory();
      if (!isFolder) return [(await (await root.getFileHandle("copy.misam")).getFile()).size > 0 ? "copy.misam" : ""];
      const names = [];
      for await (const name of (await root.getDirectoryHandle("copies")).keys()) names.push(name);
      return names;
    }, isFolder);
    assert.equal(written.length, 1);
    assert.match(written[0], isFolder ? / \[k3f9x\] .*\.misam$/ : /^copy\.misam$/);
    await misam.press("Escape");
  }
});

journey("a chosen file is kept up to date with the project", {}, async (misam) => {
  // The browser's own picker cannot be pressed by a test; what it gives is a file like any other.
  await misam.tab.evaluate(() => {
    window.showSaveFilePicker = async () => (await navigator.storage.getDirectory()).getFileHandle("backup.misam", { create: true });
  });
  await misam.addArticle(PLAIN);
  await openDialog(misam);
  await misam.hook("backup-choose").click();
  const at = () => misam.hook("backup-state").getAttribute("data-at");
  const first = await expect(at, (at) => Number(at) > 0, "the file is written at once");
  await misam.press("Escape");
  await label(misam, PLAIN.text, "مصدر", "PER");
  await openDialog(misam);
  await expect(at, (at) => Number(at) > Number(first), "the file is written after an edit", 60_000);
  const bytes = await misam.tab.evaluate(async () => {
    const handle = await (await navigator.storage.getDirectory()).getFileHandle("backup.misam");
    return [...new Uint8Array(await (await handle.getFile()).arrayBuffer())];
  });
  const elsewhere = await misam.another();
  await elsewhere.giveFiles({ name: "backup.misam", mimeType: "application/zip", buffer: Buffer.from(bytes) });
  await elsewhere.span({ ...placeOf(PLAIN.text, "مصدر"), label: "PER" });
  await elsewhere.close();

  // After a reload it goes on by itself where the browser lets it, and at a word where it does not.
  await misam.reload();
  await openDialog(misam);
  await expect(at, (at) => Number(at) > 0, "the file is written again", 60_000);
  await comeBackWithoutPermission(misam);
  const dialog = misam.tab.locator("dialog[open]");
  await dialog.getByTestId("backup-resume").waitFor();
  assert.equal(await at(), "0");
  // It is said where everybody sees it.
  await misam.press("Escape");
  await misam.hook("backup-halted").waitFor();
  await misam.hook("backup-resume").click();
  await expect(() => misam.hook("backup-halted").count(), (count) => count === 0, "it goes on");
  await openDialog(misam);
  await expect(at, (at) => Number(at) > 0, "the file is written after the click", 60_000);
  await misam.hook("backup-stop").click();
  await expect(at, (at) => at === null, "it is stopped");
  await misam.reload();
  await openDialog(misam);
  await expect(at, (at) => at === null, "what was stopped stays stopped");
});

journey("a chosen folder gets dated copies, the last ten and one of each day", {}, async (misam) => {
  await misam.tab.addInitScript(() => {
    window.showDirectoryPicker = async () => (await navigator.storage.getDirectory()).getDirectoryHandle("backups", { create: true });
  });
  await misam.reload();
  const names = () => misam.tab.evaluate(async () => {
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle("backups", { create: true });
    const names = [];
    for await (const name of folder.keys()) names.push(name);
    return names.sort();
  });
  await misam.addArticle(PLAIN);
  await openDialog(misam);
  await misam.hook("project-name").fill("أخبار/حلب");
  await misam.hook("project-name").press("Tab");
  await misam.hook("backup-choose-folder").click();
  const at = () => misam.hook("backup-state").getAttribute("data-at");
  const first = await expect(at, (at) => Number(at) > 0, "a copy is made at once");
  const [copy, ...more] = await names();
  const [, head, tail] = copy.match(/^(أخبار-حلب \[\w{5}\] )\d{4}-\d\d-\d\d \d\d-\d0(\.misam)$/) ?? assert.fail(`it is called ${copy}`);
  assert.deepEqual(more, []);
  await picture(misam.tab, "backup folder");

  // Copies of days before, and what somebody else keeps there.
  const days = [5, 6].flatMap((day) => Array.from({ length: 8 }, (_, hour) => `${head}2020-03-0${day} 1${hour}-00${tail}`));
  await misam.tab.evaluate(async (names) => {
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle("backups");
    for (const name of names) await folder.getFileHandle(name, { create: true });
  }, [...days, "thesis.docx"]);
  await misam.press("Escape");
  await label(misam, PLAIN.text, "مصدر", "PER");
  await openDialog(misam);
  await expect(at, (at) => Number(at) > Number(first), "a copy is made after an edit", 60_000);
  const left = await expect(names, (names) => names.length < days.length, "what is no longer needed is gone");
  const latest = left.filter((name) => !name.startsWith(`${head}2020`));
  const kept = [...days.slice(8).slice(-(10 - (latest.length - 1))), days[7]];
  assert.deepEqual(left.filter((name) => name.startsWith(`${head}2020`)), kept.sort());
  assert.ok(left.includes("thesis.docx"));

  const bytes = await misam.tab.evaluate(async (name) => {
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle("backups");
    return [...new Uint8Array(await (await (await folder.getFileHandle(name)).getFile()).arrayBuffer())];
  }, latest.filter((name) => name.startsWith(head)).at(-1));
  const elsewhere = await misam.another();
  await elsewhere.giveFiles({ name: "backup.misam", mimeType: "application/zip", buffer: Buffer.from(bytes) });
  await elsewhere.span({ ...placeOf(PLAIN.text, "مصدر"), label: "PER" });
  await elsewhere.close();

  // After a reload it goes on at a word where the browser wants one, and what it cannot do is said.
  await comeBackWithoutPermission(misam);
  await misam.tab.evaluate(() => {
    const { getFileHandle } = FileSystemDirectoryHandle.prototype;
    FileSystemDirectoryHandle.prototype.getFileHandle = function refusing(...asked) {
      if (window.folderIsBack) return getFileHandle.apply(this, asked);
      throw new DOMException("The folder is gone.", "NotFoundError");
    };
  });
  await misam.tab.locator("dialog[open]").getByTestId("backup-resume").click();
  await misam.press("Escape");
  const halted = () => misam.hook("backup-halted").innerText();
  await expect(halted, (said) => /backups/.test(said) && /folder is gone/.test(said), "that it failed is said, and stays", 60_000);
  await picture(misam.tab, "backup halted");
  await misam.tab.evaluate(() => { window.folderIsBack = true; });
  await misam.hook("backup-resume").click();
  await expect(() => misam.hook("backup-halted").count(), (count) => count === 0, "with the folder back it goes on", 60_000);
  await openDialog(misam);
  await expect(at, (at) => Number(at) > 0, "a copy is made");
  await misam.hook("backup-stop").click();
  await misam.hook("backup-choose-folder").waitFor();
});

journey("names of projects and people turn nothing round", { locale: "en" }, async (misam) => {
  await misam.addArticle(PLAIN);
  await openDialog(misam);
  await misam.hook("project-name").fill("\u202Egpj.أخبار");
  await misam.hook("project-name").press("Tab");
  await expect(() => misam.hook("project-name").inputValue(), (name) => name === "gpj.أخبار", "the sign is taken out");
  await expect(() => misam.hook("status").innerText(), (said) => /turn the direction of writing/.test(said), "and that is said");
  await misam.hook("project-annotator").fill("\u2066سلمى");
  await misam.hook("project-annotator").press("Tab");
  await expect(() => misam.hook("project-annotator").inputValue(), (name) => name === "سلمى", "in the name of a person, too");
});

journey("what a project says of itself can be taken back where it was changed", { locale: "en" }, async (misam) => {
  await misam.addArticle(PLAIN);
  await openDialog(misam);
  await setGuidelines(misam, "اللقب خارج الاسم.");
  await misam.hook("project-name").fill("First");
  await misam.hook("project-name").press("Tab");
  await misam.hook("project-annotator").fill("سلمى");
  await misam.hook("project-annotator").press("Tab");
  const shows = (hook, wanted) => expect(() => misam.hook(hook).inputValue(), (value) => value === wanted, `${hook} is ${wanted}`);
  for (const [hook, other, before, said] of [
    ["project-guidelines", "غير ذلك", "اللقب خارج الاسم.", /guidelines were changed/],
    ["project-name", "Second", "First", /project's name was changed/],
    ["project-annotator", "أمل", "سلمى", /annotator's name was changed/],
  ]) {
    await misam.hook(hook).fill(other);
    await misam.hook(hook).press("Tab");
    const note = misam.tab.locator("p", { has: misam.hook("take-back") });
    await expect(() => note.innerText(), (shown) => said.test(shown), "it is said");
    await shows(hook, other);
    await misam.hook("take-back").click();
    await shows(hook, before);
    assert.equal(await misam.hook("take-back").count(), 0);
  }
  // What was left as it was is no change.
  await misam.hook("project-name").press("Tab");
  assert.equal(await misam.hook("take-back").count(), 0);
  await misam.press("Escape");
  await saved(misam);
  await misam.reload();
  await at(misam, "First");
  await ownThings(misam, { annotator: "سلمى", guidelines: "اللقب خارج الاسم.", labels: ["label-LOC", "label-PLACE"] });
});

journey("the history says who did what, and when", { locale: "en" }, async (misam) => {
  await misam.addArticle(PLAIN);
  await misam.settled();
  const annotator = async (name) => {
    await openDialog(misam);
    await misam.hook("project-annotator").fill(name);
    await misam.hook("project-annotator").press("Tab");
    await misam.press("Escape");
  };
  await annotator("سلمى");
  await label(misam, PLAIN.text, "مصدر", "PER");
  await annotator("Amal");
  await label(misam, PLAIN.text, "المستشفى", "FAC");
  const clock = () => misam.tab.evaluate(() => new Date().toLocaleTimeString("en", { timeStyle: "short" }));
  const now = await clock();
  await misam.press("Control+h");
  const steps = () => misam.hook("history-row").evaluateAll((rows) => rows.slice(0, 2).map((row) => [row.querySelector(".history-who")?.textContent, row.querySelector("time").textContent]));
  const [last, first] = await expect(steps, (rows) => rows.length === 2, "both are listed");
  assert.deepEqual([last[0], first[0]], ["Amal", "سلمى"]);
  // Whoever is unlucky does it on the turn of a minute.
  const minutes = (time) => { const [, hour, minute] = time.match(/(\d+):(\d+)/u); return (Number(hour) % 12) * 60 + Number(minute); };
  for (const [, time] of [last, first]) assert.ok([0, 1].includes((minutes(now) - minutes(time) + 720) % 720), `${time} of ${now}`);
});

journey("one article is brought back to an earlier step without taking back the others", {}, async (misam) => {
  await misam.addArticle(PLAIN);
  await misam.settled();
  await label(misam, PLAIN.text, "مصدر", "PER");
  await label(misam, PLAIN.text, "المستشفى", "LOC");
  await misam.addArticle(OTHER);
  await misam.settled();
  await label(misam, OTHER.text, "الوفد", "ORG");
  await misam.hook("article-item").first().click();
  await expect(() => misam.text(), (text) => text === PLAIN.text, "the first article is shown");
  await misam.press("Control+h");
  await misam.hook("history-here").check();
  await expect(() => misam.hook("history-row").count(), (count) => count === 3, "its own steps are listed");
  await misam.hook("history-row").nth(1).click();
  await misam.press("Escape");
  await misam.noSpan(placeOf(PLAIN.text, "المستشفى"));
  await misam.span({ ...placeOf(PLAIN.text, "مصدر"), label: "PER" });
  await misam.hook("article-item").nth(1).click();
  await misam.span({ ...placeOf(OTHER.text, "الوفد"), label: "ORG" });
  await misam.press("Control+z");
  await misam.hook("article-item").first().click();
  await misam.span({ ...placeOf(PLAIN.text, "المستشفى"), label: "LOC" });
});
