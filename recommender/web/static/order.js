"use strict";
// The list is put in order by dragging, or with Alt and the arrow keys; without scripts by its buttons.
for (const list of document.querySelectorAll("[data-order]")) {
  const items = () => [...list.children];

  const send = (mark) => {
    const form = document.createElement("form");
    form.method = "post";
    form.action = list.dataset.order;
    const add = (name, value) => {
      const field = document.createElement("input");
      field.type = "hidden";
      field.name = name;
      field.value = value;
      form.append(field);
    };
    add("token", list.dataset.token);
    add("seen", list.dataset.seen);
    add("action", "order");
    add("mark", mark);
    items().forEach((item) => add("titles", item.dataset.title));
    document.body.append(form);
    form.submit();
  };

  let held = null;
  let before = "";
  const order = () => items().map((item) => item.dataset.title).join("\n");
  for (const item of items()) {
    item.draggable = true;
    item.addEventListener("dragstart", (event) => {
      held = item;
      before = order();
      item.classList.add("held");
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", item.dataset.title);
    });
    item.addEventListener("dragover", (event) => {
      if (!held || held === item) return;
      event.preventDefault();
      const middle = item.getBoundingClientRect().top + item.offsetHeight / 2;
      list.insertBefore(held, event.clientY < middle ? item : item.nextSibling);
    });
    item.addEventListener("drop", (event) => event.preventDefault());
    item.addEventListener("dragend", () => {
      item.classList.remove("held");
      held = null;
      if (order() !== before) send(`m${items().indexOf(item) + 1}`);
    });
    item.addEventListener("keydown", (event) => {
      if (!event.altKey || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
      event.preventDefault();
      item.querySelector(`button[value=${event.key === "ArrowUp" ? "up" : "down"}]`)?.click();
    });
  }
}
// After a step the keyboard goes on where it was.
const place = location.hash && document.getElementById(location.hash.slice(1));
if (place) (place.querySelector("button, summary, a") ?? place).focus({preventScroll: true});
