// Keeps an open page current while the preview runs. The server sends its state at once and after
// every build; a page compares it with the state it was served in, so nothing is missed however
// late the two meet.
(() => {
  "use strict";

  const shown = JSON.parse(document.currentScript.dataset.state);
  const name = "parley-desk";

  function apply(state) {
    if (state.boot !== shown.boot || state.pages > shown.revision) {
      location.reload();
      return;
    }
    if (state.revision > shown.revision) {
      shown.revision = state.revision;
      restyle();
    }
    if (state.failure !== shown.failure) {
      shown.failure = state.failure;
      showProblems();
    }
  }

  // The page is fetched again, for a style sheet may have another name now, or be in the page.
  async function restyle() {
    const answer = await fetch(location.href, { cache: "no-store" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const before = sheets(document);
    const after = sheets(page);
    if (before.length !== after.length) {
      location.reload();
      return;
    }
    before.forEach((sheet, index) => swap(sheet, document.importNode(after[index], true)));
  }

  function sheets(tree) {
    return [...tree.querySelectorAll('link[rel~="stylesheet"], style')].filter(
      (sheet) => !sheet.hasAttribute("data-desk-old"),
    );
  }

  // The old sheet stays until the new one is there: the page is never bare.
  function swap(before, after) {
    if (after.localName === "style") {
      restate(before, after.textContent);
      return;
    }
    const url = new URL(after.getAttribute("href"), location.href);
    if (url.origin !== location.origin) return;
    url.searchParams.set("desk", shown.revision);
    after.href = url.href;
    after.onload = after.onerror = () => before.remove();
    before.setAttribute("data-desk-old", "");
    before.after(after);
  }

  // The policy of the page knows the style sheet it came with by its hash. Another text in its place
  // would be refused; what a script gives the browser as a style sheet is not.
  const restated = new WeakMap();

  function restate(style, text) {
    if (style.textContent === text && !restated.has(style)) return;
    const sheet = restated.get(style) ?? new CSSStyleSheet();
    sheet.replaceSync(text);
    if (restated.has(style)) return;
    restated.set(style, sheet);
    document.adoptedStyleSheets.push(sheet);
    style.media = "not all";
  }

  async function showProblems() {
    const answer = await fetch("/_desk/problems", { cache: "no-store" });
    const html = await answer.text();
    document.querySelectorAll(name).forEach((old) => old.remove());
    if (!html) return;
    const host = document.createElement(name);
    host.attachShadow({ mode: "open" }).innerHTML = html;
    document.body.append(host);
  }

  // A browser opens few connections to one server, so of all tabs one listens and tells the others.
  // When it goes, the lock goes to another, which is told the state as it begins.
  const tabs = new BroadcastChannel(name);
  let latest = null;

  tabs.onmessage = ({ data }) => {
    if (data !== "ask") apply(data);
    else if (latest) tabs.postMessage(latest);
  };

  function listen() {
    const events = new EventSource("/_desk/events");
    events.onmessage = ({ data }) => {
      latest = JSON.parse(data);
      tabs.postMessage(latest);
      apply(latest);
    };
    events.onerror = () => {
      if (events.readyState === EventSource.CLOSED) setTimeout(listen, 1000);
    };
  }

  tabs.postMessage("ask");
  if (navigator.locks) navigator.locks.request(name, () => new Promise(listen));
  else listen(); // not a secure context: seen from another machine
})();
