"use strict";

const JSON_TABLE = "application/sparql-results+json";
const TABLES = { CSV: "text/csv", TSV: "text/tab-separated-values", JSON: JSON_TABLE, XML: "application/sparql-results+xml" };
const GRAPHS = { Turtle: "text/turtle", "N-Triples": "application/n-triples", "JSON-LD": "application/ld+json", "RDF/XML": "application/rdf+xml" };
const OURS = "https://w3id.org/claimtrack/";
const language = document.documentElement.lang;
const element = (id) => document.getElementById(id);
let questions = [];
let prefixes = {};

const TOKENS = new RegExp(
  [
    /(?<comment>#.*)/,
    /(?<iri><[^<>\s"{}|^`\\]*>)/,
    /(?<string>"""[^]*?"""|'''[^]*?'''|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')/,
    /(?<variable>[?$]\w+)/,
    /(?<name>\w*:[\w.-]*\w|\w+:)/,
    /(?<keyword>\b(?:PREFIX|BASE|SELECT|CONSTRUCT|DESCRIBE|ASK|DISTINCT|REDUCED|WHERE|FROM|NAMED|GRAPH|OPTIONAL|UNION|MINUS|FILTER|BIND|VALUES|AS|GROUP|ORDER|BY|HAVING|LIMIT|OFFSET|ASC|DESC|NOT|EXISTS|IN|COUNT|SUM|AVG|MIN|MAX|SAMPLE|GROUP_CONCAT|UNDEF|a)\b)/,
  ].map((part) => part.source).join("|"), "gi");

const tokens = (text) => [...text.matchAll(TOKENS)].map((found) => {
  const [kind] = Object.entries(found.groups).find(([, value]) => value !== undefined);
  return { kind, text: found[0], start: found.index };
});

const ask = (query, accept) =>
  fetch("sparql", { method: "POST", headers: { accept }, body: new URLSearchParams({ query }) });

const made = (name, properties = {}, children = []) => {
  const node = Object.assign(document.createElement(name), properties);
  node.append(...children);
  return node;
};

const showError = (message) => {
  element("error").textContent = message;
  element("error").hidden = !message;
};

const shown = (term) => {
  if (!term) return "";
  if (term.type !== "uri") return term.value;
  if (term.value.startsWith(OURS)) {
    const path = term.value.slice(OURS.length);
    return made("a", { href: "/" + path, textContent: path, title: term.value });
  }
  return /^https?:/.test(term.value) ? made("a", { href: term.value, textContent: term.value }) : term.value;
};

const table = (answer) => {
  const names = answer.head.vars;
  const head = made("tr", {}, names.map((name) =>
    made("th", { scope: "col" }, [made("button", { type: "button", textContent: name })])));
  const rows = answer.results.bindings.map((row) =>
    made("tr", {}, names.map((name) => made("td", { lang: row[name]?.["xml:lang"] ?? "" }, [shown(row[name])]))));
  const body = made("tbody", {}, rows);
  sortable(head, body);
  return made("table", {}, [made("thead", {}, [head]), body]);
};

const colour = () => {
  const text = element("query").value;
  const parts = [];
  let done = 0;
  for (const token of tokens(text)) {
    parts.push(text.slice(done, token.start), made("span", { className: token.kind, textContent: token.text }));
    done = token.start + token.text.length;
  }
  element("colours").replaceChildren(...parts, text.slice(done) + "\n");
  follow();
};

const follow = () => {
  element("colours").scrollTop = element("query").scrollTop;
  element("colours").scrollLeft = element("query").scrollLeft;
};

const write = (query) => {
  element("query").value = query;
  colour();
};

/** Declares the known prefixes that a query uses and does not declare. */
const withPrefixes = (query) => {
  const names = tokens(query).filter(({ kind }) => kind === "name").map(({ text }) => text.split(":")[0]);
  const declared = new Set([...query.matchAll(/\bPREFIX\s+(\w*):/gi)].map((found) => found[1]));
  const missing = [...new Set(names)].filter((name) => prefixes[name] && !declared.has(name));
  return missing.sort().map((name) => `PREFIX ${name}: <${prefixes[name]}>\n`).join("") + query;
};

/** Sorts the rows of a table by a column: numbers as numbers, the other way round at the second click. */
const sortable = (head, body) => {
  [...head.cells].forEach((cell, place) => {
    cell.firstChild.onclick = () => {
      const down = cell.ariaSort === "ascending";
      const text = (row) => row.cells[place].textContent;
      const rows = [...body.rows].sort((a, b) => text(a).localeCompare(text(b), language, { numeric: true }));
      body.replaceChildren(...(down ? rows.reverse() : rows));
      [...head.cells].forEach((other) => (other.ariaSort = "none"));
      cell.ariaSort = down ? "descending" : "ascending";
    };
  });
};

const offerDownloads = (query, formats) => {
  const buttons = Object.entries(formats).map(([name, type]) =>
    made("button", { type: "button", textContent: name, onclick: () => download(query, name, type) }));
  element("downloads").querySelectorAll("button").forEach((button) => button.remove());
  element("downloads").append(...buttons);
  element("downloads").hidden = false;
};

const download = async (query, name, type) => {
  const reply = await ask(query, type);
  if (!reply.ok) return showError(await reply.text());
  const href = URL.createObjectURL(await reply.blob());
  made("a", { href, download: "answer." + name.toLowerCase().replace(/\W/g, "") }).click();
  URL.revokeObjectURL(href);
};

const run = async () => {
  const query = withPrefixes(element("query").value);
  write(query);
  history.replaceState(null, "", "#" + new URLSearchParams({ query }));
  showError("");
  element("status").textContent = "…";
  const started = performance.now();
  const reply = await ask(query, JSON_TABLE + ", text/turtle;q=0.9");
  const text = await reply.text();
  element("status").textContent = "";
  if (!reply.ok) return showError(text);
  const isTable = reply.headers.get("content-type").startsWith(JSON_TABLE);
  const answer = isTable ? JSON.parse(text) : null;
  const time = ` (${Math.round(performance.now() - started)} ms)`;
  if (answer?.results) element("status").textContent = `${answer.results.bindings.length} ${element("status").dataset.rows}${time}`;
  const node = answer?.results ? table(answer) : made("pre", { textContent: answer ? String(answer.boolean) : text });
  element("result").replaceChildren(node);
  element("result").hidden = false;
  offerDownloads(query, isTable ? TABLES : GRAPHS);
};

const choose = async () => {
  const question = questions.find(({ name }) => name === element("question").value);
  element("description").textContent = question?.description[language] ?? "";
  const fields = (question?.parameters ?? []).flatMap(({ name, label }) => [
    made("label", { htmlFor: "parameter-" + name, textContent: label[language] }),
    made("input", { id: "parameter-" + name, name, onchange: fill }),
  ]);
  element("parameters").replaceChildren(...fields);
  if (question) await fill();
};

const fill = async () => {
  const values = [...element("parameters").querySelectorAll("input")].map(({ name, value }) => [name, value]);
  const reply = await fetch(`questions/${element("question").value}?${new URLSearchParams(values)}`);
  const text = await reply.text();
  if (!reply.ok) return showError(text);
  showError("");
  write(text);
};

const start = async () => {
  const linked = new URLSearchParams(location.hash.slice(1)).get("query");
  write(linked ?? element("query").value);
  prefixes = await (await fetch("prefixes")).json();
  questions = await (await fetch("questions")).json();
  element("question").append(...questions.map(({ name, title }) => made("option", { value: name, textContent: title[language] })));
  element("question").onchange = choose;
  element("form").onsubmit = (event) => {
    event.preventDefault();
    run();
  };
  element("query").oninput = colour;
  element("query").onscroll = follow;
  element("query").onkeydown = (event) => {
    if (event.ctrlKey && event.key === "Enter") run();
  };
};

start();
