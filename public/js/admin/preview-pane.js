// The article's page as it will look, beside the text, made anew whenever the text has been kept.
const form = document.querySelector('[data-article-form]');
const toggle = document.querySelector('[data-preview-toggle]');
const pane = document.querySelector('[data-preview-pane]');
if (form && toggle && pane) {
  let isAsked = false;

  const refresh = async () => {
    if (pane.hidden || isAsked) return;
    isAsked = true;
    try {
      const body = new URLSearchParams(new FormData(form));
      body.set('beside', '1');
      const response = await fetch(form.dataset.preview, { method: 'POST', body, headers: { Accept: 'application/json' } });
      if (response.ok) show((await response.json()).path);
    } catch {
      // Saving says that the server is away.
    }
    isAsked = false;
  };

  // The next page is loaded behind the one that is shown, and takes its place at the same height.
  const show = (path) => {
    const current = pane.querySelector('iframe');
    const next = Object.assign(document.createElement('iframe'), { title: 'Preview', src: path });
    if (current) next.className = 'is-behind';
    next.addEventListener('load', () => {
      if (!current) return;
      next.contentWindow.scrollTo({ top: current.contentWindow?.scrollY ?? 0, behavior: 'instant' });
      next.className = '';
      current.remove();
    });
    pane.append(next);
  };

  toggle.addEventListener('click', () => {
    pane.hidden = !pane.hidden;
    form.classList.toggle('has-preview', !pane.hidden);
    toggle.setAttribute('aria-expanded', String(!pane.hidden));
    toggle.textContent = pane.hidden ? 'Preview beside' : 'Close the preview';
    refresh();
  });
  form.addEventListener('kept', refresh);
}
