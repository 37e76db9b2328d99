// Keeps the text of a page of the site in this browser while the editor types, until the text is saved, and offers it when the page is opened again.
const form = document.querySelector('[data-page-form]');
if (form) {
  const prefix = `broadsheet page ${document.body.dataset.editor} `;
  const key = prefix + form.dataset.pageForm;
  const debounceMs = 300;
  let timer;

  // With storage disabled, some browsers throw on any access to localStorage.
  const attempt = (act) => {
    try {
      return act();
    } catch {
      return undefined;
    }
  };
  const load = () => attempt(() => JSON.parse(localStorage.getItem(key)));
  const remove = () => attempt(() => localStorage.removeItem(key));
  const store = ({ isSent }) => {
    clearTimeout(timer);
    timer = undefined;
    attempt(() => localStorage.setItem(key, JSON.stringify({ text: formFields(form).toString(), at: Date.now(), isSent })));
  };

  // The page that follows a successful save. A new page was sent under another key. The texts of other pages stay, because their saves may have failed.
  const removeSent = () => {
    for (const name of [key, `${prefix}new`]) if (JSON.parse(localStorage.getItem(name))?.isSent) localStorage.removeItem(name);
  };
  if ('saved' in form.dataset) attempt(removeSent);

  const isShown = (text) => {
    const fields = new URLSearchParams(text);
    return ['title', 'path', 'body'].every((name) => form.elements[name].value === (fields.get(name) ?? '').replaceAll('\r\n', '\n'));
  };

  const offer = ({ text, at }) => {
    const create = (tag, properties) => Object.assign(document.createElement(tag), properties);
    const notice = create('section', { className: 'notice', role: 'status' });
    const time = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: 'long', timeStyle: 'short' }).format(at);
    const use = create('button', { type: 'button', textContent: t('scripts.usePageDraft') });
    const discard = create('button', { type: 'button', className: 'quiet', textContent: t('scripts.discardPageDraft') });
    const actions = create('p', { className: 'actions' });
    actions.append(use, discard);
    notice.append(create('p', { textContent: t('scripts.pageDraft', { time }) }), actions);
    form.before(notice);
    use.addEventListener('click', () => {
      // With the revision on which the text is based, so that saving merges it with newer ones.
      for (const [name, value] of new URLSearchParams(text)) form.elements[name].value = value;
      notice.remove();
      form.elements.title.focus();
      form.dispatchEvent(new Event('input', { bubbles: true }));
    });
    discard.addEventListener('click', () => {
      remove();
      notice.remove();
      form.elements.title.focus();
    });
  };

  // A form that came back was not saved: it has the text, perhaps merged with somebody else's.
  const draft = load();
  if ('returned' in form.dataset) store({ isSent: false });
  else if (draft && isShown(draft.text)) remove();
  else if (draft) offer(draft);

  form.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(() => store({ isSent: false }), debounceMs);
  });
  form.addEventListener('submit', ({ submitter }) => {
    if (submitter?.formTarget !== '_blank') store({ isSent: true });
  });
  // The last keys before the page closes.
  addEventListener('pagehide', () => {
    if (timer !== undefined) store({ isSent: false });
  });
}
