// Lets a reader choose light or dark, or leave it to the system, and remembers it on this device.
// The choice is shown before the first paint by first.js, which stands in the page.

const KEY = "theme";
const CHOICES = ["auto", "light", "dark"];
const root = document.documentElement;

function remembered() {
  try {
    const choice = localStorage.getItem(KEY);
    return CHOICES.includes(choice) ? choice : "auto";
  } catch {
    return "auto"; // storage is forbidden: the system's preference holds
  }
}

function remember(choice) {
  try {
    if (choice === "auto") localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, choice);
  } catch {
    // Storage is forbidden: the choice holds for this page.
  }
}

function show(choice) {
  if (choice === "auto") delete root.dataset.theme;
  else root.dataset.theme = choice;
  for (const meta of document.querySelectorAll("meta[data-scheme]")) {
    const { scheme } = meta.dataset;
    meta.media = choice === "auto" ? `(prefers-color-scheme: ${scheme})` : scheme === choice ? "all" : "not all";
  }
  for (const button of document.querySelectorAll(".theme-choice")) {
    button.querySelector(".theme-choice-value").textContent = button.dataset[choice];
  }
}

for (const button of document.querySelectorAll(".theme-choice")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const current = root.dataset.theme ?? "auto";
    const next = CHOICES[(CHOICES.indexOf(current) + 1) % CHOICES.length];
    remember(next);
    show(next);
  });
}
show(remembered());
// Another tab, or a page brought back from the history, follows the latest choice.
addEventListener("storage", (event) => event.key === KEY && show(remembered()));
addEventListener("pageshow", (event) => event.persisted && show(remembered()));
