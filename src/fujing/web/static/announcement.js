// Pages of an announcement: what is typed is added up beside the fields. Without this script nothing is missing; the
// server checks weights, places and dates.

const numberOf = (text) => {
  const plain = text.replace(/\s/g, "").replace("％", "%").replace("／", "/");
  if (plain.includes("/")) {
    const [over, under] = plain.split("/").map(Number);
    return over / under;
  }
  return plain.endsWith("%") ? Number(plain.slice(0, -1)) / 100 : Number(plain);
};
const percent = (share) => `${Math.round(share * 10000) / 100}%`;

// data-sum names the fields; data-others has the parts that other pages keep; data-whole the places of the plan.
function addUp(place) {
  const fields = [...place.closest("form").querySelectorAll(place.dataset.sum)];
  const typed = fields.map((field) => field.value.trim() || field.dataset.usual || "").filter(Boolean);
  const kept = place.dataset.others.split(" ").filter(Boolean);
  const parts = [...kept, ...typed].map(numberOf);
  const total = parts.reduce((sum, part) => sum + part, 0);
  place.hidden = !fields.some((field) => field.value.trim()) || Number.isNaN(total);
  if (place.dataset.whole) {
    const whole = Number(place.dataset.whole);
    place.classList.toggle("wrong", total > whole);
    place.textContent = `${place.dataset.says} ${total} 人，计划还剩 ${whole} 人${total > whole ? `，超出 ${total - whole} 人` : ""}`;
    return;
  }
  // Each of them 1 is a way to add scores, too.
  const right = Math.abs(total - 1) < 1e-9 || parts.every((part) => part === 1 || part === 0);
  place.classList.toggle("wrong", !right);
  place.textContent = `${place.dataset.says}合计 ${percent(total)}${right ? "" : "，应为 100%"}`;
}

const DAYS = "日一二三四五六";
// The weekday beside every date, and how many days there are from 报名开始 to 报名截止.
function tellDay(field) {
  let place = field.parentElement.querySelector(".weekday");
  if (!place) {
    place = document.createElement("span");
    place.className = "muted weekday";
    field.after(place);
  }
  const day = new Date(field.value.slice(0, 10));
  place.textContent = Number.isNaN(day.getTime()) ? "" : `星期${DAYS[day.getUTCDay()]}`;
  place.classList.remove("wrong");
  const opens = field.form.elements.opens?.value;
  if (field.name !== "closes" || !opens || !field.value) return;
  const days = Math.round((day - new Date(opens.slice(0, 10))) / 86400000) + 1;
  place.textContent += field.value > opens ? `，报名共 ${days} 天` : "，早于报名开始";
  place.classList.toggle("wrong", field.value <= opens);
}

function tell() {
  document.querySelectorAll("[data-sum]").forEach(addUp);
  document.querySelectorAll("main input[type=date], main input[type=datetime-local]").forEach(tellDay);
}
document.addEventListener("input", tell);
document.addEventListener("change", tell);
document.addEventListener("DOMContentLoaded", tell);
