// Ctrl+S saves by sending the form, and another page comes: the cursor, the selection and the scroll position stay where they were.
const form = document.querySelector('[data-article-form]');
if (form) {
  const key = 'broadsheet place';
  // The page comes back within seconds, or the editor has gone elsewhere.
  const longest = 30_000;
  const uid = form.elements.uid.value;

  const store = (place) => {
    try {
      sessionStorage.setItem(key, JSON.stringify(place));
    } catch {
      // A browser that keeps nothing begins at the top.
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
    store({ uid, at: Date.now(), id, selectionStart, selectionEnd, selectionDirection, scrollTop, top: field.getBoundingClientRect().top });
  });

  const place = take();
  const field = place && place.uid === uid && Date.now() - place.at < longest ? document.getElementById(place.id) : null;
  // Where something is wrong, the page says so at its top.
  if (field && !document.querySelector('.problems')) {
    field.focus({ preventScroll: true });
    // Not every field has a selection, a checkbox for one.
    if (typeof place.selectionStart === 'number') field.setSelectionRange(place.selectionStart, place.selectionEnd, place.selectionDirection);
    field.scrollTop = place.scrollTop;
    // Above it a notice may have come.
    scrollBy({ top: field.getBoundingClientRect().top - place.top, behavior: 'instant' });
  }
}
