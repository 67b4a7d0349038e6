// A test with a limit to its patience, which is begun anew where machines may stall.
import { test } from "node:test";
import { within } from "./expect.mjs";

/** A test that has not come to its end after so many milliseconds hangs. */
const PATIENCE = Number(process.env.MISAM_PATIENCE ?? 300_000);

/**
 * How often a test that failed is begun anew; each time is told, with the reason. Continuous integration does it once,
 * because its machines may stall.
 */
const RETRIES = Number(process.env.MISAM_RETRIES ?? 0);

/** Registers a test. Its steps are given `limited`, which fails what is given to it and does not end. */
export function attempt(name, steps) {
  test(name, async (context) => {
    for (let left = RETRIES; ; left--) {
      try {
        return await steps((work) => within(work, PATIENCE));
      } catch (error) {
        if (left === 0) throw error;
        context.diagnostic(`begun anew: ${name}: ${error.message}`);
      }
    }
  });
}
