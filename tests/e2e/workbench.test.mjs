// What makes the workbench quick: the history, a label in hand, discontinuous spans, notes, keys of one's own, going
// from doubt to doubt. By real keys and clicks.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { placeOf } from "./harness/articles.mjs";
import { picture } from "./harness/browser.mjs";
import { expect } from "./harness/expect.mjs";
import { journey } from "./harness/journey.mjs";
import { closed, give, span, suggestion } from "./harness/records.mjs";

const FIRST = "زار الوفد القاهرة أمس. وقال للقاهرة إن قيادة شرطة وأمن الجيزة معه، ثم عاد من القَاهِرة.";
const SECOND = "عاد الوفد إلى القاهرة.";

journey("the history goes back to any step and forward again, also after a reload", { locale: "en" }, async (misam) => {
  await give(misam, { text: FIRST, spans: [] });
  for (const [surface, key] of [["الوفد", "o"], ["القاهرة", "l"], ["أمس", "d"]]) {
    await misam.selectByKeyboard(FIRST, placeOf(FIRST, surface));
    await misam.press(key);
  }
  await expect(() => misam.spans(), (spans) => spans.length === 3, "three spans are made");
  await misam.tab.waitForTimeout(500);
  await misam.reload();
  await expect(() => misam.spans(), (spans) => spans.length === 3, "they are there after the reload");
  await misam.press("Control+h");
  const rows = misam.hook("history-row");
  await expect(() => rows.count(), (count) => count === 4, "every step is listed");
  assert.match(await rows.first().innerText(), /labelling[\s\S]*أمس/);
  await rows.nth(2).click();
  await expect(() => misam.spans(), (spans) => spans.length === 1, "back to the first span");
  await picture(misam.tab, "history");
  await rows.first().click();
  await expect(() => misam.spans(), (spans) => spans.length === 3, "and forward to the last");
});

for (const locale of ["ar", "en"]) {
  journey(`a long history leaves its explanation in sight and ends with the beginning, in ${locale}`, { locale }, async (misam) => {
    await give(misam, { text: FIRST, spans: [] });
    await misam.selectByKeyboard(FIRST, placeOf(FIRST, "القاهرة"));
    for (let step = 0; step < 24; step++) await misam.press(step % 2 ? "o" : "l");
    await misam.press("Control+h");
    const rows = misam.hook("history-row");
    await expect(() => rows.count(), (count) => count >= 20, "there are more steps than fit");
    const dialog = misam.hook("history-dialog");
    const [note, list] = await Promise.all([".field-note", ".history-list"].map((part) => dialog.locator(part).boundingBox()));
    assert.ok(note.height > 15 && note.y + note.height <= list.y, `the explanation stands above the list: ${JSON.stringify([note, list])}`);
    const overflowing = await rows.evaluateAll((rows) => rows.filter((row) => row.scrollHeight > row.clientHeight).length);
    assert.equal(overflowing, 0, "every row holds what it says");
    const start = misam.hook("history-start");
    await start.scrollIntoViewIfNeeded();
    const [last, first] = [await rows.last().boundingBox(), await start.boundingBox()];
    assert.ok(first.y >= last.y + last.height - 1, "the beginning stands under the first step");
    await picture(misam.tab, `history-long-${locale}`);
    await start.click();
    await misam.noSpan(placeOf(FIRST, "القاهرة"));
  });
}

journey("a label in hand goes to every selection at once", { locale: "en" }, async (misam) => {
  await give(misam, { text: FIRST, spans: [] });
  await misam.hook("sticky").click();
  await misam.hook("label-LOC").click();
  await misam.drag(placeOf(FIRST, "القاهرة"));
  await misam.span({ ...placeOf(FIRST, "القاهرة"), label: "LOC" });
  await misam.drag(placeOf(FIRST, "الجيزة"));
  await misam.span({ ...placeOf(FIRST, "الجيزة"), label: "LOC" });
  await misam.press("b");
  await misam.drag(placeOf(FIRST, "الوفد"));
  await misam.painted();
  assert.equal((await misam.spans()).length, 2, "no label is in the hand any more");
});

journey("the label in hand is there after a reload, belongs to the project, and goes with its label", { locale: "en" }, async (misam) => {
  await give(misam, { text: FIRST, spans: [] });
  const hand = () => misam.hook("sticky").getAttribute("aria-pressed");
  await misam.hook("sticky").click();
  await misam.hook("label-LOC").click();
  await expect(() => misam.status(), (said) => /In hand: .?Place/u.test(said), "it is said");
  await expect(() => misam.hook("keeping").getAttribute("data-state"), (state) => state === "saved", "all is kept");
  await misam.reload();
  await expect(hand, (pressed) => pressed === "true", "a label is in the hand");
  await misam.drag(placeOf(FIRST, "القاهرة"));
  await misam.span({ ...placeOf(FIRST, "القاهرة"), label: "LOC", origin: "manual" });
  await misam.press("b");
  await expect(hand, (pressed) => pressed === "false", "it is put down");
  await misam.reload();
  await misam.span({ ...placeOf(FIRST, "القاهرة"), label: "LOC" });
  assert.equal(await hand(), "false", "and stays so");
});

journey("a name with other words in its middle is one span in two pieces, and saved so", { locale: "en" }, async (misam) => {
  await give(misam, { text: FIRST, spans: [] });
  const [police, giza] = [placeOf(FIRST, "قيادة شرطة"), placeOf(FIRST, "الجيزة")];
  await misam.selectByKeyboard(FIRST, police);
  await misam.press("o");
  await misam.span({ ...police, label: "ORG" });
  await misam.selectByKeyboard(FIRST, giza);
  await misam.press("Equal");
  await misam.span({ start: police.start, end: giza.end, label: "ORG" });
  const path = await misam.export("misam");
  const [record] = readFileSync(path, "utf8").trim().split("\n").map((line) => JSON.parse(line));
  assert.deepEqual(record.spans[0].fragments, [[police.start, police.end], [giza.start, giza.end]]);
});

journey("notes, flags and the day of publication are kept with the work", { locale: "en" }, async (misam) => {
  await give(misam, { text: FIRST, spans: [span(FIRST, "أمس", "DAT", { origin: "manual", normalized: "day-1" })] }, { text: SECOND, spans: [] });
  await misam.press("j", "m");
  await misam.tab.keyboard.insertText("غير مؤكد");
  await misam.press("Enter");
  await misam.press("Shift+F");
  await misam.hook("about").click();
  await misam.hook("about-date").fill("2024-03-12");
  await misam.hook("about-note").fill("يحتاج إلى مراجعة");
  await misam.press("Escape");
  await closed(misam);
  await misam.tab.waitForTimeout(500);
  await misam.reload();
  const path = await misam.export("misam");
  const [record] = readFileSync(path, "utf8").trim().split("\n").map((line) => JSON.parse(line));
  assert.equal(record.spans[0].note, "غير مؤكد");
  assert.equal(record.spans[0].normalized, "2024-03-11", "yesterday is counted from that day");
  assert.deepEqual(record.meta, { flag: true, date: "2024-03-12", note: "يحتاج إلى مراجعة" });
});

for (const locale of ["ar", "en"]) {
  journey(`with a note being written both fields and the row of the span are in sight, in ${locale}`, { locale }, async (misam) => {
    const text = Array.from({ length: 60 }, (_, n) => `زار الوفد رقم ${n} القاهرة.`).join(" ");
    const spans = Array.from(text.matchAll(/القاهرة/gu), ({ index }) => ({ start: index, end: index + 7, label: "LOC", origin: "manual" }));
    await give(misam, { text, spans });
    await misam.hook("span-item").nth(30).click();
    await misam.hook("span-detail").waitFor();
    await misam.press("m");
    await expect(() => misam.hook("span-note").evaluate((note) => note === document.activeElement), (has) => has, "the note has the keyboard");
    const box = (selector) => misam.tab.locator(selector).boundingBox();
    const within = async (part, whole) => {
      const [inner, outer] = await Promise.all([box(part), box(whole)]);
      return inner.y >= outer.y && inner.y + inner.height <= outer.y + outer.height;
    };
    await expect(() => within('[data-testid="span-clean-form"]', ".span-pane"), (is) => is, "the clean form is in sight");
    await expect(() => within('.span-item[aria-current="true"]', ".span-list"), (is) => is, "so is the row of the span");
    await picture(misam.tab, `note-${locale}`);
  });
}

journey("a key can be changed; one that is taken is refused", { locale: "en" }, async (misam) => {
  await give(misam, { text: FIRST, spans: [span(FIRST, "الوفد", "ORG", { origin: "manual" })] });
  await misam.press("Shift+Slash");
  const key = misam.tab.locator('[data-testid="key-button"][data-key="KeyX"]:not([data-place])');
  await key.click();
  await misam.press("p");
  await expect(() => misam.shown(), (shown) => /That key is taken: .?Person/u.test(shown), "a label's key is refused");
  const low = misam.tab.locator(`[data-testid="key-button"]:not([data-place])`).last();
  await low.click();
  await misam.press("p");
  const taken = misam.hook("key-taken");
  await expect(() => taken.count(), (count) => count === 1, "it is said once, where the key is");
  const [said, at, dialog] = await Promise.all([taken, low, misam.tab.locator("dialog[open]")].map((part) => part.boundingBox()));
  assert.ok(Math.abs(said.y - (at.y + at.height)) < 48, `at the key: ${said.y} under ${at.y}`);
  assert.ok(said.y >= dialog.y && said.y + said.height <= dialog.y + dialog.height, "and in sight");
  await picture(misam.tab, "key-taken");
  await key.click();
  await misam.press("z");
  await expect(() => key.innerText(), (text) => text === "Z", "the new key is shown");
  await misam.press("Escape");
  await closed(misam);
  await misam.press("j", "x");
  await misam.painted();
  assert.equal((await misam.spans()).length, 1, "the old key does nothing");
  await misam.press("z");
  await misam.noSpan(placeOf(FIRST, "الوفد"));
  await misam.reload();
  await misam.press("Control+z");
  await misam.span({ ...placeOf(FIRST, "الوفد"), label: "ORG" });
  await misam.press("j", "z");
  await misam.noSpan(placeOf(FIRST, "الوفد"));
});

journey("all keys go back to what they were", { locale: "en" }, async (misam) => {
  await give(misam, { text: FIRST, spans: [span(FIRST, "الوفد", "ORG", { origin: "manual" })] });
  await misam.press("Shift+Slash");
  const key = (code) => misam.tab.locator(`[data-testid="key-button"][data-key="${code}"]:not([data-place])`);
  assert.equal(await misam.hook("keys-reset").count(), 0, "there is nothing to put back");
  for (const [code, wanted] of [["KeyX", "z"], ["KeyJ", "F8"]]) {
    await key(code).click();
    await misam.press(wanted);
    await expect(() => key(code).innerText(), (text) => text === wanted.toUpperCase(), "the new key is shown");
  }
  await misam.hook("keys-reset").click();
  await expect(() => key("KeyX").innerText(), (text) => text === "X", "X again");
  assert.equal(await key("KeyJ").innerText(), "J");
  assert.equal(await misam.hook("keys-reset").count(), 0);
  // That can be taken back.
  await misam.hook("take-back").click();
  await expect(() => key("KeyX").innerText(), (text) => text === "Z", "Z once more");
  assert.equal(await misam.hook("take-back").count(), 0);
  await misam.hook("keys-reset").click();
  await expect(() => key("KeyX").innerText(), (text) => text === "X", "and X again");
  await misam.press("Escape");
  await closed(misam);
  await misam.reload();
  await misam.span({ ...placeOf(FIRST, "الوفد"), label: "ORG" });
  await misam.focusText();
  await misam.press("j", "z");
  await misam.painted();
  assert.equal((await misam.spans()).length, 1, "Z does nothing");
  await misam.press("x");
  await misam.noSpan(placeOf(FIRST, "الوفد"));
});

journey("doubtful suggestions are gone through, sure ones accepted at once, and the next article comes by itself", { locale: "en" }, async (misam) => {
  await give(misam,
    { text: FIRST, spans: [suggestion(FIRST, "الوفد", "ORG", 0.95), suggestion(FIRST, "القاهرة", "LOC", 0.4)] },
    { text: SECOND, spans: [suggestion(SECOND, "القاهرة", "LOC", 0.9)] });
  await misam.press("Control+Shift+Enter");
  await misam.span({ ...placeOf(FIRST, "الوفد"), origin: "accepted" });
  await misam.span({ ...placeOf(FIRST, "القاهرة"), origin: "suggested" });
  await misam.press("y", "Enter");
  await misam.span({ ...placeOf(FIRST, "القاهرة"), origin: "accepted" });
  await misam.press("u");
  await expect(() => misam.text(), (text) => text === SECOND, "the next article with a suggestion is opened");
  await misam.press("Enter");
  await misam.span({ ...placeOf(SECOND, "القاهرة"), origin: "accepted" });
});

journey("the guideline opens at the label in question", { locale: "ar" }, async (misam) => {
  await give(misam, { text: FIRST, spans: [span(FIRST, "القاهرة", "LOC", { origin: "manual" })] });
  await misam.press("j", "h");
  const entry = misam.tab.locator('.help-label[aria-current="true"]');
  await entry.waitFor();
  assert.match(await entry.innerText(), /LOC/);
  await picture(misam.tab, "guide-ar");
});

journey("the project's own guideline stands beside the labels, and a label of one's own takes no rules from the others", { locale: "en" }, async (misam) => {
  await give(misam, { text: FIRST, spans: [span(FIRST, "القاهرة", "LOC", { origin: "manual" })] });
  await misam.hook("projects").first().click();
  await misam.tab.locator('[data-testid="projects-dialog"][aria-busy="false"]').waitFor();
  await misam.tab.locator(".project-guidelines > summary").click();
  await misam.hook("project-guidelines").fill("نقرأ مرتين.\n## LOC\nQuarters are places.\n");
  await misam.hook("project-guidelines").press("Tab");
  await misam.press("Escape");
  await closed(misam);
  await misam.press("Shift+L");
  await misam.hook("schema-add-label").click();
  await misam.hook("schema-code").fill("SHIP");
  await misam.hook("schema-name-en").fill("Ship");
  await misam.hook("schema-apply").click();
  await closed(misam);
  await misam.item(placeOf(FIRST, "القاهرة")).click();
  await misam.focusText();
  await misam.press("h");
  const entry = misam.tab.locator('.help-label[aria-current="true"]');
  await entry.waitFor();
  assert.match(await entry.getByTestId("help-own").innerText(), /Quarters are places/);
  assert.ok(await entry.locator(".help-rules li").count(), "the rules of the label are still there");
  assert.match(await misam.hook("help-own").first().innerText(), /نقرأ مرتين/);
  await picture(misam.tab, "guide-own");
});

journey("one key opens the guideline at the label of the span, in view, in English too", { locale: "en", viewport: { width: 1280, height: 640 } }, async (misam) => {
  await give(misam, { text: FIRST, spans: [span(FIRST, "القاهرة", "LOC", { origin: "manual" }), span(FIRST, "أمس", "DAT", { origin: "manual" })] });
  for (const [surface, code, name] of [["القاهرة", "LOC", "Place"], ["أمس", "DAT", "Date, time"]]) {
    await misam.item(placeOf(FIRST, surface)).click();
    await misam.focusText();
    await misam.press("h");
    const entry = misam.tab.locator('.help-label[aria-current="true"]');
    await entry.waitFor();
    const said = await entry.innerText();
    assert.ok(said.includes(code) && said.includes(name), said);
    const inView = () => entry.evaluate((entry) => {
      const [at, view] = [entry.querySelector("dt"), entry.closest(".scroll")].map((element) => element.getBoundingClientRect());
      return at.top >= view.top - 1 && at.bottom <= view.bottom + 1;
    });
    await expect(inView, Boolean, `what is said of ${code} is in view`);
    await misam.press("Escape");
    await closed(misam);
  }
});

journey("the list begins with what is disagreed about most: with the extractor, or between annotators", { locale: "en" }, async (misam) => {
  const texts = [1, 2, 3, 4, 5].map((n) => `خبر رقم ${n}: زار الوفد القاهرة.`);
  const spans = (text) => [suggestion(text, "الوفد", "ORG", 0.9), suggestion(text, "القاهرة", "LOC", 0.9)];
  await give(misam, ...texts.map((text, n) => ({ text, spans: n < 3 ? spans(text) : [] })));
  const open = (n) => misam.hook("article-item").filter({ hasText: `رقم ${n}` }).click();
  const order = (what, ...wanted) => expect(
    () => misam.hook("article-item").evaluateAll((items) => items.map((item) => item.innerText.match(/رقم (\d)/u)[1])),
    (now) => String(now) === String(wanted), what);
  await open(1);
  await misam.press("Shift+Enter");
  await open(2);
  await misam.press("Control+Home", "Space", "Enter", "x");
  await expect(() => misam.spans(), (now) => now.length === 1, "one is right and one is not");
  await misam.hook("order-articles").selectOption({ label: "Most disagreement first" });
  await order("what nobody has decided on comes last", 2, 1, 3, 4, 5);
  await open(3);
  await misam.press("Control+Home", "Space", "x", "x");
  await expect(() => misam.spans(), (now) => now.length === 0, "none is right");
  await order("no edit changes the order under the hand", 2, 1, 3, 4, 5);
  await misam.hook("order-anew").click();
  await order("what is wrong throughout comes first", 3, 2, 1, 4, 5);
  // Another annotator, who has read the first article only, and otherwise.
  await misam.press("Shift+G");
  const other = { id: "x", text: texts[0], spans: [span(texts[0], "خبر", "EVT", { origin: "manual" })], status: "done" };
  await misam.hook("load-annotator-files").setInputFiles({ name: "nour.jsonl", mimeType: "application/x-ndjson", buffer: Buffer.from(JSON.stringify(other) + "\n") });
  await expect(() => misam.hook("annotator").count(), (count) => count === 2, "she is there");
  await misam.press("Escape");
  await closed(misam);
  await order("she has nothing in common with who read it first", 1, 3, 2, 4, 5);
  await expect(() => misam.hook("keeping").getAttribute("data-state"), (state) => state === "saved", "all is kept");
  await misam.reload();
  await expect(() => misam.hook("article-item").count(), (count) => count === 5, "the articles are back");
  await order("order and annotator are there after a reload", 1, 3, 2, 4, 5);
});

journey("after the last line end the caret stands on a line of its own", { locale: "ar" }, async (misam) => {
  await give(misam, { text: "وصل الوفد صباحًا.\nوعاد مساءً.\n", spans: [] });
  const caret = () => misam.tab.locator(".caret").boundingBox();
  const line = await misam.tab.locator('[data-p="1"]').boundingBox();
  await misam.focusText();
  await misam.press("Control+End");
  const below = await expect(caret, (box) => box.y >= line.y + line.height / 2, "below the last line");
  assert.ok(Math.abs(below.x - (line.x + line.width)) < 4, "at the right edge");
  await misam.press("ArrowRight");
  const end = await expect(caret, (box) => box.y < below.y - 10, "one letter back it stands at the line's end");
  assert.ok(end.y + end.height <= line.y + line.height + 4 && end.x < below.x - 20);
});

journey("an article starts at its top, and is where it was left when it is opened again", { locale: "en" }, async (misam) => {
  const [first, second] = ["أولى", "ثانية"].map((word) => Array.from({ length: 80 }, (_, line) => `فقرة ${word} رقم ${line}.`).join("\n"));
  await give(misam, { text: first, spans: [] }, { text: second, spans: [] });
  const scrolled = () => misam.tab.evaluate(() => document.querySelector(".article-scroll").scrollTop);
  const rows = misam.hook("article-item");
  const open = async (at, beginning) => {
    await rows.nth(at).click();
    await expect(() => misam.text(), (text) => text.startsWith(beginning), "the article is shown");
    await misam.painted();
  };
  await open(0, first.slice(0, 10));
  assert.equal(await scrolled(), 0);
  await misam.hook("article").hover();
  await misam.tab.mouse.wheel(0, 700);
  await expect(scrolled, (top) => top > 600, "the article has been scrolled");
  const left = await scrolled();
  await open(1, second.slice(0, 10));
  assert.equal(await scrolled(), 0, "one that was never open starts at its top");
  await open(0, first.slice(0, 10));
  await expect(scrolled, (top) => Math.abs(top - left) < 2, `it is where it was left, at ${left}`);
});

const ENGLISH = "The delegation arrived in Tripoli (طرابلس) on Monday, said the ministry.\nIt left for Sabha.";
const DATELINE = "LONDON (Reuters): وصل الوفد إلى طرابلس يوم الاثنين، وفق ما أعلنته الوزارة.";

journey("an article in Latin letters is read from the left, and keys and ends follow; a dateline turns nothing round", { locale: "en" }, async (misam) => {
  const tripoli = placeOf(ENGLISH, "Tripoli");
  await give(misam, { text: ENGLISH, spans: [{ ...tripoli, label: "LOC", origin: "manual" }] }, { text: DATELINE, spans: [] });
  const article = misam.hook("article");
  const direction = () => article.evaluate((article) => getComputedStyle(article).direction);
  assert.equal(await direction(), "ltr");
  const sides = await article.evaluate((article) => {
    const range = document.createRange();
    range.selectNodeContents(article.querySelector(".paragraph"));
    const [line] = range.getClientRects();
    return { line: line.left, frame: article.getBoundingClientRect().left };
  });
  assert.ok(Math.abs(sides.line - sides.frame) <= 1, `lines begin at the left: ${JSON.stringify(sides)}`);
  // The mark's code hangs under its first letter.
  const mark = misam.tab.locator('.article .mark[data-label="LOC"]');
  const inset = await mark.evaluate((mark) => getComputedStyle(mark, "::after").left);
  assert.ok(Math.abs(parseFloat(inset)) < 2, `the code stands at the left of its mark: ${inset}`);
  // The right arrow goes on.
  const selected = () => misam.tab.evaluate(() => String(getSelection()));
  await misam.focusText();
  await misam.press("Control+Home", ...Array(4).fill("ArrowRight"), "Shift+Control+ArrowRight");
  await expect(selected, (text) => text.trim() === "delegation", "the word to the right");
  await misam.press("ArrowRight", "Shift+ArrowLeft", "Shift+ArrowLeft");
  await expect(selected, (text) => [...text].length === 2, "letters to the left");
  const { from, to } = await misam.edges({ start: 4, end: 14 });
  const caret = await misam.tab.locator(".article-overlay .caret").boundingBox();
  assert.ok(caret.x > from.x && caret.x < to.x + 12, "the caret stands by the word");
  await misam.press("Escape");
  // The left bracket moves the left end, which is the start, and the panel says the same.
  await misam.item(tripoli).click();
  await misam.press("BracketLeft");
  const wider = { start: placeOf(ENGLISH, "in Tripoli").start, end: tripoli.end };
  await misam.span({ ...wider, label: "LOC" });
  await misam.press("Shift+BracketLeft");
  await misam.span({ ...tripoli, label: "LOC" });
  const rows = () => misam.hook("span-detail").locator('.action-row[role="group"]').evaluateAll((rows) => rows.map((row) => row.getAttribute("aria-label")));
  assert.deepEqual(await rows(), ["Left edge (start)", "Right edge (end)"]);
  const boxes = await Promise.all(["start-outward", "start-inward"].map((hook) => misam.hook(hook).boundingBox()));
  assert.ok(boxes[0].x < boxes[1].x, "the button that goes left stands left");
  await misam.hook("start-outward").click();
  await misam.span({ ...wider, label: "LOC" });
  await misam.press("Control+z");
  await picture(misam.tab, "latin");
  // With the mouse: an end is drawn, and words are selected.
  await misam.press("Escape");
  const there = await misam.edges(placeOf(ENGLISH, "(طرابلس)"));
  await misam.drag(placeOf(ENGLISH, "Sabha"));
  await misam.press("l");
  await misam.span({ ...placeOf(ENGLISH, "Sabha"), label: "LOC" });
  assert.ok(there.from.x > 0);

  await misam.hook("article-item").nth(1).click();
  await expect(() => misam.text(), (text) => text === DATELINE, "the other article");
  assert.equal(await direction(), "rtl");
  await misam.focusText();
  await misam.press("Control+End", ...Array(8).fill("ArrowRight"), "Shift+Control+ArrowLeft");
  await expect(selected, (text) => text.trim() === "الوزارة" || text.trim() === "الوزارة.", "the left arrow goes on");
});
