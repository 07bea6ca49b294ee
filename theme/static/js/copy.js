// Buttons that copy code, and the address of a post. The one for code is cloned from the page's
// template, which holds its words; without a clipboard (an insecure address, an old browser) there
// is none.

const SHOWN_MS = 2000;

function copies(button, text, refused) {
  const label = button.textContent;
  let timer;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      return refused?.();
    }
    button.textContent = button.dataset.done;
    clearTimeout(timer);
    timer = setTimeout(() => (button.textContent = label), SHOWN_MS);
  });
  return button;
}

const template = document.getElementById("copy-button");
if (navigator.clipboard) {
  for (const code of template ? document.querySelectorAll(".highlight pre > code") : []) {
    const button = template.content.firstElementChild.cloneNode(true);
    const select = () => getSelection().selectAllChildren(code); // so that the reader can copy it
    code.closest(".highlight").append(copies(button, code.textContent, select));
  }
  for (const button of document.querySelectorAll(".share-copy")) {
    copies(button, button.dataset.url).closest("[hidden]").hidden = false;
  }
}
