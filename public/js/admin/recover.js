// Brings to the server what this browser kept while the server could not be reached, as soon as a page comes from it again.
const prefix = `broadsheet text ${document.body.dataset.editor} `;
const open = document.querySelector('[data-article-form]');

/** A form without what says from which revision it began: the same text may have been saved since. */
function withoutBase(text) {
  const fields = new URLSearchParams(text);
  fields.delete('base');
  return fields.toString();
}

// Browsers that are told to keep nothing throw where one only asks for what they keep.
function keptTexts() {
  try {
    return Object.entries(localStorage).filter(([key]) => key.startsWith(prefix));
  } catch {
    return [];
  }
}

async function recover() {
  const paths = new Set();
  let shown;
  for (const [key, text] of keptTexts()) {
    const [uid] = key.slice(prefix.length).split(' ');
    const isShown = open?.elements.uid.value === uid;
    const answer = isShown && withoutBase(new FormData(open)) === withoutBase(text) ? undefined : await send(uid, text);
    if (localStorage.getItem(key) === text) localStorage.removeItem(key);
    // It may have arrived since this page was made.
    if (isShown && answer && (!answer.isKnown || (answer.isUnsaved && !document.querySelector('[data-unsaved]')))) shown = answer.path;
    else if (answer && !answer.isKnown) paths.add(answer.path);
  }
  for (const path of paths) tell(path);
  if (shown) location.replace(shown);
}

async function send(uid, text) {
  const body = new URLSearchParams(text);
  body.set('recovered', '1');
  const response = await fetch(`${document.body.dataset.articles}/${uid}/autosave`, { method: 'POST', body, headers: { Accept: 'application/json' } });
  if (!response.ok) throw new Error(`${response.status}`);
  return response.json();
}

function tell(path) {
  const notice = Object.assign(document.createElement('p'), { className: 'notice', role: 'status', textContent: 'This browser had kept a text that did not reach the server. It is there now. ' });
  notice.append(Object.assign(document.createElement('a'), { href: path, textContent: 'Open it' }));
  document.querySelector('main').prepend(notice);
}

// What is not brought there now stays kept, and is with the next page.
if (document.body.dataset.editor) recover().catch(() => {});
