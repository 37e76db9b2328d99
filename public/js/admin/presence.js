// Tells the server that this article is open in this window, and shows who else has it open, or has saved it in the meantime.
const form = document.querySelector('[data-article-form]');
if (form) {
  const output = form.querySelector('[data-others]');
  const intervalMs = 10_000;
  const requestTimeoutMs = 5000;
  // A forgotten window must not keep its editor signed in.
  const maxHiddenMs = 12 * 3_600_000;
  let hiddenAt = Date.now();
  let isLeaving = false;
  const key = 'broadsheet window';
  const windowId = takeWindowId() ?? Math.random().toString(36).slice(2);

  // The window keeps its id when it loads another page. Meanwhile the id is not stored, because a duplicated window would take it too.
  function takeWindowId() {
    try {
      const id = sessionStorage.getItem(key);
      sessionStorage.removeItem(key);
      return id;
    } catch {
      return null;
    }
  }

  function storeWindowId() {
    try {
      sessionStorage.setItem(key, windowId);
    } catch {
      // Without storage, the next page gets a new id.
    }
  }

  const show = (text) => {
    if (output.textContent !== text) output.textContent = text;
  };

  const describe = ({ others, otherWindow, head }) => {
    const isNewer = head && String(head.revision) !== form.elements.base.value;
    return [others, otherWindow, isNewer ? head.saved : ''].filter(Boolean).join(' ');
  };

  const update = async () => {
    const isHidden = document.visibilityState === 'hidden';
    if (isLeaving || !form.dataset.presence || (isHidden && Date.now() - hiddenAt > maxHiddenMs)) return;
    const body = new URLSearchParams({ window: windowId });
    // Colleagues see only who is looking at the article, but the editor's hidden windows may still have text.
    if (isHidden) body.set('hidden', '1');
    try {
      const response = await fetch(form.dataset.presence, { method: 'POST', body, headers: { Accept: 'application/json' }, signal: AbortSignal.timeout(requestTimeoutMs) });
      if (response.ok) show(describe(await response.json()));
      else if (response.status === 404) show(t('scripts.deleted'));
    } catch {
      // Autosave already shows that the server can't be reached.
    }
  };

  update();
  setInterval(update, intervalMs);
  form.addEventListener('autosaved', update, { once: true });
  document.addEventListener('visibilitychange', () => {
    hiddenAt = Date.now();
    update();
  });
  addEventListener('pagehide', () => {
    // The page becomes hidden next, which must not count as open again.
    isLeaving = true;
    storeWindowId();
    if (form.dataset.presence) navigator.sendBeacon(form.dataset.presence, new URLSearchParams({ window: windowId, closed: '1' }));
  });
  addEventListener('pageshow', ({ persisted }) => {
    if (!persisted) return;
    isLeaving = false;
    takeWindowId();
  });
}
