// Tells the server that the article is open here, and the editor who else has it open or saved it meanwhile.
const form = document.querySelector('[data-article-form]');
if (form) {
  const others = form.querySelector('[data-others]');
  const interval = 10_000;

  const show = (text) => {
    if (others.textContent !== text) others.textContent = text;
  };

  const words = ({ others: names, head }) => {
    const here = names.length > 0 ? `${names.join(', ')} ${names.length === 1 ? 'has' : 'have'} this article open too.` : '';
    const isNewer = head && String(head.revision) !== form.elements.base.value;
    const saved = isNewer ? `${head.who === 'you' ? 'You saved it in another window' : `${head.who} saved it`} at ${head.at}: when you save, the two are joined.` : '';
    return [here, saved].filter(Boolean).join(' ');
  };

  const tell = async () => {
    if (!form.dataset.presence || document.visibilityState === 'hidden') return;
    try {
      const response = await fetch(form.dataset.presence, { method: 'POST', headers: { Accept: 'application/json' }, signal: AbortSignal.timeout(5000) });
      if (response.ok) show(words(await response.json()));
      else if (response.status === 404) show('This article has been deleted. What you type becomes a new draft.');
    } catch {
      // Whether the server is there is what saving says.
    }
  };

  tell();
  setInterval(tell, interval);
  form.addEventListener('kept', tell, { once: true });
  document.addEventListener('visibilitychange', tell);
}
