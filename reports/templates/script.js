"use strict";
(() => {
  const form = document.querySelector(".filter");
  const words = document.getElementById("words");
  const shown = form.querySelector(".shown");
  const boxes = [...form.querySelectorAll("[name=status]")];
  const rows = [...document.querySelectorAll(".check")].map(row => ({ row, text: row.textContent.toLowerCase() }));
  const groups = [...document.querySelectorAll(".group")];
  const rests = [...document.querySelectorAll(".rest")];

  // A status that no check has is no choice.
  for (const box of boxes) {
    if (!rows.some(({ row }) => row.dataset.status === box.value)) box.closest("label").remove();
  }
  document.querySelector(".filter-here")?.append(form);
  form.hidden = rows.length === 0;

  const filter = () => {
    const wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean);
    const statuses = new Set(boxes.filter(box => box.checked).map(box => box.value));
    let count = 0;
    for (const { row, text } of rows) {
      const fits = statuses.has(row.dataset.status) && wanted.every(word => text.includes(word));
      row.hidden = !fits;
      count += fits;
    }
    for (const group of groups) group.hidden = !group.querySelector(".check:not([hidden])");
    for (const rest of rests) {
      if (wanted.length) rest.open = rest.querySelector(".check:not([hidden])") !== null;
    }
    shown.textContent = `${count} of ${rows.length} checks shown`;
  };
  let waiting = 0;
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(filter, 120);
  });
  form.addEventListener("submit", event => event.preventDefault());
  words.addEventListener("keydown", event => {
    if (event.key !== "Escape") return;
    words.value = "";
    filter();
  });
  filter();

  // A link must reach a check that is filtered out or folded away.
  const reveal = () => {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    if (target.hidden) {
      words.value = "";
      for (const box of boxes) box.checked = true;
      filter();
    }
    for (let at = target; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
    target.scrollIntoView();
  };
  addEventListener("hashchange", reveal);
  reveal();

  // Paper can't be unfolded.
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll("details:not([open])")];
    for (const each of folded) each.open = true;
  });
  addEventListener("afterprint", () => {
    for (const each of folded) each.open = false;
  });
})();
