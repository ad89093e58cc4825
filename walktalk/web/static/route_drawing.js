// Taps on a park's drawing go to the server as points of a route; it answers with the route so far.
"use strict";

const SMALL_STEPS = ["undo", "add", "show"];
let asked = 0;

const send = async (form, step) => {
  const sent = new FormData(form);
  sent.set("step", step);
  asked += 1;
  const mine = asked;
  const answer = await fetch(form.action, { method: "POST", body: sent });
  if (mine !== asked) return; // a later tap has asked again
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const now = page.getElementById("drawing");
  if (!now) return form.submit(); // signed out meanwhile: the server says so
  const focused = document.activeElement;
  const wanted = focused?.value && focused.name ? `[name=${focused.name}][value=${focused.value}]` : "";
  document.getElementById("drawing").replaceWith(document.adoptNode(now));
  if (wanted && focused.tagName === "BUTTON") now.querySelector(wanted)?.focus();
};

document.addEventListener("click", (event) => {
  const drawing = event.target.closest("[data-draw-route] svg");
  if (!drawing) return;
  const { words } = tapOn(drawing, event);
  const form = document.getElementById("drawing");
  const before = form.points.value.trim();
  form.points.value = `${before}${before ? "\n" : ""}${words}`;
  send(form, "show");
});

document.addEventListener("submit", (event) => {
  const step = event.submitter?.value;
  if (event.target.id !== "drawing" || !SMALL_STEPS.includes(step)) return;
  event.preventDefault();
  send(event.target, step);
});
