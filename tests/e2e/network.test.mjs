// Articles are confidential: after the page has loaded, nothing leaves its origin, whatever is done; and the
// Content-Security-Policy would refuse it.
import assert from "node:assert/strict";
import { pageAddress } from "./harness/browser.mjs";
import { AWKWARD } from "./harness/articles.mjs";
import { journey } from "./harness/journey.mjs";

/** The browser has told what the test provoked; nothing of it is held against the page. */
function provoked({ watch }) {
  assert.notEqual(watch.breaches.length, 0, "the browser tells of breaches");
  for (const told of [watch.problems, watch.breaches]) told.length = 0;
}

journey("a whole session makes no request outside the origin and breaches no policy", {}, async (misam) => {
  await misam.addArticle(AWKWARD);
  await misam.hook("accept-all").first().click();
  await misam.tool("language");
  await misam.tab.keyboard.press("Escape");
  await misam.tool("theme");
  await misam.tab.keyboard.press("Escape");
  await misam.export("misam");
  await misam.reload();
  const { origin } = new URL(await pageAddress());
  const outside = misam.watch.requests.filter((url) => !url.startsWith(`${origin}/`) && !url.startsWith(`blob:${origin}/`) && !url.startsWith("data:"));
  assert.deepEqual(outside, []);
});

journey("what somebody gets to write into the page stays text: markup and scripts of others are refused", {}, async (misam) => {
  const refused = await misam.tab.evaluate(() => {
    const outcome = {};
    const attempt = (name, act) => {
      try {
        act();
        outcome[name] = "taken";
      } catch (error) {
        outcome[name] = error.name;
      }
    };
    const place = document.createElement("div");
    attempt("an event in markup", () => { place.innerHTML = '<img src=x onerror="window.wasRun = true">'; });
    attempt("a script in markup", () => { place.innerHTML = "<script>window.wasRun = true</script>"; });
    attempt("a worker from elsewhere", () => new Worker("https://example.org/worker.js"));
    attempt("a worker of another name", () => new Worker("./boot.js"));
    attempt("text as code", () => setTimeout("window.wasRun = true"));
    attempt("markup of the page's own kind", () => { place.innerHTML = "<p>text</p>"; });
    return { ...outcome, wasRun: window.wasRun ?? false };
  });
  const { wasRun, ["markup of the page's own kind"]: plain, ...others } = refused;
  assert.equal(wasRun, false);
  assert.equal(plain, "taken");
  for (const [name, outcome] of Object.entries(others)) assert.equal(outcome, "TypeError", name);
  provoked(misam);
});

journey("the policy refuses a request to elsewhere, an inline script and a foreign image", {}, async (misam) => {
  const refused = await misam.tab.evaluate(async () => {
    const breaches = [];
    document.addEventListener("securitypolicyviolation", (event) => breaches.push(event.effectiveDirective));
    await fetch("https://example.org/").catch(() => {});
    const script = document.createElement("script");
    try {
      script.textContent = "window.wasRun = true";
    } catch {
      // Refused before it could be put anywhere.
    }
    document.body.append(script);
    const image = new Image();
    image.src = "https://example.org/pixel.png";
    await new Promise((done) => setTimeout(done, 300));
    return { breaches: breaches.sort(), wasRun: window.wasRun ?? false };
  });
  assert.deepEqual(refused, { breaches: ["connect-src", "img-src", "require-trusted-types-for"], wasRun: false });
  provoked(misam);
});
