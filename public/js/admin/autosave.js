// Sends what is typed to the server, and keeps it in the browser while the server has not got it. The page says which.
const form = document.querySelector('[data-article-form]');
if (form) {
  const state = form.querySelector('[data-save-state]');
  // Each window keeps its own, so that two of them at one article do not overwrite each other's.
  const key = `broadsheet text ${document.body.dataset.editor} ${form.elements.uid.value} ${Math.random().toString(36).slice(2)}`;
  const pause = 1500;
  const patience = 4000;
  const retry = 5000;
  const longestAnswer = 10_000;
  // What a browser may still send while it leaves the page (Fetch, 5.6: 64 KiB in all).
  const longestFarewell = 60_000;
  let timer;
  let firstUnsent = 0;
  let request;
  let isLeaving = false;
  let hasFailed = false;
  // A browser would put back the texts of a page that it left, but not the revision that they began from.
  form.autocomplete = 'off';
  // A form that comes back with its faults stands where forms are sent to, and nothing can be opened.
  const page = `${document.body.dataset.articles}/${form.dataset.article}`;
  if (form.dataset.article && location.pathname !== page) history.replaceState(null, '', page);
  let known = textOf();

  function textOf() {
    return new URLSearchParams(new FormData(form)).toString();
  }

  // The server's clock in the site's zone, as the server says when something arrived.
  const ahead = Number(form.dataset.now) - Date.now();
  const time = new Intl.DateTimeFormat('en-GB', { timeZone: form.dataset.zone, timeStyle: 'medium' });

  function clock() {
    return time.format(Date.now() + ahead);
  }

  function keepHere() {
    try {
      localStorage.setItem(key, textOf());
      return true;
    } catch {
      return false;
    }
  }

  function forget() {
    try {
      localStorage.removeItem(key);
    } catch {
      // A browser that keeps nothing has nothing to forget.
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

  let sending;
  async function send(options) {
    sending ??= sendNow(options).finally(() => {
      sending = undefined;
      if (textOf() !== known && timer === undefined) wait(pause);
    });
    return sending;
  }

  async function sendNow(options) {
    clearTimeout(timer);
    timer = undefined;
    const text = textOf();
    if (isLeaving || (text === known && !hasFailed)) return;
    firstUnsent = 0;
    request = new AbortController();
    const end = setTimeout(() => request.abort(), longestAnswer);
    try {
      const response = await fetch(form.dataset.autosave, { method: 'POST', body: new URLSearchParams(text), headers: { Accept: 'application/json' }, signal: request.signal, ...options });
      if (response.ok) arrived(await response.json(), text);
      else if (response.status < 500) refused(response.status, await response.json());
      else failed(await response.json());
    } catch {
      if (!isLeaving) unreachable();
    }
    clearTimeout(end);
  }

  function arrived(kept, text) {
    known = text;
    hasFailed = false;
    if (textOf() === text) forget();
    say(`What you typed is kept on the server (${kept.at}).`);
    // A new article has an address now, and so has one that somebody deleted meanwhile.
    if (form.dataset.article !== String(kept.article)) {
      form.dataset.article = kept.article;
      form.dataset.presence = `${kept.path}/presence`;
      history.replaceState(null, '', kept.path);
    }
    form.dispatchEvent(new CustomEvent('kept', { detail: kept }));
  }

  function refused(status, { problem, signIn, isKept }) {
    // The page that a button leads to says more, and shows the text.
    hasFailed = status !== 401 && status !== 403;
    if (status !== 401) {
      sayKeptHere(problem);
    } else {
      const isHere = keepHere();
      const place = isKept ? 'kept on the server' : isHere ? 'kept in this browser' : 'only on this page: leave it open';
      say(`You are signed out. What you typed is ${place} (${clock()}).`, { href: signIn, text: 'Sign in' });
    }
    wait(retry);
  }

  // The server answers, but can't save: its disk is full, say.
  function failed({ problem }) {
    if (!problem) return unreachable();
    hasFailed = true;
    sayKeptHere(problem);
    wait(retry);
  }

  function unreachable() {
    hasFailed = true;
    sayKeptHere('The server cannot be reached; it is tried again.');
    wait(retry);
  }

  function wait(time) {
    clearTimeout(timer);
    timer = setTimeout(() => {
      isLeaving = false;
      send();
    }, time);
  }

  let localTimer;
  function typed() {
    // Somebody who types is here: what was sent did not lead away.
    isLeaving = false;
    clearTimeout(localTimer);
    localTimer = setTimeout(() => {
      if (textOf() !== known) keepHere();
    }, 300);
    firstUnsent ||= Date.now();
    wait(Math.max(0, Math.min(pause, firstUnsent + patience - Date.now())));
  }

  // A window that is hidden may never be seen again.
  function farewell() {
    if (textOf() === known) return;
    keepHere();
    send({ keepalive: textOf().length < longestFarewell });
  }

  // A press of a button would leave for a page of the browser's that says no more than that the server is away.
  async function sendFirst(submitter) {
    say('Trying to reach the server …');
    await send();
    if (!hasFailed) form.requestSubmit(submitter);
  }

  form.addEventListener('input', typed);
  form.addEventListener('change', typed);
  form.addEventListener('submit', (event) => {
    if (hasFailed) {
      event.preventDefault();
      sendFirst(event.submitter);
      return;
    }
    // Until the answer has come, what is sent stands here too: the server may be gone.
    if (textOf() !== known) keepHere();
    if (event.submitter?.formTarget === '_blank') return;
    isLeaving = true;
    request?.abort();
    wait(longestAnswer);
  });
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') farewell();
  });
  addEventListener('pagehide', farewell);
  addEventListener('pageshow', ({ persisted }) => {
    isLeaving = false;
    // The page as it was left begins from a revision that was the last one then.
    if (persisted && (textOf() === known || keepHere())) location.reload();
  });
  document.addEventListener('keydown', (event) => {
    const letter = /^[a-z]$/i.test(event.key) ? event.key.toLowerCase() : event.code.slice(3).toLowerCase();
    if (letter !== 's' || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    event.preventDefault();
    if (event.repeat) return;
    document.dispatchEvent(new Event('broadsheet:save'));
    form.requestSubmit(form.querySelector('[data-action="draft"]'));
  });
}
