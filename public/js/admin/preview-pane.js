// The article's page as it will look, beside the text, made anew whenever the text has been kept.
const form = document.querySelector('[data-article-form]');
const toggle = document.querySelector('[data-preview-toggle]');
const pane = document.querySelector('[data-preview-pane]');
if (form && toggle && pane) {
  let isAsked = false;
  let isOutdated = false;

  const refresh = async () => {
    isOutdated = true;
    if (isAsked) return;
    isAsked = true;
    while (isOutdated && !pane.hidden) {
      isOutdated = false;
      await ask();
    }
    isAsked = false;
  };

  const ask = async () => {
    try {
      const body = new URLSearchParams(new FormData(form));
      body.set('beside', '1');
      const response = await fetch(form.dataset.preview, { method: 'POST', body, headers: { Accept: 'application/json' }, signal: AbortSignal.timeout(10_000) });
      if (response.ok) show((await response.json()).path);
    } catch {
      // Saving says that the server is away.
    }
  };

  // The next page is loaded behind the one that is shown, and takes its place at the same height.
  const show = (path) => {
    const next = Object.assign(document.createElement('iframe'), { title: 'Preview', src: path });
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
    toggle.textContent = pane.hidden ? 'Preview beside' : 'Close the preview';
    refresh();
    // On a phone it stands below the text, out of sight.
    if (!pane.hidden) pane.scrollIntoView({ block: 'nearest' });
  });
  form.addEventListener('kept', refresh);
}
