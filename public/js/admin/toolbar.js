// The buttons for Markdown, which need a script to do anything, show themselves when there is one, and have shortcuts.
for (const toolbar of document.querySelectorAll('[data-toolbar]')) {
  toolbar.hidden = false;
  const field = document.getElementById(toolbar.querySelector('markdown-toolbar').getAttribute('for'));
  field.addEventListener('keydown', (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    // Letters by what is printed on the key, digits by where it is: with Shift, layouts have other signs there.
    const key = /^(?:Digit\d|Period)$/.test(event.code) ? event.code : event.key.toLowerCase();
    const button = toolbar.querySelector(`[data-shortcut="${CSS.escape(event.shiftKey ? `Shift ${key}` : key)}"]`);
    if (!button) return;
    event.preventDefault();
    button.click();
  });
}
