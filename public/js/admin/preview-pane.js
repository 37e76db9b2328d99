// Shows a preview of the page next to the form, and renders it again after each autosave, or a moment after the last key where nothing is autosaved.
const form = document.querySelector('form[data-preview]');
const toggle = document.querySelector('[data-preview-toggle]');
const pane = document.querySelector('[data-preview-pane]');
if (form && toggle && pane) {
  const requestTimeoutMs = 10_000;
  const inputDelayMs = 1000;
  const openLabel = toggle.textContent;
  let isRefreshing = false;
  let isOutdated = false;

  const refresh = async () => {
    isOutdated = true;
    if (isRefreshing) return;
    isRefreshing = true;
    while (isOutdated && !pane.hidden) {
      isOutdated = false;
      await render();
    }
    isRefreshing = false;
  };

  const render = async () => {
    try {
      const body = formFields(form);
      body.set('beside', '1');
      const response = await fetch(form.dataset.preview, { method: 'POST', body, headers: { Accept: 'application/json' }, signal: AbortSignal.timeout(requestTimeoutMs) });
      if (response.ok) show((await response.json()).path);
    } catch {
      // Autosave already shows that the server can't be reached.
    }
  };

  // The new page loads behind the current page, takes over its scroll position, and then replaces it.
  const show = (path) => {
    const next = Object.assign(document.createElement('iframe'), { title: t('scripts.preview'), src: path });
    if (pane.querySelector('iframe')) next.className = 'is-behind';
    next.addEventListener('load', () => {
      const frames = [...pane.querySelectorAll('iframe')];
      const earlier = frames.slice(0, frames.indexOf(next));
      const top = earlier[0]?.contentDocument?.scrollingElement.scrollTop ?? 0;
      next.contentDocument?.defaultView.scrollTo({ top, behavior: 'instant' });
      next.className = '';
      for (const frame of earlier) frame.remove();
    }, { once: true });
    pane.append(next);
  };

  toggle.addEventListener('click', () => {
    pane.hidden = !pane.hidden;
    form.classList.toggle('has-preview', !pane.hidden);
    toggle.setAttribute('aria-expanded', String(!pane.hidden));
    toggle.textContent = pane.hidden ? openLabel : t('scripts.hidePreview');
    refresh();
    // On narrow screens the pane is below the text, out of sight.
    if (!pane.hidden) pane.scrollIntoView({ block: 'nearest' });
  });
  if (form.dataset.autosave) form.addEventListener('autosaved', refresh);
  else {
    let timer;
    form.addEventListener('input', () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        if (!pane.hidden) refresh();
      }, inputDelayMs);
    });
  }
  document.addEventListener('broadsheet:picture-changed', refresh);
}
