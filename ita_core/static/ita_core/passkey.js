// Passkeys: added, used to log in, and used before a signature. Pages offer their other ways without this script.
"use strict";

(function () {
  const buttons = [...document.querySelectorAll("[data-passkey]")];
  if (!window.PublicKeyCredential || !window.webauthnJSON) return;

  const told = (button, sentence) => {
    const place = (button.closest("[data-proof]") || document).querySelector("[data-passkey-told]");
    if (place) place.textContent = sentence;
  };
  const given = () => JSON.parse(document.getElementById("passkey-data").textContent);
  const asked = async (url) => {
    const answer = await fetch(url, { headers: { "X-Requested-With": "XMLHttpRequest", Accept: "application/json" } });
    return answer.json();
  };
  const send = (button, credential) => {
    const form = button.form;
    form.querySelector("[name=credential]").value = JSON.stringify(credential);
    form.submit();
  };

  const deeds = {
    async add(button) {
      const options = given().creation_options;
      // A passkey opens without a name typed before it, so it lives in the key, which asks for finger, face or its own PIN.
      const selection = options.publicKey.authenticatorSelection;
      Object.assign(selection, { residentKey: "required", requireResidentKey: true, userVerification: "required" });
      send(button, await window.webauthnJSON.create(options));
    },
    async authenticate(button) {
      send(button, await window.webauthnJSON.get(given().request_options));
    },
    async login(button) {
      send(button, await window.webauthnJSON.get((await asked(button.dataset.url)).request_options));
    },
    async confirm(button) {
      const data = await asked(button.dataset.url);
      if (!data.request_options) return told(button, data.sentence);
      const credential = await window.webauthnJSON.get(data.request_options);
      const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
      const answer = await fetch(button.dataset.url, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRFToken": token },
        body: JSON.stringify(credential),
      });
      told(button, (await answer.json()).sentence);
      if (!answer.ok) return undefined;
      const box = button.closest("[data-proof]");
      box.querySelectorAll("input, label, .form-text, .notice, button").forEach((part) => { part.hidden = true; });
      box.dataset.proved = "1";
      return undefined;
    },
  };

  buttons.forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", async (event) => {
      event.preventDefault();
      button.disabled = true;
      try {
        await deeds[button.dataset.passkey](button);
      } catch (refused) {
        told(button, button.dataset.refused || refused.message);
      }
      button.disabled = false;
    });
  });
})();
