// Brings to the server what this browser kept while the server could not be reached, as soon as a page comes from it again.
const prefix = `broadsheet text ${document.body.dataset.editor} `;
const open = document.querySelector('[data-article-form]');

async function recover(key) {
  const text = localStorage.getItem(key);
  const uid = key.slice(prefix.length);
  const shown = open?.elements.uid.value === uid;
  if (shown && new URLSearchParams(new FormData(open)).toString() === text) {
    localStorage.removeItem(key);
    return;
  }
  const body = new URLSearchParams(text);
  body.set('recovered', '1');
  const response = await fetch(`${document.body.dataset.articles}/${uid}/autosave`, { method: 'POST', body, headers: { Accept: 'application/json' } });
  if (!response.ok) return;
  const { path, isKnown } = await response.json();
  if (localStorage.getItem(key) === text) localStorage.removeItem(key);
  if (isKnown) return;
  if (shown) location.replace(path);
  else tell(path);
}

function tell(path) {
  const notice = Object.assign(document.createElement('p'), { className: 'notice', role: 'status', textContent: 'This browser had kept a text that did not reach the server. It is there now. ' });
  notice.append(Object.assign(document.createElement('a'), { href: path, textContent: 'Open it' }));
  document.querySelector('main').prepend(notice);
}

if (document.body.dataset.editor) {
  const keys = Array.from({ length: localStorage.length }, (_, index) => localStorage.key(index)).filter((key) => key.startsWith(prefix));
  for (const key of keys) recover(key).catch(() => {});
}
