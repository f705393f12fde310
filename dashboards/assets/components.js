// Components of our own (dashboards/components/drawn.py).
window.sala = {
  Drawn: ({ markup }) => React.createElement("div", { className: "drawn", dangerouslySetInnerHTML: { __html: markup } }),
};

// What few pages have names the scripts that draw it; they come with the first of it.
new MutationObserver(() => {
  for (const place of document.querySelectorAll("[data-scripts]")) {
    for (const src of place.dataset.scripts.split(" ")) {
      if (document.querySelector(`script[src="${src}"]`)) continue;
      document.head.append(Object.assign(document.createElement("script"), { src, async: false }));
    }
    place.removeAttribute("data-scripts");
  }
}).observe(document.documentElement, { childList: true, subtree: true });

// A part of a drawing may lead to a page.
document.addEventListener("click", (event) => {
  const part = event.target.closest && event.target.closest("[data-href]");
  if (part) window.dash_clientside.set_props("address", { href: part.dataset.href });
});

// What is drawn by the server may lead to a page, or ask for one by a form that is nothing but an address.
document.addEventListener("click", (event) => {
  const link = event.target.closest && event.target.closest("a[data-in-page]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  window.dash_clientside.set_props("address", { href: link.href });
});
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.inPage === undefined) return;
  event.preventDefault();
  const query = new URLSearchParams([...new FormData(form)].filter(([, value]) => value !== ""));
  window.dash_clientside.set_props("address", { href: `${form.getAttribute("action")}?${query}` });
});
