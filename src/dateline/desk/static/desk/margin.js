// The margin beside the text: who says each statement, and how many nobody says.
// The server reads the sentences, of what is typed and not saved; this script asks it
// when typing rests, one question at a time, and never stands in typing's way.

(() => {
  'use strict';

  const RESTS = 450; // ms without a key
  const SPEAKS = 2000; // ms until the count is read out
  const PATIENCE = 8000;
  const GAP = 4;
  const WAITS = [5000, 15000, 60000];
  const FIELDS = new Set(['language', 'headline', 'lede', 'lead_picture', 'lead_caption', 'genre', 'desk-rests']);
  const { lineOf } = window.deskPlaces;

  let box = null;
  let form = null;
  let sheet = null;
  let answer = null;
  let answered = '';
  let asking = null;
  let resting = 0;
  let failures = 0;
  let isOpen = false;

  // --- What is typed ---------------------------------------------------------------

  function typed() {
    form.querySelectorAll('input[type="hidden"]').forEach((input) => {
      if (input.draftailEditor) input.draftailEditor.saveState();
    });
    const sent = new FormData();
    new FormData(form).forEach((value, name) => {
      if (typeof value === 'string' && (name.startsWith('body-') || FIELDS.has(name))) sent.append(name, value);
    });
    return sent;
  }

  const signOf = (sent) => JSON.stringify([...sent]);

  // --- Asking ------------------------------------------------------------------------

  async function ask(sent) {
    const config = JSON.parse(document.getElementById('wagtail-config').textContent);
    sent.set('article', window.deskSpans.articleId() || '');
    sent.set('form', box.dataset.form);
    const response = await fetch(box.dataset.margin, {
      method: 'POST',
      credentials: 'same-origin',
      redirect: 'error',
      signal: AbortSignal.timeout(PATIENCE),
      headers: { Accept: 'application/json', [config.CSRF_HEADER_NAME]: config.CSRF_TOKEN },
      body: sent,
    });
    const told = await response.json().catch(() => ({}));
    if (!response.ok) throw new Refusal(told.error);
    return told;
  }

  class Refusal extends Error {}

  // The margin of the very words that stand there now, or null if it cannot be had.
  async function look() {
    while (asking) await asking;
    const sent = typed();
    const sign = signOf(sent);
    if (answer && sign === answered) return answer;
    asking = ask(sent).then(
      (told) => { failures = 0; return told; },
      (error) => { failures += 1; fail(error); return null; },
    );
    const told = await asking;
    asking = null;
    if (!told) return null;
    if (signOf(typed()) !== sign) { // Words were typed meanwhile: it is not their margin.
      rest();
      return null;
    }
    answer = told;
    answered = sign;
    draw();
    return answer;
  }

  function rest(wait = RESTS) {
    clearTimeout(resting);
    resting = setTimeout(look, wait);
  }

  function fail(error) {
    const says = error instanceof Refusal && error.message
      ? error.message : 'The desk does not answer; the margin waits. Go on writing.';
    trouble(says);
    rest(WAITS[Math.min(failures, WAITS.length) - 1]);
  }

  function trouble(says) {
    const line = box.querySelector('.desk-ledger-trouble');
    line.textContent = says;
    line.hidden = !says;
    box.classList.toggle('desk-ledger--old', Boolean(says));
  }

  // --- Drawing -----------------------------------------------------------------------

  function make(name, classes, text = '') {
    const made = document.createElement(name);
    if (classes) made.className = classes;
    made.textContent = text;
    return made;
  }

  // Sentences that run on with one source have one note; a gap has its own.
  function grouped(notes) {
    const groups = [];
    notes.forEach((note) => {
      const last = groups[groups.length - 1];
      const isSame = last && !note.offer && note.standing !== 'unsourced'
        && ['handle', 'place', 'standing', 'words'].every((name) => last[0][name] === note[name]);
      if (isSame) last.push(note);
      else groups.push([note]);
    });
    return groups;
  }

  function noteOf(group) {
    const [first] = group;
    const item = make('li', 'desk-note');
    item.dataset.standing = first.standing;
    item.note = first;
    item.group = group;
    const words = make('button', 'desk-note-words');
    words.type = 'button';
    const glyph = make('span', 'desk-note-glyph', first.glyph);
    glyph.setAttribute('aria-hidden', 'true');
    const of = make('span', 'desk-note-of', first.text);
    of.dir = 'auto';
    of.lang = document.querySelector('.desk-sheet .public-DraftEditor-content')?.lang || '';
    const several = first.part === 'sentence' ? 'sentences' : 'items';
    const count = group.length > 1 ? ` · ${group.length} ${several}` : '';
    words.append(glyph, make('bdi', 'desk-note-who', first.part === 'caption' ? `${first.words} · caption` : first.words), make('span', 'desk-note-count', count));
    of.id = `desk-note-${first.id}`;
    words.setAttribute('aria-describedby', of.id);
    item.append(words, of);
    document.dispatchEvent(new CustomEvent('desk-margin:note', { detail: { item, group } }));
    return item;
  }

  function draw() {
    trouble('');
    const count = box.querySelector('.desk-ledger-count');
    count.hidden = false;
    count.textContent = answer.is_asked ? answer.count : 'No source is asked for here.';
    window.deskSpans.know(answer.names);
    const list = box.querySelector('.desk-notes');
    const notes = answer.notes.filter((note) => answer.is_asked || note.held.length);
    const stood = document.activeElement.closest('.desk-note');
    list.replaceChildren(...grouped(notes).map(noteOf));
    place();
    if (stood && list.children.length) stay(list, stood);
    speak(count.textContent);
  }

  // Who stood in the margin stands beside the same statement again.
  function stay(list, stood) {
    const items = [...list.children];
    const ids = new Set(stood.group.map((note) => note.id));
    const same = items.find((item) => item.group.some((note) => ids.has(note.id))) || items[0];
    same.querySelector('.desk-note-words').focus({ preventScroll: true });
  }

  let speaking = 0;
  function speak(says) {
    clearTimeout(speaking);
    speaking = setTimeout(() => tell(says), SPEAKS);
  }

  function tell(says) {
    const status = box.querySelector('[role="status"]');
    if (status.textContent !== says) status.textContent = says;
  }

  // Beside its line where there is room, and below the note before it.
  function place() {
    const list = box.querySelector('.desk-notes');
    const isBeside = getComputedStyle(list).position === 'absolute';
    box.classList.toggle('desk-ledger--beside', isBeside);
    if (!isBeside) {
      [...list.children].forEach((item) => item.style.removeProperty('top'));
      return;
    }
    const { top } = list.getBoundingClientRect();
    let free = box.querySelector('.desk-ledger-head').offsetHeight + GAP;
    const heights = [...list.children].map((item) => ({ item, height: item.offsetHeight, line: lineOf(item.note, sheet) }));
    // What stands elsewhere on the page, as the lead picture's caption, comes last.
    heights.sort((one, other) => !one.line - !other.line).forEach(({ item, height, line }) => {
      const at = Math.max(free, line ? line.top - top : free);
      item.style.top = `${Math.round(at)}px`;
      free = at + height + GAP;
    });
  }

  function open(isNow) {
    isOpen = isNow;
    box.classList.toggle('desk-ledger--open', isOpen);
    box.querySelector('.desk-ledger-count').setAttribute('aria-expanded', String(isOpen));
    if (answer) place();
  }

  // --- Start ---------------------------------------------------------------------------

  function begin() {
    box = document.querySelector('[data-margin]');
    form = box && box.closest('form');
    if (!form) return;
    sheet = box.closest('.desk-sheet') || form;
    box.querySelector('.desk-ledger-count').addEventListener('click', () => open(!isOpen));
    open(window.matchMedia('(min-width: 64rem)').matches);
    form.addEventListener('input', () => rest());
    form.addEventListener('change', () => rest());
    // Draft.js writes its own letters; what it draws is what was typed.
    new MutationObserver((changes) => {
      if (changes.some((change) => !box.contains(change.target))) rest();
    }).observe(sheet, { childList: true, subtree: true, characterData: true });
    new ResizeObserver(() => { if (answer) place(); }).observe(sheet);
    document.addEventListener('w-autosave:success', () => rest());
    rest(0);
  }

  const isCurrent = () => Boolean(answer) && signOf(typed()) === answered;

  window.deskMargin = { look, rest, tell, isCurrent };
  document.addEventListener('DOMContentLoaded', begin);
})();
