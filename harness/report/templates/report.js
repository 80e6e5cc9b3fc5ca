(() => {
  "use strict";
  const all = (what, where = document) => [...where.querySelectorAll(what)];
  const by = (id) => document.getElementById(id);
  const tools = by("tools"), search = by("search"), told = by("told"), back = by("back");
  const filters = all("select", tools);
  const groups = all("details.area, div.feature > details");
  let items = null, before = null;

  const counted = (number, noun) => `${number} ${noun}${number === 1 ? "" : "s"}`;

  /* What is searched and filtered: rules, scenarios and the cards of what did not hold, each with what it is of. */
  function index() {
    if (items) return items;
    const rules = new Map(all("li[data-rule]").map((rule) => [rule.dataset.rule, rule.dataset]));
    items = all("[data-rule]").map((it) => {
      const names = all(".name", it).map((name) => name.textContent).join(" ");
      const heading = it.querySelector("h3, h4, p");
      const of = rules.get(it.dataset.rule) || it.dataset;
      const text = [it.id, it.dataset.rule, heading && heading.textContent, names].join(" ");
      return { it, text: text.toLowerCase(), verdict: it.dataset.verdict || it.querySelector(".v").textContent, of };
    });
    return items;
  }

  function shows(item, words, wanted) {
    if (wanted.verdict && item.verdict !== wanted.verdict) return false;
    if (wanted.class && item.of.class !== wanted.class) return false;
    if (wanted.area && item.of.area !== wanted.area) return false;
    if (wanted.role && item.of.role !== wanted.role && item.of.role !== "both") return false;
    return words.every((word) => item.text.includes(word));
  }

  function apply() {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const wanted = Object.fromEntries(filters.map((filter) => [filter.name, filter.value]));
    const active = words.length > 0 || Object.values(wanted).some(Boolean);
    if (active && !before) before = groups.map((group) => group.open);
    const counts = { rule: 0, scenario: 0 };
    for (const item of index()) {
      const visible = shows(item, words, wanted);
      item.it.hidden = !visible;
      if (visible && item.it.matches("li.rule")) counts.rule += 1;
      if (visible && item.it.matches("article")) counts.scenario += 1;
    }
    groups.forEach((group, place) => {
      const any = all("[data-rule]", group).some((it) => !it.hidden);
      (group.closest(".feature") || group).hidden = active && !any;
      if (active) group.open = any;
      else if (before) group.open = before[place];
    });
    for (const title of all("p.group")) {
      let next = title.nextElementSibling, any = false;
      for (; next && !next.matches("p.group"); next = next.nextElementSibling) any = any || !next.hidden;
      title.hidden = !any;
    }
    if (!active) before = null;
    told.textContent = active ? `${counted(counts.rule, "rule")}, ${counted(counts.scenario, "scenario")}` : "";
    by("clear").hidden = !active;
  }

  function clear() {
    search.value = "";
    for (const filter of filters) filter.value = "";
    apply();
  }

  /* Open what a link leads to, and whatever it lies in. */
  function reveal() {
    let id = location.hash.slice(1);
    try { id = decodeURIComponent(id); } catch { return; }
    const target = id && by(id);
    if (!target) return;
    if (target.closest("[hidden]")) clear();
    for (let at = target; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
    const own = target.querySelector(":scope > details");
    if (own) own.open = true;
    target.scrollIntoView();
    requestAnimationFrame(() => target.scrollIntoView());  // what lies above has its height by now
    back.hidden = history.length < 2;
  }

  let waiting = 0;
  search.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(apply, 80); });
  for (const filter of filters) filter.addEventListener("change", apply);
  by("clear").addEventListener("click", () => { clear(); search.focus(); });
  by("open-all").addEventListener("click", () => groups.forEach((group) => { group.open = true; }));
  by("close-all").addEventListener("click", () => all("main details").forEach((each) => { each.open = false; }));
  by("print-all").addEventListener("click", () => {
    document.body.classList.add("whole");
    all("main details").forEach((each) => { each.open = true; });
    print();
    document.body.classList.remove("whole");
  });
  back.addEventListener("click", () => history.back());
  document.addEventListener("keydown", (event) => {
    const typing = event.target.matches("input, select, textarea");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      search.focus();
    }
    if (event.key === "Escape" && typing) { clear(); search.blur(); }
  });
  addEventListener("hashchange", reveal);
  for (const part of all(".scripted")) part.hidden = false;
  for (const scenario of all("article[id]")) {
    const link = document.createElement("a");
    link.className = "here";
    link.href = `#${encodeURI(scenario.id)}`;
    link.textContent = "#";
    scenario.append(link);
  }
  for (const link of all("a.here")) link.title = "Link to this place";
  reveal();
})();
