// Answers below the reply they answer, and replies kept by others, loaded when a reader asks for
// them. Without this, links lead to a page with the form, and to where the others keep the replies.

const form = document.getElementById("reply-form");

function answer(link, event) {
  event.preventDefault();
  const reply = document.getElementById(link.dataset.answer);
  const parent = form.elements.parent;
  const back = !reply.contains(form);
  parent.value = back ? link.dataset.answer.replace(/^reply-/, "") : "";
  if (back) link.parentElement.after(form);
  else document.getElementById("answer").append(form);
  form.elements.text.focus();
}

// What shows the preview in the page is loaded once somebody is about to write. Where that takes
// longer than writing, the form waits for it; where it fails, the form is sent as without scripts.
function previews(form, source) {
  let there = false;
  const load = () => import(source).then(() => (there = true));
  form.addEventListener("focusin", () => load().catch(() => {}), { once: true });
  form.addEventListener("submit", (event) => {
    if (there) return;
    event.preventDefault();
    load().then(
      () => form.requestSubmit(),
      () => form.submit(),
    );
  });
}

if (form) {
  previews(form, document.querySelector("script[data-reply]").dataset.reply);
  for (const link of document.querySelectorAll("[data-answer]")) {
    link.addEventListener("click", (event) => answer(link, event));
  }
}

// What the theme wrote as data-NAME-0="key=value", data-NAME-1="key=value", and so on.
function pairs(embed, name) {
  const found = [];
  for (let n = 0; embed.dataset[`${name}-${n}`] !== undefined; n += 1) {
    const [key, ...rest] = embed.dataset[`${name}-${n}`].split("=");
    found.push([key, rest.join("=")]);
  }
  return found;
}

// How each service wants to be told about the page, before its script runs.
const tell = {
  isso: (place, config) => Object.entries(config).forEach(([key, value]) => place.setAttribute(`data-${key}`, value)),
  remark42: (_, config) => (window.remark_config = { ...config, components: ["embed"] }),
  disqus: (_, config) => {
    window.disqus_config = function () {
      Object.assign(this.page, config);
    };
  },
};

function load(embed) {
  const place = document.createElement("div");
  if (embed.dataset.place) place.id = embed.dataset.place;
  tell[embed.dataset.embed]?.(place, Object.fromEntries(pairs(embed, "set")));
  const script = document.createElement("script");
  for (const [name, value] of pairs(embed, "with")) script.setAttribute(name, value);
  script.src = embed.dataset.script;
  script.async = true;
  embed.replaceChildren(place);
  place.append(script);
}

for (const embed of document.querySelectorAll("[data-embed]")) {
  const button = embed.querySelector("button");
  button.addEventListener("click", () => load(embed));
  button.parentElement.hidden = false;
}
