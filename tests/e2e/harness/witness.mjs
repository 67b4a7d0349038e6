// A witness of work that is pulled the plug on: it knows every state there was, in order, and which of them the page
// called saved. What is found afterwards must be the last state that was called saved or a later one, whole, and made
// by exactly as many edits: one that is older lacks work, one that is no state at all holds something nobody did.
// It knows nothing of any page.

/**
 * A state is an object with `articles`: of each article a list of what holds of it, as words in any order
 * ("5-9 PER manual", "done"). Other properties are the caller's own.
 */
export class Witness {
  /** The states by the number of edits that made them. */
  #states;
  /** How many edits there were before the first that is tried. */
  #before;
  #acknowledged = 0;

  constructor(state, before) {
    this.#states = [state];
    this.#before = before;
  }

  /** How many edits were tried. */
  get tried() {
    return this.#states.length - 1;
  }

  /** How many of them were acknowledged. */
  get acknowledged() {
    return this.#acknowledged;
  }

  /** What is there if all that was tried was done. */
  get state() {
    return this.#states.at(-1);
  }

  /** An edit is about to be tried, which comes to this. */
  tries(state) {
    this.#states.push(state);
  }

  /**
   * The page called its work saved and showed this of an article, when so many edits had been tried: of those the last
   * may not have been done yet, and all before it were seen to be done. Where the article is the same before and after
   * the last, that it was done is not known. True if all this says more than was known.
   */
  acknowledge(article, shown, tried) {
    const position = [tried - 1, tried].find((at) => this.#states[at] && same(this.#states[at].articles[article], shown));
    if (position === undefined || position <= this.#acknowledged) return false;
    this.#acknowledged = position;
    return true;
  }

  /** What is wrong with what was found, in words: of all articles what holds of them, and how many edits there are. */
  faults({ articles, edits }) {
    const position = edits - this.#before;
    const faults = [];
    if (position < this.#acknowledged) faults.push(`${this.#acknowledged - position} acknowledged edits are lost`);
    if (position > this.tried) faults.push(`there are ${position - this.tried} edits that nobody made`);
    const nearest = Math.min(Math.max(position, this.#acknowledged), this.tried);
    this.#states[nearest].articles.forEach((expected, at) => {
      const found = articles[at] ?? [];
      for (const what of expected) if (!found.includes(what)) faults.push(`article ${at} lacks ${what}`);
      for (const what of found) if (!expected.includes(what)) faults.push(`article ${at} has ${what}`);
      if (new Set(found).size !== found.length) faults.push(`article ${at} has something twice`);
    });
    if (articles.length !== this.state.articles.length) faults.push(`there are ${articles.length} articles`);
    return faults;
  }

  /** Goes on from what was found and had no faults: what was tried after it has not been done, and never will be. */
  goOnFrom({ edits }) {
    this.#states.length = edits - this.#before + 1;
    this.#acknowledged = this.tried;
  }
}

/** True if both lists hold the same, in whatever order. */
export function same(some, others) {
  return JSON.stringify([...some].sort()) === JSON.stringify([...others].sort());
}
