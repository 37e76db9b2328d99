// Tells the server that this article is open, and shows who else has it open or has saved it in the meantime.
const form = document.querySelector('[data-article-form]');
if (form) {
  const output = form.querySelector('[data-others]');
  const intervalMs = 10_000;
  const requestTimeoutMs = 5000;

  const show = (text) => {
    if (output.textContent !== text) output.textContent = text;
  };

  const describe = ({ others, head }) => {
    const isNewer = head && String(head.revision) !== form.elements.base.value;
    return [others, isNewer ? head.saved : ''].filter(Boolean).join(' ');
  };

  const update = async () => {
    if (!form.dataset.presence || document.visibilityState === 'hidden') return;
    try {
      const response = await fetch(form.dataset.presence, { method: 'POST', headers: { Accept: 'application/json' }, signal: AbortSignal.timeout(requestTimeoutMs) });
      if (response.ok) show(describe(await response.json()));
      else if (response.status === 404) show(t('scripts.deleted'));
    } catch {
      // Autosave already shows that the server can't be reached.
    }
  };

  update();
  setInterval(update, intervalMs);
  form.addEventListener('autosaved', update, { once: true });
  document.addEventListener('visibilitychange', update);
}
