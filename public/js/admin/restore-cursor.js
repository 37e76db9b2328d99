// Ctrl+S submits the form and loads a new page. This script restores the cursor, the selection and the scroll position.
const form = document.querySelector('[data-article-form], [data-page-form]');
if (form) {
  const key = 'broadsheet place';
  // An older position belongs to an earlier visit.
  const maxAgeMs = 30_000;
  const formId = form.elements.uid?.value ?? form.dataset.pageForm;

  const store = (place) => {
    try {
      sessionStorage.setItem(key, JSON.stringify(place));
    } catch {
      // Without storage, the page opens at the top.
    }
  };

  const take = () => {
    try {
      const place = JSON.parse(sessionStorage.getItem(key));
      sessionStorage.removeItem(key);
      return place;
    } catch {
      return null;
    }
  };

  document.addEventListener('broadsheet:save', () => {
    const field = document.activeElement;
    if (!form.contains(field) || !field.id) return;
    const { id, selectionStart, selectionEnd, selectionDirection, scrollTop } = field;
    store({ formId, at: Date.now(), id, selectionStart, selectionEnd, selectionDirection, scrollTop, top: field.getBoundingClientRect().top });
  });

  const place = take();
  const field = place && place.formId === formId && Date.now() - place.at < maxAgeMs ? document.getElementById(place.id) : null;
  // Problems are listed at the top of the page, so the page stays there.
  if (field && !document.querySelector('.problems')) {
    field.focus({ preventScroll: true });
    // Checkboxes, for example, have no selection.
    if (typeof place.selectionStart === 'number') field.setSelectionRange(place.selectionStart, place.selectionEnd, place.selectionDirection);
    field.scrollTop = place.scrollTop;
    // A new notice above the field may have moved it.
    scrollBy({ top: field.getBoundingClientRect().top - place.top, behavior: 'instant' });
  }
}
