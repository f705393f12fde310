// Files that were filled in on a page: kept here until the server has given a receipt, and sent when there is a line.
window.salaFiles = (() => {
  const AGAIN = 10000; // milliseconds between two tries
  const kept = window.salaKept;
  let working = false;

  const quoted = (cell) => (/[",\n\r]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

  // Rows as CSV. Its last head is a note, which no reader takes for data: what is filled in alike twice is two files.
  function csv(order, rows) {
    const note = `# ${new Date().toISOString()}`;
    const lines = [[...order, note], ...rows.map((row) => [...order.map((name) => row[name] || ""), ""])];
    return `${lines.map((cells) => cells.map(quoted).join(",")).join("\r\n")}\r\n`;
  }

  function form(file, extra) {
    const sent = new FormData();
    sent.append("file", new Blob([file.text], { type: "text/csv" }), file.name);
    for (const [name, value] of Object.entries({ dataset: file.dataset, via: "page", ...extra })) sent.append(name, value);
    return sent;
  }

  const post = (file, extra) => window.salaSession.send("/api/v1/submissions", { method: "POST", body: form(file, extra) });

  // What was sent is no draft any more.
  async function forget(account, file, key) {
    await kept.drop("drafts", key);
    const sheet = await kept.get("sheets", key);
    if (sheet) await kept.put("sheets", key, { ...sheet, draft: null });
    if (account) await window.salaSession.send(`/api/v1/entry-drafts/${file.of}`, { method: "DELETE" }).catch(() => null);
  }

  // Sends what waits of an account, oldest first. `told(state, file, body)` hears of each: sent, waits, refused, ended;
  // `again` is called after a while where something waits.
  async function work(account, told, again) {
    if (working) return;
    working = true;
    try {
      for (const key of (await kept.keys("files")).filter((one) => one.startsWith(`${account}/`))) {
        const file = await kept.get("files", key);
        const answer = await post(file).catch(() => undefined);
        if (answer === undefined || [429, 502, 503, 504].includes(answer.status)) {
          setTimeout(again, AGAIN);
          return told("waits", file, answer ? await answer.json().catch(() => ({})) : {});
        }
        if (answer === null) return told("ended", file, {});
        const body = await answer.json().catch(() => ({}));
        await kept.drop("files", key); // a refusal would be the same again
        if (answer.ok) await forget(account, file, key);
        told(answer.ok ? "sent" : "refused", file, body);
      }
    } finally {
      working = false;
    }
  }

  return { csv, post, work };
})();
