// Files are sent as soon as they are chosen, two at a time; app.js comes before this.
"use strict";

const lanes = [Promise.resolve(), Promise.resolve()];
let sent = 0, unfinished = 0;

/* One file on its way. A lost connection is waited for; the key makes sure that it is attached once. */
class Upload {
  constructor(place, file, replaced = "") {
    this.place = place;
    this.replaced = replaced; // the id of the file whose place it takes
    this.form = document.getElementById(place.dataset.upload);
    this.file = file;
    this.key = crypto.randomUUID();
    this.row = place.querySelector("template").content.firstElementChild.cloneNode(true);
    this.row.querySelector("strong").textContent = file.name;
    this.row.querySelector("progress").setAttribute("aria-label", file.name);
    this.row.querySelector("button").addEventListener("click", () => this.cancel());
    place.querySelector("ul").append(this.row);
    unfinished += 1;
    const lane = sent++ % lanes.length;
    lanes[lane] = lanes[lane].then(() => this.run());
  }

  async run() {
    for (let tries = 0; !this.isOver; tries++) {
      const answer = await this.send();
      if (this.isOver) return;
      if (answer.status === 401 && (await this.signIn())) continue;
      if (answer.status && answer.status !== 429 && answer.status < 500) return this.answered(answer);
      this.say("waiting");
      await pause(Math.min(2000 * 2 ** tries, LONGEST_PAUSE));
    }
  }

  send() {
    const data = new FormData(this.form);
    for (const name of [...data.keys()]) if (/^file(-|$)/.test(name)) data.delete(name);
    data.set("_key", this.key);
    data.append(this.replaced ? `file-${this.replaced}` : "file", this.file);
    const request = (this.request = new XMLHttpRequest());
    request.open("POST", this.form.action);
    request.setRequestHeader("Accept", "text/html, application/problem+json");
    request.upload.onprogress = ({ loaded, total }) => {
      this.row.querySelector("progress").value = loaded / total;
      this.say(loaded < total ? "sending" : "reading");
    };
    return new Promise((done) => {
      request.onloadend = () => done(request);
      request.send(data);
    });
  }

  signIn() {
    return signInAgain(this.place.closest("form").dataset.autosave);
  }

  // Done, the answer is the page as it is now; refused, it says why and the row stays until one has read it.
  answered(answer) {
    if (answer.status === 200) {
      showAttached(this.place, answer.responseText, this.replaced);
      this.end();
      this.row.remove();
      return;
    }
    let said = {};
    try {
      said = JSON.parse(answer.responseText);
    } catch { /* an answer of something between us and the server */ }
    this.row.querySelector("progress").remove();
    this.row.querySelector("[role=status]").textContent = said.detail || said.title || answer.statusText;
    this.row.querySelector("[role=status]").className = "error";
    this.row.querySelector("button").textContent = this.place.dataset.close;
    this.end();
  }

  cancel() {
    const wasOnItsWay = !this.isOver;
    this.end();
    this.request?.abort();
    this.row.remove();
    if (wasOnItsWay) (this.opener() ?? this.place.querySelector("input"))?.focus();
  }

  opener() {
    return document.querySelector(`#file-${CSS.escape(this.replaced)} summary`);
  }

  end() {
    if (!this.isOver) unfinished -= 1;
    this.isOver = true;
  }

  say(state) {
    this.row.querySelector("[role=status]").textContent = this.place.dataset[state];
  }
}

/* New files join the list or take a place in it; what is being typed there stays as it is. */
function showAttached(place, html, replaced) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const list = place.closest("fieldset").querySelector(".files");
  const old = document.getElementById(`file-${replaced}`);
  for (const item of page.querySelectorAll(`#${CSS.escape(list.id)} > li`)) {
    const there = document.getElementById(item.id);
    if (there) there.querySelector(".acts").replaceWith(item.querySelector(".acts"));
    else if (old?.isConnected) takePlace(old, item, page);
    else list.append(item);
  }
  for (const details of all(".replacing", list)) replacing(place, details);
  const row = place.querySelector(":scope > p");
  if (row) row.hidden = !page.querySelector(`#${CSS.escape(place.id)} > p`);
  place.closest("form").dispatchEvent(new Event("input", { bubbles: true }));
}

// What was said of the old file is saved already as said of the new one; what was typed since goes over too.
function takePlace(old, item, page) {
  const form = old.closest("form");
  const [was, now] = [old, item].map((one) => one.querySelector(".field input"));
  const hadFocus = old.contains(document.activeElement);
  now.value = was.value;
  form.elements.version.value = page.querySelector("form[data-autosave] [name=version]").value;
  old.replaceWith(item);
  if (hadFocus) item.querySelector("summary").focus();
}

function take(place, files) {
  for (const file of files) new Upload(place, file);
}

function replacing(place, details) {
  const input = details.querySelector("input");
  details.querySelector("button").hidden = true;
  input.onchange = () => {
    for (const file of input.files) new Upload(place, file, input.dataset.replaces);
    input.value = "";
    details.open = false;
    details.querySelector("summary").focus();
  };
}

for (const place of all("[data-upload]")) {
  for (const details of all(".replacing", place.closest("fieldset"))) replacing(place, details);
  const input = place.querySelector(":scope > p input");
  if (!input) continue; // as many as there may be
  place.querySelector("button[form]").hidden = true;
  place.querySelector("[data-drop]").hidden = false;
  input.addEventListener("change", () => {
    take(place, input.files);
    input.value = "";
  });
  for (const kind of ["dragenter", "dragover", "dragleave", "drop"]) {
    place.addEventListener(kind, (event) => {
      event.preventDefault();
      place.classList.toggle("over", kind.startsWith("drage") || kind === "dragover");
    });
  }
  place.addEventListener("drop", (event) => take(place, event.dataTransfer.files));
}

addEventListener("beforeunload", (event) => unfinished && event.preventDefault());
