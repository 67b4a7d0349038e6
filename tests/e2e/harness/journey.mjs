// A test that drives the page: it gets a fresh one, keeps a picture when it fails, and fails on any console
// error and any breach of the Content-Security-Policy.
import assert from "node:assert/strict";
import { after } from "node:test";
import { attempt } from "./attempt.mjs";
import { picture, stop } from "./browser.mjs";
import { Misam } from "./misam.mjs";

after(stop);

/**
 * Registers a test of the page in a fresh browser profile. Options are those of `Misam.open`: locale, colorScheme,
 * viewport; and `blank`, which leaves loading the page to the steps. The steps may leave neither an error on the console nor a
 * breach of the policy behind; those that provoke one forget it (`watch`).
 */
export function journey(name, options, steps) {
  attempt(name, async (limited) => {
    const misam = await Misam.open(options);
    try {
      await limited(steps(misam));
      assert.deepEqual(misam.watch.problems, []);
      assert.deepEqual(misam.watch.breaches, []);
    } catch (error) {
      await limited(picture(misam.tab, `failed ${name}`)).catch(() => {});
      const said = await misam.hook("status").innerText({ timeout: 1_000 }).catch(() => "");
      throw said ? new Error(`${error.message}\n  the page said last: ${said}`, { cause: error }) : error;
    } finally {
      await misam.close();
    }
  });
}
