// Components of our own (dashboards/components/drawn.py), and the grid's, which is large, fetched when a page shows it.
window.sala = {
  Drawn: ({ markup }) => React.createElement("div", { className: "drawn", dangerouslySetInnerHTML: { __html: markup } }),
};

window.dash_ag_grid = (function () {
  const grid = React.lazy(
    () =>
      new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = document.querySelector('meta[name="grid"]').content;
        script.onload = () => resolve({ default: window.dash_ag_grid.AgGrid });
        script.onerror = reject;
        document.head.append(script);
      }),
  );
  return { AgGrid: (props) => React.createElement(React.Suspense, { fallback: null }, React.createElement(grid, props)) };
})();

// A part of a drawing may lead to a page.
document.addEventListener("click", (event) => {
  const part = event.target.closest && event.target.closest("[data-href]");
  if (part) window.dash_clientside.set_props("address", { href: part.dataset.href });
});
