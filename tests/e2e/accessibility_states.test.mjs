// axe-core finds nothing in what somebody sees now and then: settings, imports, previews, fates of spans, forms and
// warnings; nor on a telephone in the hand, where all that is pressed is large enough for a finger.
import assert from "node:assert/strict";
import { placeOf } from "./harness/articles.mjs";
import { findings } from "./harness/axe.mjs";
import { picture } from "./harness/browser.mjs";
import { expect } from "./harness/expect.mjs";
import { journey } from "./harness/journey.mjs";
import { Misam } from "./harness/misam.mjs";
import { closed, give, span, suggestion } from "./harness/records.mjs";

const TEXT = "زار الوفد سبها، أمس. ثم عاد من سبها إلى هون، وقال الجيش اليمني إنه بخير.";
const SPANS = [span(TEXT, "سبها،", "LOC", { origin: "manual" }), suggestion(TEXT, "هون", "LOC", 0.5), span(TEXT, "الجيش اليمني", "GRP", { origin: "manual" }), span(TEXT, "اليمني", "NAT", { origin: "manual" })];

for (const [locale, colorScheme] of [["ar", "dark"], ["en", "light"]]) {
  journey(`states on a desk, ${locale}, ${colorScheme}`, { locale, colorScheme }, async (misam) => {
    const clean = async (what) => {
      await misam.painted();
      assert.deepEqual(await findings(misam), [], what);
      await picture(misam.tab, `${locale}-${colorScheme}-${what.replaceAll(" ", "-")}`);
    };
    const left = async () => {
      await misam.press("Escape");
      await closed(misam);
    };
    await give(misam, { text: TEXT, spans: SPANS }, { text: "نص آخر.", spans: [] });
    await misam.press("Control+k");
    await misam.tab.keyboard.insertText("settings");
    await misam.press("Enter");
    await misam.hook("setting-proclitics").waitFor();
    await clean("the settings");
    await left();
    await misam.giveFiles(
      { name: "again.jsonl", mimeType: "application/x-ndjson", buffer: Buffer.from(`${JSON.stringify({ id: "a1", text: TEXT, spans: [] })}\n{"id":\n`) },
      { name: "old.txt", mimeType: "text/plain", buffer: Buffer.from([0xc7, 0xe1, 0xda, 0xd1, 0xc7, 0xde, 0x20, 0xc7, 0xe1, 0xed, 0xe6, 0xe3]) },
    );
    await misam.tab.locator('[data-testid="import-report"][aria-busy="false"]').waitFor();
    await clean("an import with faults");
    await misam.hook("import-cancel").click();
    await closed(misam);
    await misam.press("Shift+C");
    const rule = misam.tab.locator('[data-testid="lint-rule"][data-rule="edge-sign"]');
    await rule.click({ timeout: 60_000 });
    await misam.hook("lint-fix-all").click();
    await misam.hook("preview-row").first().waitFor();
    await clean("what a fix would change");
    await misam.hook("preview-back").click();
    await left();
    await misam.press("Shift+L");
    await misam.hook("schema-template").selectOption("conll-4");
    await misam.hook("schema-apply").click();
    await misam.hook("schema-fates").waitFor();
    await clean("the fates of spans");
    await misam.press("Escape");
    await expect(() => misam.hook("schema-dialog").count(), (count) => count === 0, "the labels are left alone");
    await misam.item(placeOf(TEXT, "هون")).click();
    await misam.press("m");
    await misam.hook("span-note").waitFor();
    await clean("a note being written");
    await misam.press("Enter", "Escape");
    await misam.hook("sticky").click();
    await clean("a label in hand");
    const other = new Misam({ ...misam, tab: await misam.context.newPage() });
    await other.load();
    await other.hook("warning").waitFor();
    await other.painted();
    assert.deepEqual(await findings(other), [], "a project that another tab has");
    await picture(other.tab, `${locale}-${colorScheme}-another-tab`);
  });

  journey(`warnings of the storage, ${locale}, ${colorScheme}`, { locale, colorScheme, blank: true }, async (misam) => {
    await misam.tab.addInitScript(() => {
      Object.defineProperty(window, "indexedDB", {
        get() {
          throw new DOMException("denied", "SecurityError");
        },
      });
    });
    await misam.load();
    await misam.hook("warning").waitFor();
    assert.deepEqual(await findings(misam), [], "at the start");
    await give(misam, { text: TEXT, spans: SPANS });
    assert.deepEqual(await findings(misam), [], "over an article");
    await picture(misam.tab, `${locale}-${colorScheme}-no-storage`);
  });
}

journey("a telephone in the hand", { locale: "ar", touch: true, viewport: { width: 390, height: 844 } }, async (misam) => {
  const clean = async (what) => {
    await misam.painted();
    assert.deepEqual(await findings(misam), [], what);
    await picture(misam.tab, `touch-${what.replaceAll(" ", "-")}`);
  };
  await clean("the start");
  await give(misam, { text: TEXT, spans: SPANS });
  await clean("an article");
  const word = await misam.middle(placeOf(TEXT, "الوفد"));
  await misam.tab.touchscreen.tap(word.x, word.y);
  await misam.hook("handle-start").waitFor();
  await clean("a word with its handles");
  await misam.tab.waitForTimeout(700);
  const name = await misam.middle(placeOf(TEXT, "اليمني"));
  await misam.tab.touchscreen.tap(name.x, name.y);
  await misam.hook("span-detail").waitFor();
  await clean("a span");
  for (const tool of ["export", "help", "statistics", "schema"]) {
    await misam.tool(tool);
    await misam.tab.locator("dialog[open]").waitFor();
    await clean(`the dialog ${tool}`);
    await misam.press("Escape");
    await closed(misam);
  }
});
