// Who else is writing, asked for now and then while somebody looks at the page. Without this file the page says it when it comes.
"use strict";

{
  const QUIET = 30000, BUSY = 15000, ABSENT = 600000; // a mark lasts 45 seconds
  const line = document.querySelector("[data-writing-at]");
  const slots = [...document.querySelectorAll("[data-writing]")];
  const told = new Set(slots.filter((slot) => !slot.hidden).map((slot) => slot.textContent.trim()));
  let timer = setTimeout(ask, told.size ? BUSY : QUIET), stirred = Date.now();

  // Nobody there asks for nothing: it would keep a session alive that is to end.
  const isThere = () => !document.hidden && Date.now() - stirred < ABSENT;

  async function ask() {
    clearTimeout(timer);
    timer = setTimeout(ask, QUIET);
    if (!isThere()) return;
    const answer = await fetch(line.dataset.writingAt, { headers: { Accept: "application/json" } }).catch(() => null);
    const marks = answer?.ok ? await answer.json() : [];
    show(marks);
    clearTimeout(timer);
    if (!answer || answer.ok) timer = setTimeout(ask, marks.length ? BUSY : QUIET); // else signed out, or no longer of the network
  }

  function show(marks) {
    for (const slot of slots) {
      const { writing } = slot.dataset;
      const here = marks.filter((mark) => writing === mark.section || writing === mark.place);
      slot.hidden = !here.length;
      if (here.length) slot.querySelector("span").textContent = here.map((mark) => mark.said).join(" · ");
    }
    tell(marks.filter((mark) => slots.some((slot) => slot.dataset.writing === mark.place)));
  }

  // Each person once, and nothing when they stop.
  function tell(marks) {
    const fresh = marks.filter((mark) => !told.has(mark.said));
    for (const mark of fresh) told.add(mark.said);
    if (fresh.length) line.textContent = fresh.map((mark) => mark.said).join(" · ");
  }

  for (const sign of ["pointermove", "pointerdown", "keydown"]) addEventListener(sign, () => { stirred = Date.now(); }, { passive: true });
  document.addEventListener("visibilitychange", ask);
}
