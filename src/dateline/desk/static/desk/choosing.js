// The chooser: who says this? By key (Ctrl or Cmd and Enter), from the toolbar, or from
// the margin. Sources used last come first; type to find, paste a link to keep its page,
// or stand for the statement yourself. What it seems to cite is offered, never taken.

(() => {
  'use strict';
  if (!window.deskSpans) return;

  const { choose, lay, lift, newSpan, articleId } = window.deskSpans;
  const { fieldsOf, contentOf, stretchesOf, placeOf } = window.deskPlaces;
  const LINK = /^https?:\/\/\S+$/i;
  const SHOWN = 7; // of those used last, so that one's own word stands in sight
  const TYPES = 200; // ms between the last letter and a question
  const SENTENCES = new Set(['sentence', 'list item']);

  let box = null;
  let dialog = null;
  let at = null; // What is chosen for: {field, selection, notes}
  let recent = [];
  let found = [];
  let options = [];
  let active = -1;
  let seeking = 0;

  const part = (name) => dialog.querySelector(`.desk-chooser-${name}`);

  // --- Asking the desk ---------------------------------------------------------------

  async function desk(address, fields) {
    const config = JSON.parse(document.getElementById('wagtail-config').textContent);
    const body = fields && new URLSearchParams(fields);
    const options = { credentials: 'same-origin', redirect: 'error', headers: { Accept: 'application/json' } };
    if (body) Object.assign(options, { method: 'POST', body });
    if (body) options.headers[config.CSRF_HEADER_NAME] = config.CSRF_TOKEN;
    const answer = await fetch(address, options).catch(() => null);
    if (!answer) return { error: 'The desk was not reached.' };
    return answer.json().catch(() => ({ error: 'The desk was not reached.' }));
  }

  function sought(text) {
    const language = document.getElementById('id_language')?.value || '';
    const asked = new URLSearchParams({ q: text, article: articleId() || '', language });
    return desk(`${box.dataset.sources}?${asked}`);
  }

  // --- What is chosen for --------------------------------------------------------------

  // The toolbar floats: who pressed it stood in a text before.
  let stoodIn = null;

  function standing(place = document.activeElement) {
    const editor = place && place.closest('.Draftail-Editor__wrapper');
    const field = editor ? editor.parentElement.querySelector('input[type="hidden"]') : place;
    if (!field || !field.closest('.desk-sheet, .desk-margin')) return null;
    const selection = field.draftailEditor && field.draftailEditor.getEditorState().getSelection();
    return { field, selection };
  }

  // The statements of the margin that the choice is for, as they stand now.
  async function statements() {
    if (at.notes && window.deskMargin.isCurrent()) return at.notes;
    const margin = await window.deskMargin.look();
    if (!margin) return null;
    if (at.notes) return margin.notes.filter((note) => at.notes.some((old) => old.id === note.id));
    const own = margin.notes.filter((note) => fieldsOf(note.handle)[note.place] === at.field);
    if (!at.selection) return own;
    const content = contentOf(at.field);
    const start = placeOf(content, at.selection.getStartKey(), at.selection.getStartOffset());
    const end = placeOf(content, at.selection.getEndKey(), at.selection.getEndOffset());
    if (at.selection.isCollapsed()) {
      return [own.find((note) => start <= note.end) || own[own.length - 1]].filter(Boolean);
    }
    return own.filter((note) => note.start < end && note.end > start);
  }

  // --- Applying what was chosen ----------------------------------------------------------

  const isSelected = () => at.selection && !at.selection.isCollapsed();

  function selected() {
    const content = contentOf(at.field);
    const [first, last] = [at.selection.getStartKey(), at.selection.getEndKey()];
    const found = [];
    for (let block = content.getBlockForKey(first); block; block = content.getBlockAfter(block.getKey())) {
      const key = block.getKey();
      const start = key === first ? at.selection.getStartOffset() : 0;
      const end = key === last ? at.selection.getEndOffset() : block.getLength();
      if (end > start) found.push({ key, start, end });
      if (key === last) break;
    }
    return found;
  }

  // Returns what stands in the way, or nothing.
  async function apply(choice, name) {
    const isSource = 'source' in choice;
    if (isSource && isSelected()) {
      onWords(at.field, selected(), choice, name);
      return '';
    }
    const notes = await statements();
    if (!notes) return 'The desk was not reached: select the words, and choose a source for them.';
    if (!notes.length) return 'There is no statement here.';
    if (choice.mark && notes.length > 1) return 'A mark stands for one statement: choose one.';
    notes.forEach((note) => onStatement(note, choice, name));
    return '';
  }

  function onStatement(note, choice, name) {
    const field = fieldsOf(note.handle)[note.place];
    if (!SENTENCES.has(note.part)) choose(note.handle, choice, name);
    else onWords(field, stretchesOf(contentOf(field), note.start, note.end), choice, name);
  }

  function onWords(field, stretches, choice, name) {
    if (choice.off) {
      lift(field.draftailEditor, stretches);
      return;
    }
    const span = newSpan();
    lay(field.draftailEditor, stretches, span);
    choose(span, choice, name);
  }

  async function take(choice, name) {
    const trouble = await apply(choice, name);
    if (trouble) {
      say(trouble);
      return;
    }
    close();
    applied(choice, name);
  }

  function applied(choice, name) {
    const used = [...recent, ...found].find((source) => source.id === choice.source);
    if (used) recent = [used, ...recent.filter((source) => source !== used && source.id !== used.id)];
    window.deskMargin.tell(choice.off ? 'Taken off.' : `${name}.`);
    window.deskMargin.rest(0);
  }

  // --- The list ----------------------------------------------------------------------------

  function make(name, attributes = {}, ...children) {
    const made = document.createElement(name);
    Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
    made.append(...children);
    return made;
  }

  function offered(text, sources, kind) {
    const offer = at.offer && !text ? [offerOf(at.offer)] : [];
    const isLink = LINK.test(text);
    const known = sources.map((source) => ({
      group: text ? 'Found' : 'Used last',
      name: source.name,
      note: source.kind,
      take: () => take({ source: source.id }, source.name),
    }));
    const fresh = isLink
      ? [{ group: 'New', name: 'Keep this page and cite it', note: text, take: () => keepPage(text) }]
      : text && !sources.some((source) => source.name === text)
        ? [{ group: 'New', name: `New source: ${text}`, note: 'Say what it is, and use it', take: () => fill({ name: text, kind }) }] : [];
    const marks = JSON.parse(box.dataset.marks).filter(([, name]) => !text || name.toLowerCase().includes(text.toLowerCase()))
      .map(([mark, name, note]) => ({ group: 'I stand for it', name, note, take: () => take({ mark }, name) }));
    const off = at.isHeld && !text
      ? [{ group: 'Or', name: 'Take off what it rests on', note: '', take: () => take({ off: true }, '') }] : [];
    return isLink ? fresh : [...offer, ...known, ...marks, ...fresh, ...off];
  }

  const offerOf = (offer) => ({
    group: 'It seems to cite',
    name: offer.name,
    note: offer.source ? 'A known source' : 'A new source',
    take: () => accept(offer),
  });

  function accept(offer) {
    if (offer.source) take({ source: offer.source }, offer.name);
    else sought(offer.words).then((told) => fill({ name: offer.words, kind: told.kind || 'person' }));
  }

  function list(offers) {
    options = offers;
    const rows = part('list');
    rows.replaceChildren();
    let group = null;
    options.forEach((option, index) => {
      if (!group || group.dataset.name !== option.group) {
        const id = `desk-chooser-group-${index}`;
        group = make('ul', { role: 'group', 'aria-labelledby': id, 'data-name': option.group });
        group.append(make('li', { role: 'presentation', id, class: 'desk-chooser-group' }, option.group));
        rows.append(group);
      }
      const row = make('li', { role: 'option', id: `desk-chooser-${index}`, 'aria-selected': 'false' });
      row.append(make('bdi', {}, option.name), ' ', make('small', { dir: 'auto' }, option.note));
      row.addEventListener('mousedown', (event) => event.preventDefault());
      row.addEventListener('click', option.take);
      group.append(row);
    });
    go(options.length ? 0 : -1);
  }

  function go(index) {
    active = index;
    dialog.querySelectorAll('[role="option"]').forEach((row, at) => row.setAttribute('aria-selected', String(at === active)));
    const row = document.getElementById(`desk-chooser-${active}`);
    if (row) {
      part('text').setAttribute('aria-activedescendant', row.id);
      row.scrollIntoView({ block: 'nearest' });
    } else part('text').removeAttribute('aria-activedescendant');
  }

  function seek() {
    clearTimeout(seeking);
    const text = part('text').value.trim();
    say('');
    if (!text || LINK.test(text)) {
      list(offered(text, recent.slice(0, SHOWN), 'person'));
      return;
    }
    const near = recent.filter((source) => source.name.toLowerCase().includes(text.toLowerCase()));
    list(offered(text, near, 'person'));
    seeking = setTimeout(async () => {
      const told = await sought(text);
      if (part('text').value.trim() !== text || !dialog.open) return;
      if (told.error) {
        say(told.error);
        return;
      }
      found = told.sources;
      list(offered(text, found, told.kind));
      say(`${found.length || 'No'} source${found.length === 1 ? '' : 's'} by that name`);
    }, TYPES);
  }

  function onKey(event) {
    if (event.isComposing) return;
    const last = options.length - 1;
    const moves = { ArrowDown: active >= last ? 0 : active + 1, ArrowUp: active <= 0 ? last : active - 1 };
    if (event.key in moves && last >= 0) {
      event.preventDefault();
      go(moves[event.key]);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      if (options[active]) options[active].take();
    }
  }

  // --- A new one, from a name or from a page ---------------------------------------------

  async function keepPage(address) {
    say('Keeping the page …');
    part('text').readOnly = true;
    const told = await desk(box.dataset.pages, { address });
    part('text').readOnly = false;
    if (!dialog.open) return;
    if (told.error) say(told.error);
    else fill(told);
  }

  // A form of a few fields in the list's place; what was guessed stands in it.
  function fill(guess) {
    const form = part('new');
    form.hidden = false;
    part('find').hidden = true;
    form.elements.name.value = guess.name;
    form.elements.kind.value = guess.kind;
    form.elements.kept.value = guess.kept || '';
    form.elements.source.value = guess.source || '';
    const isKnown = Boolean(guess.source);
    form.elements.name.readOnly = isKnown;
    form.elements.kind.disabled = isKnown;
    say(guess.kept ? `Kept: ${guess.title || 'the page'}` : '');
    (isKnown ? form.querySelector('[type="submit"]') : form.elements.name).focus();
  }

  async function made(event) {
    event.preventDefault();
    const fields = Object.fromEntries(new FormData(event.target));
    const told = await desk(box.dataset.newSource, fields);
    if (told.error) {
      say(told.error);
      return;
    }
    found = [told];
    await take(told.citation ? { source: told.id, citation: told.citation } : { source: told.id }, told.name);
  }

  function back() {
    part('new').hidden = true;
    part('find').hidden = false;
    part('text').focus();
  }

  // --- Opening and closing -------------------------------------------------------------------

  function say(text) {
    part('says').textContent = text;
  }

  async function open(where) {
    at = where;
    const quoted = isSelected() ? window.getSelection().toString() : '';
    showWords(quoted);
    part('new').hidden = true;
    part('find').hidden = false;
    part('text').value = '';
    say('');
    list(offered('', recent.slice(0, SHOWN), 'person'));
    dialog.showModal();
    part('text').focus();
    const notes = await statements();
    if (!dialog.open || at !== where || !notes || !notes.length) return;
    if (!quoted) showWords(notes.map((note) => note.text).join(' '));
    at.offer = notes[0].offer;
    at.isHeld = notes.some((note) => note.held.length);
    if (!part('text').value) list(offered('', recent.slice(0, SHOWN), 'person'));
  }

  function showWords(text) {
    const words = part('words');
    words.textContent = text.length > 160 ? `${text.slice(0, 159)}…` : text;
    words.lang = document.querySelector('.desk-headline')?.lang || '';
  }

  function close() {
    dialog.close();
  }

  // The caret goes back to where it stood.
  function closed() {
    clearTimeout(seeking);
    const { field, selection, from } = at;
    if (field && field.draftailEditor) {
      const editor = field.draftailEditor;
      editor.onChange(window.DraftJS.EditorState.forceSelection(editor.getEditorState(), selection));
      editor.focus();
    } else if (from && from.isConnected) from.focus();
    else if (field) field.focus();
  }

  function here() {
    const where = standing() || standing(stoodIn);
    if (where) open({ ...where, from: document.activeElement });
  }

  // Takes what the sentence under the caret seems to cite.
  async function takeOffer() {
    const where = standing();
    if (!where || dialog.open) return;
    at = { ...where, from: document.activeElement };
    const notes = await statements();
    const offer = notes && notes.length === 1 && notes[0].offer;
    if (!offer) window.deskMargin.tell('This sentence seems to cite nobody.');
    else if (!offer.source) open(at).then(() => accept(offer));
    else if (!(await apply({ source: offer.source }, offer.name))) {
      closed();
      applied({ source: offer.source }, offer.name);
    }
  }

  // --- In the margin ---------------------------------------------------------------------------

  function dress({ detail: { item, group } }) {
    const [note] = group;
    const opens = item.querySelector('.desk-note-words');
    opens.addEventListener('click', () => open({ notes: group, from: opens }));
    const doing = make('span', { class: 'desk-note-doing' });
    if (note.offer) {
      const { source, name } = note.offer;
      const words = source ? ['Is it ', make('bdi', {}, name), '?'] : ['Cites “', make('bdi', {}, name), '”?'];
      const button = make('button', { type: 'button', class: 'desk-note-offer' }, ...words);
      button.addEventListener('click', () => takeFor(group, button, () => accept(note.offer), note.offer.source));
      doing.append(button);
    }
    if (note.held.length) {
      const button = make('button', { type: 'button', class: 'desk-note-off', 'aria-label': `Take off ${note.words}: ${note.text}` }, 'Take off');
      button.addEventListener('click', () => takeFor(group, button, () => take({ off: true }, ''), true));
      doing.append(button);
    }
    if (doing.children.length) item.append(doing);
  }

  // One press where all is known; the chooser where somebody has to look.
  async function takeFor(notes, from, act, isKnown) {
    if (isKnown) {
      at = { notes, from };
      await act();
    } else {
      await open({ notes, from });
      act();
    }
  }

  function begin() {
    box = document.querySelector('[data-margin]');
    const template = document.querySelector('.desk-chooser-template');
    if (!box || !template) return;
    // A form stands in no other form: the dialog comes from a template.
    document.body.append(template.content.cloneNode(true));
    dialog = document.querySelector('.desk-chooser');
    part('text').addEventListener('input', seek);
    part('text').addEventListener('keydown', onKey);
    part('new').addEventListener('submit', made);
    part('back').addEventListener('click', back);
    dialog.querySelectorAll('.desk-chooser-close').forEach((button) => button.addEventListener('click', close));
    dialog.addEventListener('close', closed);
    document.addEventListener('desk-margin:note', dress);
    document.addEventListener('desk-margin:choose', here);
    document.addEventListener('focusin', (event) => {
      if (event.target.closest('.public-DraftEditor-content')) stoodIn = event.target;
    });
    document.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.altKey || dialog.open) return;
      if (!standing()) return;
      event.preventDefault();
      event.stopPropagation();
      if (event.shiftKey) takeOffer();
      else here();
    }, true);
    sought('').then((told) => { recent = told.sources || []; });
  }

  document.addEventListener('DOMContentLoaded', begin);
})();
