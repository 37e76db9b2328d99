// Pictures in the body: uploads what is dropped or pasted into it, and puts the Markdown of pictures after the paragraph with the cursor.
const form = document.querySelector('form[data-pictures]');
const body = document.getElementById('field_body');
if (form && body) {
  const uploads = form.querySelector('[data-body-uploads]');
  const placeholders = new Set();

  // The browser would open a file that misses the field, and leave the page.
  for (const name of ['dragover', 'drop']) {
    document.addEventListener(name, (event) => {
      if (hasFiles(event.dataTransfer)) event.preventDefault();
    });
  }

  acceptFiles(body, (files, event) => {
    moveToDrop(event);
    for (const file of files) upload(file);
  });

  function moveToDrop({ type, clientX, clientY }) {
    const position = type === 'drop' ? document.caretPositionFromPoint?.(clientX, clientY) : undefined;
    if (position?.offsetNode === body) body.setSelectionRange(position.offset, position.offset);
  }

  function upload(file) {
    const placeholder = { text: nameFor(file), inserted: '' };
    placeholder.inserted = insert(placeholder.text);
    placeholders.add(placeholder);
    startUpload({
      form,
      list: uploads,
      file,
      onDone(picture) {
        afterComposition(() => {
          placeholders.delete(placeholder);
          replace(placeholder.text, picture.markdown);
        });
      },
      onRemove() {
        placeholders.delete(placeholder);
        replace(body.value.includes(placeholder.inserted) ? placeholder.inserted : placeholder.text, '');
        body.focus();
      },
    });
  }

  // Pasted pictures all have the same name.
  function nameFor({ name }) {
    const clean = name.replace(/[[\]\\\n]/g, ' ').slice(-80);
    for (let count = 1; ; count += 1) {
      const text = `![${t('scripts.uploadPlaceholder', { name: count > 1 ? `${clean} (${count})` : clean })}]()`;
      if (!body.value.includes(text)) return text;
    }
  }

  // Puts Markdown after the paragraph in which the cursor is, and the cursor after it. Returns the inserted text.
  function insert(markdown) {
    const { selectionEnd, value } = body;
    const start = nextBlockStart(value, selectionEnd);
    const before = /(?:^|\n[ \t]*\n)$/.test(value.slice(0, start)) ? '' : value[start - 1] === '\n' ? '\n' : '\n\n';
    const text = `${before}${markdown}\n\n`;
    editText(body, start, start, text);
    body.setSelectionRange(start + text.length, start + text.length);
    return text;
  }

  function replace(text, replacement) {
    const start = body.value.indexOf(text);
    if (start >= 0) editText(body, start, start + text.length, replacement);
  }

  // Changing the text would break off the composition of a character.
  let isComposing = false;
  let waiting = [];
  document.addEventListener('compositionstart', () => {
    isComposing = true;
  });
  document.addEventListener('compositionend', () => {
    isComposing = false;
    for (const action of waiting) setTimeout(action);
    waiting = [];
  });
  function afterComposition(action) {
    if (isComposing) waiting.push(action);
    else action();
  }

  // Placeholders are for this page only. One of a finished upload comes back with Ctrl+Z.
  form.addEventListener('formdata', ({ formData }) => {
    const text = [...placeholders].reduce((left, { inserted }) => left.replace(inserted, ''), formData.get('body'));
    formData.set('body', text.replace(anyPlaceholder, ''));
  });
  const [before, after] = t('scripts.uploadPlaceholder', { name: '\n' }).split('\n').map(RegExp.escape ?? ((text) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')));
  const anyPlaceholder = new RegExp(`!\\[${before}[^\\]\\n]*${after}\\]\\(\\)`, 'g');

  form.querySelector('[data-insert-picture]').addEventListener('click', () => {
    document.dispatchEvent(new CustomEvent('broadsheet:choose-picture', { detail: { choose } }));
  });
  function choose(picture) {
    body.focus();
    insert(picture.markdown);
  }
}
