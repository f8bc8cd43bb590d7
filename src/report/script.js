"use strict";
(() => {
  const all = (what, where = document) => [...where.querySelectorAll(what)];
  const at = (id) => document.getElementById(id);
  const bar = at("switches"), form = bar.querySelector("form"), told = at("told"), keys = at("keys");
  const KINDS = ["voices", "categories", "outlets"];
  const items = all("main .item"), sections = all("main > section"), chapters = all("main .chapter");
  const texts = new Map();
  const text = (item) => texts.get(item) ?? texts.set(item, item.textContent.toLowerCase()).get(item);
  const n = (count) => count.toLocaleString("en");
  const make = (name, words, kind) => Object.assign(document.createElement(name), { textContent: words, className: kind });
  const say = (words) => { told.textContent = words; };

  const isShown = (item) => !item.closest("[hidden]");

  // Switches and search.
  function choose() {
    const wanted = Object.fromEntries(KINDS.map((kind) => [kind, form.elements[kind].value]));
    const words = form.elements.text.value.trim().toLowerCase();
    const has = (item, kind) => !wanted[kind] || !(kind in item.dataset) || item.dataset[kind].split(" ").includes(wanted[kind]);
    for (const item of items) item.hidden = !(KINDS.every((kind) => has(item, kind)) && (!words || text(item).includes(words)));
    for (const chapter of chapters) chapter.hidden = !chapter.querySelector(".item:not([hidden])");
    const active = words || KINDS.some((kind) => wanted[kind]);
    for (const section of sections) {
      section.querySelector(":scope > .kept")?.remove();
      const of = active ? all(".item", section) : [];
      if (of.length) {
        const kept = of.filter(isShown).length;
        section.querySelector("h2").after(make("p", `${n(kept)} of ${n(of.length)} shown by your choice. Charts and totals stay whole.`, "facts kept"));
      }
    }
    const shown = items.filter(isShown).length;
    at("count").textContent = `${n(shown)} of ${n(items.length)} shown`;
  }
  const showAll = () => { form.reset(); choose(); };
  let waiting;
  form.addEventListener("input", (event) => { clearTimeout(waiting); waiting = setTimeout(choose, event.target.matches("select") ? 0 : 150); });
  form.addEventListener("reset", () => setTimeout(choose));
  form.addEventListener("submit", (event) => event.preventDefault());

  // Permalinks land on what is closed or not chosen too.
  function land() {
    let id = location.hash.slice(1);
    try { id = decodeURIComponent(id); } catch { /* as it stands */ }
    say("");
    all(".here").forEach((old) => old.classList.remove("here"));
    const goal = id && at(id);
    if (!id) return;
    if (!goal) return say(`“${id}” is not on this page. The tables beside it may have it.`);
    if (goal.closest("[hidden]")) { showAll(); say("All items are shown again, so that this one can be."); }
    for (let closed = goal.closest("details"); closed; closed = closed.parentElement.closest("details")) closed.open = true;
    goal.classList.add("here");
    // What lies between is laid out on the way, and moves the goal.
    goal.scrollIntoView();
    let times = 0;
    const again = () => { goal.scrollIntoView(); if (++times < 4) requestAnimationFrame(again); };
    requestAnimationFrame(again);
  }
  addEventListener("hashchange", land);
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.('a[href^="#"]');
    if (link && link.hash === location.hash) setTimeout(land);
    if (event.target === told) say("");
  });
  for (const link of all(".permalink")) {
    const copy = make("button", "copy link", "copy");
    copy.type = "button";
    copy.setAttribute("aria-label", `copy link to ${link.textContent}`);
    copy.addEventListener("click", async () => {
      const address = location.href.split("#")[0] + link.hash;
      try {
        await navigator.clipboard.writeText(address);
        say("Link copied.");
      } catch {
        location.hash = link.hash;
        say("The link is in the address bar.");
      }
      setTimeout(() => say(""), 4000);
    });
    link.after(copy);
  }

  // Tables. Rows with too little data keep their place at the end.
  const cell = (row, i) => row.cells[i]?.dataset.sort ?? row.cells[i]?.textContent.trim() ?? "";
  const number = (words) => (/^[-+−]?[\d,]*\.?\d+\s*%?$/.test(words) ? parseFloat(words.replaceAll(",", "").replace("−", "-")) : NaN);
  function sortable(table) {
    const body = table.tBodies[0], rows = [...body.rows], heads = all("thead th[scope=col]", table);
    for (const head of heads) {
      const button = make("button", "", "");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const next = { ascending: "descending", descending: "" }[head.ariaSort ?? ""] ?? "ascending";
        heads.forEach((other) => other.removeAttribute("aria-sort"));
        let order = rows;
        if (next) {
          head.setAttribute("aria-sort", next);
          const sign = next === "ascending" ? 1 : -1, i = head.cellIndex;
          const numeric = rows.every((row) => !cell(row, i) || !Number.isNaN(number(cell(row, i))));
          const compare = (a, b) => {
            const [x, y] = [cell(a, i), cell(b, i)];
            if (!x || !y) return !x - !y;
            return sign * (numeric ? number(x) - number(y) : x.localeCompare(y, "en", { numeric: true }));
          };
          const little = (row) => numeric && row.classList.contains("little");
          order = [...rows.filter((row) => !little(row)).sort(compare), ...rows.filter(little)];
        }
        body.append(...order);
      });
    }
  }
  all("table.sortable").forEach(sortable);

  // Cards beside their marks: they open under the pointer and stay when they are asked for.
  let opener = null, leaving, asked = false;
  const card = (button) => button && at(button.getAttribute("popovertarget"));
  function open(button) {
    const it = card(button);
    if (!it?.showPopover || (opener === button && it.matches(":popover-open"))) return;
    if (opener) card(opener).hidePopover();
    asked = false;
    opener = button;
    it.showPopover();
    it.style.inset = "auto";
    it.style.margin = "0";
    beside(button, it);
    // The focus scrolls the page after it has moved.
    requestAnimationFrame(() => beside(button, it));
  }
  // Below or above the mark, where there is more room; a long card scrolls, so that it never lies on its mark.
  function beside(button, it) {
    const place = button.getBoundingClientRect(), room = [innerHeight - place.bottom - 16, place.top - 16];
    const below = room[0] >= Math.min(it.scrollHeight, room[1]);
    it.style.maxHeight = `${Math.max(96, room[below ? 0 : 1])}px`;
    const size = it.getBoundingClientRect();
    it.style.left = `${Math.max(8, Math.min(place.left - 16, document.documentElement.clientWidth - size.width - 8))}px`;
    it.style.top = `${Math.max(8, below ? place.bottom + 8 : place.top - size.height - 8)}px`;
  }
  const shut = () => { if (opener && !asked && card(opener).matches(":popover-open")) card(opener).hidePopover(); };
  const note = (event) => event.target.closest?.(".note");
  document.addEventListener("pointerover", (event) => {
    if (event.pointerType !== "mouse") return;
    clearTimeout(leaving);
    const button = note(event);
    if (button) leaving = setTimeout(open, 200, button);
    else if (!event.target.closest?.(".card")) leaving = setTimeout(shut, 300);
  });
  document.addEventListener("focusin", (event) => {
    if (note(event)?.matches(":focus-visible")) open(note(event));
    else if (opener && !note(event) && !event.target.closest?.(".card")) card(opener).hidePopover();
  });
  document.addEventListener("click", (event) => {
    const button = note(event);
    if (!button || !card(button)?.showPopover) return;
    event.preventDefault();
    if (opener === button && asked && card(button).matches(":popover-open")) return card(button).hidePopover();
    open(button);
    asked = true;
  });
  document.addEventListener("toggle", (event) => { if (event.newState === "closed" && opener && event.target === card(opener)) opener = null; }, true);
  document.addEventListener("click", (event) => {
    if (event.target.closest?.(".card a")) event.target.closest(".card").hidePopover();
  });

  // Keys.
  const seen = (element) => (element.checkVisibility ? element.checkVisibility() : element.getClientRects().length > 0);
  function walk(list, forward) {
    const here = document.activeElement?.closest("main") ? document.activeElement : null;
    const after = (element) => (here ? here.compareDocumentPosition(element) & 4 : element.getBoundingClientRect().top > 8);
    const before = (element) => (here ? here.compareDocumentPosition(element) & 2 && !element.contains(here) : element.getBoundingClientRect().top < -8);
    const next = forward ? list.find((element) => after(element) && seen(element)) : list.findLast((element) => before(element) && seen(element));
    if (!next) return;
    const focus = next.matches("details") ? next.querySelector("summary") : next;
    if (focus === next) next.tabIndex = -1;
    focus.focus({ preventScroll: true });
    next.scrollIntoView({ block: next.matches("mark") ? "center" : "start" });
  }
  const marks = all("main mark");
  const letters = at("letters"), aloud = at("aloud");
  const STORE = "retold-letter-keys";
  const remember = (value) => { try { return value === undefined ? localStorage.getItem(STORE) : localStorage.setItem(STORE, value); } catch { return null; } };
  letters.checked = remember() !== "off";
  letters.addEventListener("change", () => remember(letters.checked ? "on" : "off"));
  aloud.addEventListener("change", () => document.documentElement.classList.toggle("quiet", !aloud.checked));
  at("ask").addEventListener("click", () => keys.showModal());
  at("close").addEventListener("click", () => keys.close());
  const commands = {
    j: () => walk(items, true),
    k: () => walk(items, false),
    n: () => walk(marks, true),
    p: () => walk(marks, false),
    v: () => { const voice = form.elements.voices; voice.selectedIndex = (voice.selectedIndex + 1) % voice.length; choose(); },
    "/": () => form.elements.text.focus(),
    "?": () => keys.showModal(),
  };
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") say("");
    const typing = event.target.closest?.("input:not([type=radio], [type=checkbox]), select, textarea, [contenteditable]");
    if (!letters.checked || typing || keys.open || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (!Object.hasOwn(commands, event.key)) return;
    event.preventDefault();
    commands[event.key]();
  });

  document.documentElement.classList.add("js");
  bar.hidden = false;
  choose();
  if (location.hash) land();
})();
