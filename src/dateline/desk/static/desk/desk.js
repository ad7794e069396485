// The desk's own script: starts Wagtail's widgets under a strict policy, and
// keeps the headline's length in sight. No build step; loaded on every page.

(() => {
  'use strict';

  // --- Wagtail's inline scripts come as data (desk/policy.py) ---------------

  const CHOOSERS = new Set([
    'Chooser', 'ImageChooser', 'DocumentChooser', 'SnippetChooser', 'PageChooser',
    'TaskChooser', 'UserChooser',
  ]);
  const STARTERS = new Set(['initDateChooser', 'initTimeChooser', 'initDateTimeChooser']);
  const PANELS = new Set(['InlinePanel', 'MultipleChooserPanel']);
  const CALL = /^(new )?([A-Za-z]+)\(([\s\S]*)\);$/;
  const PANEL = /^\(function\(\) \{\s*var panel = new ([A-Za-z]+)\(JSON\.parse\((".*")\)\);\s*\}\)\(\);$/;

  function start(text) {
    const panel = PANEL.exec(text);
    if (panel && PANELS.has(panel[1])) {
      new window[panel[1]](JSON.parse(JSON.parse(panel[2])));
      return;
    }
    const call = CALL.exec(text);
    if (!call) throw new Error(`Not a start that the desk knows: ${text.slice(0, 80)}`);
    const [, isNew, name, args] = call;
    if (!(isNew ? CHOOSERS : STARTERS).has(name)) throw new Error(`Unknown start: ${name}`);
    const values = JSON.parse(`[${args}]`);
    if (isNew) new window[name](...values);
    else window[name](...values);
  }

  function startAll(root) {
    const found = root.querySelectorAll ? [...root.querySelectorAll('script[type="text/x-desk-start"]')] : [];
    if (root.matches && root.matches('script[type="text/x-desk-start"]')) found.unshift(root);
    found.forEach((script) => {
      if (script.dataset.started) return;
      script.dataset.started = 'yes';
      start(script.textContent.trim());
    });
  }

  // --- How long the headline is ---------------------------------------------

  // A character of Chinese or Japanese is as wide as two of Latin.
  const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/u;
  const segments = typeof Intl !== 'undefined' && Intl.Segmenter
    ? new Intl.Segmenter(undefined, { granularity: 'grapheme' }) : null;

  function lengthOf(text) {
    const signs = segments ? Array.from(segments.segment(text), (s) => s.segment) : Array.from(text);
    return signs.reduce((sum, sign) => sum + (WIDE.test(sign) ? 2 : 1), 0);
  }

  function hint(input) {
    const [good, long] = input.dataset.deskLength.split(',').map(Number);
    let note = document.getElementById(`${input.id}-length`);
    if (!note) {
      note = document.createElement('p');
      note.id = `${input.id}-length`;
      note.className = 'desk-length';
      input.insertAdjacentElement('afterend', note);
      const said = input.getAttribute('aria-describedby');
      input.setAttribute('aria-describedby', said ? `${said} ${note.id}` : note.id);
    }
    const length = lengthOf(input.value.trim());
    const word = length > long ? 'too long for a front' : length > good ? 'long' : 'good';
    note.textContent = length ? `${length} of ${good}: ${word}` : `About ${good} characters are good.`;
    note.dataset.state = length > long ? 'long' : length > good ? 'warm' : 'good';
  }

  function hintAll(root) {
    if (root.querySelectorAll) root.querySelectorAll('[data-desk-length]').forEach(hint);
  }

  document.addEventListener('input', (event) => {
    if (event.target.dataset && event.target.dataset.deskLength) hint(event.target);
  });

  // --- The sheet speaks the article's language ---------------------------------

  function dressSheet() {
    const chosen = document.getElementById('id_language');
    const sheet = document.querySelector('.desk-sheet');
    if (!chosen || !sheet) return;
    const dress = () => {
      const option = chosen.options[chosen.selectedIndex];
      const [tag, script, direction] = (option && option.dataset.copy ? option.dataset.copy : 'en Latn ltr').split(' ');
      [...sheet.classList].filter((name) => name.startsWith('desk-copy-')).forEach((name) => sheet.classList.remove(name));
      sheet.classList.add(`desk-copy-${script}`);
      sheet.querySelectorAll('.desk-paper textarea, .public-DraftEditor-content').forEach((field) => {
        field.setAttribute('lang', tag);
        field.setAttribute('dir', direction);
      });
    };
    dress();
    chosen.addEventListener('change', dress);
    new MutationObserver(dress).observe(sheet, { childList: true, subtree: true });
  }

  // --- Every field has a name --------------------------------------------------

  // A block of one field alone shows its name beside the field, and to the eye only.
  function nameFields(root) {
    if (!root.querySelectorAll) return;
    root.querySelectorAll('[data-streamfield-child] :is(input[type="text"], input[type="url"], textarea, select)').forEach((field) => {
      if (field.labels.length || field.getAttribute('aria-label')) return;
      const heading = field.closest('[data-streamfield-child]').querySelector('[data-panel-heading-text]');
      if (heading) field.setAttribute('aria-label', heading.textContent.trim());
    });
    // Who speaks to the screen says what stands there.
    root.querySelectorAll('.sidebar-custom-branding').forEach((link) => link.setAttribute('aria-label', 'Dateline: home'));
  }

  // --- Nothing typed is left behind --------------------------------------------

  // Wagtail's editor writes to the form a quarter of a second after the last key:
  // whoever types and saves at once would lose the last words.
  document.addEventListener('submit', (event) => {
    event.target.querySelectorAll('input[type="hidden"]').forEach((input) => {
      if (input.draftailEditor) input.draftailEditor.saveState();
    });
  }, true);

  // What Wagtail holds to be saved (its controller w-unsaved) is whatever stands in the
  // form two seconds after it opened, and again when a save of the draft comes back. What
  // was typed before either is not saved by itself then, and nobody warns who leaves.
  const OWN = new Set([
    'csrfmiddlewaretoken', 'loaded_revision_id', 'loaded_revision_created_at',
    'overwrite_revision_id', 'next',
  ]);
  let going = null;
  let savedAnew = '';

  function minder(form) {
    return window.wagtail.app.getControllerForElementAndIdentifier(form, 'w-unsaved');
  }

  const written = (data, left) => new URLSearchParams(
    [...data].filter(([name, value]) => typeof value === 'string' && !left.has(name)),
  ).toString();

  function noteEarly(event) {
    const form = event.target.closest && event.target.closest('form[data-controller~="w-autosave"]');
    const minds = form && minder(form);
    if (minds && !minds.initialFormData) minds.forceValue = true;
  }

  ['beforeinput', 'input', 'paste'].forEach((name) => document.addEventListener(name, noteEarly, true));

  document.addEventListener('w-autosave:save', (event) => {
    going = event.detail.formData;
  });

  document.addEventListener('w-autosave:success', (event) => {
    const [form, sent] = [event.target, going];
    going = null;
    if (!sent || !minder(form)) return;
    const left = new Set([...OWN, ...Object.keys(event.detail.response.field_updates || {})]);
    const now = written(new FormData(form), left);
    // The same form is not sent twice for a difference that only the desk made.
    if (now === written(sent, left) || now === savedAnew) return;
    savedAnew = now;
    minder(form).initialFormData = written(sent, left);
  });

  // --- Start, now and for what is put in later --------------------------------

  function begin() {
    startAll(document);
    hintAll(document);
    dressSheet();
    nameFields(document);
    new MutationObserver((changes) => {
      changes.forEach((change) => change.addedNodes.forEach((node) => {
        startAll(node);
        hintAll(node);
        nameFields(node);
      }));
    }).observe(document.body, { childList: true, subtree: true });
  }

  // Wagtail's classes are defined by scripts that stand after this one.
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', begin);
  else begin();
})();
