// What waits on this phone: shown, sent when there is a signal, removed.
"use strict";

const recceWaiting = () => {
  const byId = (id) => document.getElementById(id);
  const today = () => new Date().toLocaleDateString("sv"); // as 2026-11-26
  const day = () => byId("day").value || today();
  let last = "";

  const item = (entry) => {
    const made = document.createElement("li");
    const text = document.createElement("p");
    text.textContent = `${entry.words}${entry.photo ? " with a photograph" : ""}, ${entry.sent.seen_on}.${entry.why ? ` Not taken: ${entry.why}` : ""}`;
    const tools = document.createElement("div");
    tools.className = "tools";
    const button = (words, act) => {
      const each = document.createElement("button");
      each.type = "button";
      each.className = "button";
      each.textContent = words;
      each.addEventListener("click", async () => {
        await act();
        await list();
        send();
      });
      tools.append(each);
    };
    if (entry.why) {
      button("Send it with the day below, as mine", () => {
        const sent = { ...entry.sent, seen_on: day() };
        return recceStore.put({ ...entry, sent, why: "", mark: document.body.dataset.mark });
      });
    }
    button(`Remove: ${entry.words}`, () => recceStore.remove(entry.number));
    made.append(text, tools);
    return made;
  };
  const SAID = {
    "signed out": "Sign in, and it is sent.",
    "no signal": "It is sent when there is a signal and this page is open.",
    trouble: "The server could not take it just now. It stays here and is sent later.",
    sent: "",
  };
  let outcome = "sent";
  const list = async () => {
    const waiting = await recceStore.all();
    byId("waiting").replaceChildren(...waiting.map(item));
    const count = waiting.length === 1 ? "1 thing waits" : `${waiting.length} things wait`;
    const state = waiting.length ? `${count} on this phone. ${SAID[outcome]}` : "Nothing waits.";
    byId("waits").textContent = `${last} ${state}`.trim();
    byId("send").hidden = waiting.length === 0;
    byId("sign-in").hidden = waiting.length === 0 || outcome !== "signed out";
    return waiting.length;
  };
  let sending = null;
  const send = () => {
    sending ||= recceStore
      .send()
      .then((how) => {
        outcome = how;
        sending = null;
        return list();
      })
      .catch(() => {});
  };
  const tryAgain = async () => {
    try {
      if (await list()) send();
    } catch {
      cannotKeep();
    }
  };
  const AGAIN_MS = 30000;
  byId("send").addEventListener("click", send);
  window.addEventListener("online", tryAgain);
  window.setInterval(tryAgain, AGAIN_MS);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") tryAgain();
  });
  byId("day").max = byId("day").value = today();

  const cannotKeep = () => {
    byId("not-kept").hidden = false;
    byId("not-kept").scrollIntoView({ block: "center" });
  };

  // Keeps on the phone what is to be sent; says whether the disk has it.
  const keep = async (words, sent, photo = null) => {
    try {
      await recceStore.put({ words, mark: document.body.dataset.mark, sent, photo });
    } catch {
      cannotKeep();
      return false;
    }
    last = `Kept on this phone: ${words}.`;
    await list();
    send();
    return true;
  };

  return { day, today, keep, tryAgain, cannotKeep };
};
