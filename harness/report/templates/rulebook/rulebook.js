"use strict";
(() => {
  const box = document.getElementById("search");
  if (!box) return;
  const rows = [...document.querySelectorAll("[data-words]")].map((row) => ({
    row,
    text: (row.textContent + " " + row.dataset.words).toLowerCase(),
  }));
  const groups = [...document.querySelectorAll("[data-group]")];
  const said = document.getElementById("found");
  const look = () => {
    const wanted = box.value.toLowerCase().split(/\s+/).filter(Boolean);
    let found = 0;
    for (const { row, text } of rows) {
      row.hidden = !wanted.every((word) => text.includes(word));
      found += row.hidden ? 0 : 1;
    }
    for (const group of groups) group.hidden = !group.querySelector("[data-words]:not([hidden])");
    said.textContent = wanted.length ? `${found} of ${rows.length} rules` : "";
  };
  box.closest("form").hidden = false;
  box.closest("form").addEventListener("submit", (event) => event.preventDefault());
  box.addEventListener("input", look);
  look();
})();
