// A small return, filled in on the page: its lines drawn, checked while they are written, kept here and on the server, and
// sent as a file.
window.salaSheet = (() => {
  const kept = window.salaKept, checks = window.salaChecks, files = window.salaFiles;
  const { inLanguage, fill } = checks;
  const PAUSE = 700; // milliseconds without typing before it is saved
  const send = (...sent) => window.salaSession.send(...sent);

  function make(tag, properties = {}, ...children) {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children.filter((child) => child !== null));
    return element;
  }

  return class Sheet {
    static make = make;
    constructor(place, texts, account, of, sheet, cells) {
      Object.assign(this, { place, texts, account, of, sheet, cells, saving: 0, inputs: new Map() });
      this.key = `${account}/${of}`;
      this.offline = place.dataset.offline !== undefined;
      this.required = sheet.columns.filter((column) => column.required);
      this.others = sheet.columns.filter((column) => !column.required);
    }

    lineKey(line) { return this.sheet.order.map((name) => line.known[name]).filter(Boolean).join("/"); }
    read(line, name) {
      const cell = this.cells[`${this.lineKey(line)}#${name}`];
      return cell === undefined ? line.standing[name] || "" : cell;
    }
    name(column, code) {
      if (column === "sex") return this.texts.sexes[code] || code;
      const names = (this.sheet.names[column] || {})[code];
      return names ? inLanguage(names) : code === "_T" ? "" : code;
    }

    // Lines by the return that they belong to, in their order.
    returns() {
      const found = new Map();
      for (const line of this.sheet.lines) {
        const key = this.sheet.return_key.map((name) => line.known[name]).join("/");
        found.set(key, [...(found.get(key) || []), line]);
      }
      return [...found];
    }

    draw() {
      const { texts } = this;
      this.status = make("p", { className: "after", role: "status" });
      this.saved = make("p", { className: "note", role: "status" });
      const check = make("button", { type: "button", className: "action" }, texts.check);
      const submit = make("button", { type: "submit", className: "action strong" }, texts.send);
      this.back = make("button", { type: "button", className: "action", hidden: true }, texts.take_back);
      this.form = make(
        "form", { className: this.required.length === 1 ? "mend entry-form one-column" : "mend entry-form", noValidate: true },
        make("div", { className: "returns" }, ...this.returns().map(([key, lines]) => this.drawnReturn(key, lines))),
        this.status, make("div", { className: "acts" }, submit, check, this.back), this.saved,
      );
      const left = this.sheet.left_out ? make("p", { className: "note" }, fill(texts.left_out, { n: this.sheet.left_out })) : null;
      this.place.replaceChildren(make("h2", {}, this.place.dataset.title || this.of.replaceAll("/", " · ")), ...(left ? [left] : []), this.form);
      this.form.addEventListener("submit", (event) => (event.preventDefault(), this.submit()));
      check.addEventListener("click", () => this.check());
      this.back.addEventListener("click", () => this.takeBack());
    }

    drawnReturn(key, lines) {
      const { sheet, texts } = this;
      const [first] = lines;
      const subject = ["scheme", "area_code"].filter((name) => first.known[name]).map((name) => this.name(name, first.known[name]));
      const fieldset = make("fieldset", {}, make("legend", {}, subject.join(" · "), " ", make("small", { className: "tag" }, first.known.area_code)));
      if (this.required.length === 1) fieldset.append(make("p", { className: "note" }, inLanguage(this.required[0].label)));
      const varied = sheet.order.filter((name) => first.known[name] && lines.some((line) => line.known[name] !== first.known[name]));
      const own = sheet.order.filter((name) => first.known[name] && !sheet.return_key.includes(name));
      const named = varied.length ? varied : own;
      const change = () => this.showSum(lines, view);
      const view = { sum: make("small", { className: "sum" }), total: null, said: make("p", { className: "what", role: "status" }) };
      for (const line of lines) fieldset.append(this.drawnLine(line, named, this.required, change));
      if (sheet.total && lines.length > 1) {
        const id = `entry-${key}-total`;
        view.cell = `${key}#total`;
        view.total = make("input", { type: "text", inputMode: "decimal", id, value: this.cells[view.cell] || "", autocomplete: "off" });
        view.total.addEventListener("input", () => (this.write(view.cell, view.total.value), change()));
        fieldset.append(make("div", { className: "total" }, make("label", { htmlFor: id }, texts.total, view.sum), make("div", { className: "cell" }, view.total), view.said));
      }
      const others = this.others.filter(({ schemes }) => !schemes.length || schemes.includes(first.known.scheme));
      if (others.length) {
        const told = lines.flatMap((line) => others.filter((column) => this.read(line, column.name)).map((column) => ({ line, column })));
        const more = make("details", {}, make("summary", {}, told.length ? `${texts.more_columns} (${told.length})` : texts.more_columns));
        more.addEventListener("toggle", () => {
          if (more.dataset.drawn === undefined) for (const line of lines) more.append(this.drawnLine(line, named, others, change));
          more.dataset.drawn = "";
        });
        if (told.some((cell) => this.faultOf(cell))) more.open = true;
        fieldset.append(more);
      }
      change();
      return fieldset;
    }

    drawnLine(line, named, columns, change) {
      const title = named.map((name) => this.name(name, line.known[name])).filter(Boolean).join(", ");
      const last = line.last === null || columns !== this.required ? null
        : make("small", { className: "last" }, fill(this.texts.last, { n: line.last.toLocaleString(document.documentElement.lang) }));
      return make("div", { className: "line", role: "group", ariaLabel: title }, make("span", { className: "whose" }, title, last),
        make("div", { className: "cells" }, ...columns.map((column) => this.drawnCell(line, column, title, change))));
    }

    drawnCell(line, column, title, change) {
      const name = `${this.lineKey(line)}#${column.name}`, id = `entry-${name}`;
      const input = column.choices.length
        ? make("select", { id }, ...["", ...column.choices].map((choice) => make("option", { value: choice }, choice || this.texts.choose)))
        : make("input", { type: "text", id, autocomplete: "off" });
      if (column.number) input.inputMode = column.number.whole ? "numeric" : "decimal";
      input.value = this.read(line, column.name);
      input.title = inLanguage(column.description);
      const what = make("small", { className: "what", id: `${id}-what` });
      input.setAttribute("aria-describedby", what.id);
      const cell = make("div", { className: "cell" }, make("label", { htmlFor: id }, inLanguage(column.label), make("span", { className: "unseen" }, ` ${title}`)), input, what);
      this.inputs.set(name, { input, what, cell, line, column, sent: "" });
      input.addEventListener("input", () => {
        this.write(name, input.value);
        for (const { name: other } of this.sheet.columns) this.showFault(`${this.lineKey(line)}#${other}`);
        change();
      });
      this.showFault(name);
      return cell;
    }

    // What is wrong at a cell: by itself, with another of its line, or as the server's check found it.
    faultOf({ line, column }) {
      const read = (name) => this.read(line, name);
      return checks.fault(read(column.name), column, this.sheet) || checks.contradictions(read, this.sheet)[column.name] || "";
    }
    showFault(name) {
      const at = this.inputs.get(name);
      if (!at) return;
      at.what.textContent = this.faultOf(at) || at.sent;
      at.cell.classList.toggle("faulty", at.what.textContent !== "");
      at.input.toggleAttribute("data-changed", this.cells[name] !== undefined && this.cells[name] !== (at.line.standing[at.column.name] || ""));
    }
    showSum(lines, view) {
      if (!view.total) return;
      const area = this.name("area_code", lines[0].known.area_code);
      const { added, told, of, said } = checks.sum(lines.map((line) => this.read(line, this.sheet.total.column)), view.total.value, area, this.sheet);
      view.sum.textContent = `${fill(this.texts.sum, { sum: added.toLocaleString(document.documentElement.lang) })} ${fill(this.texts.filled, { n: told, of })}`;
      view.said.textContent = said;
      view.total.parentElement.classList.toggle("faulty", said !== "");
    }

    write(name, text) {
      this.cells[name] = text;
      const at = this.inputs.get(name);
      if (at) at.sent = "";
      kept.put("drafts", this.key, { cells: this.cells, dirty: true });
      clearTimeout(this.saving);
      this.saving = setTimeout(() => this.save(), PAUSE);
    }

    // To the server, where somebody is signed in; on this device it stands already.
    async save() {
      if (!this.account) return void (this.saved.textContent = this.texts.visitor);
      const cells = { ...this.cells };
      const answer = await send(`/api/v1/entry-drafts/${this.of}`, { method: "PUT", body: { cells } }).catch(() => undefined);
      if (!answer) return void (this.saved.textContent = answer === null ? this.texts.ended : this.texts.device);
      const body = await answer.json().catch(() => ({}));
      if (!answer.ok) return void (this.saved.textContent = body.detail || this.texts.device);
      const at = new Date(body.saved_at).toLocaleTimeString(document.documentElement.lang);
      this.saved.textContent = fill(this.texts.saved, { at });
      if (JSON.stringify(cells) === JSON.stringify(this.cells)) await kept.put("drafts", this.key, { cells, dirty: false });
    }

    // The rows of the returns in which something was written: their lines, and the total beside them.
    rows() {
      const rows = [];
      for (const [key, lines] of this.returns()) {
        const total = (this.cells[`${key}#total`] || "").trim();
        const changed = lines.some((line) => this.sheet.columns.some(({ name }) => this.read(line, name).trim() !== (line.standing[name] || "")));
        if (!changed && !total) continue;
        for (const line of lines) {
          const values = Object.fromEntries(this.sheet.columns.map(({ name }) => [name, this.read(line, name).trim()]));
          if (Object.values(values).some(Boolean)) rows.push({ cells: { ...line.known, ...values }, line });
        }
        const varied = total && this.sheet.total ? this.sheet.total.over.filter((name) => lines.some((line) => line.known[name] !== lines[0].known[name])) : [];
        if (varied.length) {
          const over = Object.fromEntries(varied.map((name) => [name, "_T"]));
          rows.push({ cells: { ...lines[0].known, ...over, [this.sheet.total.column]: total }, key });
        }
      }
      return rows;
    }

    // Null, with the reason said, where there is nothing to send or the browser sees what the server would reject.
    file() {
      const rows = this.rows();
      if (!rows.some((row) => row.line)) return void (this.status.textContent = this.texts.nothing);
      const wrong = [...this.inputs.values()].filter(({ line, column }) => checks.fault(this.read(line, column.name), column, this.sheet));
      if (wrong.length) {
        this.status.textContent = fill(this.texts.faulty, { n: wrong.length });
        wrong[0].input.focus();
        return null;
      }
      const { dataset } = this.sheet;
      this.sentRows = rows;
      return { of: this.of, dataset, name: `${this.of.replaceAll("/", "-")}.csv`, text: files.csv(this.sheet.order, rows.map((row) => row.cells)) };
    }

    async check() {
      const file = this.file();
      if (!file) return;
      this.status.textContent = this.texts.working;
      const answer = await files.post(file, { dry_run: "true" }).catch(() => undefined);
      if (!answer) return void (this.status.textContent = answer === null ? this.texts.ended : this.texts.offline);
      const verdict = await answer.json().catch(() => ({}));
      if (!answer.ok) return void (this.status.textContent = fill(this.texts.refused, { why: verdict.detail || answer.statusText }));
      for (const [name, at] of this.inputs) (at.sent = ""), this.showFault(name);
      const elsewhere = [];
      for (const problem of verdict.problems) {
        const row = this.sentRows[problem.row - 2]; // the head is the first
        const words = `${inLanguage(problem.message)} ${inLanguage(problem.fix)}`.trim();
        const at = row && row.line && this.inputs.get(`${this.lineKey(row.line)}#${problem.column}`);
        if (at) (at.sent = words), this.showFault(`${this.lineKey(row.line)}#${problem.column}`);
        else if (!elsewhere.includes(words)) elsewhere.push(words);
      }
      const said = fill(this.texts.checked, { accepted: verdict.rows_accepted, read: verdict.rows_read });
      this.status.replaceChildren([said, verdict.held ? this.texts.held : ""].filter(Boolean).join(" "), ...elsewhere.slice(0, 10).map((words) => make("span", { className: "what" }, words)));
    }

    async submit() {
      const file = this.file();
      if (!file) return;
      clearTimeout(this.saving);
      await kept.put("files", this.key, file);
      this.status.textContent = this.texts.working;
      await this.work();
    }
    async takeBack() {
      await kept.drop("files", this.key);
      this.back.hidden = true;
      this.status.textContent = "";
    }

    // Every file of the account that waits; of this sheet it says what becomes of it.
    async work() {
      if (this.offline) await window.salaSession.renew();
      return files.work(this.account, (state, file, body) => {
        const own = file.of === this.of;
        this.back.hidden = !(own && state === "waits");
        this.status.textContent = fill(this.texts[state], { why: body.detail || "", sheet: file.name });
        if (state !== "sent") return;
        const href = this.place.dataset.to.replace("RECEIPT", body.receipt);
        if (!own) this.status.append(" ", make("a", { href }, body.receipt));
        else if (this.offline) window.location.assign(href);
        else window.dash_clientside.set_props("address", { href });
      }, () => this.work());
    }
  };
})();
