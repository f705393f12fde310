// The faulty rows of a file, editable: drawn into every [data-mend] from the API, and sent there as a new file.
(() => {
  const send = (...sent) => window.salaSession.send(...sent);
  const LONG_LIST = 60;
  const inLanguage = (words) => words[document.documentElement.lang] || words.en;
  const fill = (text, blanks) => text.replace(/{(\w+)}/g, (_, name) => blanks[name]);

  function make(tag, properties = {}, ...children) {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children.filter((child) => child !== null));
    return element;
  }

  function box(column, value, masked, id) {
    if (!column.choices.length || column.choices.length > LONG_LIST) {
      const input = make("input", { type: "text", id, value: masked ? "" : value ?? "", autocomplete: "off" });
      if (column.numeric) input.inputMode = "decimal";
      if (masked && value) input.placeholder = value;
      return input;
    }
    const first = masked ? [["", value ?? ""]] : column.choices.includes(value) ? [] : [[value ?? "", value ?? ""]];
    const listed = column.choices.map((choice) => [choice, choice]);
    const select = make("select", { id }, ...[...first, ...listed].map(([is, text]) => make("option", { value: is }, text)));
    select.value = masked ? "" : value ?? "";
    return select;
  }

  // A cell to write in, with what is wrong with it, what it may have been meant to be, and what stood there before.
  function cell(row, column, problems, faulty, texts) {
    const id = `mend-${row.row}-${column.name}`;
    const value = row.cells[column.name];
    const input = box(column, value, faulty.masked, id);
    Object.assign(input.dataset, { column: column.name, before: input.value });
    const before = make("small", { className: "before", hidden: true });
    const show = () => {
      const changed = input.value.trim() !== input.dataset.before;
      before.hidden = !changed;
      before.replaceChildren(`${texts.before} `, make("s", {}, value || "–"), ` → ${input.value.trim() || "–"}`);
      input.toggleAttribute("data-changed", changed);
    };
    input.addEventListener("input", show);
    const suggested = problems.flatMap((problem) => problem.suggestions).map((suggestion) => {
      const button = make("button", { type: "button", className: "suggestion" }, suggestion);
      button.addEventListener("click", () => {
        input.value = suggestion;
        show();
        input.focus();
      });
      return button;
    });
    const words = make("small", { className: "what", id: `${id}-what` }, problems.map((p) => inLanguage(p.message)).join(" "));
    if (problems.length) input.setAttribute("aria-describedby", words.id);
    return make(
      "div", { className: problems.length ? "cell faulty" : "cell" },
      make("label", { htmlFor: id }, inLanguage(column.label)), input,
      suggested.length ? make("span", { className: "suggestions" }, texts.suggestions, " ", ...suggested) : null,
      words, before,
    );
  }

  function drawn(row, faulty, texts) {
    const of = (column) => row.problems.filter((problem) => problem.column === column);
    const wrong = faulty.columns.filter((column) => of(column.name).length);
    const others = faulty.columns.filter((column) => !wrong.includes(column));
    const names = faulty.columns.map((column) => column.name);
    const context = others.filter((column) => row.cells[column.name]).map((column) => row.cells[column.name]);
    const leave = make("input", { type: "checkbox", id: `mend-${row.row}-leave`, className: "leave" });
    const whole = row.problems.filter((problem) => !names.includes(problem.column));
    const cells = (columns) => make("div", { className: "cells" }, ...columns.map((c) => cell(row, c, of(c.name), faulty, texts)));
    return make(
      "fieldset", {},
      make("legend", {}, fill(texts.row, { n: row.row })),
      faulty.masked ? null : make("p", { className: "note" }, context.join(" · ")),
      ...whole.map((problem) => make("p", { className: "what" }, inLanguage(problem.message))),
      cells(wrong),
      make("details", {}, make("summary", {}, texts.others), cells(others)),
      make("label", { className: "boxed" }, leave, ` ${texts.leave}`),
      make("p", { className: "what still", role: "alert", hidden: true }),
    );
  }

  function edits(form) {
    return [...form.querySelectorAll("fieldset")].map((fieldset) => ({
      row: Number(fieldset.dataset.row),
      cells: Object.fromEntries([...fieldset.querySelectorAll("[data-changed]")].map((i) => [i.dataset.column, i.value.trim()])),
      leave_out: fieldset.querySelector(".leave").checked,
    })).filter((edit) => edit.leave_out || Object.keys(edit.cells).length);
  }

  async function draw(place) {
    const texts = JSON.parse(place.dataset.texts);
    const address = `/api/v1/submissions/${place.dataset.mend}`;
    const answer = await send(`${address}/faulty-rows`).catch(() => null);
    const faulty = answer && (await answer.json().catch(() => ({})));
    if (!answer || !answer.ok) {
      if (faulty && faulty.detail) place.append(make("p", { className: "note" }, faulty.detail));
      return;
    }
    if (!faulty.rows.length) return;
    const status = make("p", { className: "after", role: "status" });
    const check = make("button", { type: "button", className: "action" }, texts.check);
    const submit = make("button", { type: "submit", className: "action strong" }, texts.send);
    const rows = faulty.rows.map((row) => Object.assign(drawn(row, faulty, texts)));
    rows.forEach((fieldset, place) => (fieldset.dataset.row = faulty.rows[place].row));
    const form = make(
      "form", { className: "mend" }, ...rows,
      faulty.more ? make("p", { className: "note" }, fill(texts.more, { n: faulty.more })) : null,
      status, make("div", { className: "acts" }, submit, check),
    );

    async function post(dry_run) {
      const changed = edits(form);
      if (!changed.length) return void (status.textContent = texts.nothing);
      status.textContent = texts.working;
      check.disabled = submit.disabled = true;
      try {
        const answer = await send(`${address}/mends`, { method: "POST", body: { rows: changed, dry_run } });
        if (!answer) return void (status.textContent = texts.ended);
        const body = await answer.json().catch(() => ({}));
        if (!answer.ok) return void (status.textContent = fill(texts.refused, { why: body.detail || answer.statusText }));
        if (dry_run) return show(body);
        status.textContent = texts.sent;
        window.dash_clientside.set_props("address", { href: place.dataset.to.replace("RECEIPT", body.receipt) });
      } catch {
        status.textContent = texts.away;
      } finally {
        check.disabled = submit.disabled = false;
      }
    }

    // What the mended file would come to, and in which of its rows something is still wrong.
    function show(verdict) {
      status.textContent = fill(texts.after, {
        before: place.dataset.accepted, after: verdict.rows_accepted, read: verdict.rows_read,
      }) + (verdict.held ? ` ${texts.held}` : "");
      for (const fieldset of rows) {
        const left = verdict.problems.filter((p) => p.row === Number(fieldset.dataset.row) && p.severity === "reject");
        const still = fieldset.querySelector(".still");
        still.hidden = !left.length;
        still.textContent = left.map((problem) => inLanguage(problem.message)).join(" ");
        fieldset.classList.toggle("good", !left.length);
      }
    }

    form.addEventListener("submit", (event) => (event.preventDefault(), post(false)));
    check.addEventListener("click", () => post(true));
    place.append(make("h2", {}, texts.title), make("p", { className: "lede" }, faulty.masked ? texts.masked : texts.lede), form);
    place.classList.add("card");
  }

  function drawAll() {
    for (const place of document.querySelectorAll("[data-mend]:not([data-drawn])")) {
      place.dataset.drawn = "";
      draw(place);
    }
  }
  drawAll();
  new MutationObserver(drawAll).observe(document.documentElement, { childList: true, subtree: true });
})();
