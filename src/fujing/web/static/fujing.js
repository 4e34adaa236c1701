// Keyboard for queues and lists, provisions in place, no lost typing, no double submit.

// Without this script a card on a phone shows everything; with it the card opens.
document.documentElement.classList.add("js");
document.addEventListener("click", (event) => {
  const opener = event.target.closest(".unfold");
  if (!opener) return;
  const open = opener.closest("tr").classList.toggle("open");
  opener.setAttribute("aria-expanded", String(open));
});

// j and k walk through the rows; Enter follows the link that has the focus.
document.addEventListener("keydown", (event) => {
  if (event.target.closest("input, textarea, select") || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "/") {
    const search = document.querySelector("form[role=search] input");
    if (search) { event.preventDefault(); search.focus(); }
    return;
  }
  const rows = [...document.querySelectorAll("[data-queue] a[data-row]")];
  if (!rows.length || !["j", "k"].includes(event.key)) return;
  const at = rows.indexOf(document.activeElement);
  rows[Math.max(0, Math.min(rows.length - 1, at + (event.key === "j" ? 1 : -1)))].focus();
});

// 1, 2 and 3 press the verdicts of a review page, in the order of its buttons; an incomplete one is refused at its field.
document.addEventListener("keydown", (event) => {
  if (event.target.closest("input, textarea, select") || event.ctrlKey || event.metaKey || event.altKey) return;
  const buttons = document.querySelectorAll("[data-verdicts] button[name=verb]");
  buttons[Number(event.key) - 1]?.click();
});
// A reason from the templates is added to what is written, and stays editable.
document.addEventListener("click", (event) => {
  const text = event.target.closest("[data-reason]")?.dataset.reason;
  if (!text) return;
  const note = event.target.closest("form").elements.note;
  note.value = note.value ? `${note.value}；${text}` : text;
  note.focus();
});

// The text of a provision: on hover, on focus, and on the first tap; the second tap follows the link.
const bubble = document.createElement("div");
bubble.id = "provision-text";
bubble.className = "bubble";
bubble.setAttribute("role", "tooltip");
bubble.hidden = true;
let shown = null;
let leaving = 0;
function hide() {
  if (shown) shown.removeAttribute("aria-describedby");
  shown = null;
  bubble.hidden = true;
}
function show(link) {
  clearTimeout(leaving);
  if (shown === link) return;
  hide();
  if (link.title) { link.dataset.text = link.title; link.removeAttribute("title"); }
  bubble.textContent = link.dataset.text;
  if (!bubble.isConnected) document.body.append(bubble);
  bubble.hidden = false;
  const box = link.getBoundingClientRect();
  const left = Math.min(box.left, document.documentElement.clientWidth - bubble.offsetWidth - 8);
  const below = box.bottom + 6 + bubble.offsetHeight < innerHeight;
  bubble.style.left = `${Math.max(8, left) + scrollX}px`;
  bubble.style.top = `${(below ? box.bottom + 6 : box.top - 6 - bubble.offsetHeight) + scrollY}px`;
  link.setAttribute("aria-describedby", bubble.id);
  shown = link;
}
const leave = () => { leaving = setTimeout(hide, 200); };
const provisionAt = (event) => event.target.closest?.("a.provision");
document.addEventListener("pointerover", (event) => {
  if (event.pointerType !== "mouse") return;
  const link = provisionAt(event);
  if (link) show(link);
  else if (event.target.closest("#provision-text")) clearTimeout(leaving);
  else if (shown && shown !== document.activeElement) leave();
});
document.addEventListener("focusin", (event) => { const link = provisionAt(event); if (link?.matches(":focus-visible")) show(link); });
document.addEventListener("focusout", (event) => { if (provisionAt(event)) leave(); });
document.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
document.addEventListener("click", (event) => {
  const link = provisionAt(event);
  if (link && event.pointerType === "touch" && shown !== link) { event.preventDefault(); show(link); }
  else if (!link) hide();
});

// What folds the filters on a phone is pressed with Enter as well as with the space bar.
document.addEventListener("keydown", (event) => { if (event.key === "Enter" && event.target.matches(".fold")) event.target.click(); });

// Where the button says what is done, only the button does it: Enter in a field would press the first one.
document.addEventListener("keydown", (event) => {
  const { form, type } = event.target;
  if (event.key !== "Enter" || !event.target.matches("input, select") || ["submit", "button"].includes(type)) return;
  if (form?.method === "post" && [...form.elements].some((each) => each.matches("button[name]"))) event.preventDefault();
});

// A form with data-guard asks before its typing is lost; every form is sent once.
let dirty = false;
document.addEventListener("input", (event) => { if (event.target.closest("form[data-guard]")) dirty = true; });
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) { event.preventDefault(); return; }
  if (!event.defaultPrevented) dirty = false;
  if (event.defaultPrevented) return;
  form.dataset.sent = "1";
  form.setAttribute("aria-busy", "true");
  // What is answered with a file leaves the page as it is; what is sent on a slow line may take minutes.
  setTimeout(() => again(form), form.method === "post" && !("file" in form.dataset) ? 180000 : 4000);
});
function again(form) { delete form.dataset.sent; form.removeAttribute("aria-busy"); }
window.addEventListener("pageshow", (event) => { if (event.persisted) document.querySelectorAll("form[data-sent]").forEach(again); });
window.addEventListener("beforeunload", (event) => { if (dirty) event.preventDefault(); });

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) print();
  if (event.target.closest("[data-back]")) history.back();
  const every = event.target.closest("[data-check], [data-uncheck]");
  if (!every) return;
  const { check, uncheck } = every.dataset;
  every.form.querySelectorAll(`input[name="${check ?? uncheck}"]`).forEach((box) => { box.checked = check !== undefined; });
});
document.addEventListener("change", (event) => { if (event.target.matches("[data-submit]")) event.target.form.requestSubmit(); });
document.addEventListener("DOMContentLoaded", () => {
  document.querySelector("[data-summary]")?.focus();
  document.querySelector(".law-row.chosen")?.scrollIntoView({ block: "nearest" });
  document.querySelector(".side a[aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  if (history.length > 1) document.querySelectorAll("[data-back]").forEach((button) => { button.hidden = false; });
});

// A list or a dossier's tab that was swapped in takes the focus, as the page does after a reload.
document.addEventListener("htmx:afterSwap", (event) => {
  hide();
  const swapped = document.getElementById(event.detail.target.id);
  if (!swapped || swapped.contains(document.activeElement)) return;
  swapped.tabIndex = -1;
  swapped.focus({ preventScroll: true });
});
