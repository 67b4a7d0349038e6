// A test that drives the page: it gets a fresh one, keeps a picture when it fails, and fails on any console error.
import assert from "node:assert/strict";
import { after } from "node:test";
import { attempt } from "./attempt.mjs";
import { picture, stop } from "./browser.mjs";
import { Misam } from "./misam.mjs";

after(stop);

/**
 * Registers a test of the page in a fresh browser profile. Options are those of `Misam.open`: locale, colorScheme,
 * viewport; and `blank`, which leaves loading the page to the steps. The steps may not leave an error on the console behind.
 */
export function journey(name, options, steps) {
  attempt(name, async (limited) => {
    const misam = await Misam.open(options);
    try {
      await limited(steps(misam));
      assert.deepEqual(misam.watch.problems, []);
    } catch (error) {
      await limited(picture(misam.tab, `failed ${name}`)).catch(() => {});
      const said = await misam.hook("status").innerText({ timeout: 1_000 }).catch(() => "");
      throw said ? new Error(`${error.message}\n  the page said last: ${said}`, { cause: error }) : error;
    } finally {
      await misam.close();
    }
  });
}
