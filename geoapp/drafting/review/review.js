"use strict";
// The review of one draft: the document on the left, its rows on the right. Decisions are kept in the
// browser, exported as review.json, or sent to the server that the page came from.
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const WORDS = {
    zh: { targets: "目标", statistics: "统计值", parks: "园区", projects: "项目", coverage: "未用数字", doubt: "下一个存疑 (n)",
      export: "导出 review.json (x)", save: "保存 (x)", import: "读入 review.json", help: "键盘 (?)", other: "English",
      onlyOpen: "只看待定", search: "查找", accept: "接受 (a)", reject: "退回 (r)", reopen: "重新待定 (o)", split: "拆成两行 (s)",
      counts: "接受 {a}，退回 {r}，待定 {o}", sure: "把握", evidence: "依据", page: "第 {n} 页", block: "第 {n} 段", add: "新建一行",
      value: "没有成为记录的数值", threshold: "门槛与标准", date: "日期", heading: "序号", rest: "其他", saved: "已保存", failed: "没有保存：",
      wrongFile: "这不是本草稿的 review.json", none: "没有内容", remove: "删除此行" },
    en: { targets: "Targets", statistics: "Statistics", parks: "Parks", projects: "Projects", coverage: "Unused numbers",
      doubt: "Next doubtful (n)", export: "Export review.json (x)", save: "Save (x)", import: "Read review.json", help: "Keys (?)",
      other: "中文", onlyOpen: "Open ones only", search: "Search", accept: "Accept (a)", reject: "Reject (r)", reopen: "Open again (o)",
      split: "Split in two (s)", counts: "{a} accepted, {r} rejected, {o} open", sure: "Confidence", evidence: "Evidence", page: "page {n}",
      block: "paragraph {n}", add: "New row", value: "Values that became no row", threshold: "Thresholds and standards", date: "Dates",
      heading: "Numbering", rest: "Other", saved: "Saved", failed: "Not saved: ", wrongFile: "This is not a review.json of this draft",
      none: "Nothing here", remove: "Delete this row" },
  };
  const KEYS = {
    zh: [["j / ↓", "下一行"], ["k / ↑", "上一行"], ["a", "接受"], ["r", "退回"], ["o", "重新待定"], ["e", "修改"], ["Esc", "结束修改"],
      ["s", "拆成两行"], ["n", "下一个存疑"], ["g", "到原文"], ["1–5", "换表"], ["/", "查找"], ["x", "导出或保存"], ["?", "键盘"]],
    en: [["j / ↓", "next row"], ["k / ↑", "row before"], ["a", "accept"], ["r", "reject"], ["o", "open again"], ["e", "change"],
      ["Esc", "done changing"], ["s", "split in two"], ["n", "next doubtful"], ["g", "to the document"], ["1–5", "another table"],
      ["/", "search"], ["x", "export or save"], ["?", "keys"]],
  };
  const TABLES = ["targets", "statistics", "parks", "projects"];
  const GROUPS = ["value", "threshold", "date", "heading", "other"];
  const STORE = `geoapp-draft:${data.id}:${data.print}`;
  const rows = data.rows.map((row) => ({ ...row, drafted: { ...row.drafted } }));
  let lang = document.documentElement.lang.startsWith("en") ? "en" : "zh";
  let table = "targets";
  let current = null;

  const byId = (id) => document.getElementById(id);
  const word = (name, values = {}) => WORDS[lang][name].replace(/\{(\w)\}/g, (_, key) => values[key]);
  function make(tag, text = "", attributes = {}) {
    const element = document.createElement(tag);
    element.textContent = text;
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    return element;
  }

  // -- decisions ---------------------------------------------------------------------------------
  function decisions() {
    const made = {};
    for (const row of rows) {
      const fields = {};
      for (const [name, text] of Object.entries(row.fields)) if (row.added || text !== row.drafted[name]) fields[name] = text;
      if (row.state === "open" && !row.added && Object.keys(fields).length === 0 && !row.touched) continue;
      made[row.key] = { state: row.state, fields };
      if (row.added) Object.assign(made[row.key], { table: row.table, start: row.start, end: row.end });
    }
    return { draft: data.id, decisions: made };
  }
  function apply(review) {
    for (const [key, decision] of Object.entries(review.decisions)) {
      let row = rows.find((each) => each.key === key);
      if (!row && decision.table) {
        row = { key, table: decision.table, fields: {}, drafted: {}, start: decision.start, end: decision.end, confidence: 1, open: [], added: true };
        rows.push(row);
      }
      if (row) Object.assign(row, { state: decision.state, touched: true, fields: { ...row.drafted, ...row.fields, ...decision.fields } });
    }
    rows.sort((one, two) => one.start - two.start);
  }
  function keep() {
    try { localStorage.setItem(STORE, JSON.stringify(decisions())); } catch { /* a browser without storage: export still works */ }
    count();
  }
  function recall() {
    try {
      const kept = localStorage.getItem(STORE);
      if (kept) apply(JSON.parse(kept));
    } catch { /* nothing kept, or nothing readable */ }
  }
  function decide(state) {
    if (!current || !current.key) return;
    current.state = state;
    current.touched = true;
    keep();
    paint();
    if (state !== "open") step(1); else show(current);
  }
  function split() {
    if (!current || !current.key) return;
    let number = 2;
    while (rows.some((row) => row.key === `${current.key}+${number}`)) number += 1;
    const twin = { ...current, key: `${current.key}+${number}`, fields: { ...current.fields }, drafted: {}, state: "open", added: true, touched: true };
    rows.splice(rows.indexOf(current) + 1, 0, twin);
    keep();
    list();
    show(twin, true);
  }
  function create(number) {
    const fields = Object.fromEntries(data.columns.targets.map((name) => [name, ""]));
    Object.assign(fields, { name_in_source: data.whole, value_text: number.text, section: number.section, comparator: "eq", direction: "reach", target_year: String(data.year), sector: "governance" });
    const row = { key: `own-${number.start}`, table: "targets", fields, drafted: {}, start: number.start, end: number.end, page: number.page, block: number.block, confidence: 1, open: [], state: "open", added: true, touched: true };
    if (!rows.some((each) => each.key === row.key)) rows.push(row);
    rows.sort((one, two) => one.start - two.start);
    choose("targets");
    keep();
    show(rows.find((each) => each.key === row.key), true);
  }
  function remove() {
    if (!current || !current.added) return;
    const at = rows.indexOf(current);
    rows.splice(at, 1);
    keep();
    list();
    show(visible()[0] || null);
  }

  // -- the document ------------------------------------------------------------------------------
  const marks = new Map();
  function drawDocument() {
    const article = byId("document");
    article.replaceChildren();
    marks.clear();
    const spans = [...rows.map((row) => ({ start: row.start, end: row.end, row })), ...data.coverage.map((each) => ({ start: each.start, end: each.end, number: each }))];
    spans.sort((one, two) => one.start - two.start || two.end - one.end);
    let page = null;
    for (const block of data.blocks) {
      if (block.page !== null && block.page !== page) {
        page = block.page;
        article.append(make("p", word("page", { n: page }), { class: "page" }));
      }
      if (block.rows.length) article.append(drawTable(block, spans));
      else {
        const paragraph = make("p", "", block.heading ? { class: "heading" } : {});
        fill(paragraph, block.start, block.end, spans);
        article.append(paragraph);
      }
    }
  }
  function drawTable(block, spans) {
    const element = make("table");
    for (const cells of block.rows) {
      const line = make("tr");
      for (const [start, end] of cells) {
        const cell = make("td");
        fill(cell, start, end, spans);
        line.append(cell);
      }
      element.append(line);
    }
    return element;
  }
  function fill(element, start, end, spans) {
    let at = start;
    for (const span of spans) {
      if (span.start < at && span.end > at && span.row && span.start >= start && span.end <= end) {
        link(span, [...marks.values()].flat().find((mark) => mark.dataset.start <= span.start && mark.dataset.end >= span.end));
        continue;
      }
      if (span.start < at || span.end > end || span.start >= end) continue;
      element.append(data.text.slice(at, span.start));
      const mark = make("mark", data.text.slice(span.start, span.end));
      mark.dataset.start = span.start;
      mark.dataset.end = span.end;
      mark.addEventListener("click", () => (span.row ? open(mark) : create(span.number)));
      if (span.number) mark.className = `unused ${span.number.group}`;
      link(span, mark);
      element.append(mark);
      at = span.end;
    }
    element.append(data.text.slice(at, end));
  }
  function link(span, mark) {
    if (!mark) return;
    const key = span.row ? span.row.key : `number-${span.number.start}`;
    marks.set(key, [...(marks.get(key) || []), mark]);
  }
  function open(mark) {
    const here = rows.filter((row) => (marks.get(row.key) || []).includes(mark));
    const next = here[(here.indexOf(current) + 1) % here.length];
    if (!next) return;
    choose(next.table);
    show(next);
  }
  function paint() {
    for (const row of rows) for (const mark of marks.get(row.key) || []) {
      mark.classList.remove("accepted", "rejected", "open");
      mark.classList.add(row.state);
    }
    for (const element of document.querySelectorAll("mark.current")) element.classList.remove("current");
    const place = current && (marks.get(current.key || `number-${current.start}`) || marks.get((current.key || "").split("+")[0]));
    if (place && place[0]) {
      place[0].classList.add("current");
      place[0].scrollIntoView({ block: "center" });
    }
  }

  // -- the rows ----------------------------------------------------------------------------------
  function visible() {
    const wanted = byId("search").value.trim();
    const onlyOpen = byId("only-open").checked;
    return rows.filter((row) => row.table === table && (!onlyOpen || row.state === "open" || row === current)
      && (!wanted || Object.values(row.fields).some((text) => text.includes(wanted)) || titleOf(row).includes(wanted)));
  }
  function titleOf(row) {
    if (row.fields.name) return row.fields.name;
    return data.titles[row.fields.indicator] || data.proposed[row.fields.indicator] || row.fields.indicator || "—";
  }
  function list() {
    const box = byId("rows");
    box.replaceChildren();
    for (const tab of byId("tabs").children) tab.setAttribute("aria-selected", String(tab.dataset.table === table));
    byId("filter").hidden = table === "coverage";
    if (table === "coverage") return listNumbers(box);
    const shown = visible();
    for (const row of shown) box.append(item(row));
    if (!shown.length) box.append(make("p", word("none"), { class: "small" }));
    paint();
  }
  function item(row) {
    const element = make("li", "", { class: row.state, tabindex: "-1" });
    element.dataset.key = row.key;
    const head = make("h2");
    head.append(make("span", titleOf(row)));
    head.append(make("span", [row.fields.value_text, row.fields.capacity && row.fields.capacity + row.fields.capacity_unit].filter(Boolean).join(" "), { class: "value" }));
    element.append(head);
    const year = row.fields.target_year || row.fields.year || "";
    const where = row.page ? word("page", { n: row.page }) : word("block", { n: row.block || "—" });
    element.append(make("p", [row.fields.name_in_source, year, row.fields.section, `${word("sure")} ${row.confidence.toFixed(2)}`, where].filter(Boolean).join(" · "), { class: "small" }));
    for (const sentence of row.open) element.append(make("p", sentence[lang], { class: "doubt" }));
    if (row === current) {
      element.classList.add("current");
      element.setAttribute("aria-current", "true");
      element.append(form(row), acts(row));
    }
    element.addEventListener("click", () => { if (row !== current) show(row); });
    return element;
  }
  function form(row) {
    const box = make("div", "", { class: "fields" });
    for (const name of data.columns[row.table]) {
      const label = make("label", data.names[name][lang] || name);
      const choices = data.choices[row.table][name];
      const input = choices ? select(choices, row.fields[name]) : make("input");
      if (!choices) input.value = row.fields[name] || "";
      if (name === "indicator") input.setAttribute("list", "indicators");
      if (["name", "caveats", "value_text"].includes(name)) label.className = "wide";
      input.classList.toggle("changed", !row.added && row.fields[name] !== row.drafted[name]);
      input.dataset.field = name;
      input.addEventListener("input", () => {
        row.fields[name] = input.value;
        row.touched = true;
        input.classList.toggle("changed", !row.added && input.value !== row.drafted[name]);
        keep();
      });
      label.append(input);
      box.append(label);
    }
    return box;
  }
  function select(choices, value) {
    const element = make("select");
    for (const choice of choices.includes(value) ? choices : [value || "", ...choices]) element.append(new Option(choice, choice));
    element.value = value || "";
    return element;
  }
  function acts(row) {
    const box = make("div", "", { class: "acts" });
    const add = (name, handler, style = "") => {
      const button = make("button", word(name), { type: "button", class: style });
      button.addEventListener("click", (event) => { event.stopPropagation(); handler(); });
      box.append(button);
    };
    add("accept", () => decide("accepted"), "accept");
    add("reject", () => decide("rejected"), "reject");
    if (row.state !== "open") add("reopen", () => decide("open"));
    add("split", split);
    if (row.added) add("remove", remove);
    return box;
  }
  function listNumbers(box) {
    for (const group of GROUPS) {
      const numbers = data.coverage.filter((each) => each.group === group);
      if (!numbers.length) continue;
      box.append(make("h3", `${word(group === "other" ? "rest" : group)} (${numbers.length})`));
      for (const number of numbers) {
        const element = make("li", "", { tabindex: "-1" });
        element.append(make("p", data.text.slice(Math.max(0, number.start - 24), number.end + 16).replace(/[\n\t]/g, " ")));
        const button = make("button", word("add"), { type: "button" });
        button.addEventListener("click", (event) => { event.stopPropagation(); create(number); });
        if (group === "value") element.append(button);
        element.addEventListener("click", () => { current = number; paint(); });
        box.append(element);
      }
    }
  }
  function show(row, edit = false) {
    current = row;
    list();
    if (!row) return;
    const element = byId("rows").querySelector(".current");
    if (!element) return;
    element.scrollIntoView({ block: "nearest" });
    (edit ? element.querySelector("input, select") : element).focus({ preventScroll: true });
  }
  function step(by) {
    const shown = visible();
    const at = shown.indexOf(current);
    show(shown[Math.min(Math.max(at + by, 0), shown.length - 1)] || null);
  }
  function doubtful() {
    const all = TABLES.flatMap((name) => rows.filter((row) => row.table === name));
    const from = all.indexOf(current);
    const rest = [...all.slice(from + 1), ...all.slice(0, from + 1)].filter((row) => row.state === "open");
    const next = rest.find((row) => row.open.length || row.confidence < 0.9) || rest[0];
    if (!next) return;
    choose(next.table);
    show(next);
  }
  function choose(name) {
    table = name;
    byId("only-open").checked = byId("only-open").checked && name !== "coverage";
    list();
  }
  function count() {
    const of = (state) => rows.filter((row) => row.state === state).length;
    byId("counts").textContent = word("counts", { a: of("accepted"), r: of("rejected"), o: of("open") });
  }

  // -- in and out --------------------------------------------------------------------------------
  async function deliver() {
    if (data.endpoint) {
      const answer = await fetch(data.endpoint, { method: "PUT", headers: { "Content-Type": "application/json", "X-Draft-Token": data.secret }, body: JSON.stringify(decisions()) });
      byId("counts").textContent = answer.ok ? word("saved") : word("failed") + (await answer.text());
      return;
    }
    const link = make("a", "", { download: "review.json" });
    link.href = URL.createObjectURL(new Blob([JSON.stringify(decisions(), null, 1)], { type: "application/json" }));
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }
  async function receive(event) {
    try {
      const review = JSON.parse(await event.target.files[0].text());
      if (review.draft !== data.id) throw new Error();
      apply(review);
      keep();
      drawDocument();
      list();
    } catch { byId("counts").textContent = word("wrongFile"); }
  }
  const ACTS = { j: () => step(1), ArrowDown: () => step(1), k: () => step(-1), ArrowUp: () => step(-1), a: () => decide("accepted"),
    r: () => decide("rejected"), o: () => decide("open"), s: split, n: doubtful, x: deliver, g: () => { paint(); byId("document").focus(); },
    e: () => { const input = byId("rows").querySelector(".current input, .current select"); if (input) input.focus(); },
    "/": () => byId("search").focus(), "?": help };
  document.addEventListener("keydown", (event) => {
    const typing = ["INPUT", "SELECT"].includes(event.target.tagName) && event.target.type !== "checkbox";
    if (event.key === "Escape" && typing) { event.target.blur(); if (current) show(current); return; }
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    if ((event.key === "ArrowDown" || event.key === "ArrowUp") && event.target.id === "document") return;
    const tab = [...TABLES, "coverage"][Number(event.key) - 1];
    const act = tab ? () => { choose(tab); step(0); } : ACTS[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
  function help() {
    const box = byId("keys");
    box.hidden = !box.hidden;
    byId("help").setAttribute("aria-expanded", String(!box.hidden));
  }
  function speak() {
    document.documentElement.lang = lang;
    byId("title").textContent = data.title;
    byId("doubt").textContent = word("doubt");
    byId("export").textContent = word(data.endpoint ? "save" : "export");
    byId("import-label").textContent = word("import");
    byId("help").textContent = word("help");
    byId("language").textContent = word("other");
    byId("only-open-label").textContent = word("onlyOpen");
    byId("search").placeholder = word("search");
    byId("search").setAttribute("aria-label", word("search"));
    byId("document").setAttribute("aria-label", data.names.document[lang]);
    byId("tabs").replaceChildren(...[...TABLES, "coverage"].map((name, number) => {
      const total = name === "coverage" ? data.coverage.filter((each) => each.group === "value").length : rows.filter((row) => row.table === name).length;
      const tab = make("button", `${number + 1} ${word(name)} (${total})`, { type: "button", role: "tab" });
      tab.dataset.table = name;
      tab.addEventListener("click", () => { choose(name); step(0); });
      return tab;
    }));
    byId("keys").replaceChildren(...KEYS[lang].map(([key, what]) => {
      const line = make("p");
      line.append(make("kbd", key), ` ${what}`);
      return line;
    }));
    count();
    list();
  }

  byId("indicators").append(...Object.entries({ ...data.titles, ...data.proposed }).map(([id, title]) => new Option(title, id)));
  byId("doubt").addEventListener("click", doubtful);
  byId("export").addEventListener("click", deliver);
  byId("import").addEventListener("change", receive);
  byId("help").addEventListener("click", help);
  byId("language").addEventListener("click", () => { lang = lang === "zh" ? "en" : "zh"; drawDocument(); speak(); });
  byId("search").addEventListener("input", list);
  byId("only-open").addEventListener("change", list);
  recall();
  drawDocument();
  speak();
  show(visible()[0] || null);
})();
