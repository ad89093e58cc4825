// Small help on the pages one signs in to. Every page works without it.
"use strict";

const problem = document.querySelector("[data-focus]");
if (problem) problem.focus();

for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const said = document.getElementById(button.getAttribute("aria-describedby"));
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
      said.textContent = "Copied.";
    } catch {
      said.textContent = `This browser does not copy. Mark this and copy it: ${button.dataset.copy}`;
    }
  });
}

// Lists that are found in by a part of a name.
for (const finder of document.querySelectorAll("[data-finds]")) {
  const entries = [...document.querySelectorAll(`#${finder.dataset.finds} > [data-named]`)];
  const said = finder.querySelector("[role=status]");
  finder.hidden = entries.length < 8;
  finder.querySelector("input").addEventListener("input", (event) => {
    const wanted = event.target.value.trim().toLowerCase();
    for (const each of entries) each.hidden = !each.dataset.named.toLowerCase().includes(wanted);
    const count = entries.filter((each) => !each.hidden).length;
    said.textContent = wanted ? `${count} of ${entries.length}` : "";
  });
}

// Drawings come when their place is in sight.
const drawings = new IntersectionObserver((seen) => {
  for (const { target, isIntersecting } of seen) {
    if (!isIntersecting) continue;
    drawings.unobserve(target);
    fetch(target.dataset.drawing)
      .then((answer) => (answer.ok ? answer.text() : Promise.reject(answer)))
      .then((text) => {
        const page = new DOMParser().parseFromString(text, "image/svg+xml");
        target.replaceChildren(document.importNode(page.documentElement, true));
      })
      .catch(() => target.remove());
  }
});
for (const each of document.querySelectorAll("[data-drawing]")) drawings.observe(each);

// The park chosen leaves only its own meeting points to choose from.
const parkChoice = document.getElementById("park-choice");
if (parkChoice) {
  const places = document.getElementById("start");
  const park = parkChoice.querySelector("select");
  const groups = [...places.querySelectorAll("optgroup")];
  const narrowStart = () => {
    for (const each of groups) each.remove();
    const wanted = groups.filter((each) => !park.value || each.label === park.selectedOptions[0].text);
    places.append(...wanted);
    if (park.value && wanted.length && !places.value) {
      places.value = wanted[0].firstElementChild.value;
      places.dispatchEvent(new Event("change"));
    }
  };
  parkChoice.hidden = groups.length < 4;
  park.addEventListener("change", () => {
    places.value = "";
    narrowStart();
  });
  if (park.value) narrowStart();
}

// A drawing of the chosen park on the planning form: a tap on it sets where the walk starts.
const holder = document.getElementById("area-map");
if (holder) {
  const choice = document.getElementById("start");
  const position = document.getElementById("position");
  const said = document.getElementById("area-map-said");
  let shown = "";

  const mark = (svg, x, y) => {
    const space = "http://www.w3.org/2000/svg";
    const old = svg.querySelector(".sketch-start");
    if (old) old.remove();
    const group = document.createElementNS(space, "g");
    group.setAttribute("class", "sketch-start");
    group.setAttribute("transform", `translate(${x} ${y})`);
    for (const [name, radius] of [["ring", 9], ["dot", 4]]) {
      const circle = document.createElementNS(space, "circle");
      circle.setAttribute("class", name);
      circle.setAttribute("r", radius);
      group.append(circle);
    }
    svg.append(group);
  };

  const tapped = (event) => {
    const svg = event.currentTarget;
    const place = event.target.closest("[data-place]");
    if (place) {
      choice.value = `${shown}/${place.dataset.place}`;
      position.value = "";
      said.textContent = `Start: ${choice.selectedOptions[0].text}.`;
      const old = svg.querySelector(".sketch-start");
      if (old) old.remove();
      return;
    }
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(
      svg.getScreenCTM().inverse(),
    );
    const box = svg.viewBox.baseVal;
    const lon = Number(svg.dataset.lon) + (point.x - box.width / 2) / Number(svg.dataset.across);
    const lat = Number(svg.dataset.lat) - (point.y - box.height / 2) / Number(svg.dataset.up);
    position.value = `${lat.toFixed(6)}, ${lon.toFixed(6)}`;
    position.closest("details").open = true;
    mark(svg, point.x, point.y);
    said.textContent = "Start: the place you tapped. Its position is in the field below.";
  };

  const show = async () => {
    const area = choice.value.split("/")[0];
    if (!area || area === shown) return;
    shown = area;
    const answer = await fetch(`${holder.dataset.maps}/${area}/sketch`);
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "image/svg+xml");
    const svg = document.importNode(page.documentElement, true);
    svg.addEventListener("click", tapped);
    holder.querySelector(".map").replaceChildren(svg);
    holder.hidden = false;
  };

  const places = document.getElementById("park-places");
  const narrow = async () => {
    const area = choice.value.split("/")[0];
    if (area === places.dataset.shown) return;
    places.dataset.shown = area;
    places.replaceChildren();
    if (!area) return;
    const answer = await fetch(`${places.dataset.places}/${area}`);
    if (!answer.ok || area !== places.dataset.shown) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    places.replaceChildren(...page.body.children);
  };

  choice.addEventListener("change", () => {
    position.value = "";
    said.textContent = "";
    show();
    narrow();
  });
  show();
}

for (const form of document.querySelectorAll("form[method=post]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
  });
}
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

const parts = document.querySelector("[data-parts]");
if (parts) {
  let question = document.querySelector("[data-question]");
  document.addEventListener("focusin", (event) => {
    question = event.target.closest("[data-question]") || question;
  });
  parts.addEventListener("click", (event) => {
    const part = event.target.closest("[data-part]");
    if (!part || !question) return;
    const name = question.dataset.question;
    const box = question.querySelector(
      `input[name=${name}_parts][value="${part.dataset.part}"]`,
    );
    box.checked = !box.checked;
    question.querySelector(`input[name=${name}_where][value=parts]`).checked = true;
    question.querySelector("details").open = true;
  });
}

// Work that goes on elsewhere: what it says is brought up to date, and its page once it stands.
const work = document.querySelector("[data-work]");
const GOES_ON = ["waiting", "working", "agreed", "taking"];
const look = async () => {
  try {
    const answer = await fetch(location.href);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const now = page.querySelector("[data-work]");
    if (!now || !GOES_ON.includes(now.dataset.work)) {
      location.reload();
      return;
    }
    if (now.textContent !== work.textContent) work.replaceChildren(...now.children);
  } catch {
    // no signal: the next look may have one
  }
  setTimeout(look, 2000);
};
if (work && GOES_ON.includes(work.dataset.work)) setTimeout(look, 2000);
