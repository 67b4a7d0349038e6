// Starts the page, and says so when it cannot start or has broken down. A file of its own because the
// Content-Security-Policy allows no inline script.
// Its own address carries the build's stamp (?v=…), which is handed on, so that no cache can mix two builds.
const stamp = new URL(import.meta.url).search;
const part = (name) => new URL(name + stamp, import.meta.url).href;

// Markup comes only from the page's own templates, scripts only from beside it: whatever else somebody gets to write
// into the page stays text (Trusted Types).
const ACTIVE = /<(script|iframe|object|embed|base|meta|link|form)\b|\son\w+\s*=|javascript:/i;
const OWN_SCRIPTS = ["misam-worker_loader.js", "sw.js"].map((name) => new URL(name, import.meta.url).pathname);
globalThis.trustedTypes?.createPolicy("default", {
  createHTML: (markup) => (ACTIVE.test(markup) ? null : markup),
  createScriptURL(address) {
    const { origin, pathname } = new URL(address, import.meta.url);
    return origin === location.origin && OWN_SCRIPTS.includes(pathname) ? address : null;
  },
});

const NOT_STARTED = {
  ar: "تعذّر تشغيل ميسم. أعد تحميل الصفحة، أو استخدم إصدارًا حديثًا من كروم أو فايرفوكس أو سفاري. لم يُفقد شيء من عملك.",
  en: "Misam could not start. Reload the page, or use a current Chrome, Firefox or Safari. Nothing of your work is lost.",
};
const STOPPED = {
  ar: "توقف ميسم بسبب خلل فيه. أعد تحميل الصفحة لتتابع: كل ما كان محفوظًا باقٍ.",
  en: "Misam has stopped because of a fault of its own. Reload the page to go on: everything that was saved is still there.",
};

/** Puts a notice above the page, once: what follows a breakdown says nothing new. */
function tell(texts, reason) {
  if (document.querySelector(".boot-failure")) return;
  const notice = document.createElement("div");
  notice.setAttribute("role", "alert");
  notice.className = "boot-failure";
  for (const [lang, dir] of [["ar", "rtl"], ["en", "ltr"]]) {
    const line = document.createElement("p");
    Object.assign(line, { lang, dir, textContent: texts[lang] });
    notice.append(line);
  }
  const details = document.createElement("pre");
  details.textContent = String(reason);
  notice.append(details);
  // While a dialog is open, nothing outside it is seen or heard.
  (document.querySelector("dialog:modal") ?? document.body).append(notice);
}

// A panic ends in a trap, wherever it happens: in an event, a timer or a promise. Nothing in the wasm can be relied on
// after it.
const heed = (error) => {
  if (error instanceof WebAssembly.RuntimeError) tell(STOPPED, error);
};
addEventListener("error", (event) => heed(event.error));
addEventListener("unhandledrejection", (event) => heed(event.reason));

/** The page's wasm. A server that does not name it as what it is keeps the browser from reading it as it comes. */
async function compiled(address) {
  try {
    return await WebAssembly.compileStreaming(fetch(address));
  } catch {
    return WebAssembly.compile(await (await fetch(address)).arrayBuffer());
  }
}

try {
  // Both at once: the wasm is compiled while the script is read.
  const [{ default: init }, wasm] = await Promise.all([
    import(part("misam-app.js")),
    compiled(part("misam-app_bg.wasm")),
  ]);
  await init({ module_or_path: wasm });
} catch (error) {
  console.error(error);
  tell(NOT_STARTED, error);
}
