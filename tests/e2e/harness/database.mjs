// The page's storage, behind its back: databases are read and written here without the page's own code.

/** Everything in a database: { store: [[key, value], …] }, with bytes as { utf8 }, in lists too. Nothing if it is not there. */
export function dump(tab, name) {
  return tab.evaluate(async (name) => {
    const asked = (request) => new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    if (!(await indexedDB.databases()).some((database) => database.name === name)) return null;
    const database = await asked(indexedDB.open(name));
    const contents = {};
    for (const store of database.objectStoreNames) {
      const objects = database.transaction(store).objectStore(store);
      const [keys, values] = [await asked(objects.getAllKeys()), await asked(objects.getAll())];
      const plain = (value) => {
        if (Array.isArray(value)) return value.map(plain);
        return value instanceof Uint8Array ? { utf8: new TextDecoder().decode(value) } : value;
      };
      contents[store] = keys.map((key, at) => [key, plain(values[at])]);
    }
    const { version } = database;
    database.close();
    return { version, contents };
  }, name);
}

/** Makes a database of what `dump` gave. To be called before the page opens it. */
export function restore(tab, name, { version, contents }) {
  return tab.evaluate(async ({ name, version, contents }) => {
    const request = indexedDB.open(name, version);
    await new Promise((resolve, reject) => {
      request.onupgradeneeded = () => Object.keys(contents).forEach((store) => request.result.createObjectStore(store));
      request.onsuccess = resolve;
      request.onerror = () => reject(request.error);
    });
    const database = request.result;
    const bytes = (value) => {
      if (Array.isArray(value)) return value.map(bytes);
      return value?.utf8 === undefined ? value : new TextEncoder().encode(value.utf8);
    };
    const writing = database.transaction(Object.keys(contents), "readwrite");
    for (const [store, pairs] of Object.entries(contents)) {
      for (const [key, value] of pairs) {
        writing.objectStore(store).put(bytes(value), key);
      }
    }
    await new Promise((resolve, reject) => {
      writing.oncomplete = resolve;
      writing.onabort = () => reject(writing.error);
    });
    database.close();
  }, { name, version, contents });
}

/** The databases of projects that there are. */
export function databases(tab) {
  return tab.evaluate(async () => (await indexedDB.databases()).map((database) => database.name).filter((name) => /^misam($|-)/.test(name) && name !== "misam-projects").sort());
}
