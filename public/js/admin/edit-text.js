// Replaces part of a field's text. Ctrl+Z can undo the replacement, and the cursor and the focus stay where they are.
// oxlint-disable-next-line no-unused-vars -- Other scripts use it.
const editText = (field, start, end, text) => {
  const focused = document.activeElement;
  const { selectionStart, selectionEnd, selectionDirection, scrollTop } = field;
  const moved = (position) => {
    if (position <= start) return position;
    return position >= end ? position + text.length - (end - start) : start + text.length;
  };
  field.focus({ preventScroll: true });
  field.setSelectionRange(start, end);
  // Only execCommand keeps the undo history. It acts on the field with the focus, which a modal dialog takes away.
  const isDone = document.activeElement === field && document.execCommand(text === '' ? 'delete' : 'insertText', false, text);
  if (!isDone) {
    field.setRangeText(text, start, end);
    field.dispatchEvent(new Event('input', { bubbles: true }));
  }
  field.setSelectionRange(moved(selectionStart), moved(selectionEnd), selectionDirection);
  field.scrollTop = scrollTop;
  if (focused !== field) focused?.focus({ preventScroll: true });
};
