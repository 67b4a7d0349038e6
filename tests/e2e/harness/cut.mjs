// A storage that takes no more: as if the page had been killed right before a write, be it one of an import, of an edit or
// of a snapshot. A kill at a random moment seldom meets the few writes that are made when nobody does anything.

/** Counts what a page that is still to be loaded writes into the first project, a transaction at a time. */
export function watchWrites(tab) {
  return tab.addInitScript(() => {
    const writes = { begun: 0, left: Infinity, ended: false };
    window.writes = writes;
    const begin = IDBDatabase.prototype.transaction;
    IDBDatabase.prototype.transaction = function (...asked) {
      if (this.name === "misam" && asked[1] === "readwrite") {
        if (writes.left === 0) {
          writes.ended = true;
          throw new DOMException("the page is as good as dead", "UnknownError");
        }
        writes.left -= 1;
        writes.begun += 1;
      }
      return begin.apply(this, asked);
    };
  });
}

/** How many transactions have been begun, and whether one was refused. */
export const writes = (tab) => tab.evaluate(() => ({ begun: window.writes.begun, ended: window.writes.ended }));

/** Lets so many more transactions through and none after them. */
export const cutAfter = (tab, count) => tab.evaluate((count) => void (window.writes.left = count), count);
