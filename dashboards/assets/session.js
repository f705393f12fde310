// What a page sends is sent for whom it was made: where their session has ended meanwhile, it asks them to sign in again and
// sends it then. Nothing that was typed is lost, and nothing is sent as a visitor instead.
window.salaSession = (() => {
  const meta = (name) => document.querySelector(`meta[name="${name}"]`);
  const LOOK = 3000; // milliseconds between two looks at who is signed in

  const now = () => fetch("/session").then((answer) => answer.json());

  async function signedInAgain(name) {
    const dialog = document.getElementById("session");
    if (!dialog.open) dialog.showModal();
    for (;;) {
      await new Promise((done) => {
        setTimeout(done, LOOK);
        window.addEventListener("focus", done, { once: true });
      });
      const { account, token } = await now().catch(() => ({}));
      if (account === name) {
        meta("csrf-token").content = token;
        dialog.close();
        return true;
      }
      if (!dialog.open) return false; // they would rather look at what they typed first
    }
  }

  // Asks by `ask(headers)`. Rejects where there is no line; null where somebody did not sign in again.
  async function guarded(ask) {
    const name = meta("account").content;
    for (;;) {
      const headers = { "X-CSRFToken": meta("csrf-token").content };
      if (name) headers["X-Sala-Account"] = name;
      const answer = await ask(headers);
      if (answer.status !== 401 || !name) return answer;
      if (!(await signedInAgain(name))) return null;
    }
  }

  // As fetch, with JSON or a form in `body`.
  const send = (address, options = {}) => guarded((headers) => {
    headers["Accept-Language"] = document.documentElement.lang;
    const plain = !options.body || options.body instanceof FormData;
    if (!plain) headers["Content-Type"] = "application/json";
    return fetch(address, { ...options, body: plain ? options.body : JSON.stringify(options.body), headers });
  });

  // A plain form leaves the page, so it is asked beforehand who would be sending it.
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    const name = meta("account").content;
    if (!name || form.method !== "post" || event.defaultPrevented) return;
    if (form.getAttribute("action") === "/sign-out") return; // it has ended already
    event.preventDefault();
    try {
      const { account } = await now();
      if (account !== name && !(await signedInAgain(name))) return;
      const token = form.querySelector('[name="csrf_token"]');
      if (token && account !== name) token.value = meta("csrf-token").content;
      form.submit();
    } catch {
      window.dispatchEvent(new Event("offline"));
    }
  });

  // Gives a page that was kept for later the token of the session, where it is still of the account that the page is of.
  async function renew() {
    const { account, token } = await now().catch(() => ({}));
    if (account !== undefined && account === meta("account").content) meta("csrf-token").content = token;
  }

  return { guarded, send, renew };
})();
