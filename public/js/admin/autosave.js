// Sends the text to the server while the editor types, and stores it in the browser until the server has it. Shows where the text is saved.
const form = document.querySelector('[data-article-form]');
if (form) {
  const state = form.querySelector('[data-save-state]');
  // The random part keeps two windows on the same article from overwriting each other's text.
  const storageKey = `broadsheet text ${document.body.dataset.editor} ${form.elements.uid.value} ${Math.random().toString(36).slice(2)}`;
  const debounceMs = 1500;
  const maxDelayMs = 4000;
  const localDebounceMs = 300;
  const retryMs = 5000;
  const requestTimeoutMs = 10_000;
  // Browsers allow 64 KiB for all requests that outlive their page (Fetch, 5.6).
  const keepaliveLimit = 60_000;
  let sendTimer;
  let localTimer;
  let firstUnsentAt = 0;
  let controller;
  let sending;
  let isLeaving = false;
  let hasFailed = false;
  // When the editor goes back, the browser would restore the fields, but not the revision on which they are based.
  form.autocomplete = 'off';
  // After a form with problems, the browser shows the URL to which the form was posted, which can't be opened.
  const page = `${document.body.dataset.articles}/${form.dataset.article}`;
  if (form.dataset.article && location.pathname !== page) history.replaceState(null, '', page);
  let savedText = renderedText();

  function formText(source = form) {
    return formFields(source).toString();
  }

  // The form as the server sent it: the editor may have typed before this script ran.
  function renderedText() {
    const copy = form.cloneNode(true);
    copy.reset();
    return formText(copy);
  }

  // Uses the server's clock and the site's zone, as the server does.
  const clockOffset = Number(form.dataset.now) - Date.now();
  const timeFormat = new Intl.DateTimeFormat(document.documentElement.lang, { timeZone: form.dataset.zone, hourCycle: 'h23', hour: '2-digit', minute: '2-digit', second: '2-digit' });

  function clock() {
    return timeFormat.format(Date.now() + clockOffset);
  }

  function saveLocally() {
    try {
      localStorage.setItem(storageKey, formText());
      return true;
    } catch {
      return false;
    }
  }

  function removeLocal() {
    try {
      localStorage.removeItem(storageKey);
    } catch {
      // Without storage there is nothing to remove.
    }
  }

  function showState(text, link) {
    state.textContent = text;
    if (!link) return;
    const anchor = Object.assign(document.createElement('a'), { href: link.href, target: '_blank', textContent: link.text });
    state.append(' ', anchor);
  }

  async function send(options) {
    sending ??= sendNow(options).finally(() => {
      sending = undefined;
      if (formText() !== savedText && sendTimer === undefined) sendLater(debounceMs);
    });
    return sending;
  }

  async function sendNow(options) {
    clearTimeout(sendTimer);
    sendTimer = undefined;
    const text = formText();
    if (isLeaving || (text === savedText && !hasFailed)) return;
    firstUnsentAt = 0;
    controller = new AbortController();
    const timeout = setTimeout(() => controller.abort(), requestTimeoutMs);
    try {
      const response = await fetch(form.dataset.autosave, { method: 'POST', body: new URLSearchParams(text), headers: { Accept: 'application/json' }, signal: controller.signal, ...options });
      if (response.ok) handleSaved(await response.json(), text);
      else if (response.status < 500) handleRefused(response.status, await response.json());
      else handleServerError(await response.json());
    } catch {
      if (!isLeaving) handleUnreachable();
    }
    clearTimeout(timeout);
  }

  function handleSaved(saved, text) {
    const isCurrent = formText() === text;
    // Tells the server which article this form shows, so that it notices if somebody has deleted that article.
    form.elements.article.value ||= saved.article;
    savedText = isCurrent ? formText() : text;
    hasFailed = false;
    if (isCurrent) removeLocal();
    showState(t(saved.isRecreated ? 'scripts.keptAsNewDraft' : 'scripts.savedOnServer', { time: saved.at }));
    // The article is new, or it was deleted in the meantime and stored again as a new draft.
    if (form.dataset.article !== String(saved.article)) {
      form.dataset.article = saved.article;
      form.dataset.presence = `${saved.path}/presence`;
      history.replaceState(null, '', saved.path);
    }
    form.dispatchEvent(new CustomEvent('autosaved', { detail: saved }));
  }

  function handleRefused(status, { problem, signIn, isStored }) {
    // After 401 and 403 the form may be submitted: the next page explains the problem and shows the text.
    hasFailed = status !== 401 && status !== 403;
    if (status === 401) showSignedOut(signIn, isStored);
    else showProblem(problem);
    sendLater(retryMs);
  }

  function showSignedOut(signIn, isOnServer) {
    const isLocal = saveLocally();
    const link = { href: signIn, text: t('scripts.signIn') };
    if (isOnServer) showState(t('scripts.signedOutSavedOnServer', { time: clock() }), link);
    else if (isLocal) showState(t('scripts.signedOutSavedInBrowser', { time: clock() }), link);
    else showState(t('scripts.signedOutNotSaved'), link);
  }

  function showProblem(problem) {
    showState(saveLocally() ? t('scripts.problemSavedInBrowser', { problem, time: clock() }) : t('scripts.problemNotSaved', { problem }));
  }

  // The server responds, but can't save, for example because its disk is full.
  function handleServerError({ problem }) {
    if (!problem) return handleUnreachable();
    hasFailed = true;
    showProblem(problem);
    sendLater(retryMs);
  }

  function handleUnreachable() {
    hasFailed = true;
    showState(saveLocally() ? t('scripts.unreachableSavedInBrowser', { time: clock() }) : t('scripts.unreachableNotSaved'));
    sendLater(retryMs);
  }

  function sendLater(delayMs) {
    clearTimeout(sendTimer);
    sendTimer = setTimeout(() => {
      isLeaving = false;
      send();
    }, delayMs);
  }

  function handleInput() {
    // The editor is still typing, so the submitted form did not load another page.
    isLeaving = false;
    clearTimeout(localTimer);
    localTimer = setTimeout(() => {
      if (formText() !== savedText) saveLocally();
    }, localDebounceMs);
    firstUnsentAt ||= Date.now();
    sendLater(Math.max(0, Math.min(debounceMs, firstUnsentAt + maxDelayMs - Date.now())));
  }

  // The browser may close a hidden page without another event.
  function flush() {
    if (formText() === savedText) return;
    saveLocally();
    send({ keepalive: formText().length < keepaliveLimit });
  }

  // If the server can't be reached, submitting the form would replace it with the browser's error page.
  async function sendBeforeSubmit(submitter) {
    showState(t('scripts.connecting'));
    await send();
    if (!hasFailed) form.requestSubmit(submitter);
  }

  form.addEventListener('input', handleInput);
  form.addEventListener('change', handleInput);
  form.addEventListener('submit', (event) => {
    if (hasFailed) {
      event.preventDefault();
      sendBeforeSubmit(event.submitter);
      return;
    }
    // In case the server can't be reached.
    if (formText() !== savedText) saveLocally();
    if (event.submitter?.formTarget === '_blank') return;
    isLeaving = true;
    controller?.abort();
    sendLater(requestTimeoutMs);
  });
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') flush();
  });
  addEventListener('pagehide', flush);
  addEventListener('pageshow', ({ persisted }) => {
    isLeaving = false;
    // The revision of a page from the back/forward cache may be outdated.
    if (persisted && (formText() === savedText || saveLocally())) location.reload();
  });
  document.addEventListener('keydown', (event) => {
    const letter = /^[a-z]$/i.test(event.key) ? event.key.toLowerCase() : event.code.slice(3).toLowerCase();
    if (letter !== 's' || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    event.preventDefault();
    if (event.repeat) return;
    document.dispatchEvent(new Event('broadsheet:save'));
    form.requestSubmit(form.querySelector('[data-action="draft"]'));
  });
  if (formText() !== savedText) handleInput();
}
