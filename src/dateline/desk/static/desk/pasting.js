// What is pasted. Draftail reads Word and Google Docs well, but for their blank lines; and
// words copied from another article bring along whom they rest on, under ids of their own.

(() => {
  'use strict';
  if (!window.deskSpans) return;

  const { articleId, choose, newSpan } = window.deskSpans;
  const { EditorState, Modifier, convertFromRaw } = window.DraftJS;
  // Stands for an article that has no number yet.
  const HERE = Math.random().toString(36).slice(2);
  const mark = () => String(articleId() || HERE);

  // Draftail has put the words on the clipboard; this adds where they come from.
  const WORDS = 'data-draftjs-conductor-fragment';

  function copied(event) {
    const html = event.defaultPrevented && event.clipboardData ? event.clipboardData.getData('text/html') : '';
    if (!html.includes(WORDS)) return;
    event.clipboardData.setData('text/html', html.replace(WORDS, `data-desk-article="${mark()}" ${WORDS}`));
  }

  function onPaste(text, html, editorState, { setEditorState }) {
    const from = new DOMParser().parseFromString(html || '', 'text/html').querySelector(`[${WORDS}][data-desk-article]`);
    if (!from || from.dataset.deskArticle === mark()) return 'not-handled';
    const raw = JSON.parse(from.getAttribute(WORDS));
    const renewed = new Map();
    Object.values(raw.entityMap).filter(({ type }) => type === 'SPAN').forEach(({ data }) => {
      if (!renewed.has(data.span)) renewed.set(data.span, newSpan());
      data.span = renewed.get(data.span);
    });
    const article = Number(from.dataset.deskArticle);
    renewed.forEach((span, old) => { if (article) choose(span, { article, span: old }, 'as where it was copied'); });
    const fragment = convertFromRaw(raw).getBlockMap();
    const content = Modifier.replaceWithFragment(editorState.getCurrentContent(), editorState.getSelection(), fragment);
    setEditorState(EditorState.push(editorState, content, 'insert-fragment'));
    return 'handled';
  }

  // Word and its like part paragraphs by empty ones.
  function withoutBlanks(editor, before) {
    const state = editor.getEditorState();
    const content = state.getCurrentContent();
    const kept = new Set([...before, state.getSelection().getAnchorKey()]);
    const isBlank = (block) => !kept.has(block.getKey()) && block.getType() === 'unstyled' && !block.getText().trim();
    const blocks = content.getBlockMap();
    const whole = blocks.filterNot(isBlank);
    if (whole.size === blocks.size || !whole.size) return;
    editor.onChange(EditorState.push(state, content.set('blockMap', whole), 'remove-range'));
  }

  document.addEventListener('copy', copied);
  document.addEventListener('cut', copied);
  document.addEventListener('paste', (event) => {
    const wrapper = event.target.closest && event.target.closest('.Draftail-Editor__wrapper');
    const field = wrapper && wrapper.parentElement.querySelector('input[type="hidden"]');
    if (!field || !field.draftailEditor) return;
    const editor = field.draftailEditor;
    const state = editor.getEditorState();
    const here = state.getSelection().getStartKey();
    const before = state.getCurrentContent().getBlocksAsArray().map((block) => block.getKey()).filter((key) => key !== here);
    window.setTimeout(() => withoutBlanks(editor, before), 0);
  }, true);

  window.deskSpans.onPaste = onPaste;
})();
