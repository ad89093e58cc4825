// What was seen, kept on this phone until the server has it.
"use strict";

const recceStore = (() => {
  const opened = () =>
    new Promise((done, fail) => {
      const asked = indexedDB.open("on foot", 1);
      asked.onupgradeneeded = () => {
        asked.result.createObjectStore("entries", { keyPath: "number", autoIncrement: true });
        asked.result.createObjectStore("stretches");
      };
      asked.onsuccess = () => done(asked.result);
      asked.onerror = () => fail(asked.error);
    });

  // Done is what the disk has: only then is it said to be kept.
  const run = async (name, mode, act) => {
    const base = await opened();
    try {
      return await new Promise((done, fail) => {
        const change = base.transaction(name, mode, { durability: "strict" });
        const asked = act(change.objectStore(name));
        change.oncomplete = () => done(asked.result);
        change.onabort = () => fail(change.error);
      });
    } finally {
      base.close();
    }
  };

  const all = () => run("entries", "readonly", (store) => store.getAll());
  const put = (entry) => run("entries", "readwrite", (store) => store.put(entry));
  const remove = (number) => run("entries", "readwrite", (store) => store.delete(number));
  const stretch = (area) => run("stretches", "readonly", (store) => store.get(area));
  const keepStretch = (area, value) =>
    run("stretches", "readwrite", (store) => store.put(value, area));

  const AT_ONCE = 20;
  const json = { "Content-Type": "application/json" };

  // Sends what waits. Nothing goes from here before the server has said that it is kept there.
  // Returns "sent", "signed out", "no signal" or "trouble".
  const send = async () => {
    try {
      const known = await fetch("/on-foot/token", { cache: "no-store" });
      if (known.status === 401) return "signed out";
      if (!known.ok) return "trouble";
      const { token, mark } = await known.json();
      document.body.dataset.mark = mark; // whoever is signed in now puts down what comes next
      const ready = (await all()).filter((each) => !each.why);
      for (const other of ready.filter((each) => each.mark !== mark)) {
        await put({ ...other, why: "Somebody else was signed in when this was put down." });
      }
      const own = ready.filter((each) => each.mark === mark);
      for (let first = 0; first < own.length; first += AT_ONCE) {
        const some = own.slice(first, first + AT_ONCE);
        const answer = await fetch("/on-foot/entries", {
          method: "POST",
          headers: { ...json, "X-CSRFToken": token },
          body: JSON.stringify({ entries: some.map((each) => each.sent) }),
        });
        if (answer.status === 401) return "signed out";
        if (!answer.ok) return "trouble";
        if (!(await took(some, await answer.json(), token))) return "trouble";
      }
      return "sent";
    } catch {
      return "no signal";
    }
  };

  // Says whether all that the server has is also all that belongs to it. A photograph goes after
  // what it belongs to; until it is there, both stay, and are sent again.
  const took = async (some, answer, token) => {
    const whys = new Map(answer.refused.map((each) => [each.key, each.why]));
    let isWhole = true;
    for (const entry of some) {
      let why = whys.get(entry.sent.key) || "";
      if (!why && entry.photo) {
        const taken = await reccePhoto.send(entry, token);
        if (taken.status === 422) ({ why } = await taken.json());
        else if (!taken.ok) {
          isWhole = false;
          continue;
        }
      }
      await (why ? put({ ...entry, why }) : remove(entry.number));
    }
    return isWhole;
  };

  return { all, put, remove, stretch, keepStretch, send };
})();
