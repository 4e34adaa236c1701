// Keyboard for work queues (j, k, Enter), no double submit, no lost typing.
document.addEventListener("keydown", (event) => {
  if (event.target.closest("input, textarea, select")) return;
  const rows = [...document.querySelectorAll("[data-queue] a[data-row]")];
  if (!rows.length || !["j", "k"].includes(event.key)) return;
  const at = rows.indexOf(document.activeElement);
  rows[Math.max(0, Math.min(rows.length - 1, at + (event.key === "j" ? 1 : -1)))].focus();
});
let dirty = false;
document.addEventListener("input", (event) => { if (event.target.closest("form[data-guard]")) dirty = true; });
document.addEventListener("submit", (event) => {
  dirty = false;
  const form = event.target;
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = "1";
  setTimeout(() => { delete form.dataset.sent; }, 4000);
});
window.addEventListener("beforeunload", (event) => { if (dirty) event.preventDefault(); });
