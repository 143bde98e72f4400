"use strict";
// A target's year: plan thin dashed, actual heavy, target a thin line, one red mark for the gap. The table below says the same.
(() => {
  const css = getComputedStyle(document.documentElement);
  const color = (name) => css.getPropertyValue(`--${name}`).trim();
  const font = { fontFamily: css.getPropertyValue("--sans"), fontSize: 12, color: color("ink-2") };

  function lastKnown(values) {
    for (let i = values.length - 1; i >= 0; i -= 1) if (values[i] !== null) return i;
    return -1;
  }

  // labels stand at the line: only the point named carries one
  function labelled(values, index, text, style) {
    return values.map((value, i) => (i === index && value !== null
      ? { value, symbolSize: 7, label: { show: true, formatter: text, ...style } }
      : { value, label: { show: false } }));
  }

  function series(data) {
    const unit = data.unit;
    const isRed = Boolean(data.gap);
    const planEnd = data.hasPlan && data.expected[lastKnown(data.expected)] === data.target ? 16 : 0;
    // a rate owed in full all year: its pace is the target's own line
    const isOwedInFull = !data.hasPlan && data.expected.every((v) => v === null || v === data.target);
    const lines = [{
      type: "line", data: data.expected, showSymbol: false, connectNulls: true,
      endLabel: { show: !isOwedInFull, formatter: data.hasPlan ? "分月计划" : "应达", color: font.color, fontFamily: font.fontFamily, offset: [0, planEnd] },
      lineStyle: { color: color("ink-2"), width: 1.2, type: "dashed" }, itemStyle: { color: color("ink-2") }, silent: true,
    }, {
      type: "line", data: labelled(data.actual, data.last === null ? -1 : data.last, `完成${data.last === null ? "" : data.actual[data.last]}`, { position: "bottom", color: isRed ? color("red") : color("ink"), fontWeight: "bold" }),
      symbol: "circle", symbolSize: 6, showSymbol: true, connectNulls: true, lineStyle: { color: color("navy"), width: 2.6 }, itemStyle: { color: color("navy") }, silent: true,
    }];
    if (data.target !== null) {
      lines.push({
        type: "line", showSymbol: false, silent: true, lineStyle: { color: color("ink"), width: 1.2 }, itemStyle: { color: color("ink") },
        data: data.months.map(() => data.target),
        endLabel: { show: true, formatter: `目标${data.target}${unit}`, color: color("ink"), fontWeight: "bold", fontFamily: font.fontFamily },
      });
    }
    if (isRed) {
      const month = data.months[data.last];
      const middle = (data.actual[data.last] + data.expected[data.last]) / 2;
      lines.push({
        type: "line", data: [], silent: true,
        markLine: { silent: true, symbol: "none", lineStyle: { color: color("red"), width: 2, type: "solid" }, label: { show: false },
          data: [[{ coord: [month, data.actual[data.last]] }, { coord: [month, data.expected[data.last]] }]] },
        markPoint: { silent: true, symbol: "circle", symbolSize: 0.1, data: [{ coord: [month, middle] }],
          label: { show: true, formatter: data.gap, position: "right", distance: 8, color: color("red"), fontWeight: "bold", fontFamily: font.fontFamily } },
      });
    }
    return lines;
  }

  function draw(box) {
    const data = JSON.parse(box.previousElementSibling.textContent);
    // a single point is no course: the table says it better
    if (data.actual.filter((v) => v !== null).length < 2 && !data.hasPlan) return;
    box.hidden = false;
    const chart = window.echarts.init(box, null, { renderer: "canvas" });
    const known = [...data.actual, ...data.expected, data.target].filter((v) => v !== null);
    const low = Math.min(0, ...known);
    chart.setOption({
      animation: false, textStyle: font, aria: { enabled: false },
      grid: { left: 8, right: 92, top: 28, bottom: 6, containLabel: true },
      xAxis: { type: "category", data: data.months, boundaryGap: true, axisTick: { show: false }, axisLine: { lineStyle: { color: color("line") } }, axisLabel: font },
      yAxis: { type: "value", min: low < 0 ? undefined : 0, splitLine: { lineStyle: { color: color("line") } }, axisLabel: font, splitNumber: 4 },
      series: series(data),
    });
    new ResizeObserver(() => chart.resize()).observe(box);
  }

  for (const box of document.querySelectorAll("[data-chart]")) draw(box);
})();
