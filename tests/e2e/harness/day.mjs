// A day of labelling, worked out beforehand: what somebody does next, and what the work is after it. It knows the rules
// by which the page goes, and no page.

/** Articles of words of our own; none means anything to the rules. Few, so that the list of spans shows all of them. */
const ARTICLES = [
  ["كلمااء", "كلمباء", "كلمجاء", "كلمداء", "كلمهاء", "كلمواء", "كلمزاء", "كلمحاء", "كلمطاء"],
  ["سطرااا", "سطربا", "سطرجاا", "سطردااا", "سطرها", "سطرواا", "سطرزااا", "سطرحا", "سطرطاا"],
];
const CODES = ["PER", "ORG", "LOC", "EVT"];

/** Of each article the words at which there is a suggestion when the day begins. */
const SUGGESTED = [1, 3, 5, 7, 8];

/** What is done, over and over. What is not possible at the moment is a label instead. */
const PLAN = [
  "label", "label", "accept", "label", "delete", "label", "undo", "redo", "go", "label", "accept", "undo", "label",
  "finish", "label", "delete", "undo", "undo", "label", "finish", "go", "label", "reopen", "label", "go", "reopen", "accept",
];

/** Where a word of an article stands, in code points. */
export function wordPlace(article, word) {
  const words = ARTICLES[article];
  const start = [...words.slice(0, word).join(" ")].length + (word && 1);
  return { start, end: start + [...words[word]].length };
}

/** The articles' texts. */
export const TEXTS = ARTICLES.map((words) => words.join(" "));

/** The articles as records to bring in. In progress, so that nothing looks for suggestions in them. */
export function records() {
  return ARTICLES.map((_, article) => ({
    id: `day${article}`,
    text: TEXTS[article],
    status: "in_progress",
    spans: SUGGESTED.map((word) => ({ ...wordPlace(article, word), label: CODES[word % CODES.length], origin: "suggested" })),
  }));
}

/** A span in the words of the witness. */
export const spanInWords = ({ start, end, label, origin }) => `${start}-${end} ${label} ${origin}`;

function begin() {
  const articles = records().map(({ spans, status }) => [status, ...spans.map(spanInWords)]);
  return { articles, shown: 0, done: null, undone: null };
}

/** The origin of a span after somebody gave it another label. */
const corrected = (origin) => (origin === "manual" ? origin : "corrected");

export class Day {
  #step = 0;

  constructor() {
    /**
     * `articles`: of each its status and its spans. `shown`: the article on the screen. `done` and `undone`: the edits
     * that can be taken back and made again, the last one first, as { edit, rest }.
     */
    this.state = begin();
  }

  /**
   * What is done next: { kind, edits, … }. `edits` is true if it is one edit of the journal; `place` and `label` say of
   * what. The state is from now on what comes of it.
   */
  next() {
    const step = this.#step++;
    const kind = PLAN[step % PLAN.length];
    return this[`_${kind}`](step) ?? this._label(step);
  }

  /** The span at a word of the article that is shown: { label, origin }, or nothing. */
  #spanAt(word) {
    const { start, end } = wordPlace(this.state.shown, word);
    const found = this.state.articles[this.state.shown].find((what) => what.startsWith(`${start}-${end} `));
    if (!found) return undefined;
    const [, label, origin] = found.split(" ");
    return { label, origin };
  }

  /** The first word, from one on and round, of whose span this holds. */
  #wordWith(from, holds) {
    const words = ARTICLES[this.state.shown].map((_, at, { length }) => (from + at) % length);
    return words.find((word) => holds(this.#spanAt(word)));
  }

  /** An edit of the article that is shown, after which there is `shown`. */
  #edit(remove, add, shown = this.state.shown) {
    const edit = { article: this.state.shown, remove, add };
    this.state = { articles: changed(this.state.articles, edit), shown, done: { edit, rest: this.state.done }, undone: null };
  }

  #change(word, before, after) {
    const place = wordPlace(this.state.shown, word);
    const words = (span) => (span ? [spanInWords({ ...place, ...span })] : []);
    this.#edit(words(before), words(after));
    return { place, existed: before !== undefined, label: after?.label, edits: true };
  }

  /** The next word gets a label that it did not have, and did not have before that either. */
  _label(step) {
    const word = step % ARTICLES[this.state.shown].length;
    const before = this.#spanAt(word);
    const label = CODES[((before ? CODES.indexOf(before.label) : step) + 1) % CODES.length];
    return { kind: "label", ...this.#change(word, before, { label, origin: corrected(before?.origin ?? "manual") }) };
  }

  _delete(step) {
    const word = this.#wordWith(step, (span) => span && span.origin !== "suggested");
    return word === undefined ? undefined : { kind: "delete", ...this.#change(word, this.#spanAt(word), undefined) };
  }

  _accept(step) {
    const word = this.#wordWith(step, (span) => span?.origin === "suggested");
    if (word === undefined) return undefined;
    const { label, origin } = this.#spanAt(word);
    return { kind: "accept", ...this.#change(word, { label, origin }, { label, origin: "accepted" }) };
  }

  _undo() {
    const { articles, done, undone } = this.state;
    if (!done) return undefined;
    const { edit, rest } = done;
    const back = { ...edit, remove: edit.add, add: edit.remove };
    this.state = { articles: changed(articles, back), shown: edit.article, done: rest, undone: { edit, rest: undone } };
    return { kind: "undo", edits: true };
  }

  _redo() {
    const { articles, done, undone } = this.state;
    if (!undone) return undefined;
    const { edit, rest } = undone;
    this.state = { articles: changed(articles, edit), shown: edit.article, done: { edit, rest: done }, undone: rest };
    return { kind: "redo", edits: true };
  }

  /** The article is done, and the next one that is not comes up. */
  _finish() {
    const { articles, shown } = this.state;
    if (articles[shown].includes("done")) return undefined;
    const others = articles.map((_, at) => (shown + at) % articles.length).slice(1);
    this.#edit(["in_progress"], ["done"], others.find((at) => !articles[at].includes("done")) ?? shown);
    return { kind: "finish", edits: true };
  }

  _reopen() {
    const { articles, shown } = this.state;
    if (!articles[shown].includes("done")) return undefined;
    this.#edit(["done"], ["in_progress"]);
    return { kind: "reopen", edits: true };
  }

  /** Another article is opened, which is no edit. */
  _go() {
    const shown = (this.state.shown + 1) % this.state.articles.length;
    this.state = { ...this.state, shown };
    return { kind: "go", edits: false };
  }
}

function changed(articles, { article, remove, add }) {
  return articles.map((what, at) => (at === article ? [...what.filter((one) => !remove.includes(one)), ...add] : what));
}
