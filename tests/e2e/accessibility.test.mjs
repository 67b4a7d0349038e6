// axe-core finds nothing, in both languages and both themes, on a desk, a tablet and a telephone, with an article open
// and in the dialogs a session goes through.
import assert from "node:assert/strict";
import { AWKWARD, placeOf } from "./harness/articles.mjs";
import { findings } from "./harness/axe.mjs";
import { picture } from "./harness/browser.mjs";
import { journey } from "./harness/journey.mjs";
import { closed } from "./harness/records.mjs";

for (const locale of ["ar", "en"]) {
  for (const colorScheme of ["light", "dark"]) {
    const tablet = locale === "ar" && colorScheme === "light" ? [{ width: 768, height: 1024 }] : [];
    for (const viewport of [{ width: 1440, height: 900 }, ...tablet, { width: 390, height: 844 }]) {
      journey(`${locale}, ${colorScheme}, ${viewport.width} pixels wide`, { locale, colorScheme, viewport }, async (misam) => {
        const name = `${locale}-${colorScheme}-${viewport.width}`;
        assert.equal(await misam.tab.evaluate(() => document.documentElement.lang), locale);
        assert.deepEqual(await findings(misam), [], "the start");
        await picture(misam.tab, `${name}-start`);
        await misam.hook("new-article").first().click();
        await misam.hook("add-article").click();
        assert.deepEqual(await findings(misam), [], "an empty article refused");
        await misam.press("Escape");
        await misam.addArticle(AWKWARD);
        await misam.span({ label: "LOC" });
        assert.deepEqual(await findings(misam), [], "an article");
        await picture(misam.tab, `${name}-article`);
        await misam.tool("export");
        await misam.hook("export-download").waitFor();
        assert.deepEqual(await findings(misam), [], "the export");
        await picture(misam.tab, `${name}-export`);
        await misam.press("Escape");
        await misam.tool("help");
        await misam.tab.locator("dialog[open]").waitFor();
        assert.deepEqual(await findings(misam), [], "the help");
        await picture(misam.tab, `${name}-help`);
        await misam.press("Escape");
        await misam.item(await misam.span({ label: "LOC" })).first().evaluate((item) => item.click());
        for (const [what, key] of [
          ["the places of a name", "r"], ["another label for all", "Shift+R"], ["a search", "Slash"], ["the guideline of a label", "h"],
          ["the commands", "Control+k"], ["the history", "Control+h"], ["the projects", "Shift+P"],
        ]) {
          await misam.press(key);
          await misam.tab.locator("dialog[open]").waitFor();
          await misam.painted();
          assert.deepEqual(await findings(misam), [], what);
          await picture(misam.tab, `${name}-${what.replaceAll(" ", "-")}`);
          await misam.press("Escape");
          await closed(misam);
        }
        await misam.hook("about").evaluate((button) => button.click());
        await misam.hook("about-dialog").waitFor();
        assert.deepEqual(await findings(misam), [], "what is known about the article");
        await picture(misam.tab, `${name}-about`);
        await misam.press("Escape");
        await misam.tool("statistics");
        await misam.hook("statistics-articles").waitFor();
        assert.deepEqual(await findings(misam), [], "the statistics");
        await picture(misam.tab, `${name}-statistics`);
        await misam.press("Escape");
        // A span that ends in a comma, to be found, and another annotator, to differ from.
        const taken = { ...placeOf(AWKWARD.text, "وبريطانيا،"), label: "LOC", origin: "manual" };
        const record = (id, spans) => JSON.stringify({ id, text: AWKWARD.text, spans, status: "done" }) + "\n";
        const other = (spans) => ({ name: "amal.jsonl", mimeType: "application/x-ndjson", buffer: Buffer.from(record("a", spans)) });
        await misam.press("Shift+Enter", "Shift+G");
        await misam.hook("load-annotator-files").setInputFiles(other([taken]));
        await misam.hook("agreement-figures").waitFor({ timeout: 60_000 });
        assert.deepEqual(await findings(misam), [], "agreement");
        await picture(misam.tab, `${name}-agreement`);
        await misam.hook("agreement-decide").click();
        await misam.hook("side").first().waitFor();
        assert.deepEqual(await findings(misam), [], "disagreements");
        await picture(misam.tab, `${name}-adjudication`);
        await misam.hook("take-edited").click();
        await misam.hook("editor-done").waitFor();
        assert.deepEqual(await findings(misam), [], "a decision of one's own");
        await picture(misam.tab, `${name}-adjudication-edit`);
        await misam.press("Escape");
        await misam.hook("take").nth(1).click();
        await misam.hook("followed").waitFor();
        assert.deepEqual(await findings(misam), [], "who was followed");
        await misam.press("Escape");
        await misam.press("Shift+C");
        await misam.tab.locator('[data-testid="lint-dialog"][aria-busy="false"]').waitFor({ timeout: 60_000 });
        assert.deepEqual(await findings(misam), [], "the checks");
        await picture(misam.tab, `${name}-lint`);
        await misam.press("Escape");
        await misam.tool("export");
        await misam.chooseFormat("conll");
        await misam.hook("option-scheme").waitFor({ timeout: 60_000 });
        assert.deepEqual(await findings(misam), [], "what a format cannot hold");
        await picture(misam.tab, `${name}-export-misfits`);
        await misam.chooseFormat("dataset");
        await misam.hook("dataset-form").waitFor();
        assert.deepEqual(await findings(misam), [], "a dataset");
        await picture(misam.tab, `${name}-export-dataset`);
        await misam.press("Escape");
        await misam.tool("schema");
        await misam.hook("schema-label").waitFor();
        assert.deepEqual(await findings(misam), [], "the labels");
        await picture(misam.tab, `${name}-schema`);
      });
    }
  }
}
