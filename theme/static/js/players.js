// Players of other sites, loaded when a reader asks for them. Without this, the link of a card leads
// to the page of the video.

for (const card of document.querySelectorAll("[data-player]")) {
  card.querySelector("a").addEventListener("click", (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return; // a new tab was asked for
    event.preventDefault();
    const frame = document.createElement("iframe");
    const player = new URL(card.dataset.player);
    player.searchParams.set("autoplay", "1");
    frame.src = player;
    frame.title = card.textContent.trim();
    frame.allow = "autoplay; encrypted-media; fullscreen; picture-in-picture";
    frame.referrerPolicy = "strict-origin-when-cross-origin"; // without one, YouTube plays nothing
    if (card.dataset.height) frame.height = card.dataset.height;
    card.replaceChildren(frame);
    frame.focus();
  });
}
