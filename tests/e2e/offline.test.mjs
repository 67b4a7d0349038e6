// After the first visit the page opens without a network, and a newer build on the server waits until it is wanted: it
// never gets into work that was begun with this one, and never comes by halves.
import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after } from "node:test";
import { serve } from "../../page/serve.mjs";
import { copyOfBuild, rebuild, stampOf } from "./harness/another_build.mjs";
import { PLAIN } from "./harness/articles.mjs";
import { attempt } from "./harness/attempt.mjs";
import { freshBrowser, stop } from "./harness/browser.mjs";
import { expect } from "./harness/expect.mjs";
import { Misam } from "./harness/misam.mjs";

after(stop);

/** Runs a test on a copy of the build with a server of its own, which can be taken away. */
function onOwnServer(name, steps) {
  attempt(name, async (limited) => {
    const folder = copyOfBuild();
    const server = await serve({ dir: folder, prefix: "/desk/misam/" });
    const misam = new Misam(await freshBrowser({ locale: "en" }));
    try {
      await misam.tab.goto(server.url);
      await misam.hook("new-article").first().waitFor();
      await limited(steps({ misam, server, folder }));
      assert.deepEqual(misam.watch.breaches, []);
    } finally {
      await misam.close();
      await server.close().catch(() => {});
      rmSync(folder, { recursive: true });
    }
  });
}

/** Waits until the page is kept whole. */
const kept = ({ tab }) => tab.evaluate(() => navigator.serviceWorker.ready.then(() => {}));

const buildOf = ({ tab }) => tab.locator('meta[name="build"]').getAttribute("content");

/** Has the browser look for a newer build, as it does by itself with every visit. */
const look = ({ tab }) => tab.evaluate(async () => {
  const registration = await navigator.serviceWorker.getRegistration();
  // Refused when the server has only half of the build.
  await registration.update().catch(() => {});
});

onOwnServer("once visited, the page opens and works with its server gone", async ({ misam, server }) => {
  await misam.addArticle(PLAIN);
  await misam.settled();
  await kept(misam);
  const before = await misam.spans();
  await server.close();

  await misam.reload();
  await expect(() => misam.text(), (text) => text === PLAIN.text, "the article is there");
  assert.deepEqual(await misam.spans(), before);
  await misam.model("ready");
  await misam.addArticle({ title: "Later", text: "زار سامر الأحمد مدينة درعا يوم السبت الماضي." });
  await misam.settled();
  assert.ok((await misam.spans()).length >= 2, "the extractor works");
  await misam.tool("help");
  await misam.hook("help-dialog").waitFor();
});

onOwnServer("a newer build waits until it is wanted, and the work goes on with it", async ({ misam, folder }) => {
  await misam.addArticle(PLAIN);
  await misam.settled();
  await kept(misam);
  await misam.reload();
  const old = await buildOf(misam);
  const next = rebuild(folder);
  await look(misam);
  const notice = misam.hook("warning").filter({ hasText: "newer version" });
  await notice.waitFor();
  assert.equal(await notice.getAttribute("role"), "status");

  await misam.tab.reload();
  await notice.waitFor();
  assert.equal(await buildOf(misam), old, "loading the page anew does not mix or change builds");
  await misam.hook("accept-all").first().click();
  const confirmed = await misam.spans();

  await notice.getByRole("button", { name: "Use it now" }).click();
  await expect(() => buildOf(misam).catch(() => null), (build) => build === next, "the newer build is there");
  await expect(() => misam.spans().catch(() => []), (spans) => JSON.stringify(spans) === JSON.stringify(confirmed), "with all the work");
  assert.equal(await misam.hook("warning").count(), 0);
});

onOwnServer("a second tab hears that the first has gone over, and keeps what it shows", async ({ misam, folder, server }) => {
  await misam.addArticle(PLAIN);
  await kept(misam);
  await misam.reload();
  const second = await misam.context.newPage();
  await second.goto(server.url);
  await second.getByTestId("warning").waitFor();
  rebuild(folder);
  await look(misam);
  await misam.hook("warning").getByRole("button", { name: "Use it now" }).click();
  await second.getByTestId("warning").filter({ hasText: "Reload the page to use it" }).waitFor();
  assert.equal(await second.getByTestId("article").evaluate((article) => article.textContent), PLAIN.text);
});

onOwnServer("a build that is only half on the server is not taken", async ({ misam, folder }) => {
  await misam.addArticle(PLAIN);
  await kept(misam);
  await misam.reload();
  const old = stampOf(folder);
  rebuild(folder);
  writeFileSync(join(folder, "style/page.css"), "body { display: none }\n");
  await look(misam);
  await expect(
    () => misam.tab.evaluate(async () => {
      const { installing, waiting } = await navigator.serviceWorker.getRegistration();
      return [installing?.state, waiting?.state];
    }),
    ([installing, waiting]) => !installing && !waiting,
    "the half build was given up",
  );
  await misam.reload();
  assert.equal(await buildOf(misam), old);
  assert.equal(await misam.hook("warning").count(), 0);
  assert.equal(await misam.text(), PLAIN.text);
});
