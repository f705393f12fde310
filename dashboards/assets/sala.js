// What happens in the browser: the window's title and language, and going where a chart or a choice leads.
window.dash_clientside = window.dash_clientside || {};
window.dash_clientside.sala = (function () {
  const none = () => window.dash_clientside.no_update;
  const PAUSE = 600; // milliseconds
  const SLOW = 4000; // milliseconds after which one hears that the answer is still awaited
  let path = null;
  let typed = 0;
  let chosen = 0;

  // dcc.Upload makes its input without a name; whoever listens to the page hears the words of its box.
  new MutationObserver(() => {
    for (const input of document.querySelectorAll(".upload input[type=file]:not([aria-label])")) {
      input.setAttribute("aria-label", input.closest(".upload").textContent.trim());
    }
  }).observe(document.documentElement, { childList: true, subtree: true });

  // The headline came with the address; it goes when the page is there.
  new MutationObserver((_, observer) => {
    if (!document.getElementById("headline")) return;
    document.getElementById("first").remove();
    observer.disconnect();
  }).observe(document.documentElement, { childList: true, subtree: true });

  // What the line says: "slow" while an answer is long in coming, "away" while what was asked is asked again by itself,
  // "lost" where nobody knows whether it was done.
  const line = document.getElementById("connection");
  let again = () => {};
  function tell(state) {
    line.hidden = !state;
    line.dataset.state = state;
  }
  line.querySelector("button").addEventListener("click", () => {
    if (line.dataset.state === "lost") window.location.reload();
    else again();
  });
  window.addEventListener("offline", () => tell("away"));
  window.addEventListener("online", () => (again(), tell("")));

  // To read again changes nothing, so a page is asked for until it comes.
  async function answered(send, reads) {
    for (let pause = 1000; ; pause = Math.min(2 * pause, 15000)) {
      const slow = setTimeout(() => tell("slow"), SLOW);
      try {
        const answer = await send();
        if (!reads || ![502, 504].includes(answer.status)) {
          tell("");
          return answer;
        }
      } catch (failure) {
        if (!reads) {
          tell("lost");
          throw failure;
        }
      } finally {
        clearTimeout(slow);
      }
      tell("away");
      await new Promise((done) => ((again = done), setTimeout(done, pause)));
    }
  }

  // What a signed-in reader changes carries the page's token: a cookie alone would let other sites act for them.
  const token = document.querySelector('meta[name="csrf-token"]');
  const plain = window.fetch;
  window.fetch = (target, options = {}) => {
    const url = new URL(target instanceof Request ? target.url : target, window.location.href);
    if (url.origin !== window.location.origin) return plain(target, options);
    const writes = options.method && options.method !== "GET";
    const headers = new Headers(options.headers);
    if (writes && token.content) headers.set("X-CSRFToken", token.content);
    if (!url.pathname.startsWith("/_dash-")) return plain(target, { ...options, headers });
    const reads = !writes || String(options.body).startsWith('{"output":"..page.children...head.data.."');
    if (!writes) return answered(() => plain(target, { ...options, headers }), reads);
    return window.salaSession.guarded((own) => {
      for (const [name, value] of Object.entries(own)) if (value) headers.set(name, value);
      return answered(() => plain(target, { ...options, headers }), reads);
    }).then((answer) => {
      if (answer) return answer;
      if (reads) window.location.reload(); // as the visitor that they are now
      return new Response(null, { status: 204 }); // nothing changes, for Dash
    });
  };

  function changed() {
    const triggered = window.dash_clientside.callback_context.triggered;
    return triggered.length ? triggered[0] : null;
  }

  // The answer to a file. While nobody can take it in it is kept here and sent again: the same bytes twice change nothing.
  // Null where the page was left, or another file chosen meanwhile.
  async function sent(form, messages, show) {
    const mine = ++chosen;
    for (;;) {
      const asked = (headers) => fetch("/api/v1/submissions", { method: "POST", body: form, headers });
      const answer = await window.salaSession.guarded(asked).catch(() => undefined);
      if (answer === null || (answer && answer.status !== 503)) return answer;
      const body = answer ? await answer.json().catch(() => ({})) : {};
      show(messages.kept.replace("{why}", body.detail || messages.away));
      await new Promise((done) => setTimeout(done, 1000 * ((answer && answer.headers.get("Retry-After")) || 10)));
      if (mine !== chosen || !document.getElementById("upload-progress")) return null;
    }
  }

  return {
    head: function (head) {
      if (!head) return none();
      document.title = head.title;
      document.documentElement.lang = head.language;
      // After going to another page a screen reader starts at its headline, not where the last link was.
      if (path !== null && path !== head.path) {
        window.scrollTo(0, 0);
        window.requestAnimationFrame(() => {
          const headline = document.getElementById("headline");
          if (headline) headline.focus({ preventScroll: true });
        });
      }
      path = head.path;
      // On a phone the menu is longer than the screen: where one is comes into view.
      window.requestAnimationFrame(() => {
        for (const way of document.querySelectorAll(".ways .on")) {
          way.parentElement.scrollLeft = way.offsetLeft - (way.parentElement.clientWidth - way.offsetWidth) / 2;
        }
      });
      return none();
    },

    // Tells when nothing was typed for a moment. Filing ends the wait: what was filed is no draft any more.
    pause: async function () {
      const mine = ++typed;
      if (window.dash_clientside.callback_context.triggered.some((one) => one.prop_id === "flash-file.n_clicks")) {
        return none();
      }
      await new Promise((done) => setTimeout(done, PAUSE));
      return mine === typed ? Date.now() : none();
    },

    choose: function (values, ids, search, head) {
      const trigger = changed();
      if (!trigger || trigger.value === null || trigger.value === undefined) return none();
      const name = JSON.parse(trigger.prop_id.slice(0, trigger.prop_id.lastIndexOf("."))).name;
      const query = new URLSearchParams(search || "");
      // A list that has just been drawn also reports its value; only another value is a choice.
      if (!head || head.chosen[name] === trigger.value) return none();
      query.set(name, trigger.value);
      return "?" + query.toString();
    },

    // Checked and not kept: the problems that a page shows, and the counts of all.
    check: async function (contents, filename, messages) {
      if (!contents) return none();
      const show = (text) => window.dash_clientside.set_props("upload-progress", { children: text });
      show(messages.checking);
      const form = new FormData();
      form.append("file", await (await fetch(contents)).blob(), filename);
      form.append("dry_run", "true");
      const asked = (headers) => fetch("/api/v1/submissions", { method: "POST", body: form, headers });
      const answer = await window.salaSession.guarded(asked);
      if (!answer) return none();
      const body = await answer.json().catch(() => ({}));
      show(answer.ok ? filename : messages.refused.replace("{why}", body.detail || answer.statusText));
      if (!answer.ok) return none();
      body.problems = body.problems.slice(0, messages.most);
      return body;
    },

    // A file goes to the same API as everyone else's; then its own page shows the verdict as it comes.
    upload: async function (contents, filename, messages) {
      if (!contents) return none();
      const show = (text) => window.dash_clientside.set_props("upload-progress", { children: text });
      show(messages.working);
      const form = new FormData();
      form.append("file", await (await fetch(contents)).blob(), filename);
      form.append("via", "page");
      const answer = await sent(form, messages, show);
      if (!answer) return none();
      const body = await answer.json().catch(() => ({}));
      if (!answer.ok) return messages.refused.replace("{why}", body.detail || answer.statusText);
      window.dash_clientside.set_props("address", { href: messages.href.replace("RECEIPT", body.receipt) });
      return body.known ? messages.known : messages.working;
    },
  };
})();
