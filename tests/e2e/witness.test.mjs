// The witness of the tests that pull the plug must be able to testify: it is shown losses and inventions of every kind,
// after few edits and after many.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Day } from "./harness/day.mjs";
import { Witness } from "./harness/witness.mjs";

/** How many edits there were before the day began. */
const BEFORE = 3;

/** A day of so many edits, all of them acknowledged but the last few. */
function dayOf(edits, { unacknowledged = 0 } = {}) {
  const day = new Day();
  const witness = new Witness(day.state, BEFORE);
  const states = [day.state];
  while (witness.tried < edits) {
    const step = day.next();
    if (!step.edits) continue;
    witness.tries(day.state);
    states.push(day.state);
    if (witness.tried > edits - unacknowledged) continue;
    day.state.articles.forEach((article, at) => witness.acknowledge(at, article, witness.tried));
  }
  return { witness, states };
}

const found = (states, edits) => ({ articles: states[edits].articles, edits: BEFORE + edits });

for (const edits of [10, 100, 500]) {
  test(`after ${edits} edits what was acknowledged is right, and so is what was tried after it`, () => {
    const { witness, states } = dayOf(edits, { unacknowledged: 2 });
    assert.equal(witness.acknowledged, edits - 2);
    for (const position of [edits - 2, edits - 1, edits]) assert.deepEqual(witness.faults(found(states, position)), []);
  });

  test(`after ${edits} edits the loss of the last acknowledged one is noticed, whatever it was`, () => {
    for (let last = edits; last < edits + 40; last++) {
      const { witness, states } = dayOf(last);
      assert.notDeepEqual(witness.faults(found(states, last - 1)), [], `edit ${last}`);
      // Also where the journal says that it was made.
      assert.notDeepEqual(witness.faults({ ...found(states, last - 1), edits: BEFORE + last }), [], `the state after edit ${last}`);
    }
  });

  test(`after ${edits} edits a return to any earlier state is noticed`, () => {
    const { witness, states } = dayOf(edits);
    for (let earlier = 0; earlier < edits; earlier++) assert.notDeepEqual(witness.faults(found(states, earlier)), [], `state ${earlier}`);
  });

  test(`after ${edits} edits something that nobody did is noticed`, () => {
    const { witness, states } = dayOf(edits);
    const { articles } = states[edits];
    const instead = (change) => ({ articles: articles.map((article, at) => (at === 0 ? change(article) : article)), edits: BEFORE + edits });
    assert.deepEqual(witness.faults(instead((article) => article)), []);
    assert.notDeepEqual(witness.faults(instead((article) => [...article, "0-3 AGR manual"])), [], "a span");
    assert.notDeepEqual(witness.faults(instead((article) => [...article, article[0]])), [], "a span twice");
    assert.notDeepEqual(witness.faults(instead((article) => [article[0].replace(/\S+$/, "bent"), ...article.slice(1)])), [], "another origin");
    assert.notDeepEqual(witness.faults(instead((article) => article.slice(1))), [], "a span too few");
    assert.notDeepEqual(witness.faults({ articles, edits: BEFORE + edits + 1 }), [], "an edit that changed nothing");
    assert.notDeepEqual(witness.faults({ articles: articles.slice(1), edits: BEFORE + edits }), [], "an article too few");
  });
}

test("an edit that is seen only half is not acknowledged", () => {
  const day = new Day();
  const witness = new Witness(day.state, BEFORE);
  while (witness.tried === 0) if (day.next().edits) witness.tries(day.state);
  const { shown, articles } = day.state;
  assert.equal(witness.acknowledge(shown, [...articles[shown], "0-3 AGR manual"], 1), false);
  assert.equal(witness.acknowledged, 0);
  assert.equal(witness.acknowledge(shown, articles[shown], 1), true);
  assert.equal(witness.acknowledged, 1);
});

test("an edit that cannot be seen in the article that is shown is not acknowledged by it", () => {
  const day = new Day();
  const witness = new Witness(day.state, BEFORE);
  let step;
  do {
    step = day.next();
    if (step.edits) witness.tries(day.state);
  } while (step.kind !== "finish");
  const { shown, articles } = day.state;
  assert.equal(articles[shown].includes("done"), false, "the next article has come up");
  witness.acknowledge(shown, articles[shown], witness.tried);
  assert.equal(witness.acknowledged, witness.tried - 1);
});

test("after a loss of what was not acknowledged the day goes on from what is there", () => {
  const { witness, states } = dayOf(50, { unacknowledged: 3 });
  witness.goOnFrom(found(states, 48));
  assert.deepEqual([witness.tried, witness.acknowledged], [48, 48]);
  assert.deepEqual(witness.faults(found(states, 48)), []);
  assert.notDeepEqual(witness.faults(found(states, 47)), []);
  assert.notDeepEqual(witness.faults(found(states, 49)), []);
});

test("a day has edits of every kind, and each changes the article that is shown", () => {
  const day = new Day();
  const kinds = new Set();
  let before = day.state;
  for (let step = 0; step < 200; step++) {
    const { kind, edits } = day.next();
    kinds.add(kind);
    const { articles, shown } = day.state;
    if (edits) assert.notDeepEqual(articles, before.articles, kind);
    else assert.deepEqual(articles, before.articles, kind);
    assert.ok(articles[shown]);
    before = day.state;
  }
  assert.deepEqual([...kinds].sort(), ["accept", "delete", "finish", "go", "label", "redo", "reopen", "undo"]);
});
