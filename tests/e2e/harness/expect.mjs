// Waiting for what the page will show: asks again until it holds, and says what was seen last when it never did.

/** Asks `read` until `holds` is true of its answer, which is returned; fails after `timeout` milliseconds. */
export async function expect(read, holds, what, timeout = 10_000) {
  const deadline = Date.now() + timeout;
  let seen;
  for (;;) {
    try {
      seen = await read();
      if (holds(seen)) return seen;
    } catch (error) {
      seen = error;
    }
    if (Date.now() > deadline) {
      const shown = seen instanceof Error ? seen.message : JSON.stringify(seen)?.slice(0, 2000);
      throw new Error(`never came true: ${what}\n  seen last: ${shown}`);
    }
    await new Promise((done) => setTimeout(done, 50));
  }
}
