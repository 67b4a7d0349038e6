// Makes the files of tests/files that Chromium and Node's `feed` write, of two articles of our own corpus (CC0): a page as
// a browser has it when its scripts are done, the same as one file, and feeds.
//
//     npm install --no-save feed && CHROMIUM=… node tests/files/made/make.mjs
//
// Nothing of it is run by the tests: they read the files.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const { Feed } = createRequire(import.meta.url)(process.env.FEED ?? "feed");
const OUT = new URL("../", import.meta.url);
const CORPUS = new URL("../../../corpus/part-a.jsonl", import.meta.url);
const NAMES = ["a02-anbar-raid", "a06-unsc-syria-aid"];
const DAYS = ["2024-03-04", "2024-03-12"];

const records = readFileSync(CORPUS, "utf8").split("\n").filter(Boolean).map((line) => JSON.parse(line));
const articles = NAMES.map((name, at) => {
  const [title, ...paragraphs] = records.find(({ id }) => id === name).text.split("\n\n");
  return { name, title, paragraphs, day: DAYS[at] };
});

/** A page like those of news sites: part of it is put there by scripts, and the article is the least of it. */
const page = ({ title, paragraphs, day }) => `<!DOCTYPE html>
<html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>${title} | وكالة المثال</title>
<meta property="og:title" content="${title}"><meta property="og:site_name" content="وكالة المثال">
<meta property="article:published_time" content="${day}T08:30:00+03:00"><meta name="author" content="سلمى الحارثي">
<link rel="canonical" href="https://example.org/news/1"><style>nav a{margin:4px}article{max-width:40em}</style></head>
<body><header><nav><ul>${["الرئيسية", "سياسة", "اقتصاد", "رياضة"].map((name) => `<li><a href="/${name}">${name}</a></li>`).join("")}</ul></nav></header>
<main><article><h1>${title}</h1><p class="byline">سلمى الحارثي</p><div id="body">${paragraphs.slice(0, 2).map((text) => `<p>${text}</p>`).join("\n")}</div></article>
<aside><h2>الأكثر قراءة</h2><ul><li><a href="/2">خبر آخر من الأخبار</a></li><li><a href="/3">وخبر غيره</a></li></ul></aside></main>
<footer><p>جميع الحقوق محفوظة لوكالة المثال © 2024</p></footer>
<script>
  for (const text of ${JSON.stringify(paragraphs.slice(2))}) {
    const paragraph = document.createElement("p");
    paragraph.textContent = text;
    document.getElementById("body").append(paragraph);
  }
  document.body.insertAdjacentHTML("beforeend", '<div role="dialog" class="cookies"><p>نستخدم ملفات تعريف الارتباط.</p><button>أوافق</button></div>');
</script></body></html>`;

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: process.getuid?.() === 0 ? ["--no-sandbox"] : [] });
try {
  const tab = await browser.newPage({ locale: "ar" });
  const address = "https://example.org/news/1";
  await tab.route("**/*", (route) => route.request().url() === address
    ? route.fulfill({ contentType: "text/html; charset=utf-8", body: page(articles[0]) })
    : route.fulfill({ status: 404, body: "" }));
  await tab.goto(address);
  const debug = await tab.context().newCDPSession(tab);
  const { root } = await debug.send("DOM.getDocument");
  const { outerHTML } = await debug.send("DOM.getOuterHTML", { nodeId: root.nodeId });
  writeFileSync(new URL("chromium.html", OUT), outerHTML);
  const { data } = await debug.send("Page.captureSnapshot", { format: "mhtml" });
  // What is made anew each time.
  const boundary = /boundary="([^"]+)"/.exec(data)[1];
  writeFileSync(new URL("chromium.mhtml", OUT), data.replaceAll(boundary, "----MultipartBoundary--example----").replace(/^Date: .*$/m, "Date: Tue, 12 Mar 2024 12:00:00 -0000\r"));
} finally {
  await browser.close();
}

const feed = new Feed({ id: "https://example.org/", title: "وكالة المثال", link: "https://example.org/", language: "ar", updated: new Date("2024-03-12T12:00:00Z"), generator: "feed" });
for (const { name, title, paragraphs, day } of articles) {
  const link = `https://example.org/${name}`;
  const content = paragraphs.map((text) => `<p>${text}</p>`).join("");
  feed.addItem({ title, id: link, link, description: `${paragraphs[0].slice(0, 80)}…`, content, date: new Date(`${day}T08:30:00Z`), author: [{ name: "سلمى الحارثي" }] });
}
for (const [name, written] of [["feed-rss.xml", feed.rss2()], ["feed-atom.xml", feed.atom1()], ["feed.json", feed.json1()]]) {
  writeFileSync(new URL(name, OUT), written);
}
