// Opens and closes what the prototype shows. State comes from the address, e.g. working.en.html#dialog=help,theme=dark
const state = Object.fromEntries(location.hash.slice(1).split(",").filter(Boolean).map((part) => part.split("=")));
const byId = (id) => document.getElementById(id);

if (state.theme) document.documentElement.dataset.theme = state.theme;
if (state.open) byId(state.open).dataset.open = "true";
if (state.focus === "off") document.querySelector(".span-detail").remove();
if (state.menu) {
  byId("settings-menu").hidden = false;
  byId("settings-button").setAttribute("aria-expanded", "true");
}
for (const part of ["drop", "banner", "find", "busy"]) if (state[part]) byId(part).hidden = false;
if (state.toast) document.querySelector(".status").append(byId("toast").content.cloneNode(true));
if (state.codes) byId("article").dataset.codes = state.codes;
if (state.dialog) byId(state.dialog).showModal();

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  if (opener) byId(opener.dataset.opens).showModal();
  if (event.target.closest("[data-closes]")) event.target.closest("dialog").close();
  if (event.target.closest("#settings-button")) byId("settings-menu").toggleAttribute("hidden");
});

// The overlay's places, as the page will compute them.
document.fonts.ready.then(() => {
  const mark = document.querySelector(".mark[data-focus]");
  if (!mark) return;
  const origin = byId("overlay").getBoundingClientRect();
  const box = mark.getClientRects()[0];
  const popup = byId("mark-popup");
  popup.hidden = state.popup === "off";
  popup.style.setProperty("--x", `${(box.left + box.right) / 2 - origin.left}px`);
  popup.style.setProperty("--y", `${box.top - origin.top}px`);
  const caret = document.querySelector(".caret");
  caret.style.setProperty("--x", `${box.left - origin.left}px`);
  caret.style.setProperty("--y", `${box.top - origin.top}px`);
  caret.style.setProperty("--block", `${box.height}px`);
});
