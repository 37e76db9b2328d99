// Asks before the editor leaves a page of the site with changes that are not saved, and saves with Ctrl+S. Articles are autosaved instead.
const form = document.querySelector('[data-page-form]');
if (form) {
  let isSaving = false;

  // The form as the server sent it. A form that came back with problems or with a merged text has something to save.
  const renderedText = () => {
    const copy = form.cloneNode(true);
    copy.reset();
    return formFields(copy).toString();
  };
  const savedText = 'returned' in form.dataset ? '' : renderedText();

  form.addEventListener('submit', ({ submitter }) => {
    isSaving = submitter?.formTarget !== '_blank';
  });
  addEventListener('pageshow', () => {
    isSaving = false;
  });
  addEventListener('beforeunload', (event) => {
    if (!isSaving && formFields(form).toString() !== savedText) event.preventDefault();
  });
  document.addEventListener('keydown', (event) => {
    if (event.key.toLowerCase() !== 's' || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    event.preventDefault();
    if (event.repeat) return;
    document.dispatchEvent(new Event('broadsheet:save'));
    form.requestSubmit();
  });
}
