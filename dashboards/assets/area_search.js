// Suggests areas while a name or a code is typed. Arrow keys go through them, Escape closes, Enter goes to the first.
(function () {
  const PAUSE = 150; // milliseconds
  let typed = 0;

  const form = (event) => event.target.closest && event.target.closest(".area-search");
  const found = (search) => search.querySelector(".found");
  const close = (search) => found(search).replaceChildren();

  function show(search, areas) {
    found(search).replaceChildren(
      ...areas.map((area) => {
        const link = document.createElement("a");
        link.href = area.href;
        link.append(area.title, Object.assign(document.createElement("small"), { textContent: area.place }));
        return link;
      }),
    );
  }

  document.addEventListener("input", async (event) => {
    const search = form(event);
    if (!search) return;
    const mine = ++typed;
    const words = event.target.value.trim();
    if (!words) return close(search);
    await new Promise((done) => setTimeout(done, PAUSE));
    if (mine !== typed) return;
    const query = new URLSearchParams({ words, lang: document.documentElement.lang });
    const answer = await fetch("/search/areas?" + query).catch(() => null);
    if (answer && answer.ok && mine === typed) show(search, await answer.json());
  });

  document.addEventListener("keydown", (event) => {
    const search = form(event);
    if (!search) return;
    if (event.key === "Escape") return close(search);
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const stops = [search.querySelector("input[type=search]"), ...found(search).querySelectorAll("a")];
    const next = stops[stops.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1)];
    if (!next) return;
    event.preventDefault();
    next.focus();
  });

  document.addEventListener("submit", (event) => {
    const first = form(event) && found(form(event)).querySelector("a");
    if (!first) return;
    event.preventDefault();
    first.click();
  });

  document.addEventListener("focusout", (event) => {
    const search = form(event);
    if (search && !search.contains(event.relatedTarget)) close(search);
  });
})();
