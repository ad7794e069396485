// Where a statement stands in the editor: from the server's places in plain text to
// the fields, the letters and the lines of the screen, and back.

(() => {
  'use strict';

  const WHOLE = { headline: 'id_headline', lede: 'id_lede', picture: 'id_lead_caption' };

  const isGone = (field) => {
    for (let child = field.closest('[data-streamfield-child]'); child; child = child.parentElement.closest('[data-streamfield-child]')) {
      const mark = child.querySelector(':scope > input[name$="-deleted"]');
      if (mark && mark.value) return true;
    }
    return false;
  };

  // A block's texts in their order: a list has one in each item, a picture its caption.
  function fieldsOf(handle) {
    if (WHOLE[handle]) return [document.getElementById(WHOLE[handle])].filter(Boolean);
    const id = document.querySelector(`.desk-sheet input[name$="-id"][value="${CSS.escape(handle)}"]`);
    if (!id) return [];
    const child = id.closest('[data-streamfield-child]');
    const fields = [...child.querySelectorAll('input, textarea')].filter((field) => !isGone(field));
    const rich = fields.filter((field) => field.draftailEditor);
    if (rich.length) return rich;
    const captions = fields.filter((field) => /-caption$/.test(field.name));
    const words = fields.filter((field) => field.matches('textarea, input[type="text"]'));
    return captions.length && !child.querySelector('textarea[name$="-rows"]') ? captions : words;
  }

  const contentOf = (field) => field.draftailEditor.getEditorState().getCurrentContent();

  // The letters of a text as the server reads them, each with its block and offset:
  // blocks and breaks are one line end each, and a sign is a sign, not two halves.
  function lettersOf(content) {
    const letters = [];
    const lineEnd = (key, offset) => {
      if (letters.length && letters[letters.length - 1].sign !== '\n') letters.push({ sign: '\n', key, offset });
    };
    content.getBlocksAsArray().forEach((block) => {
      lineEnd(block.getKey(), 0);
      let offset = 0;
      Array.from(block.getText()).forEach((sign) => {
        if (sign === '\n') lineEnd(block.getKey(), offset);
        else letters.push({ sign, key: block.getKey(), offset });
        offset += sign.length;
      });
    });
    return letters;
  }

  // The stretches of a statement, one a block: {key, start, end}.
  function stretchesOf(content, start, end) {
    const found = [];
    lettersOf(content).slice(start, end).forEach(({ sign, key, offset }) => {
      const last = found[found.length - 1];
      if (sign === '\n') return;
      if (last && last.key === key) last.end = offset + sign.length;
      else found.push({ key, start: offset, end: offset + sign.length });
    });
    return found;
  }

  function placeOf(content, key, offset) {
    const letters = lettersOf(content);
    const at = letters.findIndex((letter) => letter.key === key && letter.offset >= offset && letter.sign !== '\n');
    if (at >= 0) return at;
    let last = 0;
    letters.forEach((letter, index) => { if (letter.key === key) last = index; });
    return last;
  }

  // The line of the screen on which a note's statement begins, if it is on this sheet.
  function lineOf(note, sheet) {
    const field = fieldsOf(note.handle)[note.place];
    if (!field || !sheet.contains(field)) return null;
    if (!field.draftailEditor) return field.getBoundingClientRect();
    const [first] = stretchesOf(contentOf(field), note.start, note.end);
    const editor = field.parentElement.querySelector('.public-DraftEditor-content');
    const block = first && editor && editor.querySelector(`[data-block="true"][data-offset-key^="${first.key}-"]`);
    if (!block) return editor ? editor.getBoundingClientRect() : null;
    return lineAt(block, first.start) || block.getBoundingClientRect();
  }

  function lineAt(block, offset) {
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    let before = 0;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (before + node.length > offset) {
        const range = document.createRange();
        range.setStart(node, offset - before);
        range.setEnd(node, offset - before + 1);
        return range.getClientRects()[0] || null;
      }
      before += node.length;
    }
    return null;
  }

  window.deskPlaces = { fieldsOf, contentOf, stretchesOf, placeOf, lineOf };
})();
