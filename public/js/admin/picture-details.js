// Opens the form with a picture's own texts in a dialog, so that a picture can be described while an article is written.
const dialog = document.querySelector('[data-details-dialog]');
if (dialog) {
  const part = (name) => dialog.querySelector(`[data-details-${name}]`);
  const requestTimeoutMs = 10_000;

  document.addEventListener('click', (event) => {
    const link = event.target.closest?.('a[data-picture-details]');
    if (!link || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open(link.href);
  });
  part('close').addEventListener('click', () => dialog.close());

  async function open(path) {
    part('form').replaceChildren();
    part('page').href = path;
    showProblem('');
    dialog.showModal();
    try {
      const response = await fetch(path, { signal: AbortSignal.timeout(requestTimeoutMs) });
      // Only the server's view knows the form. There is none if the editor may not change the picture.
      const form = new DOMParser().parseFromString(await response.text(), 'text/html').getElementById('details');
      if (form) show(form);
      else showProblem(t('scripts.detailsUnavailable'));
    } catch {
      showProblem(t('scripts.uploadUnreachable'));
    }
  }

  function show(fetched) {
    const form = document.importNode(fetched, true);
    form.querySelector('h2')?.remove();
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      save(form);
    });
    part('form').replaceChildren(form);
    form.querySelector('textarea').focus();
  }

  async function save(form) {
    for (const problem of form.querySelectorAll('.problem')) problem.remove();
    try {
      const response = await fetch(form.action, { method: 'POST', body: formFields(form), headers: { Accept: 'application/json' }, signal: AbortSignal.timeout(requestTimeoutMs) });
      const answer = await response.json();
      if (response.ok) finish(answer);
      else refuse(form, answer);
    } catch {
      showProblem(t('scripts.uploadUnreachable'));
    }
  }

  function finish(picture) {
    dialog.close();
    document.dispatchEvent(new CustomEvent('broadsheet:picture-changed', { detail: picture }));
  }

  function refuse(form, { problem = '', problems = [], picture }) {
    // Somebody else has changed the picture. Saving again replaces their version, which the message shows.
    if (picture) form.elements.version.value = picture.version;
    showProblem([problem, picture && [picture.alt, picture.caption, picture.credit].filter(Boolean).join(' · ')].filter(Boolean).join(' '));
    for (const { field, problem: text } of problems) form.elements[field].closest('.field').append(Object.assign(document.createElement('p'), { className: 'problem', textContent: text }));
    if (problems.length > 0) form.elements[problems[0].field].focus();
  }

  function showProblem(text) {
    part('problem').textContent = text;
    part('problem').hidden = text === '';
  }
}
