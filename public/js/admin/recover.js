// When a page of the admin loads, sends the texts that this browser stored while the server could not be reached.
const prefix = `broadsheet text ${document.body.dataset.editor} `;
const openForm = document.querySelector('[data-article-form]');

// Leaves out the ids of the article and of the base revision, because they change when the same text is saved.
function withoutIds(text) {
  const fields = new URLSearchParams(text);
  fields.delete('article');
  fields.delete('base');
  return fields.toString();
}

// With storage disabled, some browsers throw on any access to localStorage.
function savedTexts() {
  try {
    return Object.entries(localStorage).filter(([key]) => key.startsWith(prefix));
  } catch {
    return [];
  }
}

async function recover() {
  const recovered = new Set();
  let reloadPath;
  for (const [key, text] of savedTexts()) {
    const [uid] = key.slice(prefix.length).split(' ');
    const isOpen = openForm?.elements.uid.value === uid;
    const result = isOpen && withoutIds(formFields(openForm)) === withoutIds(text) ? undefined : await send(uid, text);
    if (localStorage.getItem(key) === text) localStorage.removeItem(key);
    // The text may have reached the server after this page was rendered.
    if (isOpen && result && (!result.isKnown || (result.isUnsaved && !document.querySelector('[data-unsaved]')))) reloadPath = result.path;
    else if (result && !result.isKnown) recovered.add(result.path);
  }
  for (const path of recovered) showRecovered(path);
  if (reloadPath) location.replace(reloadPath);
}

async function send(uid, text) {
  const body = new URLSearchParams(text);
  body.set('recovered', '1');
  const response = await fetch(`${document.body.dataset.articles}/${uid}/autosave`, { method: 'POST', body, headers: { Accept: 'application/json' } });
  if (!response.ok) throw new Error(`${response.status}`);
  return response.json();
}

function showRecovered(path) {
  const notice = Object.assign(document.createElement('p'), { className: 'notice', role: 'status', textContent: t('scripts.recovered') });
  notice.append(' ', Object.assign(document.createElement('a'), { href: path, textContent: t('scripts.openRecovered') }));
  document.querySelector('main').prepend(notice);
}

// Texts that can't be sent now stay in the browser, and the next page tries again.
if (document.body.dataset.editor) recover().catch(() => {});
