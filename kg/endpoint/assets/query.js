"use strict";

const JSON_TABLE = "application/sparql-results+json";
const TABLES = { CSV: "text/csv", TSV: "text/tab-separated-values", JSON: JSON_TABLE, XML: "application/sparql-results+xml" };
const GRAPHS = { Turtle: "text/turtle", "N-Triples": "application/n-triples", "JSON-LD": "application/ld+json", "RDF/XML": "application/rdf+xml" };
const OURS = "https://w3id.org/claimtrack/";
const language = document.documentElement.lang;
const element = (id) => document.getElementById(id);
let questions = [];

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
  const head = made("tr", {}, names.map((name) => made("th", { scope: "col", textContent: name })));
  const rows = answer.results.bindings.map((row) =>
    made("tr", {}, names.map((name) => made("td", { lang: row[name]?.["xml:lang"] ?? "" }, [shown(row[name])]))));
  return made("table", {}, [made("thead", {}, [head]), made("tbody", {}, rows)]);
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
  const query = element("query").value;
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
  element("query").value = text;
};

const start = async () => {
  questions = await (await fetch("questions")).json();
  element("question").append(...questions.map(({ name, title }) => made("option", { value: name, textContent: title[language] })));
  element("question").onchange = choose;
  element("form").onsubmit = (event) => {
    event.preventDefault();
    run();
  };
  element("query").onkeydown = (event) => {
    if (event.ctrlKey && event.key === "Enter") run();
  };
};

start();
