// Attributed words in the editor: a quiet underline with the source's name on it, and
// what was chosen for them, which goes with the article's form (docs/desk/margin.md).

(() => {
  'use strict';
  if (!window.draftail || !window.DraftJS || !window.React) return;

  const { createElement, useEffect, useReducer } = window.React;
  const { EditorState, Modifier, SelectionState } = window.DraftJS;
  const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';
  const HANDLE = /^(?:[a-z2-7]{12}|headline|lede|picture|[0-9a-f-]{36})$/;

  // --- What each span of this article rests on ---------------------------------

  const sources = new Map();
  const listeners = new Set();

  const articleId = () => {
    const found = /\/articles\/edit\/(\d+)\//.exec(window.location.pathname);
    const margin = document.querySelector('[data-margin]');
    return Number(found ? found[1] : margin && margin.dataset.article) || 0;
  };
  const tell = () => listeners.forEach((listener) => listener());

  // What the margin says of the words that stand there; what was chosen since stays.
  function know(names) {
    const told = new Map(Object.entries(names));
    const same = [...told].every(([handle, name]) => sources.get(handle) === name);
    if (same) return;
    told.forEach((name, handle) => sources.set(handle, name));
    tell();
  }

  // --- What was chosen and is not saved yet --------------------------------------

  // It stands in a field of the form, so that words and whom they rest on are saved by
  // one act: by themselves, by the button, or not at all.
  const chosen = new Map();
  let sent = null;

  const field = () => document.querySelector('input[name="desk-rests"]');

  function write() {
    if (field()) field().value = chosen.size ? JSON.stringify(Object.fromEntries(chosen)) : '';
  }

  function choose(handle, choice, name) {
    chosen.set(handle, choice);
    sources.set(handle, name);
    write();
    tell();
  }

  function recall() {
    if (!field() || !field().value) return;
    try {
      Object.entries(JSON.parse(field().value)).forEach(([handle, choice]) => {
        if (HANDLE.test(handle)) chosen.set(handle, choice);
      });
    } catch (error) {
      field().value = '';
    }
  }

  document.addEventListener('w-autosave:save', (event) => {
    const form = event.detail.formData;
    const words = [...form].filter(([name]) => name.startsWith('body-')).map(([, value]) => value).join();
    sent = { words, text: String(form.get('desk-rests') || '{}') };
  });

  // What went along with the words it belongs to is in the database now.
  document.addEventListener('w-autosave:success', () => {
    if (!sent || !sent.text) return;
    Object.entries(JSON.parse(sent.text)).forEach(([handle, choice]) => {
      const isSame = JSON.stringify(chosen.get(handle)) === JSON.stringify(choice);
      if (isSame && (handle.length < 12 || sent.words.includes(handle))) chosen.delete(handle);
    });
    sent = null;
    write();
  });

  // --- The words themselves ------------------------------------------------------

  function Attributed({ contentState, entityKey, children }) {
    const [, redraw] = useReducer((count) => count + 1, 0);
    useEffect(() => {
      listeners.add(redraw);
      return () => listeners.delete(redraw);
    }, []);
    const { span } = contentState.getEntity(entityKey).getData();
    const name = sources.get(span);
    return createElement('span', {
      className: name ? 'desk-span' : 'desk-span desk-span--open',
      'data-span': span,
      title: name ? `Source: ${name}` : 'No source yet',
    }, children);
  }

  function newSpan() {
    return Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => ALPHABET[byte % 32]).join('');
  }

  const stretch = ({ key, start, end }) => SelectionState.createEmpty(key)
    .merge({ anchorOffset: start, focusOffset: end });

  // A link inside the words stays a link: an entity is laid only where there is none.
  function lay(editor, stretches, span) {
    const state = editor.getEditorState();
    let content = state.getCurrentContent().createEntity('SPAN', 'MUTABLE', { span });
    const entity = content.getLastCreatedEntityKey();
    stretches.forEach(({ key, start, end }) => {
      content = overFreeWords(content, content.getBlockForKey(key), start, end, entity);
    });
    push(editor, state, content);
  }

  // The spaces round the words go with them: a span of a space alone says nothing.
  function lift(editor, stretches) {
    const state = editor.getEditorState();
    let content = state.getCurrentContent();
    stretches.forEach(({ key, start, end }) => {
      const block = content.getBlockForKey(key);
      const isSpace = (at) => /\s/.test(block.getText()[at] || '');
      let [from, to] = [start, end];
      while (isSpace(from - 1)) from -= 1;
      while (isSpace(to)) to += 1;
      for (let at = from; at < to; at += 1) {
        if (isSpan(content, block.getEntityAt(at))) {
          content = Modifier.applyEntity(content, stretch({ key, start: at, end: at + 1 }), null);
        }
      }
    });
    push(editor, state, content);
  }

  const isSpan = (content, entity) => entity && content.getEntity(entity).getType() === 'SPAN';

  // Written to the form at once: nothing chosen may go there before its words.
  function push(editor, state, content) {
    editor.onChange(EditorState.push(state, content, 'apply-entity'));
    editor.saveState();
  }

  function overFreeWords(content, block, from, to, key) {
    const taken = (at) => {
      const entity = block.getEntityAt(at);
      return entity && !isSpan(content, entity);
    };
    let result = content;
    for (let start = from; start < to; start += 1) {
      if (taken(start)) continue;
      let end = start;
      while (end < to && !taken(end)) end += 1;
      result = Modifier.applyEntity(result, stretch({ key: block.getKey(), start, end }), key);
      start = end;
    }
    return result;
  }

  // The toolbar's button opens what the key opens (choosing.js).
  function SourceOfWords({ onClose }) {
    useEffect(() => {
      onClose();
      window.setTimeout(() => document.dispatchEvent(new CustomEvent('desk-margin:choose')), 0);
    }, []);
    return null;
  }

  // Draft.js gives the first letter typed over a selection the entity that was there.
  // Where nothing of the span is left round it, that letter would be all that is
  // laid to the source: new words are nobody's until they are laid to someone.
  function typeOver(letters, editorState, ...rest) {
    const { setEditorState } = rest[rest.length - 1];
    const selection = editorState.getSelection();
    if (selection.isCollapsed()) return 'not-handled';
    const content = editorState.getCurrentContent();
    const first = content.getBlockForKey(selection.getStartKey());
    const last = content.getBlockForKey(selection.getEndKey());
    const entity = first.getEntityAt(selection.getStartOffset());
    if (!isSpan(content, entity)) return 'not-handled';
    const before = selection.getStartOffset() > 0 && first.getEntityAt(selection.getStartOffset() - 1);
    if (before === entity || last.getEntityAt(selection.getEndOffset()) === entity) return 'not-handled';
    const style = editorState.getCurrentInlineStyle();
    const typed = Modifier.replaceText(content, selection, letters, style, null);
    setEditorState(EditorState.push(editorState, typed, 'insert-characters'));
    return 'handled';
  }

  window.draftail.registerPlugin({ type: 'SPAN_TYPING', handleBeforeInput: typeOver }, 'plugins');
  window.draftail.registerPlugin({
    type: 'SPAN',
    source: SourceOfWords,
    decorator: Attributed,
    onPaste: (...pasted) => window.deskSpans.onPaste(...pasted), // pasting.js
  }, 'entityTypes');

  window.deskSpans = { choose, know, lay, lift, newSpan, articleId };
  document.addEventListener('DOMContentLoaded', recall);
})();
