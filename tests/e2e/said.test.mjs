// What is done is said: the live region has every edit, in both languages, and with it what comes up next; and what stands
// on the page has its role, its name and its place in the tree that screen readers go by.
import assert from "node:assert/strict";
import { journey } from "./harness/journey.mjs";
import { placeOf } from "./harness/articles.mjs";
import { expect } from "./harness/expect.mjs";
import { closed, give, span, suggestion } from "./harness/records.mjs";

const TEXT = "زار الوفد القاهرة أمس، ثم وصل إلى دمشق وعاد إلى بيروت.";
const WORDS = {
  en: { accepted: /^Accepted one suggestion\. Suggestion, Place: دمشق, 2 of 2$/u, rejected: /^Rejected: دمشق/u, undone: /^Undone: / },
  ar: { accepted: /^قُبل اقتراح واحد\. اقتراح، .*دمشق، 2 من 2$/u, rejected: /^رُفض: دمشق/u, undone: /^جرى التراجع عن: / },
};

for (const locale of ["en", "ar"]) {
  journey(`every edit is said to those who do not see it (${locale})`, { locale }, async (misam) => {
    await give(misam, { text: TEXT, spans: [suggestion(TEXT, "القاهرة", "LOC", 0.9), suggestion(TEXT, "دمشق", "LOC", 0.9)] });
    const words = WORDS[locale];
    const said = (pattern, what) => expect(() => heard(misam), (said) => pattern.test(said), what);
    await misam.press("j");
    await said(/القاهرة[،,] 1 (?:of|من) 2$/u, "the suggestion that comes up is said, and which one of how many it is");
    await misam.press("Enter");
    await said(words.accepted, "that it was accepted is said, and what comes up next");
    await misam.press("x");
    await said(words.rejected, "that one was rejected is said");
    await misam.drag(placeOf(TEXT, "بيروت"));
    await misam.press("l");
    await said(/: بيروت/u, "a new span is said");
    await misam.press("BracketRight");
    await said(/إلى بيروت/u, "where an end goes is said");
    await misam.press("Control+z");
    const first = await said(words.undone, "what was taken back is said");
    await misam.press("Control+z");
    const again = await expect(() => misam.status(), (said) => words.undone.test(said) && said !== first, "and said again, when it is done again");
    assert.notEqual(again, first);
  });
}

/** What the live region says, without what only keeps directions apart; a space behind it has the same words said again. */
const heard = async (misam) => (await misam.status()).replace(/[\u2066-\u2069]/gu, "").trim();

const NAMES = "وصل الوفد وبالقاهرة التقى الوزير ثم عاد إلى القاهرة.";
const OTHER = "عاد الوفد إلى القاهرة.";

/** Keys from the span at وبالقاهرة on, and what is said after them in either language. */
const STEPS = [
  [["j", "j"], /^Place: وبالقاهرة, 2 of 2$/u, /^مكان: وبالقاهرة، 2 من 2$/u],
  [["g"], /^Armed force or group: وبالقاهرة$/u, /: وبالقاهرة$/u],
  [["c"], /^Now: بالقاهرة$/u, /^صار: بالقاهرة$/u],
  [["c"], /^Now: القاهرة$/u, /^صار: القاهرة$/u],
  [["Control+z"], /^Undone: moving an edge$/u, /^جرى التراجع عن: تحريك طرف$/u],
  [["Control+Shift+z"], /^Redone: moving an edge$/u, /^أُعيد: تحريك طرف$/u],
  [["r", "Enter"], /^Done at 2 places\. In 2 articles\.$/u, /^تغيّر موضعان\. في مقالين\.$/u],
  [["Shift+X", "Enter"], /^Done at 3 places\. In 2 articles\.$/u, /^تغيّرت 3 مواضع\. في مقالين\.$/u],
  [["Control+z"], /^Undone: deleting$/u, /^جرى التراجع عن: حذف$/u],
  [["Shift+S"], /^Skipped\. Next: عاد الوفد/u, /^جرى تخطّي المقال\. التالي: عاد الوفد/u],
  [["Control+z"], /^Undone: changing the status$/u, /^جرى التراجع عن: تغيير حالة$/u],
  [["Control+Enter"], /^Done\. Next: عاد الوفد/u, /^أُنجز المقال\. التالي: عاد الوفد/u],
  [["Control+Enter"], /^Done\. No article is left\.$/u, /^أُنجز المقال\. لم يبقَ مقال آخر\.$/u],
];

for (const [at, locale] of ["en", "ar"].entries()) {
  journey(`another label, prefixes, many places at once, notes and how far an article is are said as well (${locale})`, { locale }, async (misam) => {
    await give(misam, { text: NAMES, spans: [span(NAMES, "الوفد", "ORG", { origin: "manual" }), span(NAMES, "وبالقاهرة", "LOC", { origin: "manual" })] }, { text: OTHER, spans: [] });
    await misam.focusText();
    await misam.press("Control+Home");
    for (const [keys, ...said] of STEPS) {
      for (const [step, key] of keys.entries()) {
        await misam.press(key);
        if (step + 1 < keys.length && key !== "j") await misam.hook("search-dialog").waitFor();
      }
      await closed(misam);
      await expect(() => heard(misam), (now) => said[at].test(now), `${keys} says ${said[at]}`);
    }
    await misam.press("j", "m");
    await misam.tab.keyboard.insertText("من بيان");
    await misam.press("Enter");
    await expect(() => heard(misam), (now) => (at ? /^حُفظ\.$/u : /^Noted\.$/u).test(now), "that a note was kept");
  });
}

/** What a screen reader is given: of every node its role, name and properties, and the roles above it. */
async function tree(misam) {
  const cdp = await misam.context.newCDPSession(misam.tab);
  const { nodes } = await cdp.send("Accessibility.getFullAXTree");
  await cdp.detach();
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  const above = (node) => {
    const parent = byId.get(node.parentId);
    if (!parent) return [];
    return parent.ignored ? above(parent) : [`${parent.role.value} ${parent.name?.value ?? ""}`.trim(), ...above(parent)];
  };
  return nodes.filter((node) => !node.ignored).map((node) => ({
    role: node.role.value,
    name: (node.name?.value ?? "").trim(),
    value: node.value?.value,
    ...Object.fromEntries((node.properties ?? []).map(({ name, value }) => [name, value.value])),
    above: above(node),
  }));
}

journey("what stands on the page has its role, its name and its state for those who hear it", { locale: "en" }, async (misam) => {
  await give(misam, { text: TEXT, spans: [span(TEXT, "الوفد", "ORG"), suggestion(TEXT, "القاهرة", "LOC", 0.9)] }, { text: OTHER, spans: [] });
  await misam.item(placeOf(TEXT, "الوفد")).click();
  await misam.hook("span-detail").waitFor();
  await misam.focusText();
  await misam.painted();
  const nodes = await tree(misam);
  const the = (role, name) => {
    const found = nodes.filter((node) => node.role === role && (name instanceof RegExp ? name.test(node.name) : node.name === name));
    assert.equal(found.length, 1, `one ${role} ${name}: ${JSON.stringify(nodes.filter((node) => node.role === role).map((node) => node.name))}`);
    return found[0];
  };
  for (const role of ["banner", "main"]) assert.equal(nodes.filter((node) => node.role === role).length, 1, `one ${role}`);
  the("complementary", "Articles");
  the("complementary", "Spans");
  const article = the("textbox", "Article");
  assert.equal(article.focused, true, "the text has the keyboard");
  assert.ok(article.above.some((role) => role.startsWith("main")));
  assert.equal(the("heading", TEXT).level, 1);
  assert.equal(the("button", /^Organisation/u).pressed, "true", "its label is pressed in");
  assert.equal(the("button", /^Place/u).pressed, "false");
  assert.equal(the("button", "Redo").disabled, true);
  const suggested = the("button", /^LOC القاهرة/u);
  assert.match(suggested.name, /90%.*suggestion$/u);
  assert.ok(suggested.above[0].startsWith("listitem") && suggested.above[1].startsWith("list"));
  assert.match(the("button", /^زار الوفد/u).name, /In progress.*1 to review$/u);
  for (const { role, name } of nodes) {
    const needsName = ["button", "link", "textbox", "searchbox", "combobox", "slider", "checkbox", "radio", "radiogroup", "toolbar", "progressbar", "dialog"].includes(role);
    assert.ok(!needsName || name, `a ${role} has a name`);
  }
  // A dialog is all there is while it is open.
  await misam.press("Control+k");
  await misam.hook("palette-dialog").waitFor();
  await misam.painted();
  const open = await tree(misam);
  const [dialog] = open.filter((node) => node.role === "dialog");
  assert.equal(dialog?.modal, true);
  assert.ok(dialog.name);
  assert.equal(open.filter((node) => node.role === "main").length, 0, "what lies under it is out of reach");
  assert.equal(open.find((node) => node.role === "combobox")?.focused, true);
  assert.ok(open.some((node) => node.role === "option" && node.selected === true), "an entry is chosen");
});
