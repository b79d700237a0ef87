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

/* Counters: characters as people count them, in the language's digits. */
const digits = new Intl.NumberFormat(document.documentElement.lang);

function count(field) {
  const counter = document.getElementById(`count-${field.name}`);
  if (!counter) return;
  const length = [...field.value].length;
  counter.textContent = counter.dataset.text.replace("{count}", digits.format(length));
  counter.classList.toggle("over-limit", length > Number(counter.dataset.limit));
}

document.addEventListener("input", (event) => {
  if (event.target instanceof HTMLTextAreaElement) count(event.target);
});

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

function start() {
  showErrors(document);
  showCurrentEntry();
  all("textarea").forEach(count); // a page from the back cache may hold other text than it was sent with
}

start();
// A fragment that brings a summary with it takes the focus; other swaps leave the focus where it is.
document.addEventListener("htmx:after:settle", ({ detail }) => {
  for (const node of detail.newContent) {
    if (node instanceof Element) showErrors(node);
  }
});
