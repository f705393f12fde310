// Sends what somebody typed. Where their session has ended meanwhile, it asks them to sign in again and sends it then.
window.salaSession = (() => {
  const meta = (name) => document.querySelector(`meta[name="${name}"]`);
  const LOOK = 3000; // milliseconds between two looks at who is signed in

  async function signedInAgain(name) {
    const dialog = document.getElementById("session");
    if (!dialog.open) dialog.showModal();
    for (;;) {
      await new Promise((done) => {
        setTimeout(done, LOOK);
        window.addEventListener("focus", done, { once: true });
      });
      if (!dialog.open) return false; // they would rather look at what they typed first
      const now = await fetch("/session").then((answer) => answer.json()).catch(() => ({}));
      if (now.account !== name) continue;
      meta("csrf-token").content = now.token;
      dialog.close();
      return true;
    }
  }

  // As fetch, with JSON in `body`. Rejects where there is no line; null where somebody did not sign in again.
  async function send(address, options = {}) {
    const name = meta("account").content;
    for (;;) {
      const headers = { "X-CSRFToken": meta("csrf-token").content, "Accept-Language": document.documentElement.lang };
      if (name) headers["X-Sala-Account"] = name;
      if (options.body) headers["Content-Type"] = "application/json";
      const body = options.body && JSON.stringify(options.body);
      const answer = await fetch(address, { ...options, body, headers });
      if (answer.status !== 401 || !name) return answer;
      if (!(await signedInAgain(name))) return null;
    }
  }

  return { send };
})();
