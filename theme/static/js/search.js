// Searches the posts. The engine (Pagefind, a script of its own) and its index are loaded when
// somebody types, or comes with a question in the address. Results are built from text alone.
// The index of a large site has several parts; the engine searches all of them.

const STEP = 8;
const WAIT_MS = 200;
const area = document.querySelector(".searching");
const form = area.querySelector("form");
const field = form.elements.q;
const status = area.querySelector(".search-status");
const list = area.querySelector(".results");
const more = area.querySelector(".search-more");
const template = document.getElementById("search-result");
let engine = null;
let found = [];
let shown = "";

async function start() {
  const { engine: url, base, shards } = area.dataset;
  const loaded = await import(new URL(url, location.href));
  const options = { baseUrl: base, excerptLength: 28 };
  // A new one each time, so that a second try does not meet what is left of the first.
  const instance = loaded.createInstance(options);
  await instance.init();
  // Only here is said that the engine could not be started; merging would wait for it for ever.
  await instance.filters();
  const paths = shards.split(" ").filter(Boolean);
  await Promise.all(paths.map((path) => instance.mergeIndex(path, options)));
  return (question) => (paths.length ? searchAll(instance, question) : searchOne(instance, question));
}

async function searchOne(instance, question) {
  return (await instance.search(question)).results;
}

// How well a result has the stem of a word: with a word that begins with it, or else with as much
// of it as the engine takes for words that it does not know.
function fit({ scores = [], verbose_meta_scores: fields = [] }, stem) {
  const words = [...scores.map((score) => score.search_term), ...fields.flatMap((one) => one.matched_terms)];
  const lengths = words.map((word) => (word.startsWith(stem) ? Infinity : stem.startsWith(word) ? word.length : 0));
  return Math.max(0, ...lengths);
}

// The results that have a word as well as any part of the index has it.
async function having(instance, word) {
  const { results, query_term_idfs: terms = [] } = await instance.search(word);
  return terms.reduce((left, { term }) => {
    const fits = results.map((result) => fit(result, term));
    const best = Math.max(0, ...fits);
    return best ? left.filter((result) => fit(result, term) === best) : left;
  }, results);
}

// A part of the index that does not know a word searches for the others alone. So a result counts
// only if it has every word that is anywhere in the index, as if there were one index.
async function searchAll(instance, question) {
  const results = await searchOne(instance, question);
  if (/^\s*".+"\s*$/.test(question)) return results;
  const each = await Promise.all(question.split(/\s+/).map((word) => having(instance, word)));
  const wanted = each.filter((found) => found.length).map((found) => new Set(found.map((one) => one.id)));
  return results.filter((result) => wanted.every((ids) => ids.has(result.id)));
}

function load() {
  engine ??= start().catch((error) => {
    engine = null;
    throw error;
  });
  return engine;
}

// An excerpt is escaped text with the words that were found in <mark>.
function excerpt(html) {
  const parsed = new DOMParser().parseFromString(html, "text/html").body;
  return Array.from(parsed.childNodes, (node) => {
    if (node.localName !== "mark") return node.textContent;
    const mark = document.createElement("mark");
    mark.textContent = node.textContent;
    return mark;
  });
}

function item({ url, meta, excerpt: html }) {
  const made = template.content.firstElementChild.cloneNode(true);
  const link = made.querySelector("a");
  link.href = new URL(url, location.origin);
  link.textContent = meta.title;
  made.querySelector(".result-date").textContent = meta.date ?? "";
  made.querySelector(".result-text").append(...excerpt(html));
  return made;
}

async function extend(question) {
  const next = found.slice(list.children.length, list.children.length + STEP);
  const data = await Promise.all(next.map((result) => result.data()));
  if (question !== shown) return;
  list.append(...data.map(item));
  more.hidden = list.children.length >= found.length;
}

function clear(text) {
  found = [];
  list.replaceChildren();
  more.hidden = true;
  status.textContent = text;
}

async function search(question) {
  if (question === shown) return;
  shown = question;
  const address = new URL(location.href);
  if (question) address.searchParams.set("q", question);
  else address.searchParams.delete("q");
  history.replaceState(null, "", address);
  if (!question) return clear("");
  status.textContent = status.dataset.busy;
  try {
    const results = await (await load())(question);
    if (question !== shown) return;
    clear(results.length ? `${status.dataset.found} ${results.length}` : status.dataset.none);
    found = results;
    await extend(question);
  } catch {
    if (question !== shown) return;
    shown = "";
    clear(status.dataset.failed);
  }
}

let timer;
field.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(() => search(field.value.trim()), WAIT_MS);
});
field.addEventListener("focus", () => load().catch(() => {}), { once: true });
form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(timer);
  search(field.value.trim());
});
more.querySelector("button").addEventListener("click", async () => {
  const first = list.children.length;
  await extend(shown);
  list.children[first]?.querySelector("a").focus();
});

area.hidden = false;
const asked = new URLSearchParams(location.search).get("q")?.trim();
if (asked) {
  field.value = asked;
  search(asked);
}
