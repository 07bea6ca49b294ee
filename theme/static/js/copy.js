// Adds a copy button to every code block. The button is cloned from the page's template, which
// holds its words; without a clipboard (an insecure address, an old browser) nothing is added.

const SHOWN_MS = 2000;

function copyButton(template, code) {
  const button = template.content.firstElementChild.cloneNode(true);
  const label = button.textContent;
  let timer;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(code.textContent);
    } catch {
      getSelection().selectAllChildren(code); // refused: the reader can copy the selection
      return;
    }
    button.textContent = button.dataset.done;
    clearTimeout(timer);
    timer = setTimeout(() => (button.textContent = label), SHOWN_MS);
  });
  return button;
}

const template = document.getElementById("copy-button");
if (template && navigator.clipboard) {
  for (const code of document.querySelectorAll(".highlight pre > code")) {
    code.closest(".highlight").append(copyButton(template, code));
  }
}
