// What is typed survives a lost session: kept on this device for two days, offered again to the same account on the
// same page, forgotten when it was sent or when its account signs out. Never kept: passwords, files, numbers and codes.

const HOURS = 48;
const PREFIX = "fujing-draft|";
const PRIVATE = /password|id_number|phone|code|token/;
const { account, drafts: mode } = document.body.dataset;

const mine = (name) => name.startsWith(`${PREFIX}${account}|`);
const kept = () => Object.keys(localStorage).filter((name) => name.startsWith(PREFIX));
const read = (name) => { try { return JSON.parse(localStorage.getItem(name)); } catch { return null; } };
const write = (name, draft) => { try { localStorage.setItem(name, JSON.stringify(draft)); } catch { /* full: not kept */ } };

const keepable = (field) => field.name && field.name !== "csrfmiddlewaretoken" && !PRIVATE.test(field.name)
  && !["password", "file", "hidden", "submit", "button"].includes(field.type) && !field.closest("[data-private]");
const fields = (form) => [...form.elements].filter(keepable);
const choice = (field) => field.type === "checkbox" || field.type === "radio";

// One entry a value: [name, value]; a box that isn't checked has none.
function typed(form) {
  return fields(form).flatMap((field) => {
    if (choice(field)) return field.checked ? [[field.name, field.value]] : [];
    return field.multiple ? [...field.selectedOptions].map((each) => [field.name, each.value]) : [[field.name, field.value]];
  });
}
const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

function fill(form, values) {
  const has = (name, value) => values.some((each) => each[0] === name && each[1] === value);
  const left = [...values];
  for (const field of fields(form)) {
    if (choice(field)) field.checked = has(field.name, field.value);
    else if (field.multiple) [...field.options].forEach((each) => { each.selected = has(field.name, each.value); });
    else {
      const at = left.findIndex((each) => each[0] === field.name);
      if (at < 0) continue;
      [[, field.value]] = left.splice(at, 1);
    }
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function element(tag, css, text) {
  const made = document.createElement(tag);
  made.className = css;
  made.textContent = text;
  return made;
}

function offer(form, name, draft) {
  const box = element("div", "note warning draft", "");
  const at = new Date(draft.at).toLocaleString("zh-CN", { month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit" });
  const restore = element("button", "btn btn-sm", "恢复上次未保存的内容");
  const forget = element("button", "btn btn-sm", "不要了");
  restore.type = forget.type = "button";
  box.setAttribute("role", "status");
  box.append(element("p", "", `${at} 在本机填写的内容没有保存。`), restore, " ", forget);
  restore.addEventListener("click", () => {
    fill(form, draft.values);
    form.querySelectorAll("input[type=file]").forEach((field) => field.after(element("div", "help", "文件没有保留，请重新选择。")));
    box.remove();
    fields(form)[0]?.focus();
  });
  forget.addEventListener("click", () => { localStorage.removeItem(name); box.remove(); });
  form.prepend(box);
}

function guard(form) {
  const asked = [...new Set(fields(form).map((field) => field.name))].join(",");
  if (!asked) return;
  const name = `${PREFIX}${account}|${location.pathname}|${form.getAttribute("action") ?? ""}|${asked}`;
  const began = typed(form);
  const draft = read(name);
  if (draft && !same(draft.values, began)) offer(form, name, draft);
  let timer = 0;
  const keep = (sent) => {
    clearTimeout(timer);
    const values = typed(form);
    if (!same(values, began)) write(name, { at: Date.now(), values, sent });
  };
  form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(keep, 300, false); });
  form.addEventListener("submit", () => keep(true));
  addEventListener("pagehide", () => { if (timer) { const draft = read(name); keep(Boolean(draft?.sent)); } });
}

for (const name of kept()) {
  const draft = read(name);
  if (!draft || Date.now() - draft.at > HOURS * 3600e3) { localStorage.removeItem(name); continue; }
  if (!draft.sent) continue;
  // Sent and answered by a page of its account: it arrived. Sign-in, a refusal or faults to mend: it didn't.
  const arrived = account && mine(name) && mode !== "refused" && !document.querySelector("[data-summary]");
  if (arrived) localStorage.removeItem(name);
  else write(name, { ...draft, sent: false });
}
if (account && mode !== "off") document.querySelectorAll("form[method=post]:not([data-leave])").forEach(guard);
document.querySelectorAll("form[data-leave]").forEach((form) => form.addEventListener("submit", () => {
  kept().filter(mine).forEach((name) => localStorage.removeItem(name));
}));
