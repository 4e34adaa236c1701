// An answer older than a day is none: a page that was left open or kept says so instead of what it answered.
document.addEventListener("DOMContentLoaded", () => {
  const panel = document.querySelector("[data-answered]");
  if (!panel) return;
  const answered = Date.parse(panel.dataset.answered), day = 24 * 3600 * 1000;
  const look = () => {
    // A clock that is a day off knows no better.
    const stale = !(Math.abs(Date.now() - answered) < day);
    panel.querySelector("[data-fresh]").hidden = stale;
    panel.querySelector("[data-stale]").hidden = !stale;
  };
  look();
  setInterval(look, 30000);
  addEventListener("pageshow", look);
  document.addEventListener("visibilitychange", look);
});
