// A photograph of the ground, made small on the phone: only its pixels are kept, and none of what
// the phone notes with it.
"use strict";

const reccePhoto = (() => {
  const LONGEST_PX = 1600;
  const QUALITY = 0.8;
  const byId = (id) => document.getElementById(id);

  const scaled = async (file) => {
    const image = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, LONGEST_PX / Math.max(image.width, image.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(image.width * scale);
    canvas.height = Math.round(image.height * scale);
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    return new Promise((done) => {
      canvas.toBlob(done, "image/jpeg", QUALITY);
    });
  };

  const reset = () => {
    byId("photo").value = byId("photo-words").value = "";
    byId("photo-nobody").checked = false;
    byId("photo-error").hidden = true;
    byId("photo").closest("details").open = false;
  };

  // Returns the photograph with its words, null for none, undefined where something is to be done.
  const read = async () => {
    const [file] = byId("photo").files;
    if (!file) return null;
    const words = byId("photo-words").value.trim();
    const problem = byId("photo-error");
    problem.hidden = false;
    if (!words) problem.textContent = "Say in one sentence what is to be seen.";
    else if (!byId("photo-nobody").checked) problem.textContent = "Look for faces and number plates, then tick the box.";
    else {
      const blob = await scaled(file).catch(() => null);
      problem.hidden = blob !== null;
      problem.textContent = "This is no photograph that can be read here.";
      if (blob) return { blob, words };
    }
    return undefined;
  };

  const send = (entry, token) => {
    const body = new FormData();
    body.append("key", entry.sent.key);
    body.append("description", entry.photo.words);
    body.append("file", entry.photo.blob, "ground.jpg");
    return fetch("/on-foot/photographs", { method: "POST", headers: { "X-CSRFToken": token }, body });
  };

  return { read, reset, send };
})();
