// Waiting for what the page will show: asks again until it holds, and says what was seen last when it never did.

/**
 * Asks `read` until `holds` is true of its answer, which is returned; fails after `timeout` milliseconds, also when an
 * answer never comes.
 */
export async function expect(read, holds, what, timeout = 10_000) {
  const deadline = Date.now() + timeout;
  let seen;
  for (;;) {
    try {
      seen = await within(read(), deadline - Date.now() + 1_000);
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

/** The answer, or a failure if it has not come after so many milliseconds: there are questions a page never answers. */
export async function within(answer, milliseconds) {
  let timer;
  const late = new Promise((_, fail) => {
    timer = setTimeout(() => fail(new Error("it did not answer")), milliseconds);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
