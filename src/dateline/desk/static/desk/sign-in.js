// Passkeys at the desk: asks the server what to ask, the browser for the answer, and
// sends it with the form. Without this script, passwords and codes work as they are.

(() => {
  'use strict';

  const bytes = (text) => Uint8Array.from(
    atob(text.replace(/-/g, '+').replace(/_/g, '/')), (sign) => sign.charCodeAt(0));
  const text = (buffer) => (buffer ? btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '') : null);

  const known = (keys = []) => keys.map((key) => ({ ...key, id: bytes(key.id) }));

  // The question comes as JSON; the browser wants bytes where JSON has text. (The
  // browser's own conversion is younger than some browsers that staff still use, and
  // password managers answer without it.)
  function asked(question) {
    const options = { ...question, challenge: bytes(question.challenge) };
    if (question.user) options.user = { ...question.user, id: bytes(question.user.id) };
    if (question.allowCredentials) options.allowCredentials = known(question.allowCredentials);
    if (question.excludeCredentials) options.excludeCredentials = known(question.excludeCredentials);
    return options;
  }

  function answered(credential) {
    const { response } = credential;
    const parts = { clientDataJSON: text(response.clientDataJSON) };
    if (response.attestationObject) {
      parts.attestationObject = text(response.attestationObject);
    } else {
      parts.authenticatorData = text(response.authenticatorData);
      parts.signature = text(response.signature);
      parts.userHandle = text(response.userHandle);
    }
    return JSON.stringify({
      id: credential.id,
      rawId: text(credential.rawId),
      type: credential.type,
      response: parts,
      clientExtensionResults: {},
    });
  }

  class Refused extends Error {}

  async function ask(address, form) {
    const response = await fetch(address, {
      method: 'POST',
      headers: { 'X-CSRFToken': form.elements.csrfmiddlewaretoken.value, Accept: 'application/json' },
    });
    const isJson = (response.headers.get('Content-Type') || '').startsWith('application/json');
    if (!isJson) throw new Refused('That took too long: load this page again.');
    const question = await response.json();
    if (!response.ok) throw new Refused(question.refusal);
    return question;
  }

  function sentence(error) {
    if (error instanceof Refused) return error.message;
    if (error.name === 'InvalidStateError') return 'This device keeps a passkey for you already.';
    if (error.name === 'NotAllowedError') return 'No passkey was used. Try again, or go another way.';
    return 'This browser could not use a passkey here.';
  }

  async function run(box, form, button) {
    const says = box.querySelector('[role="status"]');
    says.textContent = '';
    button.disabled = true;
    try {
      const publicKey = asked(await ask(box.dataset.question, form));
      const credential = box.dataset.passkey === 'create'
        ? await navigator.credentials.create({ publicKey })
        : await navigator.credentials.get({ publicKey });
      form.elements.answer.value = answered(credential);
      if (box.dataset.answerTo) form.action = box.dataset.answerTo;
      form.submit();
    } catch (error) {
      says.textContent = sentence(error);
      button.disabled = false;
      button.focus();
    }
  }

  document.querySelectorAll('[data-passkey]').forEach((box) => {
    const button = box.querySelector('button');
    const { form } = button;
    if (!window.PublicKeyCredential) {
      if (!box.hidden) box.querySelector('[role="status"]').textContent = 'This browser knows no passkeys.';
      button.disabled = true;
      return;
    }
    box.hidden = false;
    if (button.type === 'submit') {
      form.addEventListener('submit', (event) => {
        event.preventDefault();
        if (form.elements.name.value.trim()) run(box, form, button);
        else form.submit();
      });
    } else {
      button.addEventListener('click', () => run(box, form, button));
    }
  });
})();
