// Progressive enhancement only: every page works without this file.
"use strict";

const all = (selector, root = document) => [...root.querySelectorAll(selector)];

/* Errors: the summary is what one must hear and see first. */
function showErrors(root) {
  const summary = root.matches?.("[data-error-summary]") ? root : root.querySelector("[data-error-summary]");
  if (summary) summary.focus();
}

/* Menus and dialogs: a menu closes on Escape and on a press elsewhere. */
function closeMenus(except) {
  for (const menu of all("details.menu[open]")) {
    if (menu !== except) menu.open = false;
  }
}

document.addEventListener("click", (event) => {
  closeMenus(event.target.closest("details.menu"));
  const button = event.target.closest("[popovertarget]");
  const dialog = button && document.getElementById(button.getAttribute("popovertarget"));
  if (dialog instanceof HTMLDialogElement) pressDialog(event, button, dialog);
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = document.querySelector("details.menu[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

// The popover works without script; modal, the page behind it also stands still for screen readers.
function pressDialog(event, button, dialog) {
  event.preventDefault();
  if (button.getAttribute("popovertargetaction") === "hide") {
    dialog.close();
    return;
  }
  dialog.removeAttribute("popover");
  dialog.showModal();
}

/* Counters: characters (or words) as people count them, in the language's digits. */
const digits = new Intl.NumberFormat(document.documentElement.lang);

function count(field) {
  const counter = document.getElementById(`count-${field.name}`);
  if (!counter) return;
  const length = "words" in counter.dataset ? (field.value.match(/\S+/g) ?? []).length : [...field.value].length;
  counter.textContent = counter.dataset.text.replace("{count}", digits.format(length));
  counter.classList.toggle("over-limit", length > Number(counter.dataset.limit));
}

document.addEventListener("input", (event) => {
  if (event.target instanceof HTMLTextAreaElement) count(event.target);
});

/* Sliders: their number beside them. */
document.addEventListener("input", ({ target }) => {
  const number = target.type === "range" && document.querySelector(`[data-value-of="${CSS.escape(target.id)}"]`);
  if (number) number.textContent = digits.format(target.value);
});

/* Fields that are asked only with a certain answer to another one; hidden, they keep what they hold. */
function showAsked(form) {
  for (const part of all("[data-asked-by]", form)) {
    const { askedBy, askedFor } = part.dataset;
    const leaders = all(`[name="${CSS.escape(askedBy)}"]`, form);
    const sent = new FormData(form).getAll(askedBy);
    const isMet = askedFor ? sent.includes(askedFor) : !sent.length;
    part.hidden = !isMet || leaders.some((leader) => leader.closest("[data-asked-by][hidden]"));
  }
}

document.addEventListener("input", ({ target }) => target.form && showAsked(target.form));

/* Theme: the choice in the account shows at once, it is saved with the form. */
function showTheme(theme) {
  if (theme === "auto") delete document.documentElement.dataset.kernTheme;
  else document.documentElement.dataset.kernTheme = theme;
}

document.addEventListener("change", (event) => {
  if (event.target.matches('input[name="theme"]')) showTheme(event.target.value);
});

/* On a phone the navigation scrolls: bring where one is into view. */
function showCurrentEntry() {
  const row = document.querySelector(".top nav");
  const entry = row && row.querySelector("[aria-current]");
  if (entry) row.scrollLeft = entry.offsetLeft - (row.clientWidth - entry.offsetWidth) / 2;
}

/* Autosave: a form with data-autosave sends itself while one writes, one request at a time.
   What the server has not acknowledged stays on this device, under account and form. */
const REST = 2000, UNBROKEN = 20000, SLOW = 1000, PATIENCE = 20000, LONGEST_PAUSE = 60000;
const COPIES = "award:";
const pause = (time) => new Promise((done) => {
  const timer = setTimeout(over, time);
  addEventListener("online", over);
  function over() {
    clearTimeout(timer);
    removeEventListener("online", over);
    done();
  }
});

class Autosave {
  constructor(form) {
    this.form = form;
    this.place = `${COPIES}${form.dataset.autosave}:${new URL(form.action).pathname}`;
    this.line = form.querySelector(".saved");
    this.kept = "unsaved" in form.dataset ? null : this.text(); // what the server has
    this.sending = null; // what is on its way or has to be sent once more, unchanged
    this.isRunning = this.isStopped = false;
    form.addEventListener("input", (event) => this.changed(event.target.matches("textarea, input:not([type=checkbox], [type=radio])") ? REST : 0));
    form.addEventListener("focusout", () => this.isDirty() && this.soon(0));
    form.addEventListener("submit", (event) => this.submitted(event));
    addEventListener("beforeunload", (event) => this.unloading(event));
    this.restore();
  }

  text() {
    const fields = new URLSearchParams(new FormData(this.form));
    for (const name of ["_key", "_csrf", "version"]) fields.delete(name);
    return fields.toString();
  }

  isDirty() {
    return this.sending !== null || this.text() !== this.kept;
  }

  changed(rest) {
    this.isStopped = false;
    this.copy();
    this.since ??= Date.now(); // whoever types without a pause is saved all the same
    this.soon(Math.max(0, Math.min(rest, this.since + UNBROKEN - Date.now())));
  }

  soon(rest) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.run(), rest);
  }

  // The next page may be written before a save that is on its way arrives: then it finds the copy, and asks for the answer.
  unloading(event) {
    this.mayUnload = true;
    setTimeout(() => this.stayed(), PATIENCE);
    if (this.isDirty() && !this.isLeaving) event.preventDefault();
  }

  stayed() {
    this.mayUnload = false;
    this.copy();
  }

  // The copy holds what is on its way too: sent again with the same key, it is never saved twice.
  copy() {
    try {
      if (this.isDirty()) localStorage.setItem(this.place, JSON.stringify({ text: this.text(), version: this.form.elements.version.value, sending: this.sending }));
      else if (!this.mayUnload) localStorage.removeItem(this.place);
    } catch { /* no room on this device: the server's answer alone counts */ }
  }

  restore() {
    let copy = null;
    try {
      copy = JSON.parse(localStorage.getItem(this.place));
    } catch { /* nothing that we wrote */ }
    if (!copy) return;
    if (this.fill(new URLSearchParams(copy.text))) return;
    this.sending = copy.sending;
    if (this.isDirty()) {
      this.form.elements.version.value = copy.version;
      this.soon(0);
    }
    this.copy();
  }

  // True when the page has to come again with more rows before all of the text has its place.
  fill(fields) {
    const missing = [...fields].some(([name, value]) => value && !this.form.elements[name]);
    const here = new URL(location);
    if (missing && !here.searchParams.has("more")) {
      here.searchParams.set("more", "20");
      location.replace(here);
      return true;
    }
    for (const field of this.form.elements) {
      if (!field.name || field.type === "hidden" || field.type === "submit") continue;
      const values = fields.getAll(field.name);
      if (field.type === "checkbox" || field.type === "radio") field.checked = values.includes(field.value);
      else if (values.length) field.value = values[0];
    }
    return false;
  }

  async run() {
    clearTimeout(this.timer);
    this.since = null;
    if (this.isRunning || this.isStopped) return;
    this.isRunning = true;
    let tries = 0;
    while (this.isDirty() && !this.isStopped) {
      this.sending ??= { text: this.text(), version: this.form.elements.version.value, key: crypto.randomUUID() };
      this.copy();
      if (await this.send()) tries = 0;
      else if (!this.isStopped) {
        this.waiting = null;
        await pause(Math.min(2000 * 2 ** tries++, LONGEST_PAUSE));
      }
    }
    this.isRunning = false;
    if (this.waiting && !this.isDirty()) this.form.requestSubmit(this.waiting);
  }

  async send() {
    const { text, version, key } = this.sending;
    const slow = setTimeout(() => this.say("saving"), SLOW);
    let answer;
    try {
      answer = await fetch(this.form.action, {
        method: "POST",
        headers: { Accept: "application/json", "X-CSRF-Token": this.form.elements._csrf.value },
        body: new URLSearchParams([...new URLSearchParams(text), ["version", version], ["_key", key]]),
        signal: AbortSignal.timeout(PATIENCE),
      });
      const body = await answer.json();
      return this.answered(answer.status, body, text);
    } catch {
      this.say(navigator.onLine && answer ? "trying" : "offline");
      return false;
    } finally {
      clearTimeout(slow);
    }
  }

  async answered(status, body, text) {
    if (status === 200) {
      this.form.elements.version.value = body.version;
      this.kept = text;
      this.sending = null;
      this.copy();
      if (this.isDirty()) return true;
      this.say("saved", body.said);
      settle(this.form, body.amiss);
      return true;
    }
    if (status === 401 || body.type?.endsWith(":form_token")) return this.signedOut();
    if (status === 429 || status >= 500) {
      this.say("trying");
      return false;
    }
    this.sending = null; // it was refused and is not to be sent again as it is
    this.waiting = null;
    this.isStopped = true;
    this.copy();
    this.say(status === 409 ? "changed" : "refused", body.detail || body.title);
    return false;
  }

  async signedOut() {
    this.say("signed-out");
    const token = await signInAgain(this.form.dataset.autosave);
    if (token) this.form.elements._csrf.value = token;
    else this.isStopped = true;
    return Boolean(token);
  }

  // The button waits until all is saved; then the form goes as it would without script.
  submitted(event) {
    if (event.defaultPrevented || this.isStopped || !(this.isDirty() || this.isRunning)) {
      this.isLeaving = !event.defaultPrevented;
      return;
    }
    event.preventDefault();
    this.waiting = event.submitter;
    this.run();
  }

  say(state, words) {
    const said = this.form.querySelector(`template[data-state="${state}"]`).content.cloneNode(true);
    const span = said.querySelector("span");
    if (span && words) span.textContent = words;
    this.line.classList.toggle("waiting", state !== "saved");
    this.line.replaceChildren(said);
  }
}

/* A message goes when what it asked for has been done; new ones come when one asks for them. */
function settle(form, amiss) {
  for (const message of all(".error[id^=error-]", form)) {
    const name = message.id.slice("error-".length);
    if (amiss.includes(name)) continue;
    const field = document.getElementById(`field-${name}`);
    field?.removeAttribute("aria-invalid");
    field?.closest(".invalid")?.classList.remove("invalid");
    document.querySelector(`[data-error-summary] a[href="#field-${CSS.escape(name)}"]`)?.closest("li").remove();
    message.remove();
  }
  const summary = document.querySelector("[data-error-summary]");
  if (summary && !summary.querySelector("li")) summary.remove();
}

/* The session is over: sign in where one is. Gives the new token, null if it was put off. */
async function signInAgain(account) {
  const known = await currentToken(account, await fetch(location.href));
  if (known) return known;
  const dialog = document.getElementById("sign-in-again");
  const form = dialog.querySelector("form");
  const problem = form.querySelector("[role=alert]");
  dialog.showModal();
  form.elements.password.focus();
  return new Promise((done) => {
    form.onsubmit = async (event) => {
      event.preventDefault();
      const sent = { method: "POST", headers: { Accept: "application/json" }, body: new URLSearchParams(new FormData(form)) };
      const answer = await fetch(form.action, sent).catch(() => null);
      const token = answer?.ok && (await currentToken(account, answer));
      problem.hidden = Boolean(token);
      if (token) finish(token);
      else if (answer?.ok) location.reload(); // somebody else signed in: this text is not theirs
      else problem.textContent = (await answer?.json().catch(() => null))?.detail || problem.dataset.unreachable;
    };
    form.querySelector("[data-close]").onclick = () => dialog.close();
    dialog.onclose = () => done(null);
    function finish(token) {
      dialog.onclose = null;
      form.reset();
      dialog.close();
      done(token);
    }
  });
}

// The token of the page that came, if it was made for the same person.
async function currentToken(account, answer) {
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const token = page.querySelector(`form[data-autosave="${CSS.escape(account)}"] [name=_csrf]`)?.value;
  if (!token) return null;
  for (const field of all("[name=_csrf]")) field.value = token;
  document.body.setAttribute("hx-headers:inherited", JSON.stringify({ "X-CSRF-Token": token }));
  return token;
}

// Of two versions one was chosen: the copy on this device is settled.
document.addEventListener("click", ({ target }) => {
  const settled = target.closest("[data-settles] :is(a, button)")?.closest("[data-settles]");
  if (settled) localStorage.removeItem(`${COPIES}${settled.dataset.settles}:${location.pathname}`);
});

// What waits on this device belongs to the person who leaves it.
document.addEventListener("submit", ({ target }) => {
  if (!target.action.endsWith("/sign-out")) return;
  for (const place of Object.keys(localStorage)) {
    if (place.startsWith(COPIES)) localStorage.removeItem(place);
  }
});

function start() {
  showErrors(document);
  showCurrentEntry();
  all("form[data-autosave]").forEach((form) => new Autosave(form));
  all("textarea").forEach(count); // a page from the back cache may hold other text than it was sent with
}

start();
// A fragment that brings a summary with it takes the focus; other swaps leave the focus where it is.
document.addEventListener("htmx:after:settle", ({ detail }) => {
  for (const node of detail.newContent) {
    if (node instanceof Element) showErrors(node);
  }
});
