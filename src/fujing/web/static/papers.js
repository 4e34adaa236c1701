// Papers of an application: sent when chosen, made smaller and upright on the phone, seen, replaced, removed.
// Without this script the form carries the files itself.
(() => {
  const form = document.querySelector("form[data-papers]");
  if (!form || !window.FormData) return;
  const LONGEST = 2000;
  const token = form.elements.csrfmiddlewaretoken.value;
  const labels = JSON.parse(document.getElementById("papers").textContent);
  const known = new Map(labels.map((paper) => [paper.kind, paper]));

  async function smaller(file) {
    if (!/^image\/(jpeg|png)$/.test(file.type) || !window.createImageBitmap) return file;
    try {
      const image = await createImageBitmap(file, { imageOrientation: "from-image" });
      const scale = Math.min(1, LONGEST / Math.max(image.width, image.height));
      if (scale === 1 && file.size < 600000) return file;
      const canvas = document.createElement("canvas");
      canvas.width = Math.round(image.width * scale);
      canvas.height = Math.round(image.height * scale);
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.85));
      return blob && blob.size < file.size ? new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" }) : file;
    } catch { return file; }
  }

  function send(data, moved) {
    return new Promise((done) => {
      const request = new XMLHttpRequest();
      request.open("POST", form.dataset.papers);
      request.setRequestHeader("X-CSRFToken", token);
      request.upload.onprogress = (event) => { if (event.lengthComputable) moved(Math.round((event.loaded / event.total) * 100)); };
      request.onload = () => {
        try { done(JSON.parse(request.responseText)); } catch { done({ error: "没有传成，请再试一次。" }); }
      };
      request.onerror = () => done({ error: "网络断开，文件没有传成。恢复后请再选一次，其余内容不受影响。" });
      request.send(data);
    });
  }

  function show(input, said) {
    const box = input.parentElement.querySelector(".paper") || input.insertAdjacentElement("afterend", document.createElement("div"));
    box.className = "paper";
    box.setAttribute("role", "status");
    box.replaceChildren();
    if (said.error) {
      const wrong = document.createElement("p");
      wrong.className = "errors";
      wrong.textContent = said.error;
      box.append(wrong);
    }
    if (said.percent !== undefined) {
      const bar = document.createElement("progress");
      bar.max = 100;
      bar.value = said.percent;
      bar.setAttribute("aria-label", `${said.label}上传进度`);
      box.append(bar, ` 正在上传 ${said.percent}%`);
    }
    if (said.url) {
      const link = document.createElement("a");
      link.href = said.url;
      link.target = "_blank";
      if (said.small) {
        const image = document.createElement("img");
        image.src = said.small;
        image.alt = said.label;
        link.append(image);
      } else link.textContent = said.name;
      const remove = document.createElement("button");
      remove.type = "button";
      remove.className = "btn btn-sm";
      remove.textContent = "删除";
      remove.setAttribute("aria-label", `删除${said.label}`);
      remove.addEventListener("click", () => drop(input));
      const told = document.createElement("span");
      told.className = "muted";
      told.textContent = "已上传，再选就替换";
      box.append(link, told, remove);
    }
  }

  // While a paper is on its way the form waits: leaving the page would end the sending.
  let sending = 0;
  form.addEventListener("submit", (event) => {
    if (!sending) return;
    event.preventDefault();
    const told = form.querySelector("[data-sending]") || form.querySelector(".buttons").insertAdjacentElement("beforebegin", document.createElement("p"));
    told.dataset.sending = "";
    told.setAttribute("role", "alert");
    told.className = "warm";
    told.textContent = "材料还在上传，传完再按。";
  });

  async function take(input) {
    const kind = input.dataset.kind;
    const [file] = input.files;
    if (!file) return;
    const label = input.labels[0] ? input.labels[0].firstChild.textContent.trim() : "材料";
    show(input, { label, percent: 0 });
    input.disabled = true;
    sending += 1;
    const data = new FormData();
    data.append("kind", kind);
    data.append("file", await smaller(file));
    if (form.elements.position) data.append("position", form.elements.position.value);
    const said = await send(data, (percent) => show(input, { label, percent }));
    sending -= 1;
    if (!sending) form.querySelectorAll("[data-sending]").forEach((told) => told.remove());
    input.disabled = false;
    input.value = "";
    if (!said.error) known.set(kind, said);
    show(input, said.error ? { ...(known.get(kind) || {}), error: said.error, label } : said);
  }

  async function drop(input) {
    const kind = input.dataset.kind;
    const data = new FormData();
    data.append("kind", kind);
    data.append("remove", "1");
    const said = await send(data, () => {});
    if (!said.error) known.delete(kind);
    show(input, said.error ? { ...known.get(kind), error: said.error } : {});
  }

  form.querySelectorAll("input[type=file][data-kind]").forEach((input) => {
    input.addEventListener("change", () => take(input));
    if (known.has(input.dataset.kind)) show(input, known.get(input.dataset.kind));
  });
})();
