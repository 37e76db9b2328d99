// Gives the title and the body the whole page, until the editor presses Escape or the button again.
const form = document.querySelector('[data-article-form], [data-page-form]');
const button = document.querySelector('[data-distraction-free]');
if (form && button) {
  const body = form.elements.body;
  const key = 'broadsheet distraction-free';
  const id = form.elements.uid?.value ?? form.dataset.pageForm;
  const isOn = () => button.getAttribute('aria-pressed') === 'true';

  // The lines break at other places afterwards, so the place in the text is kept as a share of its height.
  const keepPlace = (change) => {
    const before = body.getBoundingClientRect();
    change();
    const after = body.getBoundingClientRect();
    const share = before.top < 0 ? -before.top / before.height : 0;
    scrollBy({ top: after.top + share * after.height - Math.max(0, before.top), behavior: 'instant' });
  };

  const set = (isWanted) => keepPlace(() => {
    button.setAttribute('aria-pressed', String(isWanted));
    document.body.classList.toggle('is-distraction-free', isWanted);
    const { activeElement } = document;
    if (isWanted && activeElement !== document.body && activeElement.getClientRects().length === 0) body.focus({ preventScroll: true });
  });

  // The text keeps the focus.
  button.addEventListener('mousedown', (event) => event.preventDefault());
  button.addEventListener('click', () => set(!isOn()));
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !event.defaultPrevented && isOn() && !document.querySelector('dialog[open]')) set(false);
  });

  // Ctrl+S loads the page again. Only a notice or a problem that the editor has to see ends the mode then.
  const attempt = (act) => {
    try {
      return act();
    } catch {
      return null;
    }
  };
  document.addEventListener('broadsheet:save', () => {
    if (isOn()) attempt(() => sessionStorage.setItem(key, id));
  });
  const wasOn = attempt(() => sessionStorage.getItem(key)) === id;
  attempt(() => sessionStorage.removeItem(key));
  if (wasOn && !document.querySelector('.problems, .notice:not(p)')) set(true);
}
