// Narrow windows: nothing lies over the line that is read or judged, and all labels and the last steps are in reach.
import assert from "node:assert/strict";
import { placeOf } from "./harness/articles.mjs";
import { picture } from "./harness/browser.mjs";
import { expect } from "./harness/expect.mjs";
import { journey } from "./harness/journey.mjs";
import { give, span, suggestion } from "./harness/records.mjs";

const TEXT = "زار وفد من بلدية العلمين مدينة سبها يوم الأحد.\nووصل سامر الأحمد إلى وادي درعة مع 14 مرافقًا.\n";
const SPANS = [suggestion(TEXT, "سبها", "LOC", 0.9), suggestion(TEXT, "الأحد", "DAT", 0.9)];

const overlap = (a, b) => a.y < b.y + b.height && b.y < a.y + a.height && a.x < b.x + b.width && b.x < a.x + a.width;

journey("on a telephone nothing that is said lies over the first line, with a span taken up or without", { locale: "ar", touch: true, viewport: { width: 390, height: 844 } }, async (misam) => {
  await give(misam, { text: TEXT, spans: SPANS });
  const line = () => misam.tab.locator('[data-p="0"]').boundingBox();
  const note = misam.tab.locator(".toast");
  await misam.press("Shift+Enter");
  await note.waitFor();
  assert.ok(!overlap(await note.boundingBox(), await line()), "with no span taken up");
  await misam.press("Control+z");
  await misam.hook("span-detail").waitFor();
  await expect(() => note.count(), (count) => count === 1, "something is said");
  const [said, read, sheet] = await Promise.all([note.boundingBox(), line(), misam.hook("span-detail").boundingBox()]);
  assert.ok(!overlap(said, read), "with a span taken up");
  assert.ok(!overlap(said, sheet), "nor over what can be done with it");
  await picture(misam.tab, "phone-note");
});

for (const width of [720, 800, 900]) {
  journey(`all labels are in one row, ${width} pixels wide`, { locale: "en", viewport: { width, height: 900 } }, async (misam) => {
    await give(misam, { text: TEXT, spans: SPANS });
    const boxes = await Promise.all((await misam.tab.locator(".label-button").all()).map((button) => button.boundingBox()));
    assert.equal(new Set(boxes.map(({ y }) => Math.round(y))).size, 1);
    for (const hook of ["export", "mark-done"]) {
      const { x, width: wide } = await misam.hook(hook).first().boundingBox();
      assert.ok(x >= 0 && x + wide <= width, `${hook} is on the screen`);
    }
    const last = misam.hook("label-NAT");
    await misam.clickText(placeOf(TEXT, "الأحمد"));
    await last.click();
    await misam.span({ ...placeOf(TEXT, "الأحمد"), label: "NAT" });
    await picture(misam.tab, `labels-${width}`);
  });
}

for (const [locale, touch] of [["ar", false], ["ar", true], ["en", false]]) {
  journey(`all labels are in the bar, and the pop-up within the text, 768 pixels wide, in ${locale}${touch ? ", by touch" : ""}`, { locale, touch, viewport: { width: 768, height: 1024 } }, async (misam) => {
    const text = "وصل الوفد يوم الأحد إلى سرت ثم عاد منها يوم الاثنين إلى مدينة درنة، ومنها إلى سبها فبنغازي ثم طبرق.\n";
    const names = ["سرت", "درنة", "سبها", "بنغازي", "طبرق", "الوفد"];
    await give(misam, { text, spans: names.map((name) => suggestion(text, name, "LOC", 0.9)) });
    const within = (inner, outer) => inner.x >= outer.x && inner.x + inner.width <= outer.x + outer.width;
    const box = (selector) => misam.tab.locator(selector).boundingBox();
    const bar = await box(".label-bar");
    for (const button of await misam.tab.locator(".label-button").all()) {
      const label = await button.boundingBox();
      assert.ok(within(label, bar), `${await button.getAttribute("data-testid")} is in the bar`);
      assert.ok(label.width >= 24, "and large enough for a finger");
    }
    for (const name of names) {
      const { x, y } = await misam.middle(placeOf(text, name));
      await (touch ? misam.tab.touchscreen.tap(x, y) : misam.tab.mouse.click(x, y));
      await expect(() => misam.tab.locator(".mark[data-focus]").innerText(), (words) => words === name, `${name} is taken up`);
      const [popup, shown] = [await expect(() => box("#mark-popup"), Boolean, "the pop-up is there"), await box(".article-scroll")];
      assert.ok(within(popup, shown), `the pop-up of ${name} is not cut off: ${JSON.stringify(popup)}`);
      // It may stand over the next one.
      await misam.press("Escape");
    }
  });
}

for (const [locale, width] of [["ar", 390], ["en", 390], ["en", 375], ["ar", 360], ["en", 320]]) {
  journey(`all labels and the last steps are on the screen of a telephone ${width} pixels wide, in ${locale}`, { locale, touch: true, viewport: { width, height: 844 } }, async (misam) => {
    await give(misam, { text: TEXT, spans: SPANS });
    const buttons = [misam.hook("accept-all"), misam.hook("mark-done"), ...(await misam.tab.locator(".label-button").all())];
    assert.equal(buttons.length, 2 + 11);
    for (const button of buttons) {
      const { x, y, width: wide, height: high } = await button.boundingBox();
      const name = await button.getAttribute("data-testid");
      assert.ok(x >= 0 && x + wide <= width && y + high <= 844, `${name} is on the screen, from ${x} to ${x + wide}`);
      assert.ok(Math.min(wide, high) >= 24, `${name} is large enough for a finger: ${wide} by ${high}`);
    }
    await misam.hook("accept-all").tap();
    await expect(() => misam.spans(), (spans) => spans.every(({ origin }) => origin === "accepted"), "all are accepted");
    await picture(misam.tab, `labels-phone-${width}-${locale}`);
  });
}

for (const locale of ["ar", "en"]) {
  journey(`the span that is judged stands above its panel on a telephone, in ${locale}`, { locale, touch: true, viewport: { width: 390, height: 844 } }, async (misam) => {
    const names = ["سبها", "درعة", "حلب", "حمص", "إدلب", "الرقة", "دمشق", "طرطوس", "القامشلي", "السويداء", "تدمر", "منبج"];
    const text = names.map((name) => `وصل الوفد إلى مدينة ${name} يوم الأحد.\n`).join("");
    await give(misam, { text, spans: names.map((name) => suggestion(text, name, "LOC", 0.9)) });
    // What is said stands over the last line.
    await misam.tab.locator(".toast").waitFor({ state: "detached" });
    const bar = await misam.tab.locator(".label-bar").boundingBox();
    const marks = await Promise.all((await misam.tab.locator(".mark").all()).map((mark) => mark.boundingBox()));
    const low = marks.findLast(({ y, height }) => y + height < bar.y);
    assert.ok(low.y > 500, "there is one low on the screen");
    await misam.tab.touchscreen.tap(low.x + low.width / 2, low.y + low.height / 2);
    await misam.hook("span-detail").waitFor();
    const head = await misam.tab.locator(".article-head").boundingBox();
    const inSight = async () => {
      const mark = await misam.tab.locator(".mark[data-focus]").first().boundingBox();
      const sheet = await misam.tab.locator(".spans").boundingBox();
      return mark.y >= head.y + head.height && mark.y + mark.height <= sheet.y;
    };
    await expect(inSight, (is) => is, "the span stands above the panel");
    const accept = misam.hook("span-detail").locator('[data-kind="primary"]');
    const { y, height } = await accept.boundingBox();
    assert.ok(y + height <= bar.y, "and it can be accepted without scrolling");
    await picture(misam.tab, `phone-judged-${locale}`);
    await accept.tap();
    await misam.span({ label: "LOC", origin: "accepted" });
  });
}

for (const [locale, width] of [["ar", 390], ["en", 390], ["en", 768]]) {
  journey(`how far the work has come is seen ${width} pixels wide, in ${locale}`, { locale, touch: width < 500, viewport: { width, height: 844 } }, async (misam) => {
    await give(misam, { text: TEXT, spans: SPANS }, { text: "خبر ثان.", spans: [], status: "done" }, { text: "خبر ثالث.", spans: [] });
    const progress = misam.hook("progress-narrow");
    assert.equal(await progress.locator("progress").isVisible(), true);
    // Between the two sizes there is room for the line only.
    const figures = (said) => expect(() => progress.innerText(), (now) => now === (width < 500 ? said : ""), said);
    const value = () => progress.locator("progress").evaluate(({ value, max }) => `${value} of ${max}`);
    await figures("1/3");
    assert.equal(await value(), "1 of 3");
    const line = await progress.locator("progress").boundingBox();
    const bar = await misam.tab.locator(".topbar").boundingBox();
    assert.ok(Math.abs(line.width - width) <= 1 && Math.abs(line.y + line.height - bar.y - bar.height) <= 2, `a line along the bar: ${JSON.stringify(line)}`);
    await misam.press("Control+Enter");
    await expect(value, (now) => now === "2 of 3", "another one is done");
    await figures("2/3");
    await picture(misam.tab, `progress-${width}-${locale}`);
  });
}

journey("where there is room the progress is said in words, and only there", { locale: "en" }, async (misam) => {
  await give(misam, { text: TEXT, spans: SPANS });
  assert.equal(await misam.hook("progress-narrow").isVisible(), false);
  assert.equal(await misam.tab.locator(".project-progress").isVisible(), true);
});

const inSight = (misam, locator, below = 0) =>
  expect(() => locator.boundingBox(), (box) => box && box.y >= 0 && box.y + box.height <= 844 - below, "it is in sight");

journey("on a telephone the panel of the next span begins at its top, wherever the last one was left", { locale: "ar", touch: true, viewport: { width: 390, height: 844 } }, async (misam) => {
  await give(misam, { text: TEXT, spans: SPANS });
  await misam.press("j");
  const accept = misam.hook("span-detail").locator('.span-actions .button').first();
  await inSight(misam, accept);
  const pane = misam.tab.locator(".span-pane");
  await pane.evaluate((pane) => pane.scrollTo(0, 1000));
  assert.ok(await pane.evaluate((pane) => pane.scrollTop > 50), "it was scrolled");
  await misam.press("j");
  await expect(() => pane.evaluate((pane) => pane.scrollTop), (top) => top === 0, "it is at its top");
  await inSight(misam, accept);
});

journey("on a telephone what is picked in the editor of labels comes into sight", { locale: "ar", touch: true, viewport: { width: 390, height: 844 } }, async (misam) => {
  await give(misam, { text: TEXT, spans: SPANS });
  await misam.press("Shift+L");
  await misam.hook("schema-labels").locator('button[data-code="ORG"]').tap();
  await expect(() => misam.hook("schema-code").inputValue(), (value) => value === "ORG", "the form shows it");
  await inSight(misam, misam.hook("schema-code"), 100);
});

for (const locale of ["ar", "en"]) {
  journey(`on a telephone the foot of adjudication has its words, in ${locale}`, { locale, touch: true, viewport: { width: 390, height: 844 } }, async (misam) => {
    const manual = (label) => [span(TEXT, "سبها", label, { origin: "manual" })];
    await give(misam, { text: TEXT, spans: manual("LOC"), status: "done" });
    await misam.press("Shift+D");
    await misam.hook("no-disputes").waitFor();
    const hers = JSON.stringify({ id: "x", text: TEXT, spans: manual("ORG"), status: "done" });
    await misam.hook("load-annotator-files").setInputFiles({ name: "amal.jsonl", mimeType: "application/x-ndjson", buffer: Buffer.from(`${hers}\n`) });
    await misam.hook("follow-everywhere").waitFor();
    for (const cut of [misam.tab.locator("dialog[open]"), misam.hook("write-gold"), misam.hook("follow-everywhere")]) {
      const [wide, room] = await cut.evaluate((element) => [element.scrollWidth, element.clientWidth]);
      assert.ok(wide <= room, `nothing is cut off: ${wide} in ${room}`);
    }
  });
}
