// A reply without leaving the post: the preview below the form, what is wrong beside its field.
// Without this, the form leads to the service's own pages, which do the same.

const form = document.getElementById("reply-form");

// Asks the service as the form would; null where it cannot be reached or answers something else.
async function ask(action, fields) {
  try {
    const answer = await fetch(action, {
      method: "POST",
      body: new URLSearchParams(fields),
      headers: { Accept: "application/json" },
    });
    return { status: answer.status, ...(await answer.json()) };
  } catch {
    return null;
  }
}

function clear() {
  for (const old of form.parentElement.querySelectorAll(".fault")) old.remove();
  for (const field of form.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
  document.getElementById("reply-shown")?.remove();
}

function tell(faults) {
  for (const [name, text] of Object.entries(faults)) {
    const field = form.elements[name];
    const fault = document.createElement("p");
    fault.className = "fault";
    fault.role = "alert";
    fault.textContent = text;
    if (field?.type && field.type !== "hidden") {
      field.setAttribute("aria-invalid", "true");
      field.after(fault);
    } else form.before(fault);
  }
  form.querySelector("[aria-invalid]")?.focus();
}

// The part comes from our own service, made by its template; nothing typed in it is markup.
function show(part) {
  const shown = document.createElement("div");
  shown.id = "reply-shown";
  shown.innerHTML = part;
  form.after(shown);
  const sending = shown.querySelector("form");
  const task = sending.querySelector("[data-work]");
  // Begun while the preview is read. Where it cannot be done, the reply waits for a moderator.
  const worked = task && window.isSecureContext ? work(task) : null;
  sending.addEventListener("submit", (event) => send(event, sending, worked));
  sending.querySelector("button").focus();
}

// Finds the number whose hash is the challenge, where the service asks for that (altcha's format).
async function work(field) {
  const { algorithm, challenge, maxnumber, salt, signature } = JSON.parse(field.dataset.work);
  const wanted = Uint8Array.from(challenge.match(/../g), (hex) => parseInt(hex, 16));
  const encoder = new TextEncoder();
  for (let number = 0; number <= maxnumber; number += 1) {
    const hash = new Uint8Array(await crypto.subtle.digest(algorithm, encoder.encode(salt + number)));
    if (wanted.every((byte, place) => byte === hash[place])) {
      field.value = btoa(JSON.stringify({ algorithm, challenge, number, salt, signature }));
      return;
    }
  }
}

async function preview(event) {
  event.preventDefault();
  const answer = await ask(form.action, new FormData(form));
  if (!answer) return form.submit();
  clear();
  if (answer.part) show(answer.part);
  else tell(answer.faults ?? {});
}

// The page has an approved reply a moment after it was sent: until then it would be missed.
async function published(place) {
  const id = new URL(place, window.location).hash.slice(1);
  for (let tries = 0; tries < 10; tries += 1) {
    const answer = await fetch(window.location.pathname, { cache: "reload" }).catch(() => {});
    if ((await answer?.text())?.includes(`id="${id}"`)) return;
    await new Promise((done) => setTimeout(done, 300));
  }
}

async function send(event, sending, worked) {
  event.preventDefault();
  sending.querySelector("button").disabled = true;
  await worked;
  const answer = await ask(sending.action, new FormData(sending));
  if (!answer) return sending.submit();
  const { part, faults, state, location: place } = answer;
  if (!place) {
    clear();
    return part ? show(part) : tell(faults ?? {});
  }
  if (state === "approved") {
    await published(place);
    window.location.assign(place);
    return window.location.reload();
  }
  const kept = sending.parentElement.querySelector(".hint");
  form.reset();
  clear();
  window.location.hash = new URL(place, window.location).hash;
  const note = document.getElementById("reply-received");
  note?.after(kept);
  note?.focus();
}

form?.addEventListener("submit", preview);
