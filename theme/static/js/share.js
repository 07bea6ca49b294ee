// Shows the button that copies a post's address. Without a clipboard (an insecure address, an old
// browser) it stays hidden, and the share links do without it.

const SHOWN_MS = 2000;

function offer(button) {
  const label = button.textContent;
  let timer;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(button.dataset.url);
    } catch {
      return; // refused: the address is in the browser's bar
    }
    button.textContent = button.dataset.done;
    clearTimeout(timer);
    timer = setTimeout(() => (button.textContent = label), SHOWN_MS);
  });
  button.closest("[hidden]").hidden = false;
}

if (navigator.clipboard) document.querySelectorAll(".share-copy").forEach(offer);
