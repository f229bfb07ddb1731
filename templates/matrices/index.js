
"use strict";
(() => {
  const root = document.documentElement;
  const form = document.querySelector(".controls");
  const status = form.querySelector("output");
  const levels = form.elements.levels;
  const filters = ["team", "channel", "importance"].map((name) => form.elements[name]).filter(Boolean);
  const known = new Map();
  const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });
  root.classList.add("js");

  // ---- what is in a matrix; found out when it is first looked at --------------------------------------------------

  const ABSENT = { un: 1, na: 1, off: 1 };

  function look(section) {
    if (known.has(section)) return known.get(section);
    const table = section.querySelector("table");
    const heads = [...table.querySelectorAll("thead [data-c]")];
    const byColumn = [];
    for (const head of heads) byColumn[Number(head.dataset.c)] = head;
    const labels = byColumn.map((head) => head.textContent.trim());
    const words = [...section.querySelectorAll(".legend .chip")].map((chip) => chip.nextElementSibling?.textContent || chip.textContent);
    const bodies = [...table.tBodies].map((body) => ({ body, head: body.querySelector(".section"), rows: [] }));
    const rows = [];
    for (const group of bodies) {
      for (const tr of group.body.rows) {
        if (tr === group.head) continue;
        const row = { tr, level: Number(tr.dataset.level || 1), keys: {} };
        for (const name of ["team", "channel", "importance"]) {
          if (tr.dataset[name] !== undefined) row.keys[name] = new Set(tr.dataset[name].split(" "));
        }
        group.rows.push(row);
        rows.push(row);
      }
    }
    const cols = table.querySelectorAll("col");
    const matrix = { section, table, cols, byColumn, labels, words, bodies, rows, sort: null, cross: -1 };
    matrix.has = (name) => rows.some((row) => row.keys[name]) || byColumn.some((head) => head.dataset[name] !== undefined);
    known.set(section, matrix);
    prepare(matrix);
    return matrix;
  }

  // What a row is searched for: its own words, and the headings of the columns in which it holds something.
  function textOf(matrix, row) {
    if (row.text === undefined) {
      const parts = [row.tr.textContent];
      const cells = row.tr.cells;
      for (let at = 1; at < cells.length; at++) {
        const name = cells[at].className;
        if (name && !(name in ABSENT)) parts.push(matrix.labels[at]);
      }
      row.text = parts.join("\n").toLowerCase();
    }
    return row.text;
  }

  // ---- sorting ----------------------------------------------------------------------------------------------------

  function keyOf(matrix, row, at) {
    const cell = row.tr.cells[at];
    if (at === 0) return [0, 0, cell.textContent.trim()];
    const name = cell.className;
    if (!name) return [4, 0, ""];
    if (name in ABSENT) return [ABSENT[name], 0, name];
    if (name.startsWith("num")) return [0, Number.parseFloat(cell.firstChild.data), ""];
    const word = cell.querySelector("i")?.textContent || (cell.firstChild?.data ?? "").trim();
    const place = matrix.words.indexOf(word);
    return [0, place < 0 ? 0 : -place, word];
  }

  function sort(matrix, at, direction) {
    matrix.sort = direction ? { at, direction } : null;
    matrix.byColumn.forEach((head, place) => {
      if (direction && place === at) head.setAttribute("aria-sort", direction > 0 ? "ascending" : "descending");
      else head.removeAttribute("aria-sort");
    });
    matrix.table.classList.toggle("sorted", Boolean(direction));
    for (const { body, rows } of matrix.bodies) {
      let order = rows;
      if (direction) {
        const keyed = rows.map((row, place) => ({ row, place, key: keyOf(matrix, row, at) }));
        // What holds nothing stands behind, whatever the direction; what is equal stays in the order of the source.
        keyed.sort((one, other) => one.key[0] - other.key[0] || direction * (one.key[1] - other.key[1]) ||
          direction * collator.compare(one.key[2], other.key[2]) || one.place - other.place);
        order = keyed.map(({ row }) => row);
      }
      const all = document.createDocumentFragment();
      for (const row of order) all.append(row.tr);
      body.append(all);
    }
    choose();
  }

  function prepare(matrix) {
    const buttons = [];
    matrix.byColumn.forEach((head, at) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "sort";
      button.append(...head.childNodes);
      button.tabIndex = at ? -1 : 0;
      head.append(button);
      buttons.push(button);
      const first = at ? -1 : 1;
      button.addEventListener("click", () => {
        const now = matrix.sort?.at === at ? matrix.sort.direction : 0;
        sort(matrix, at, now === 0 ? first : now === first ? -first : 0);
      });
    });
    // One of the headings can be reached by tab; arrows go from one to the next.
    matrix.table.tHead.addEventListener("keydown", (event) => {
      const at = buttons.indexOf(event.target);
      const seen = buttons.filter((button) => !button.parentElement.hidden);
      const place = seen.indexOf(event.target);
      const next = { ArrowRight: seen[place + 1], ArrowLeft: seen[place - 1], Home: seen[0], End: seen.at(-1) }[event.key];
      if (at < 0 || !next) return;
      event.preventDefault();
      event.target.tabIndex = -1;
      next.tabIndex = 0;
      next.focus();
    });
    matrix.table.addEventListener("mouseover", (event) => cross(matrix, event.target.closest("td")?.cellIndex ?? -1));
    matrix.table.addEventListener("mouseleave", () => cross(matrix, -1));
  }

  // Shows whose column the mouse is in.
  function cross(matrix, at) {
    if (matrix.cross === at) return;
    matrix.byColumn[matrix.cross]?.classList.remove("crossed");
    matrix.byColumn[at]?.classList.add("crossed");
    matrix.cross = at;
  }

  // ---- searching and filtering ------------------------------------------------------------------------------------

  function choose() {
    const section = document.querySelector(".matrix.current");
    if (!section?.querySelector("table")) return;
    const matrix = look(section);
    const sought = form.elements.search.value.trim().toLowerCase();
    const chosen = filters.filter((select) => select.value && !select.disabled).map((select) => [select.name, select.value]);
    const deepest = Number(levels.value || 99);
    const onRows = chosen.filter(([name]) => matrix.rows.some((row) => row.keys[name]));
    const isTree = Number(matrix.table.dataset.levels) > 1;
    let count = 0;
    for (const { head, rows } of matrix.bodies) {
      const around = [];
      let any = false;
      for (const row of rows) {
        const fits = row.level <= deepest && onRows.every(([name, value]) => row.keys[name]?.has(value)) &&
          (!sought || textOf(matrix, row).includes(sought));
        row.tr.hidden = !fits;
        row.tr.classList.remove("context");
        around.length = row.level - 1;
        if (fits) {
          count += 1;
          any = true;
          // What a capability is a part of stays in view, to say where it belongs.
          if (isTree && !matrix.sort) {
            for (const outer of around) {
              if (outer?.tr.hidden) {
                outer.tr.hidden = false;
                outer.tr.classList.add("context");
              }
            }
          }
        }
        around[row.level - 1] = row;
      }
      if (head) head.hidden = !any;
    }
    matrix.byColumn.forEach((head, at) => {
      const hides = at > 0 && chosen.some(([name, value]) => head.dataset[name] !== undefined && head.dataset[name] !== value);
      if (hides !== head.hidden) {
        head.hidden = hides;
        matrix.cols[at].hidden = hides;
        for (const { tr } of matrix.rows) tr.cells[at].hidden = hides;
      }
      head.classList.toggle("found", sought !== "" && at > 0 && matrix.labels[at].toLowerCase().includes(sought));
    });
    const width = matrix.byColumn.filter((head) => !head.hidden).length;
    for (const { head } of matrix.bodies) if (head) head.cells[0].colSpan = width;
    status.textContent = count === matrix.rows.length ? `${count} rows` : `${count} of ${matrix.rows.length} rows`;
  }

  form.addEventListener("input", choose);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(choose));

  // ---- which matrix is shown --------------------------------------------------------------------------------------

  const narrow = matchMedia("(max-width: 62rem)");
  const menu = document.querySelector("nav details");
  const fold = () => { menu.open = !narrow.matches; };
  narrow.addEventListener("change", fold);
  fold();
  // Where there is no room beside the matrix, it comes before what is to be said of it.
  const folded = matchMedia("(max-width: 40rem)").matches ? ".legend, .strikes" : matchMedia("(max-width: 112rem)").matches ? ".strikes" : "";
  if (folded) for (const details of document.querySelectorAll(folded)) details.open = false;

  function show(moved) {
    const asked = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const current = asked?.classList.contains("view") ? asked : document.getElementById("overview");
    for (const view of document.querySelectorAll(".view")) view.classList.toggle("current", view === current);
    for (const link of document.querySelectorAll("nav a")) {
      if (link.hash === `#${current.id}`) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
    const scroll = current.querySelector(".scroll");
    form.hidden = !scroll;
    if (scroll) {
      scroll.before(form);
      const matrix = look(current);
      for (const select of filters) {
        select.disabled = !matrix.has(select.name);
        select.title = select.disabled ? "Nothing in this matrix can be told apart by this" : "";
      }
      const deepest = Number(matrix.table.dataset.levels);
      levels.replaceChildren(new Option("All levels", ""));
      for (let level = 1; level < deepest; level++) levels.add(new Option(level > 1 ? `Levels 1 to ${level}` : "Level 1", level));
      levels.parentElement.hidden = deepest < 2;
      choose();
    }
    if (moved) {
      if (narrow.matches) menu.open = false;
      window.scrollTo(0, 0);
      current.querySelector("h2")?.focus({ preventScroll: true });
    }
  }
  addEventListener("hashchange", () => show(true));
  show(false);

  // ---- colours and print ------------------------------------------------------------------------------------------

  const theme = document.querySelector(".theme");
  const remembered = (() => { try { return localStorage.getItem("cxc-theme"); } catch { return null; } })();
  function paint(value) {
    if (value === "light" || value === "dark") root.dataset.theme = value;
    else delete root.dataset.theme;
  }
  for (const radio of theme.querySelectorAll("input")) radio.checked = radio.value === (remembered || "auto");
  paint(remembered);
  theme.hidden = false;
  theme.addEventListener("change", (event) => {
    paint(event.target.value);
    try { localStorage.setItem("cxc-theme", event.target.value); } catch { /* a page from a file may keep nothing */ }
  });
  const print = document.getElementById("print-all");
  print.parentElement.hidden = false;
  print.addEventListener("click", () => {
    document.body.classList.add("printing");
    window.print();
  });
  // On paper nothing can be unfolded.
  let unfolded = [];
  addEventListener("beforeprint", () => {
    unfolded = [...document.querySelectorAll(".beside details:not([open])")];
    for (const details of unfolded) details.open = true;
  });
  addEventListener("afterprint", () => {
    for (const details of unfolded) details.open = false;
    document.body.classList.remove("printing");
  });
})();
