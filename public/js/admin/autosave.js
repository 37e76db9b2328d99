// Sends what is typed to the server, and keeps it in the browser while the server has not got it. The page says which.
const form = document.querySelector('[data-article-form]');
if (form) {
  const state = form.querySelector('[data-save-state]');
  const key = `broadsheet text ${document.body.dataset.editor} ${form.elements.uid.value}`;
  const pause = 1500;
  const patience = 4000;
  const retry = 5000;
  let timer;
  let firstUnsent = 0;
  let isSending = false;
  let isLeaving = false;
  let known = textOf();

  function textOf() {
    return new URLSearchParams(new FormData(form)).toString();
  }

  function clock() {
    return new Date().toTimeString().slice(0, 8);
  }

  function keepHere() {
    try {
      localStorage.setItem(key, textOf());
      return true;
    } catch {
      return false;
    }
  }

  function say(text, link) {
    state.textContent = text;
    if (!link) return;
    const anchor = Object.assign(document.createElement('a'), { href: link.href, target: '_blank', textContent: link.text });
    state.append(' ', anchor);
  }

  function sayKeptHere(why) {
    say(keepHere() ? `${why} What you typed is kept in this browser (${clock()}).` : `${why} This browser keeps nothing: leave the page open.`);
  }

  async function send() {
    clearTimeout(timer);
    if (isSending || isLeaving || textOf() === known) return;
    const text = textOf();
    isSending = true;
    firstUnsent = 0;
    try {
      const response = await fetch(form.dataset.autosave, { method: 'POST', body: new URLSearchParams(text), headers: { Accept: 'application/json' }, signal: AbortSignal.timeout(10_000) });
      if (response.ok) confirm(await response.json(), text);
      else if (response.status < 500) refused(response.status, await response.json());
      else unreachable();
    } catch {
      unreachable();
    }
    isSending = false;
    if (textOf() !== known && timer === undefined) wait(pause);
  }

  function confirm(kept, text) {
    known = text;
    timer = undefined;
    if (textOf() === text) localStorage.removeItem(key);
    say(`What you typed is kept on the server (${kept.at}).`);
    if (!form.dataset.article) {
      form.dataset.article = kept.article;
      form.dataset.presence = `${kept.path}/presence`;
      history.replaceState(null, '', kept.path);
    }
    form.dispatchEvent(new CustomEvent('kept', { detail: kept }));
  }

  function refused(status, { problem, signIn, isKept }) {
    if (status !== 401) {
      sayKeptHere(problem);
      wait(retry);
      return;
    }
    keepHere();
    say(`You are signed out. What you typed is kept ${isKept ? 'on the server' : 'in this browser'} (${clock()}).`, { href: signIn, text: 'Sign in' });
    wait(retry);
  }

  function unreachable() {
    sayKeptHere('The server cannot be reached; it is tried again.');
    wait(retry);
  }

  function wait(time) {
    clearTimeout(timer);
    timer = setTimeout(() => {
      timer = undefined;
      send();
    }, time);
  }

  let localTimer;
  function typed() {
    clearTimeout(localTimer);
    localTimer = setTimeout(() => {
      if (textOf() !== known) keepHere();
    }, 300);
    firstUnsent ||= Date.now();
    wait(Math.max(0, Math.min(pause, firstUnsent + patience - Date.now())));
  }

  form.addEventListener('input', typed);
  form.addEventListener('change', typed);
  // Until the answer has come, what is sent stands here too: the server may be gone.
  form.addEventListener('submit', ({ submitter }) => {
    keepHere();
    isLeaving = submitter?.formTarget !== '_blank';
  });
  addEventListener('pageshow', () => {
    isLeaving = false;
  });
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') send();
  });
  document.addEventListener('keydown', (event) => {
    if (event.key !== 's' || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    event.preventDefault();
    form.requestSubmit(form.querySelector('[data-action="draft"]'));
  });
}
