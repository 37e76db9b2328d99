// Shows the Markdown toolbar, which is hidden because it needs scripts, and handles its keyboard shortcuts.
for (const toolbar of document.querySelectorAll('[data-toolbar]')) {
  toolbar.hidden = false;
  const field = document.getElementById(toolbar.querySelector('markdown-toolbar').getAttribute('for'));

  // A heading is a whole line, but the component would put the marker before the word at the cursor.
  const selectLine = (button) => {
    if (button?.localName !== 'md-header' || field.value.slice(field.selectionStart, field.selectionEnd).includes('\n')) return;
    const start = field.value.lastIndexOf('\n', field.selectionStart - 1) + 1;
    const end = field.value.indexOf('\n', field.selectionEnd);
    field.setSelectionRange(start, end < 0 ? field.value.length : end);
  };
  toolbar.addEventListener('click', ({ target }) => selectLine(target.closest('md-header')), { capture: true });
  toolbar.addEventListener('keydown', ({ key, target }) => {
    if (key === 'Enter' || key === ' ') selectLine(target.closest('md-header'));
  }, { capture: true });

  field.addEventListener('keydown', (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    // Latin letters are read from the character, digits from the key's position, because Shift turns digits into other characters.
    const letter = /^[a-z]$/i.test(event.key) ? event.key : event.code.slice(3);
    const key = /^(?:Digit\d|Period)$/.test(event.code) ? event.code : letter.toLowerCase();
    const button = toolbar.querySelector(`[data-shortcut="${CSS.escape(event.shiftKey ? `Shift ${key}` : key)}"]`);
    if (!button) return;
    event.preventDefault();
    selectLine(button);
    button.click();
  });
}
