// Opens the sheet of every [data-entry]: from the API, or in [data-offline] from what this device has kept.
(() => {
  const kept = window.salaKept;
  const { make } = window.salaSheet;
  const meta = (name) => document.querySelector(`meta[name="${name}"]`);
  const send = (...sent) => window.salaSession.send(...sent);

  // Who is signed in: as the page says or, where there is no line, as it said last. With a line the server says it.
  async function reader(offline) {
    if (!offline) {
      const account = meta("account").content;
      await kept.put("reader", "last", { account });
      return account;
    }
    const last = (await kept.get("reader", "last")) || { account: "" };
    return (meta("account").content = last.account);
  }

  async function fetched(of) {
    const [dataset, area, period] = of.split("/");
    const answer = await send(`/api/v1/entry-sheets/${dataset}?${new URLSearchParams({ area, period })}`).catch(() => undefined);
    if (!answer) return answer;
    return { ok: answer.ok, body: await answer.json().catch(() => ({})) };
  }

  async function open(place) {
    const texts = JSON.parse(place.dataset.texts);
    const offline = place.dataset.offline !== undefined;
    const account = await reader(offline);
    const of = offline ? await chosen(place, account, texts) : place.dataset.entry;
    if (!of) return;
    const key = `${account}/${of}`;
    const answer = offline ? undefined : await fetched(of);
    if (answer && !answer.ok) return void place.replaceChildren(make("p", { className: "note" }, answer.body.detail || ""));
    const sheet = answer ? answer.body : await kept.get("sheets", key);
    if (!sheet) return void place.replaceChildren(make("p", { className: "note" }, texts.not_kept_here));
    if (answer) await kept.put("sheets", key, sheet);
    await kept.put("reader", "last", { account, of });
    const local = await kept.get("drafts", key);
    const saved = (sheet.draft || { cells: {} }).cells;
    const cells = !local || (answer && account && !local.dirty) ? saved : { ...saved, ...local.cells };
    const drawn = new window.salaSheet(place, texts, account, of, sheet, cells);
    drawn.draw();
    if (local && local.dirty && answer) drawn.save();
    if (!answer) drawn.saved.textContent = texts.device;
    const back = async () => {
      if (!place.isConnected || place.dataset.drawn !== name(place)) return window.removeEventListener("online", back);
      await drawn.work();
      const now = await kept.get("drafts", key);
      if (now && now.dirty) drawn.save();
    };
    window.addEventListener("online", back);
    // without room, or not allowed, there is no page to come back to without a line; this one works while it is open
    if (answer) kept.keepPage().then(() => (place.dataset.kept = "page")).catch(() => null);
    if ((await kept.keys("files")).some((file) => file.startsWith(`${account}/`))) back();
  }

  // Which of the sheets that were kept: as the address says, or else the last one; all are listed.
  async function chosen(place, account, texts) {
    const query = new URLSearchParams(window.location.search);
    const asked = ["dataset", "area", "period"].map((name) => query.get(name)).join("/");
    const sheets = (await kept.keys("sheets")).filter((key) => key.startsWith(`${account}/`)).map((key) => key.slice(account.length + 1));
    const last = ((await kept.get("reader", "last")) || {}).of;
    const links = sheets.map((of) => {
      const [dataset, area, period] = of.split("/");
      return make("li", {}, make("a", { href: `/entry?${new URLSearchParams({ dataset, area, period })}` }, of.replaceAll("/", " · ")));
    });
    if (links.length > 1) place.before(make("nav", { className: "kept", ariaLabel: texts.kept_sheets }, make("p", { className: "note" }, texts.kept_sheets), make("ul", {}, ...links)));
    const of = sheets.includes(asked) ? asked : sheets.includes(last) ? last : sheets[0];
    if (!of) place.replaceChildren(make("p", { className: "note" }, texts.not_kept_here));
    return of;
  }

  const name = (place) => place.dataset.entry || "offline";

  function openAll() {
    for (const place of document.querySelectorAll(".entry-sheet[data-texts]")) {
      if (place.dataset.drawn === name(place)) continue;
      place.dataset.drawn = name(place);
      open(place).catch((failure) => {
        place.append(make("p", { className: "note", role: "alert" }, String(failure)));
        throw failure;
      });
    }
  }
  openAll();
  new MutationObserver(openAll).observe(document.documentElement, { childList: true, subtree: true });
})();
