// Starts the page. A file of its own because the Content-Security-Policy allows no inline script.
// Its own address carries the build's stamp (?v=…), which is handed on, so that no cache can mix two builds.
const stamp = new URL(import.meta.url).search;
const part = (name) => new URL(name + stamp, import.meta.url).href;

try {
  const { default: init } = await import(part("misam-app.js"));
  await init({ module_or_path: part("misam-app_bg.wasm") });
} catch (error) {
  console.error(error);
  const notice = document.createElement("div");
  notice.setAttribute("role", "alert");
  notice.className = "boot-failure";
  for (const [lang, dir, text] of [
    ["ar", "rtl", "تعذّر تشغيل ميسم. أعد تحميل الصفحة، أو استخدم إصدارًا حديثًا من كروم أو فايرفوكس أو سفاري. لم يُفقد شيء من عملك."],
    ["en", "ltr", "Misam could not start. Reload the page, or use a current Chrome, Firefox or Safari. Nothing of your work is lost."],
  ]) {
    const line = document.createElement("p");
    Object.assign(line, { lang, dir, textContent: text });
    notice.append(line);
  }
  const reason = document.createElement("pre");
  reason.textContent = String(error);
  notice.append(reason);
  document.body.append(notice);
}
