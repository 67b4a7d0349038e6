// What axe-core finds wrong with the page as it is now, by all of its rules, those included that it leaves off by itself.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Off by default, though WCAG 2.2 asks for it at AA: what is pressed has 24 pixels, or that much room. */
const RULES = { "target-size": { enabled: true } };

/** Each finding, with the first elements it is about. */
export async function findings({ tab }) {
  // What is still fading in has less contrast than it will have.
  await tab.evaluate(() => {
    const ends = (animation) => animation.effect?.getComputedTiming().iterations !== Infinity;
    return Promise.all(document.getAnimations().filter(ends).map((animation) => animation.finished.catch(() => {})));
  });
  // Evaluated by the debugger, not added as a script: the page's policy would rightly refuse that.
  await tab.evaluate(AXE);
  const { violations } = await tab.evaluate((rules) => axe.run(document, { resultTypes: ["violations"], rules }), RULES);
  return violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 5).map((node) => node.target.join(" ")).join(" | ")}`);
}
