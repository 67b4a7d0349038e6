// A storage that takes no more: as if the page had been killed right before a write, be it one of an import, of an edit or
// of a snapshot. A kill at a random moment seldom meets the few writes that are made when nobody does anything.

/**
 * Counts what a page that is still to be loaded writes into the first project, a transaction at a time, and lets so many
 * of them through.
 */
export function watchWrites(tab, left = Infinity) {
  return tab.addInitScript((left) => {
    // What is sent to a page is JSON, which knows no infinity.
    const writes = { begun: 0, left: left ?? Infinity, ended: false };
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
  }, Number.isFinite(left) ? left : null);
}

/** How many transactions have been begun, and whether one was refused. */
export const writes = (tab) => tab.evaluate(() => ({ begun: window.writes.begun, ended: window.writes.ended }));

/** Lets so many more transactions through and none after them. */
export const cutAfter = (tab, count) => tab.evaluate((count) => void (window.writes.left = count), count);

/** The moments of bringing an older storage to this version at which a page can be held. */
export const BEFORE_UPGRADE = "before", IN_UPGRADE = "in", AFTER_UPGRADE = "after";

/**
 * Has a page that is still to be loaded stand still for good at a moment of opening the first project in a newer version:
 * before its stores are made, when they are made and the transaction that makes them has not ended, or when it has and the
 * page has not heard of it.
 */
export function holdUpgrade(tab, moment) {
  return tab.addInitScript((moment) => {
    const opening = new WeakSet();
    const open = IDBFactory.prototype.open;
    IDBFactory.prototype.open = function (...asked) {
      const request = open.apply(this, asked);
      if (asked[0] === "misam" && asked[1] !== undefined) opening.add(request);
      return request;
    };
    const hold = () => {
      console.info("held");
      for (;;);
    };
    const around = (prototype, name, wrapped) => {
      const { get, set } = Object.getOwnPropertyDescriptor(prototype, name);
      Object.defineProperty(prototype, name, {
        configurable: true,
        get,
        set(handler) {
          set.call(this, handler && opening.has(this) ? wrapped(handler) : handler);
        },
      });
    };
    around(IDBOpenDBRequest.prototype, "onupgradeneeded", (handler) => function (event) {
      if (moment === "before") hold();
      handler.call(this, event);
      if (moment === "in") hold();
    });
    around(IDBRequest.prototype, "onsuccess", (handler) => function (event) {
      if (moment === "after") hold();
      handler.call(this, event);
    });
  }, moment);
}

/** Resolves when the page is held. Nothing else is ever heard from it. */
export const held = (tab) => tab.waitForEvent("console", { predicate: (message) => message.text() === "held", timeout: 60_000 });
