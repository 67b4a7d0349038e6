// The page as a person uses it: articles are pasted from the clipboard, text is selected by dragging the mouse or
// from the keyboard, files are chosen and downloaded. Only the hooks of the page's contract are relied on.
import { expect } from "./expect.mjs";
import { freshBrowser, pageAddress } from "./browser.mjs";

const LETTERS = new Intl.Segmenter("ar", { granularity: "grapheme" });

export class Misam {
  constructor(browser) {
    Object.assign(this, browser);
  }

  /** The page in a fresh browser profile, ready for work. */
  static async open({ blank = false, ...options }) {
    const misam = new Misam(await freshBrowser(options));
    if (!blank) await misam.load();
    return misam;
  }

  /** The page in another browser profile, ready for work. */
  another(options = {}) {
    return Misam.open(options);
  }

  /** A page of the same origin that is not Misam and opens no database. */
  async openBlank() {
    const blank = new URL("blank", await pageAddress()).href;
    await this.tab.route(blank, (route) => route.fulfill({ contentType: "text/html", body: '<link rel="icon" href="data:," />' }));
    await this.tab.goto(blank);
  }

  async load() {
    await this.tab.goto(await pageAddress());
    await this.#usable();
  }

  async reload() {
    await this.tab.reload();
    await this.#usable();
  }

  /** Waits until the page can be used, by keys too: they are heard when the workbench has come, unless it never does. */
  async #usable() {
    await this.hook("new-article").first().waitFor();
    await this.tab.locator('.app[data-keys="true"]').waitFor({ timeout: 5_000 }).catch(() => {});
  }

  close() {
    return this.context.close();
  }

  hook(name) {
    return this.tab.getByTestId(name);
  }

  /** What the status region says now. */
  status() {
    return this.hook("status").first().innerText();
  }

  /** Puts text on the system's clipboard and pastes it where the focus is. */
  async paste(text) {
    await this.tab.evaluate((text) => navigator.clipboard.writeText(text), text);
    await this.tab.keyboard.press("Control+V");
  }

  /** Adds an article as a person does: button, title, paste, add. Waits until it is shown. */
  async addArticle({ title, text }) {
    await this.hook("new-article").first().click();
    await this.hook("paste-title").fill(title);
    await this.hook("paste-text").click();
    await this.paste(text);
    await this.hook("add-article").click();
    await expect(() => this.text(), (shown) => shown === text, "the article's text is shown byte for byte");
  }

  /** The shown article's text. */
  text() {
    return this.hook("article").evaluate((article) => article.textContent);
  }

  /** The spans as the list shows them, in code points. */
  async spans() {
    return this.hook("span-item").evaluateAll((items) =>
      items.map(({ dataset }) => ({
        start: Number(dataset.start),
        end: Number(dataset.end),
        label: dataset.label,
        origin: dataset.origin,
      })));
  }

  /** Waits until a span with these properties is there, and returns it. */
  async span(wanted) {
    const fits = (span) => Object.entries(wanted).every(([key, value]) => span[key] === value);
    const spans = await expect(() => this.spans(), (spans) => spans.some(fits), `there is a span ${JSON.stringify(wanted)}`);
    return spans.find(fits);
  }

  /** Waits until no span covers exactly this place. */
  async noSpan({ start, end }) {
    await expect(() => this.spans(), (spans) => !spans.some((span) => span.start === start && span.end === end),
      `there is no span from ${start} to ${end}`);
  }

  /** Waits until the extractor has read the whole article. */
  async suggestionsComplete(timeout = 120_000) {
    await expect(() => this.hook("span-item").count(), (count) => count > 0, "there are suggestions", timeout);
    await expect(() => this.hook("reading").count(), (count) => count === 0, "the whole article is read", timeout);
  }

  /** Waits until the model has come this far: absent, loading, ready or failed. */
  async model(...wanted) {
    const state = () => this.hook("suggesting").first().getAttribute("data-model");
    await expect(state, (state) => wanted.includes(state), `the model is ${wanted}`, 60_000);
  }

  /** Waits until nothing arrives by itself any more: the model is there, or never will be, and the article is read. */
  async settled() {
    await this.model("absent", "ready", "failed");
    await this.suggestionsComplete();
  }

  /** Waits until what has changed is on the screen. */
  painted() {
    return this.tab.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));
  }

  /** The item of the span list for a place. */
  item({ start, end }) {
    return this.tab.locator(`[data-testid="span-item"][data-start="${start}"][data-end="${end}"]`);
  }

  /**
   * The screen place of both edges of a piece of text (code points), scrolled into view: where a mouse that
   * selects it is pressed and let go. Each edge lies a quarter of a letter inside, where a browser rounds towards it.
   * With `still` nothing is scrolled: it is on the screen.
   */
  async edges({ start, end }, { still = false } = {}) {
    return this.hook("article").evaluate((article, { start, end, still }) => {
      const walker = document.createTreeWalker(article, NodeFilter.SHOW_TEXT);
      const letters = [];
      let position = 0;
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        let unit = 0;
        for (const letter of node.data) {
          if (position === start || position === end - 1) {
            const range = document.createRange();
            range.setStart(node, unit);
            range.setEnd(node, unit + letter.length);
            letters.push({ range, letter });
          }
          position += 1;
          unit += letter.length;
        }
      }
      const [first, last] = [letters[0], letters.at(-1)];
      if (!still) first.range.startContainer.parentElement.scrollIntoView({ block: "center" });
      const at = ({ range, letter }, edge) => {
        const box = range.getBoundingClientRect();
        const leftwards = !/[A-Za-z0-9\u0660-\u0669]/u.test(letter);
        const inset = Math.min(box.width / 4, 2);
        const x = (edge === "start") === leftwards ? box.right - inset : box.left + inset;
        return { x, y: box.top + box.height / 2 };
      };
      return { from: at(first, "start"), to: at(last, "end") };
    }, { start, end, still });
  }

  /** Selects a piece of text by dragging the mouse over it. */
  async drag(place) {
    const { from, to } = await this.edges(place);
    const mouse = this.tab.mouse;
    await mouse.move(from.x, from.y);
    await mouse.down();
    await mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 4 });
    await mouse.move(to.x, to.y, { steps: 4 });
    await mouse.up();
  }

  /** Clicks into the middle of a piece of text. */
  async clickText(place) {
    const { x, y } = await this.middle(place);
    await this.tab.mouse.click(x, y);
  }

  /**
   * Draws an end of a span with the mouse, in one gesture, to a place of the screen; with Alt by letters. The hand takes
   * the end a little inside the mark, and keeps that distance.
   */
  async drawEnd(place, edge, to, { letters = false, still = false } = {}) {
    const { from, to: end } = await this.edges(place, { still });
    const grip = edge === "start" ? from : end;
    const { keyboard, mouse } = this.tab;
    await mouse.move(grip.x, grip.y);
    if (letters) await keyboard.down("Alt");
    await mouse.down();
    await mouse.move((grip.x + to.x) / 2, (grip.y + to.y) / 2, { steps: 4 });
    await mouse.move(to.x, to.y, { steps: 4 });
    await mouse.up();
    if (letters) await keyboard.up("Alt");
  }

  /**
   * About the middle of the middle letter of a piece of text on the screen: the piece may go over several lines, and from
   * the very middle of a letter a browser may select nothing.
   */
  async middle({ start, end }) {
    const letter = Math.floor((start + end) / 2);
    const { from, to } = await this.edges({ start: letter, end: letter + 1 });
    return { x: from.x + (to.x - from.x) * 0.4, y: (from.y + to.y) / 2 };
  }

  /** Rejects a suggestion or deletes a span with the mouse, in one gesture. */
  async strike(place) {
    const { x, y } = await this.middle(place);
    await this.tab.keyboard.down("Alt");
    await this.tab.mouse.click(x, y);
    await this.tab.keyboard.up("Alt");
  }

  /** Rejects a suggestion or deletes a span: takes it up in the list, then the key. */
  async remove(place) {
    await this.item(place).first().click();
    await this.press("x");
    await this.noSpan(place);
  }

  /**
   * Selects a piece of text from the keyboard: to the nearer end of the text, letter by letter to the place, and
   * over it with Shift. In Arabic text the left arrow goes on.
   */
  async selectByKeyboard(text, place) {
    const points = [...text];
    const letters = (from, to) => [...LETTERS.segment(points.slice(from, to).join(""))].length;
    const before = letters(0, place.start);
    const after = letters(place.start, points.length);
    await this.focusText();
    if (before <= after) {
      await this.press("Control+Home", ...Array(before).fill("ArrowLeft"));
    } else {
      await this.press("Control+End", ...Array(after).fill("ArrowRight"));
    }
    await this.press(...Array(letters(place.start, place.end)).fill("Shift+ArrowLeft"));
  }

  /** Brings the focus to the text with the Tab key alone. */
  async focusText() {
    await this.tabTo("article");
  }

  /** Presses Tab until the focus is on, or inside, the element with this hook. */
  async tabTo(hook) {
    for (let presses = 0; presses < 150; presses++) {
      if (await this.tab.evaluate((hook) => !!document.activeElement?.closest(`[data-testid="${hook}"]`), hook)) return;
      await this.tab.keyboard.press("Tab");
    }
    throw new Error(`the Tab key never reaches ${hook}`);
  }

  press(...keys) {
    return keys.reduce((before, key) => before.then(() => this.tab.keyboard.press(key)), Promise.resolve());
  }

  /** Clicks a tool of the top bar; on a narrow screen it may be folded away behind a button. */
  async tool(hook) {
    const button = this.hook(hook).first();
    if (!(await button.isVisible())) await this.tab.locator('[aria-controls="topbar-tools"]').click();
    await button.click();
  }

  /** Exports in a format and returns the path of the downloaded file. */
  async export(format) {
    await this.tool("export");
    await this.chooseFormat(format);
    const path = await this.download(() => this.hook("export-download").click());
    await this.tab.keyboard.press("Escape");
    return path;
  }

  /** Chooses an export format in the open dialog, be it a list or a group of radio buttons. */
  async chooseFormat(format) {
    const choice = this.hook("export-format").first();
    await choice.waitFor();
    if ((await choice.evaluate((element) => element.tagName)) === "SELECT") await choice.selectOption(format);
    else await choice.locator(`input[value="${format}"]`).check({ force: true });
  }

  /** The path of the file that an action makes the browser download. */
  async download(action) {
    const [download] = await Promise.all([this.tab.waitForEvent("download"), action()]);
    return download.path();
  }

  /** Everything the page shows as text, for messages whose place is not part of the contract. */
  shown() {
    return this.tab.locator("body").innerText();
  }

  /** Gives files to the file input: paths, or { name, mimeType, buffer }. */
  giveFiles(...files) {
    return this.hook("file-input").first().setInputFiles(files);
  }

  /** Gives files about which there is something to see, and lets their articles in. */
  async takeFiles(...files) {
    await this.giveFiles(...files);
    await this.letIn();
  }

  /** Lets the articles of an import in, when everything has been read. */
  async letIn() {
    await this.hook("import-add").click();
    await this.hook("import-report").waitFor({ state: "detached" });
  }
}
