// A figure of a table that is chosen, [data-choose="area/cell"], is what the form in [data-remark] is about.
document.addEventListener("click", (event) => {
  const chosen = event.target.closest && event.target.closest("[data-choose]");
  const form = document.querySelector("[data-remark] form");
  if (!chosen || !form) return;
  const [child, ...cell] = chosen.dataset.choose.split("/");
  form.elements.child.value = child;
  form.elements.cell.value = cell.join("/");
  form.elements.text.focus({ preventScroll: true });
  form.scrollIntoView({ block: "center" });
});
