"use strict";
// A column of the chart leads to its clauses: they unfold.
const unfold = () => {
  const place = location.hash && document.getElementById(location.hash.slice(1));
  if (place instanceof HTMLDetailsElement) place.open = true;
};
window.addEventListener("hashchange", unfold);
unfold();
