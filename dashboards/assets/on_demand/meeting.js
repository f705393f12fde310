// The slides of a meeting: one at a time, by the arrow keys, by buttons, or by themselves; which one, the window remembers.
(() => {
  const KEPT = "sala-slide";
  const FORWARD = ["ArrowRight", "PageDown", " "];
  const BACK = ["ArrowLeft", "PageUp"];

  function play(root) {
    root.dataset.drawn = "";
    const slides = [...root.querySelectorAll(".slide")];
    const controls = document.querySelector(".slide-controls");
    let at = Math.min(Number(sessionStorage.getItem(KEPT)) || 0, slides.length - 1);
    let clock = null;

    function show(place, focus) {
      at = Math.max(0, Math.min(place, slides.length - 1));
      sessionStorage.setItem(KEPT, at);
      slides.forEach((slide, n) => (slide.hidden = n !== at));
      controls.querySelector(".place").textContent = `${at + 1} / ${slides.length}`;
      if (!focus) return;
      const heading = slides[at].querySelector("h2");
      heading.tabIndex = -1;
      heading.focus({ preventScroll: true });
    }

    function byThemselves() {
      const button = controls.querySelector('[data-act="play"]');
      clearInterval(clock);
      clock = clock ? null : setInterval(() => show((at + 1) % slides.length), 1000 * root.dataset.seconds);
      button.setAttribute("aria-pressed", String(Boolean(clock)));
    }

    const acts = { back: () => show(at - 1, true), next: () => show(at + 1, true), play: byThemselves };
    controls.addEventListener("click", (event) => acts[event.target.dataset.act]?.());
    document.addEventListener("keydown", (event) => {
      if (!root.isConnected || event.altKey || event.ctrlKey || event.metaKey) return;
      if (event.target.closest("input, textarea, select, button, a, summary")) return; // it is theirs
      const step = FORWARD.includes(event.key) ? 1 : BACK.includes(event.key) ? -1 : 0;
      if (!step) return;
      event.preventDefault();
      show(at + step, true);
    });
    // Nobody's words are covered by the next slide.
    root.addEventListener("input", () => clock && byThemselves());
    controls.hidden = false;
    show(at);
  }

  function look() {
    const root = document.querySelector("#slides:not([data-drawn])");
    if (root) play(root);
  }
  look();
  new MutationObserver(look).observe(document.documentElement, { childList: true, subtree: true });
})();
