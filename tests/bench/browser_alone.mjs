// What a browser itself needs for the articles of a file, without Misam: to parse it, and to store it in three forms, each in
// transactions as large as those of Misam and as durable. Times of Misam say something as ratios to these.

/** Milliseconds for each of them, in an empty page of the origin. */
export async function browserAlone(tab, path) {
  await tab.evaluate(() => {
    const input = document.createElement("input");
    input.type = "file";
    input.id = "given";
    document.body.append(input);
  });
  await tab.locator("#given").setInputFiles(path);
  return tab.evaluate(async () => {
    const file = document.querySelector("#given").files[0];
    const text = await file.text();
    const lines = text.split("\n").filter(Boolean);
    let began = performance.now();
    const articles = lines.map((line) => JSON.parse(line));
    const parse = performance.now() - began;
    const encoder = new TextEncoder();
    const parts = articles.map(({ text, ...record }) => [record.id, JSON.stringify(record), encoder.encode(text)]);
    const stacks = [[]];
    let bytes = 0;
    for (const part of parts) {
      if (bytes >= 1 << 20) bytes = stacks.push([]) * 0;
      stacks.at(-1).push(...part);
      bytes += part[2].length;
    }

    const database = await new Promise((resolve) => {
      const request = indexedDB.open("misam-alone", 1);
      request.onupgradeneeded = () => ["records", "texts", "stacks", "files"].forEach((name) => request.result.createObjectStore(name));
      request.onsuccess = () => resolve(request.result);
    });
    /** Writes in transactions of so many writings, and waits until each is on the disk. */
    const written = async (count, at, most) => {
      const began = performance.now();
      for (let from = 0; from < count; from += most) {
        const transaction = database.transaction(["records", "texts", "stacks", "files"], "readwrite", { durability: "strict" });
        for (let one = from; one < Math.min(from + most, count); one++) at(transaction, one);
        await new Promise((resolve, reject) => {
          transaction.oncomplete = resolve;
          transaction.onabort = () => reject(transaction.error);
        });
      }
      return performance.now() - began;
    };
    const each = await written(parts.length, (transaction, at) => {
      const [id, record, text] = parts[at];
      transaction.objectStore("records").put(record, id);
      transaction.objectStore("texts").put(text, id);
    }, 512);
    const megabytes = await written(stacks.length, (transaction, at) => transaction.objectStore("stacks").put(stacks[at], at), 4);
    const whole = await written(1, (transaction) => transaction.objectStore("files").put(file.slice(), 0), 1);
    database.close();
    return { parse, each, megabytes, whole };
  });
}
