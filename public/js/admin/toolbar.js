// The buttons for Markdown, which need a script to do anything, show themselves when there is one, and have shortcuts.
for (const toolbar of document.querySelectorAll('[data-toolbar]')) {
  toolbar.hidden = false;
  const field = document.getElementById(toolbar.querySelector('markdown-toolbar').getAttribute('for'));

  // A heading is a whole line: the component would put its sign before the word where the cursor stands.
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
    // Letters by what is printed on the key, if that is Latin; digits by where it is: with Shift, layouts have other signs there.
    const letter = /^[a-z]$/i.test(event.key) ? event.key : event.code.slice(3);
    const key = /^(?:Digit\d|Period)$/.test(event.code) ? event.code : letter.toLowerCase();
    const button = toolbar.querySelector(`[data-shortcut="${CSS.escape(event.shiftKey ? `Shift ${key}` : key)}"]`);
    if (!button) return;
    event.preventDefault();
    selectLine(button);
    button.click();
  });
}
