// Searches the posts. The engine (Pagefind, a script of its own) and its index are loaded when
// somebody types, or comes with a question in the address. Results are built from text alone.

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
  const { engine: url, base } = area.dataset;
  const loaded = await import(new URL(url, location.href));
  await loaded.options({ baseUrl: base, excerptLength: 28 });
  await loaded.init();
  return loaded;
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
    const { results } = await (await load()).search(question);
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
