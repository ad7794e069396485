// Attributed words in the editor: a quiet underline, the source's name on it, and
// the toolbar's button that lays a selection to a source (docs/desk/writing.md).

(() => {
  'use strict';
  if (!window.draftail || !window.DraftJS || !window.React) return;

  const { createElement, Component, useEffect, useReducer } = window.React;
  const { EditorState, Modifier, SelectionState } = window.DraftJS;
  const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';

  // --- What each span of this article rests on ---------------------------------

  const sources = new Map();
  const listeners = new Set();
  const unsent = new Map();
  let address = '';
  let asked = '';

  const articleId = () => {
    const found = /\/articles\/edit\/(\d+)\//.exec(window.location.pathname);
    return found ? found[1] : '';
  };
  const tell = () => listeners.forEach((listener) => listener());

  function remember(rows) {
    rows.forEach((row) => sources.set(row.span, row.source));
    tell();
  }

  function ask(url) {
    address = url;
    const article = articleId();
    if (!article || asked === article) return;
    asked = article;
    fetch(`${url}?article=${article}`, { credentials: 'same-origin' })
      .then((answer) => (answer.ok ? answer.json() : { attributions: [] }))
      .then((data) => remember(data.attributions))
      .catch(() => { asked = ''; });
  }

  function send(span, source) {
    const article = articleId();
    unsent.set(span, source);
    if (!article) return; // Sent as soon as the first save has given it a number.
    const config = JSON.parse(document.getElementById('wagtail-config').textContent);
    fetch(address, {
      method: 'POST',
      credentials: 'same-origin',
      headers: { 'Content-Type': 'application/json', [config.CSRF_HEADER_NAME]: config.CSRF_TOKEN },
      body: JSON.stringify({ article: Number(article), span, source }),
    })
      .then((answer) => {
        if (!answer.ok) throw new Error(String(answer.status));
        unsent.delete(span);
        return answer.json();
      })
      .then((row) => remember([row]))
      .catch(() => {
        sources.set(span, 'not saved: the desk was not reached');
        tell();
      });
  }

  document.addEventListener('w-autosave:success', () => {
    [...unsent].forEach(([span, source]) => send(span, source));
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

  // A link inside the words stays a link: an entity is laid only where there is none.
  function attribute(editorState, span) {
    const selection = editorState.getSelection();
    let content = editorState.getCurrentContent().createEntity('SPAN', 'MUTABLE', { span });
    const key = content.getLastCreatedEntityKey();
    const last = selection.getEndKey();
    for (let block = content.getBlockForKey(selection.getStartKey()); block; block = content.getBlockAfter(block.getKey())) {
      const from = block.getKey() === selection.getStartKey() ? selection.getStartOffset() : 0;
      const to = block.getKey() === last ? selection.getEndOffset() : block.getLength();
      content = overFreeWords(content, block, from, to, key);
      if (block.getKey() === last) break;
    }
    return EditorState.push(editorState, content, 'apply-entity');
  }

  function overFreeWords(content, block, from, to, key) {
    const taken = (at) => {
      const entity = block.getEntityAt(at);
      return entity && content.getEntity(entity).getType() !== 'SPAN';
    };
    let result = content;
    for (let start = from; start < to; start += 1) {
      if (taken(start)) continue;
      let end = start;
      while (end < to && !taken(end)) end += 1;
      const range = SelectionState.createEmpty(block.getKey()).merge({ anchorOffset: start, focusOffset: end });
      result = Modifier.applyEntity(result, range, key);
      start = end;
    }
    return result;
  }

  class SourceOfWords extends Component {
    componentDidMount() {
      const { editorState, entity, entityType, onClose } = this.props;
      if (!entity && editorState.getSelection().isCollapsed()) {
        onClose();
        return;
      }
      this.onHidden = () => onClose();
      window.jQuery(document.body).on('hidden.bs.modal', this.onHidden);
      this.workflow = window.ModalWorkflow({
        url: entityType.chooserUrl,
        onload: window.CHOOSER_MODAL_ONLOAD_HANDLERS,
        responses: { chosen: (source) => this.choose(source) },
        onError: () => onClose(),
      });
    }

    componentWillUnmount() {
      window.jQuery(document.body).off('hidden.bs.modal', this.onHidden);
    }

    choose(source) {
      const { editorState, entity, entityType, onComplete } = this.props;
      address = entityType.attributionsUrl;
      const span = entity ? entity.getData().span : newSpan();
      sources.set(span, source.string);
      send(span, Number(source.id));
      this.workflow.close();
      onComplete(entity ? editorState : attribute(editorState, span));
      tell();
    }

    render() {
      return null;
    }
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
    if (!entity || content.getEntity(entity).getType() !== 'SPAN') return 'not-handled';
    const before = selection.getStartOffset() > 0 && first.getEntityAt(selection.getStartOffset() - 1);
    if (before === entity || last.getEntityAt(selection.getEndOffset()) === entity) return 'not-handled';
    const style = editorState.getCurrentInlineStyle();
    const typed = Modifier.replaceText(content, selection, letters, style, null);
    setEditorState(EditorState.push(editorState, typed, 'insert-characters'));
    return 'handled';
  }

  window.draftail.registerPlugin({ type: 'SPAN_TYPING', handleBeforeInput: typeOver }, 'plugins');
  window.draftail.registerPlugin({ type: 'SPAN', source: SourceOfWords, decorator: Attributed }, 'entityTypes');

  document.addEventListener('DOMContentLoaded', () => {
    const config = document.querySelector('[data-desk-attributions]');
    ask(config ? config.dataset.deskAttributions : '/desk/attributions/');
  });
})();
