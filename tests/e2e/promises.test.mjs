// Small things the page promises and nobody else looks at: its faces, the keys on its labels, counts before saving, what a
// clipboard cannot hold, and that somebody who waits sees how far it has come.
import assert from "node:assert/strict";
import { articleOf } from "../bench/corpus.mjs";
import { placeOf } from "./harness/articles.mjs";
import { expect } from "./harness/expect.mjs";
import { journey } from "./harness/journey.mjs";
import { give, span, suggestion } from "./harness/records.mjs";

const TEXT = "زار الوفد القاهرة أمس، ثم وصل إلى دمشق.";

journey("the article is set in the face that comes with the page", { locale: "en" }, async (misam) => {
  await give(misam, { text: TEXT });
  const face = await misam.tab.evaluate(async () => {
    await document.fonts.ready;
    const [family] = getComputedStyle(document.querySelector('[data-testid="article"]')).fontFamily.split(",");
    const loaded = [...document.fonts].filter(({ status }) => status === "loaded").map(({ family }) => family.replaceAll('"', ""));
    return { family: family.replaceAll('"', ""), loaded };
  });
  assert.ok(face.loaded.includes(face.family), `${face.family} is loaded: ${face.loaded.join(", ")}`);
});

for (const [locale, legends] of [["en", { PER: "P", LOC: "L" }], ["ar", { PER: "ح", LOC: "م" }]]) {
  journey(`every label shows its key, as it stands on the keyboard (${locale})`, { locale }, async (misam) => {
    await give(misam, { text: TEXT });
    const shown = await misam.tab.locator(".label-button").evaluateAll((buttons) => buttons.map((button) => [button.dataset.label, button.querySelector("kbd").textContent]));
    assert.equal(shown.length, 11);
    assert.equal(new Set(shown.map(([, legend]) => legend)).size, 11, `each has its own: ${shown.join(" ")}`);
    for (const [label, legend] of Object.entries(legends)) assert.equal(new Map(shown).get(label), legend);
  });
}

journey("before saving it is said what goes in and what does not", { locale: "en" }, async (misam) => {
  await give(misam, { text: TEXT, spans: [span(TEXT, "القاهرة", "LOC", { origin: "manual" }), suggestion(TEXT, "دمشق", "LOC", 0.9), suggestion(TEXT, "أمس", "DAT", 0.9)] });
  await misam.tool("export");
  const counts = misam.hook("export-counts");
  await expect(() => counts.getAttribute("aria-busy"), (busy) => busy === "false", "it is counted");
  const [goesIn, staysOut] = await counts.locator("section").allInnerTexts();
  assert.match(goesIn, /one article|1 article/iu);
  assert.match(goesIn, /one span|1 span/iu);
  assert.match(staysOut, /2 /u);
});

journey("what a clipboard cannot hold is said", { locale: "en" }, async (misam) => {
  await misam.hook("new-article").first().click();
  const field = misam.hook("paste-text");
  await field.waitFor();
  await field.evaluate((field) => {
    const clipboard = new DataTransfer();
    clipboard.setData("text/plain", "زار \ud83d الوفد");
    field.dispatchEvent(new ClipboardEvent("paste", { clipboardData: clipboard, bubbles: true, cancelable: true }));
  });
  await misam.hook("paste-halves").waitFor();
});

journey("who waits for suggestions sees how far they have come", { locale: "en" }, async (misam) => {
  // What the rules have read is read once more when the model comes, and that is a way of its own: it is there first.
  await misam.addArticle({ title: "short", text: TEXT });
  await misam.settled();
  await misam.tab.evaluate(() => {
    window.progress = [];
    new MutationObserver(() => {
      const value = document.querySelector('[data-testid="reading"]')?.getAttribute("value");
      if (value && window.progress.at(-1) !== Number(value)) window.progress.push(Number(value));
    }).observe(document.body, { childList: true, subtree: true, attributes: true });
  });
  await misam.addArticle({ title: "long", text: articleOf(20_000).text });
  const seen = await expect(() => misam.tab.evaluate(() => window.progress), (values) => values.some((value) => value > 0 && value < 100), "a part of the way is shown", 60_000);
  assert.deepEqual(seen, [...seen].sort((one, other) => one - other), "it only grows");
});

journey("suggestions come from the top while the rest of a long article is still read", { locale: "en" }, async (misam) => {
  await misam.addArticle({ title: "short", text: TEXT });
  await misam.settled();
  await misam.tab.evaluate(() => {
    window.seen = [];
    new MutationObserver(() => {
      const isRead = !document.querySelector('[data-testid="reading"]');
      const count = Number(/^[\d,]*/.exec(document.querySelector("#spans-title").innerText)[0].replaceAll(",", ""));
      if (window.seen.at(-1)?.count !== count) window.seen.push({ count, isRead });
    }).observe(document.body, { childList: true, subtree: true, characterData: true });
  });
  await misam.addArticle({ title: "long", text: articleOf(60_000).text });
  await misam.suggestionsComplete();
  const seen = await misam.tab.evaluate(() => window.seen);
  const meanwhile = seen.filter(({ count, isRead }) => count > 0 && !isRead);
  assert.ok(meanwhile.length > 1, JSON.stringify(seen));
  assert.ok(meanwhile[0].count < seen.at(-1).count / 4, "the first ones do not wait for the others");
  // What has come can be worked on: the first mark is in the first lines.
  assert.ok(await misam.tab.locator('[data-testid="article"] .paragraph').first().locator(".mark").count());
});

journey("who stops the extractor keeps what it has found, and is not given the rest at the next visit", { locale: "en" }, async (misam) => {
  await misam.addArticle({ title: "short", text: TEXT });
  await misam.settled();
  const short = await misam.hook("article").getAttribute("data-document");
  const stopped = misam.tab.waitForFunction((short) => {
    const article = document.querySelector('[data-testid="article"]');
    const isBegun = article && article.dataset.document !== short && article.querySelector(".mark");
    // In the same picture: by the time that a click from outside comes, a busy machine may have read the rest.
    if (isBegun) document.querySelector('[data-testid="stop-reading"]').click();
    return isBegun;
  }, short, { polling: "raf", timeout: 60_000 });
  await misam.addArticle({ title: "long", text: articleOf(300_000).text });
  await stopped;
  await expect(() => misam.hook("reading").count(), (count) => count === 0, "it has stopped");
  const last = async () => {
    await misam.focusText();
    await misam.press("Control+End", "Shift+Space");
    return (await misam.spans()).length && misam.tab.locator('[data-testid="span-item"][aria-current]').getAttribute("data-end");
  };
  const end = Number(await last());
  assert.ok(end > 0 && end < [...(await misam.text())].length * 0.9, `it had come to ${end}`);
  const count = await misam.tab.locator("#spans-title").innerText();
  await expect(() => misam.hook("keeping").getAttribute("data-state"), (state) => state === "saved", "it is saved");
  await misam.reload();
  await misam.tab.waitForTimeout(1_000);
  assert.equal(await misam.hook("reading").count(), 0);
  assert.equal(await misam.tab.locator("#spans-title").innerText(), count);
});

journey("an article that waits for the worker can be stopped as well, and the page goes on", { locale: "en" }, async (misam) => {
  const { text } = articleOf(20_000);
  const file = (at) => ({ name: `n${at}.txt`, mimeType: "text/plain", buffer: Buffer.from(`${at} ${text}`) });
  await misam.giveFiles(...Array.from({ length: 60 }, (_, at) => file(at)));
  const item = (at) => misam.hook("article-item").nth(at);
  await item(50).waitFor({ timeout: 60_000 });
  await item(50).click();
  await misam.hook("stop-reading").click();
  await expect(() => misam.hook("reading").count(), (count) => count === 0, "it is not waited for any more");
  await item(1).click();
  await expect(() => misam.text(), (shown) => shown.startsWith("1 "), "the page goes on");
  await misam.drag(placeOf(await misam.text(), text.split(/\s+/u)[0]));
  await misam.hook("label-LOC").first().click();
  await expect(() => misam.spans(), (spans) => spans.some(({ label }) => label === "LOC"), "and work is done");
});
