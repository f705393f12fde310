// The arithmetic of a sheet, by the rules that the server sent with it: numbers, limits between columns, totals and parts.
window.salaChecks = (() => {
  const inLanguage = (words) => words[document.documentElement.lang] || words.en;
  const fill = (text, blanks) => text.replace(/{(\w+)}/g, (whole, name) => (name in blanks ? blanks[name] : whole));
  const OTHER_DIGITS = [0x17e0, 0x0660, 0x06f0, 0x0966]; // Khmer, Arabic, Persian, Devanagari

  // The number that a text is, as the country writes numbers; null for nothing, NaN for what is none.
  function number(text, sheet) {
    const digits = (text || "").trim().replace(/\p{Nd}/gu, (digit) => {
      const zero = OTHER_DIGITS.find((first) => digit.charCodeAt(0) >= first && digit.charCodeAt(0) <= first + 9);
      return zero === undefined ? digit : digit.charCodeAt(0) - zero;
    });
    if (!digits) return null;
    const groups = new RegExp(`^-?\\d{1,3}([${sheet.thousands}\\s]\\d{3})+(?=$|[${sheet.decimal}])`);
    const plain = digits.replace(groups, (whole) => whole.replace(/[^\d-]/g, "")).replace(sheet.decimal, ".");
    return /^-?\d+(\.\d+)?$/.test(plain) ? Number(plain) : NaN;
  }

  // What is wrong with a text in a column by itself; empty where nothing is.
  function fault(text, column, sheet) {
    const form = column.number;
    const value = form ? number(text, sheet) : null;
    if (value === null) return "";
    const blanks = { value: text.trim() };
    if (Number.isNaN(value) || (form.whole && !Number.isInteger(value))) return fill(inLanguage(form.malformed), blanks);
    if (form.minimum !== null && value < form.minimum) return fill(inLanguage(form.below), blanks);
    if (form.maximum !== null && value > form.maximum) return fill(inLanguage(form.above), blanks);
    return "";
  }

  // What contradicts itself in a line: column → words. `read` gives the text of a column.
  function contradictions(read, sheet) {
    const found = {};
    for (const limit of sheet.not_above) {
      const [value, most] = [number(read(limit.column), sheet), number(read(limit.above), sheet)];
      if (value !== null && most !== null && value > most) {
        found[limit.column] = fill(inLanguage(limit.message), { value, limit: most });
      }
    }
    return found;
  }

  // The sum of the parts of a return, how many of them are told, and what a total beside them contradicts.
  function sum(texts, total, area, sheet) {
    const parts = texts.map((text) => number(text, sheet));
    const told = parts.filter((part) => part !== null && !Number.isNaN(part));
    const added = Math.round(100 * told.reduce((all, part) => all + part, 0)) / 100;
    const value = number(total, sheet);
    const apart = value === null || told.length < parts.length ? 0 : value - added;
    const words = apart > 0 ? sheet.total.more : sheet.total && sheet.total.less;
    const said = apart ? fill(inLanguage(words), { value, total: added, rest: apart, area }) : "";
    return { added, told: told.length, of: parts.length, said };
  }

  return { inLanguage, fill, fault, contradictions, sum };
})();
