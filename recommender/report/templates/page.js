"use strict";
(function () {
  const specs = JSON.parse(document.getElementById("specs").textContent);
  const tip = document.getElementById("tip");

  // What a mark stands for, beside the pointer; text only, whatever the document says.
  function showTip(handler, event, item, value) {
    tip.hidden = value === null || value === undefined || value === "";
    if (tip.hidden) return;
    const rows = typeof value === "object" ? Object.entries(value) : [["", String(value)]];
    tip.replaceChildren(...rows.map(([name, text]) => {
      const row = document.createElement("div");
      const label = document.createElement("span");
      label.textContent = name;
      row.append(label, String(text));
      return row;
    }));
    const left = Math.min(event.clientX + 14, window.innerWidth - tip.offsetWidth - 8);
    const top = event.clientY + 16 + tip.offsetHeight > window.innerHeight
      ? event.clientY - tip.offsetHeight - 10 : event.clientY + 16;
    tip.style.left = Math.max(left, 8) + "px";
    tip.style.top = top + "px";
  }

  for (const element of document.querySelectorAll(".chart")) {
    const spec = specs[element.dataset.chart][Number(element.dataset.panel)];
    const options = {mode: "vega-lite", renderer: "svg", actions: false, ast: true, tooltip: showTip};
    vegaEmbed(element, spec, options)
      .then(() => element.querySelector("svg").setAttribute("aria-hidden", "true"))
      .finally(() => { element.dataset.drawn = "yes"; });
  }

  // On paper the quotations stand in their clauses.
  let opened = [];
  window.addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details.evidence:not([open])")];
    opened.forEach((one) => { one.open = true; });
  });
  window.addEventListener("afterprint", () => opened.forEach((one) => { one.open = false; }));
})();
