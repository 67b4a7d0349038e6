// The library asks for Node's settings, as if a bundler had put them in.
window.process = { env: {} };
// The least a page needs to label text with the library: a text, the spans there are, and word when one is made.
window.openArticle = (text, spans) => {
  const container = document.getElementById("text");
  // In one node: with an element a paragraph the library takes many times as long to find the spans.
  container.textContent = text;
  const annotator = window.RecogitoJS.createTextAnnotator(container, { renderer: "CSS_HIGHLIGHTS" });
  annotator.on("createAnnotation", () => window.whenCreated?.());
  annotator.setAnnotations(spans.map(({ id, start, end, quote }) => ({ id, bodies: [], target: { annotation: id, selector: [{ start, end, quote }] } })));
};
// Measured by `./dev bench peers`: when somebody could begin to label.
const start = () => {
  window.openArticle("", []);
  requestAnimationFrame(() => setTimeout(() => { window.interactiveAt = performance.now(); }));
};
if (new URL(location).searchParams.has("start")) start();
