// Keys of the text that no other test presses, and what keeps a letter from being a command: by real keys.
import assert from "node:assert/strict";
import { placeOf } from "./harness/articles.mjs";
import { expect } from "./harness/expect.mjs";
import { journey } from "./harness/journey.mjs";
import { closed, give, span, suggestion } from "./harness/records.mjs";

const FIRST_LINE = "زار الوفد القاهرة أمس. وقال الوزير إن الجيش اليمني معه.";
const TEXT = `${FIRST_LINE}\nثم عاد إلى بغداد مساء. وانتهت الزيارة.`;
const PEELED = "outside, and words taken whole leave them out by themselves";
const OTHER = "عاد الوفد إلى القاهرة.";
const CLITICS = "وصل الوفد وبالقاهرة التقى الوزير ثم قال للقاهرة كلامًا.";

const start = (surface) => placeOf(TEXT, surface).start;
const end = (surface) => placeOf(TEXT, surface).end;
const within = (surface, from, to) => ({ start: placeOf(CLITICS, surface).start + from, end: to ?? placeOf(CLITICS, surface).end });

/** Where the selection begins and where its moving end is, in code points. */
const selection = ({ tab }) => tab.evaluate(() => {
  const { anchorNode, anchorOffset, focusNode, focusOffset } = getSelection();
  const article = document.querySelector("[data-testid=article]");
  const before = (node, offset) => {
    if (!article.contains(node)) return null;
    const range = document.createRange();
    range.setStart(article, 0);
    range.setEnd(node, offset);
    return [...range.toString()].length;
  };
  return [before(anchorNode, anchorOffset), before(focusNode, focusOffset)];
});

const surface = ({ tab }) => tab.locator(".span-detail-surface").innerText();
const active = (misam, wanted) => expect(() => surface(misam), (text) => text === wanted, `${wanted} is taken up`);
const saved = (misam) => expect(() => misam.hook("keeping").getAttribute("data-state"), (state) => state === "saved", "all is kept");

/** Keys, and what is selected after them: a place for a caret, or both ends. */
const MOTIONS = [
  [["Control+Home"], 0],
  [["ArrowLeft", "ArrowLeft", "ArrowRight"], 1],
  [["Control+ArrowLeft"], start("الوفد")],
  [["Control+ArrowLeft"], start("القاهرة")],
  [["Control+ArrowRight"], start("الوفد")],
  [["Alt+ArrowLeft"], start("وقال")],
  [["Alt+ArrowLeft"], start("ثم")],
  [["Alt+ArrowRight"], start("وقال")],
  [["End"], FIRST_LINE.length],
  [["Home"], 0],
  [["Control+End"], TEXT.length],
  [["Home"], start("ثم")],
  [["ArrowUp"], 0],
  [["ArrowDown"], start("ثم")],
  [["Control+Home", "Shift+ArrowLeft"], [0, 1]],
  [["Shift+ArrowRight"], 0],
  [["Control+Shift+ArrowLeft"], [0, start("الوفد")]],
  [["Control+Shift+ArrowLeft", "Control+Shift+ArrowLeft", "Control+Shift+ArrowRight"], [0, start("القاهرة")]],
  [["Control+Home", "Alt+Shift+ArrowLeft"], [0, start("وقال")]],
  [["Alt+Shift+ArrowLeft", "Alt+Shift+ArrowRight"], [0, start("وقال")]],
  [["Shift+End"], [0, FIRST_LINE.length]],
  [["Shift+Home"], 0],
  [["Shift+ArrowDown"], [0, start("ثم")]],
  [["Shift+ArrowUp"], 0],
  [["Control+Shift+End"], [0, TEXT.length]],
  [["Control+End", "Control+Shift+Home"], [TEXT.length, 0]],
  [["Control+a"], [0, TEXT.length]],
];

journey("the caret goes by letter, word, sentence, line, paragraph and text, and takes a selection along", { locale: "en" }, async (misam) => {
  await give(misam, { text: TEXT, spans: [] });
  await misam.focusText();
  for (const [keys, wanted] of MOTIONS) {
    await misam.press(...keys);
    const both = Array.isArray(wanted) ? wanted : [wanted, wanted];
    await expect(() => selection(misam), (now) => String(now) === String(both), `${keys} leads to ${both}`);
  }
});

/** Keys that move an end of الجيش, and what the span is after them. */
const ENDS = [
  [["BracketLeft"], "الجيش اليمني"],
  [["Shift+BracketLeft"], "الجيش"],
  [["BracketRight"], "إن الجيش"],
  [["Shift+BracketRight"], "الجيش"],
  [["Alt+BracketLeft"], "الجيش ا"],
  [["Alt+Shift+BracketLeft"], "الجيش"],
  [["Alt+Shift+BracketRight"], "لجيش"],
  [["Alt+BracketRight"], "الجيش"],
];

journey("both ends of a span go by word and by letter, out and in", { locale: "en" }, async (misam) => {
  await give(misam, { text: TEXT, spans: [span(TEXT, "الجيش", "GRP")] });
  await misam.focusText();
  await misam.press("j");
  for (const [keys, wanted] of ENDS) {
    await misam.press(...keys);
    await active(misam, wanted);
    await misam.span({ ...placeOf(TEXT, wanted), label: "GRP" });
  }
});

journey("spans, suggestions and doubts are gone through both ways, and out from the innermost", { locale: "en" }, async (misam) => {
  const inner = span(TEXT, "اليمني", "LOC", { origin: "manual" });
  await give(misam,
    { text: TEXT, spans: [suggestion(TEXT, "الوفد", "ORG", 0.95), suggestion(TEXT, "القاهرة", "LOC", 0.4), span(TEXT, "الجيش اليمني", "GRP"), inner, suggestion(TEXT, "بغداد", "LOC", 0.3)] },
    { text: OTHER, spans: [suggestion(OTHER, "القاهرة", "LOC", 0.9)] });
  await misam.focusText();
  await misam.press("Control+Home");
  const steps = [
    ["j", "الوفد"], ["j", "القاهرة"], ["j", "الجيش اليمني"], ["k", "القاهرة"], ["k", "الوفد"],
    ["Space", "القاهرة"], ["Space", "بغداد"], ["Shift+Space", "القاهرة"], ["Shift+Space", "الوفد"],
    ["y", "القاهرة"], ["y", "بغداد"], ["Shift+Y", "القاهرة"], ["j", "الجيش اليمني"], ["j", "اليمني"],
    ["q", "الجيش اليمني"], ["q", "اليمني"], ["u", "بغداد"],
  ];
  for (const [key, wanted] of steps) {
    await misam.press(key);
    await active(misam, wanted);
  }
  await misam.press("u");
  await expect(() => misam.text(), (text) => text === OTHER, "on to the next article");
  await active(misam, "القاهرة");
  await misam.press("Shift+U");
  await expect(() => misam.text(), (text) => text === TEXT, "and back");
  await active(misam, "بغداد");
  await misam.press("Shift+U");
  await active(misam, "القاهرة");
  await misam.press("Alt+PageDown");
  await expect(() => misam.text(), (text) => text === OTHER, "the next article");
  await misam.press("Alt+PageUp");
  await expect(() => misam.text(), (text) => text === TEXT, "the article before");
  await misam.press("Shift+S");
  await expect(() => misam.hook("article-item").first().getAttribute("data-status"), (status) => status === "skipped", "it is put aside");
  await expect(() => misam.text(), (text) => text === OTHER, "and the next one comes up");
  await misam.press("Control+z");
  await expect(() => misam.hook("article-item").first().getAttribute("data-status"), (status) => status === "in_progress", "taken back");
  await expect(() => misam.text(), (text) => text === TEXT, "and shown");
  await misam.press("Control+y");
  await expect(() => misam.hook("article-item").first().getAttribute("data-status"), (status) => status === "skipped", "and made again");
});

journey("dialogs open by their keys", { locale: "en" }, async (misam) => {
  // From the beginning, for it takes the browser a while to hand its choosers over.
  const choosers = [];
  misam.tab.on("filechooser", (chooser) => choosers.push(chooser));
  await give(misam, { text: TEXT, spans: [] });
  for (const [key, hook] of [["i", "paste-text"], ["F1", "help-dialog"], ["Shift+Slash", "help-dialog"], ["Control+k", "palette-dialog"], ["Slash", "search-dialog"], ["Control+h", "history-dialog"]]) {
    await misam.focusText();
    await misam.press(key);
    await misam.hook(hook).waitFor();
    await misam.press("Escape");
    await closed(misam);
  }
  await misam.focusText();
  await misam.press("Control+o");
  await expect(() => choosers.length, (count) => count === 1, "the system's dialog for files opens");
  assert.equal(choosers[0].isMultiple(), true);
});

journey("the clitic key goes over the prefixes and back; what a preposition swallowed is noted", { locale: "en" }, async (misam) => {
  await give(misam, { text: CLITICS, spans: [span(CLITICS, "وبالقاهرة", "LOC"), span(CLITICS, "للقاهرة", "LOC")] });
  await misam.focusText();
  await misam.press("Control+Home", "j");
  for (const [wanted, from] of [["بالقاهرة", 1], ["القاهرة", 2], ["وبالقاهرة", 0]]) {
    await misam.press("c");
    await misam.span({ ...within("وبالقاهرة", from), label: "LOC" });
    await active(misam, wanted);
  }
  await misam.press("j", "c");
  await misam.span({ ...within("للقاهرة", 1), label: "LOC" });
  await active(misam, "لقاهرة");
  await expect(() => misam.hook("span-clean-form").inputValue(), (form) => form === "القاهرة", "its clean form is noted");
});

journey("a double click takes the word, and where that is wanted without its prefixes", { locale: "en" }, async (misam) => {
  await give(misam, { text: CLITICS, spans: [] });
  const word = placeOf(CLITICS, "وبالقاهرة");
  const twice = async () => {
    const { x, y } = await misam.middle(word);
    await misam.tab.mouse.dblclick(x, y);
  };
  await twice();
  await expect(() => selection(misam), (now) => String(now) === String([word.start, word.end]), "the whole word");
  await settings(misam, (form) => form.getByTestId("setting-proclitics").selectOption({ label: PEELED }));
  await twice();
  await expect(() => selection(misam), (now) => String(now) === String([word.start + 2, word.end]), "without its prefixes");
  await saved(misam);
  await misam.reload();
  await expect(() => misam.text(), (text) => text === CLITICS, "the article is back");
  await twice();
  await expect(() => selection(misam), (now) => String(now) === String([word.start + 2, word.end]), "also after a reload");
});

journey("where prefixes stay outside, words selected by key and ends moved by word leave them there", { locale: "en" }, async (misam) => {
  await give(misam, { text: CLITICS, spans: [span(CLITICS, "الوزير", "PER", { origin: "manual" })] });
  const minister = placeOf(CLITICS, "الوزير");
  const met = placeOf(CLITICS, "التقى");
  const whole = within("وبالقاهرة", 0);
  const name = within("وبالقاهرة", 2);
  const select = async (wanted) => {
    await misam.focusText();
    await misam.press("Control+Home", ...Array(4).fill("Control+ArrowLeft"), "Control+Shift+ArrowRight", "Control+Shift+ArrowRight");
    await expect(() => selection(misam), ([anchor, focus]) => focus === wanted && anchor === minister.start, `two words are selected from ${wanted} on`);
  };
  const moveStart = async (wanted) => {
    await misam.press("j", "]", "]");
    await misam.span({ start: wanted, end: minister.end, label: "PER" });
    await misam.press("Control+z", "Control+z");
    await misam.span({ ...minister, label: "PER" });
    await misam.press("Escape");
  };
  await select(whole.start);
  await misam.focusText();
  await misam.press("Control+Home");
  await moveStart(whole.start);
  await settings(misam, (form) => form.getByTestId("setting-proclitics").selectOption({ label: PEELED }));
  await select(name.start);
  await misam.press("Control+Shift+ArrowLeft");
  await expect(() => selection(misam), (now) => String(now) === String([minister.start, met.start]), "coming back it stops at the next word");
  await misam.press("Control+Home");
  await moveStart(name.start);
});

/** Changes settings in their dialog, found by what they are called. */
async function settings(misam, change) {
  await misam.press("Control+k");
  await misam.tab.keyboard.type("settings");
  await misam.press("Enter");
  const dialog = misam.hook("help-dialog");
  await misam.hook("setting-proclitics").waitFor();
  await change(dialog);
  await misam.press("Escape");
  await closed(misam);
}

journey("settings do what they say, and are there after a reload", { locale: "en" }, async (misam) => {
  const spans = [["الوفد", 0.99], ["القاهرة", 0.85], ["الجيش", 0.9], ["بغداد", 0.9], ["الوزير", 0.9]];
  await give(misam, { text: TEXT, spans: spans.map(([name, sure]) => suggestion(TEXT, name, "ORG", sure)) });
  await misam.focusText();
  await misam.press("Control+Home", "Space", "Enter");
  await active(misam, "القاهرة");
  await misam.span({ ...placeOf(TEXT, "الوفد"), origin: "accepted" });
  await misam.press("Control+z");
  await misam.span({ ...placeOf(TEXT, "الوفد"), origin: "suggested" });
  await settings(misam, async (form) => {
    await form.getByTestId("setting-advance").uncheck();
    await form.getByTestId("setting-accept-on-move").check();
    await form.getByTestId("setting-sure").selectOption("98");
  });
  const check = async (left, next) => {
    await misam.press("Control+Shift+Enter");
    await misam.span({ ...placeOf(TEXT, "الوفد"), origin: "accepted" });
    await misam.span({ ...placeOf(TEXT, "بغداد"), origin: "suggested" });
    await misam.press("Control+Home", "Space");
    await active(misam, left);
    await misam.press("Space");
    await misam.span({ ...placeOf(TEXT, left), origin: "accepted" });
    await active(misam, next);
  };
  await check("القاهرة", "الوزير");
  await misam.press("Enter");
  await misam.span({ ...placeOf(TEXT, "الوزير"), origin: "accepted" });
  await active(misam, "الوزير");
  await saved(misam);
  await misam.reload();
  await settings(misam, async (form) => {
    assert.equal(await form.getByTestId("setting-advance").isChecked(), false);
    assert.equal(await form.getByTestId("setting-accept-on-move").isChecked(), true);
    assert.equal(await form.getByTestId("setting-sure").inputValue(), "98");
  });
  await misam.focusText();
  await check("الجيش", "بغداد");
});

journey("letters of articles grow by the settings and by the palette, with the caret at its place, and are so after a reload", { locale: "en" }, async (misam) => {
  await give(misam, { text: TEXT, spans: [] });
  const look = () => misam.tab.evaluate(() => {
    const article = document.querySelector('[data-testid="article"]');
    const { height } = document.querySelector(".caret").getBoundingClientRect();
    return { size: parseFloat(getComputedStyle(article).fontSize), caret: height };
  });
  const larger = (than, by, what) => expect(look, ({ size, caret }) =>
    Math.abs(size / than.size - by) < 0.01 && Math.abs(caret / than.caret - by) < 0.1, what);
  await misam.focusText();
  await misam.press("Control+Home", "ArrowLeft");
  const usual = await expect(look, ({ caret }) => caret > 0, "the caret is there");
  await settings(misam, (form) => form.getByTestId("setting-text-size").selectOption("160"));
  await larger(usual, 1.6, "the letters have grown");
  await misam.press("Control+k");
  await misam.tab.keyboard.type("صغّر الخط");
  await misam.press("Enter");
  await larger(usual, 1.35, "the letters are smaller by one size");
  await saved(misam);
  await misam.reload();
  await misam.focusText();
  await misam.press("Control+Home", "ArrowLeft");
  await larger(usual, 1.35, "the letters are as they were");
});

journey("who has it so accepts by going on, by whatever key, and neither by going back nor by letting go", { locale: "en" }, async (misam) => {
  const surfaces = ["الوفد", "القاهرة", "الجيش", "بغداد"];
  const spans = surfaces.map((name) => suggestion(TEXT, name, "ORG", 0.5));
  await give(misam, { text: TEXT, spans }, { text: OTHER, spans: [suggestion(OTHER, "القاهرة", "LOC", 0.9)] });
  const origins = async (...wanted) => expect(async () => (await misam.spans()).map(({ origin }) => origin), (now) => String(now) === String(wanted), wanted.join(", "));
  const [S, A] = ["suggested", "accepted"];
  await settings(misam, (form) => form.getByTestId("setting-accept-on-move").check());
  await misam.focusText();
  const steps = [
    ["Space", S, S, S, S], ["Shift+Space", S, S, S, S], ["Escape", S, S, S, S],
    ["Control+Home", S, S, S, S], ["Space", S, S, S, S], ["y", A, S, S, S], ["j", A, A, S, S], ["k", A, A, S, S], ["j", A, A, S, S],
    ["u", A, A, A, S],
  ];
  for (const [key, ...wanted] of steps) {
    await misam.press(key);
    await origins(...wanted);
  }
  await active(misam, "بغداد");
  await misam.press("Alt+PageDown");
  await expect(() => misam.text(), (text) => text === OTHER, "the next article");
  await misam.press("Space");
  await active(misam, "القاهرة");
  await misam.press("Alt+PageUp");
  await expect(() => misam.text(), (text) => text === TEXT, "back");
  await origins(A, A, A, A);
  await misam.press("Alt+PageDown");
  await expect(() => misam.text(), (text) => text === OTHER, "the next article again");
  await origins(S);
  await misam.press("Space");
  await active(misam, "القاهرة");
  await misam.press("Control+Enter");
  await expect(() => misam.text(), (text) => text === TEXT, "the one that is open still");
  await expect(() => misam.hook("article-item").nth(1).getAttribute("data-status"), (status) => status === "done", "the other is done");
  await misam.hook("article-item").nth(1).click();
  await origins(A);
  await misam.press("Control+z", "Control+z");
  await origins(S);
});

journey("what is typed into a field is written and not carried out, with an input method, too", { locale: "en" }, async (misam) => {
  const more = Array.from({ length: 6 }, (_, n) => ({ text: `خبر رقم ${n + 1}.`, spans: [] }));
  await give(misam, { text: TEXT, spans: [span(TEXT, "الوفد", "ORG"), suggestion(TEXT, "القاهرة", "LOC", 0.9)] }, ...more);
  const before = JSON.stringify(await misam.spans());
  const unchanged = async (what) => {
    await misam.painted();
    assert.equal(JSON.stringify(await misam.spans()), before, what);
    assert.equal(await misam.tab.locator("dialog[open]").count(), 0);
  };
  await misam.hook("filter-articles").click();
  await misam.tab.keyboard.type("plx");
  assert.equal(await misam.hook("filter-articles").inputValue(), "plx");
  await misam.press("Backspace", "Backspace", "Backspace");
  await unchanged("by the list's filter");
  await misam.focusText();
  await misam.press("Slash");
  await misam.tab.keyboard.type("plx/?");
  assert.equal(await misam.hook("search-words").inputValue(), "plx/?");
  await misam.press("Escape");
  await closed(misam);
  await unchanged("by the search");
  await misam.focusText();
  await misam.press("Control+Home", "j", "m");
  await misam.tab.keyboard.type("plx");
  const note = misam.hook("span-note");
  assert.equal(await note.inputValue(), "plx");
  const cdp = await misam.context.newCDPSession(misam.tab);
  const composing = () => misam.tab.evaluate(() => document.activeElement?.dataset.testid);
  await cdp.send("Input.imeSetComposition", { text: "قاه", selectionStart: 3, selectionEnd: 3 });
  for (const [code, key] of [["KeyX", "ء"], ["Enter", "Enter"], ["Escape", "Escape"]]) {
    await cdp.send("Input.dispatchKeyEvent", { type: "rawKeyDown", code, key, windowsVirtualKeyCode: 229 });
    await cdp.send("Input.dispatchKeyEvent", { type: "keyUp", code, key, windowsVirtualKeyCode: 229 });
    assert.equal(await composing(), "span-note", `${code} belongs to the input method`);
  }
  await cdp.send("Input.insertText", { text: "قاهرة" });
  assert.equal(await note.inputValue(), "plxقاهرة");
  await unchanged("by the note");
  await misam.press("Enter");
  await expect(composing, (hook) => hook === "article", "Enter leads back to the text");
  await misam.press("x");
  await misam.noSpan(placeOf(TEXT, "الوفد"));
});

journey("keys are known by their place under an Arabic layout: labels, commands, with Ctrl and with Shift", {}, async (misam) => {
  await give(misam, { text: TEXT, spans: [suggestion(TEXT, "بغداد", "LOC", 0.9)] }, { text: OTHER, spans: [] });
  const cdp = await misam.context.newCDPSession(misam.tab);
  const press = async (code, key, modifiers = 0) => {
    const event = { code, key, modifiers, windowsVirtualKeyCode: code.charCodeAt(3), text: modifiers & 2 ? undefined : key };
    await cdp.send("Input.dispatchKeyEvent", { type: "keyDown", ...event });
    await cdp.send("Input.dispatchKeyEvent", { type: "keyUp", ...event, text: undefined });
  };
  const place = placeOf(TEXT, "الوفد");
  await misam.selectByKeyboard(TEXT, place);
  await press("KeyE", "ث");
  await misam.span({ ...place, label: "EVT" });
  await press("KeyX", "ء");
  await misam.noSpan(place);
  await press("KeyZ", "ئ", 2);
  await misam.span({ ...place, label: "EVT" });
  await press("KeyK", "ن", 2);
  await misam.hook("palette-dialog").waitFor();
  await misam.press("Escape");
  await closed(misam);
  await press("KeyS", "S", 8);
  await expect(() => misam.hook("article-item").first().getAttribute("data-status"), (status) => status === "skipped", "it is put aside");
  await expect(() => misam.text(), (text) => text === OTHER, "and the next one comes up");
});

journey("the panel says where a span comes from and keeps what is written there", { locale: "en" }, async (misam) => {
  const found = suggestion(TEXT, "القاهرة", "LOC", 0.4);
  await give(misam, { text: TEXT, spans: [{ ...found, reason: "a reason of its own" }, span(TEXT, "الوفد", "ORG", { origin: "imported" })] });
  const facts = () => misam.hook("span-detail").locator(".facts").innerText();
  await misam.item(found).click();
  const said = await expect(facts, (text) => /suggestion/u.test(text), "its origin is said");
  assert.match(said, /a reason of its own/u);
  assert.match(said, /40%/u);
  await misam.item(placeOf(TEXT, "الوفد")).click();
  await expect(facts, (text) => /imported/u.test(text) && !/%/u.test(text) && !/reason of its own/u.test(text), "of the other span, too");

  await misam.focusText();
  await misam.press("m");
  await misam.hook("span-clean-form").fill("الوفد الرسمي");
  await misam.press("Enter");
  await expect(facts, (text) => text.includes("الوفد الرسمي"), "the clean form is shown");
  await misam.press("Control+z");
  await expect(facts, (text) => !text.includes("الوفد الرسمي"), "and taken back");
  await misam.press("Control+Shift+z");
  await expect(facts, (text) => text.includes("الوفد الرسمي"), "and made again");
  await saved(misam);
  await misam.reload();
  await misam.item(placeOf(TEXT, "الوفد")).click();
  await expect(facts, (text) => text.includes("الوفد الرسمي"), "it is there after a reload");
  await misam.press("Control+z");
  await expect(facts, (text) => !text.includes("الوفد الرسمي"), "and can still be taken back");
});

journey("all like this can be kept to this article, and is taken back after a reload", { locale: "en" }, async (misam) => {
  const text = "زار الوفد القاهرة ثم عاد إلى القاهرة.";
  const [first, second] = [placeOf(text, "القاهرة"), placeOf(text, "القاهرة", 1)];
  await give(misam, { text, spans: [span(text, "القاهرة", "LOC")] }, { text: OTHER, spans: [] });
  const found = (count) => expect(() => misam.hook("hit").count(), (now) => now === count, `${count} places are found`);
  await misam.item(first).click();
  await misam.press("r");
  await found(3);
  await misam.hook("search-here").click();
  await found(2);
  await misam.hook("apply-label").click();
  await closed(misam);
  await misam.span({ ...second, label: "LOC" });
  await misam.hook("article-item").nth(1).click();
  await expect(() => misam.text(), (text) => text === OTHER, "the other article");
  assert.deepEqual(await misam.spans(), [], "is as it was");
  await misam.hook("article-item").first().click();
  await misam.item(first).click();
  await misam.press("r");
  await found(3);
  await misam.press("Enter");
  await closed(misam);
  await misam.hook("article-item").nth(1).click();
  await misam.span({ ...placeOf(OTHER, "القاهرة"), label: "LOC" });
  await saved(misam);
  await misam.reload();
  await misam.press("Control+z");
  await misam.noSpan(placeOf(OTHER, "القاهرة"));
  await misam.press("Control+z");
  await misam.noSpan(second);
  await misam.span({ ...first, label: "LOC" });
});

journey("what has a button and no key is found among the commands, in both languages", { locale: "en" }, async (misam) => {
  await give(misam, { text: TEXT, spans: [] });
  const find = async (words) => {
    await misam.press("Control+k");
    await misam.tab.keyboard.insertText(words);
    await misam.press("Enter");
  };
  const html = (attribute) => misam.tab.locator("html").getAttribute(attribute);
  await find("dark");
  await expect(() => html("data-theme"), (theme) => theme === "dark", "the dark theme");
  await find("العربية");
  await expect(() => html("lang"), (lang) => lang === "ar", "the page in Arabic");
  await find("language english");
  await expect(() => html("lang"), (lang) => lang === "en", "and in English");
  await find("عن المقال");
  await misam.hook("about-date").waitFor();
  await misam.press("Escape");
  await closed(misam);
  await misam.press("Shift+S");
  await find("reopen");
  await expect(() => misam.hook("article-item").first().getAttribute("data-status"), (status) => status === "in_progress", "it is in progress again");
  await find("إخراج المقال");
  await expect(() => misam.hook("article-item").count(), (count) => count === 0, "the article is out");
  await misam.press("Control+z");
  await expect(() => misam.hook("article-item").count(), (count) => count === 1, "and back");
});
