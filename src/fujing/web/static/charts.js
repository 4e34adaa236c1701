// Pictures of reports: data-chart names the JSON beside it (see fujing.web.lists.chart).
addEventListener("DOMContentLoaded", () => {
  const ink = "#1b2733";
  const soft = "#52606d";
  for (const place of document.querySelectorAll("[data-chart]")) {
    const data = JSON.parse(document.getElementById(place.dataset.chart).textContent);
    const picture = echarts.init(place, null, { renderer: "svg" });
    picture.setOption({
      animation: false,
      color: ["#1b4b91", "#c9761a", "#5b8a72", "#7d6aa8"],
      textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, color: ink },
      grid: { left: 8, right: 16, top: data.series.length > 1 ? 36 : 28, bottom: 4, containLabel: true },
      legend: { show: data.series.length > 1, top: 0, left: 0, itemWidth: 14, textStyle: { color: ink } },
      tooltip: { trigger: "axis", confine: true, valueFormatter: (value) => value == null ? "未知" : `${value}${data.unit}` },
      xAxis: { type: "category", data: data.labels, axisTick: { show: false }, axisLabel: { color: soft, hideOverlap: true } },
      yAxis: { type: "value", name: data.unit, nameTextStyle: { color: soft, align: "right" }, axisLabel: { color: soft } },
      series: data.series.map((each) => ({ ...each, data: each.values, type: data.kind, barMaxWidth: 28, symbolSize: 7 })),
    });
    addEventListener("resize", () => picture.resize());
    addEventListener("beforeprint", () => picture.resize());
  }
});
