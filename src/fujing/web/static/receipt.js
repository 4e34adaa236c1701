// The receipt as a picture: its own lines, drawn; nothing leaves the phone.
document.addEventListener("DOMContentLoaded", () => {
  const panel = document.querySelector("[data-keep]");
  const button = document.querySelector("[data-picture]");
  if (!panel || !button) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    const width = 720, margin = 40, step = 44;
    const canvas = document.createElement("canvas");
    const pen = canvas.getContext("2d");
    const font = (big) => `${big ? "bold 52px ui-monospace, monospace" : "28px sans-serif"}`;
    const lines = [];
    for (const part of panel.querySelectorAll("p")) {
      const big = part.classList.contains("code");
      pen.font = font(big);
      let line = "";
      for (const character of part.textContent.replace(/\s+/g, " ").trim()) {
        if (pen.measureText(line + character).width > width - 2 * margin) { lines.push([line, big]); line = ""; }
        line += character;
      }
      lines.push([line, big], ["", false]);
    }
    canvas.width = width;
    canvas.height = 2 * margin + lines.length * step;
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, width, canvas.height);
    pen.fillStyle = "#1b2733";
    lines.forEach(([text, big], at) => { pen.font = font(big); pen.fillText(text, margin, margin + (at + 0.8) * step); });
    const link = document.createElement("a");
    link.download = "回执.png";
    link.href = canvas.toDataURL("image/png");
    link.click();
  });
});
