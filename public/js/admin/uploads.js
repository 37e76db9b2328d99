// Uploads pictures one after the other, and lists them: a progress bar each, and if it fails the reason with "Remove" and, if that can help, "Try again".
const unfinishedUploads = { running: new Set(), failed: new Set() };
let lastUpload = Promise.resolve();

// `onDone` gets the picture. `onRemove` runs when the editor gives the upload up.
// oxlint-disable-next-line no-unused-vars -- Other scripts use it.
const startUpload = ({ form, list, file, onDone, onRemove = () => {} }) => {
  const row = createUploadRow(file.name);
  let cancel = () => {};
  let isGivenUp = false;
  list.append(row.element);
  list.hidden = false;

  const settle = (state) => {
    for (const set of Object.values(unfinishedUploads)) set.delete(row);
    unfinishedUploads[state]?.add(row);
    if (state === 'finished') row.element.remove();
    if (!list.hasChildNodes()) list.hidden = true;
    document.dispatchEvent(new Event('broadsheet:uploads'));
  };

  const attempt = async () => {
    if (isGivenUp) return;
    try {
      const sent = sendPicture(form, file, row.showProgress);
      ({ cancel } = sent);
      const picture = await sent.picture;
      onDone(picture);
      settle('finished');
    } catch (failure) {
      if (isGivenUp) return;
      row.showFailure(failure);
      settle('failed');
    }
  };

  const start = () => {
    row.showProgress(0);
    settle('running');
    lastUpload = lastUpload.then(attempt);
  };

  row.tryAgain.addEventListener('click', () => {
    start();
    row.remove.focus();
  });
  row.remove.addEventListener('click', () => {
    isGivenUp = true;
    cancel();
    settle('finished');
    onRemove();
  });
  start();
};

const createUploadRow = (name) => {
  const create = (tag, properties = {}) => Object.assign(document.createElement(tag), properties);
  const element = create('div', { className: 'upload-row' });
  const bar = create('progress', { max: 1 });
  const problem = create('p', { className: 'problem', hidden: true });
  const tryAgain = create('button', { type: 'button', textContent: t('scripts.uploadAgain'), hidden: true });
  const remove = create('button', { type: 'button', className: 'quiet', textContent: t('scripts.cancelUpload') });
  const actions = create('p', { className: 'actions' });
  bar.setAttribute('aria-label', t('scripts.uploading', { name }));
  for (const [button, label] of [[tryAgain, 'scripts.uploadAgainName'], [remove, 'scripts.removeUpload']]) button.setAttribute('aria-label', t(label, { name }));
  actions.append(tryAgain, remove);
  element.append(create('p', { className: 'upload-name', textContent: name }), bar, problem, actions);

  return {
    element,
    tryAgain,
    remove,
    showProgress(fraction) {
      problem.hidden = tryAgain.hidden = true;
      bar.hidden = false;
      remove.textContent = t('scripts.cancelUpload');
      // Once all bytes are sent, the server decodes the picture. The progress bar is indeterminate then.
      if (fraction < 1) bar.value = fraction;
      else bar.removeAttribute('value');
    },
    showFailure({ problem: text, signIn, isFinal = false }) {
      bar.hidden = true;
      problem.hidden = false;
      tryAgain.hidden = isFinal;
      problem.textContent = text;
      remove.textContent = t('scripts.remove');
      // Typing goes on.
      if (isFinal && !document.activeElement?.matches('input, select, textarea')) remove.focus();
      if (signIn) problem.append(' ', create('a', { href: signIn, target: '_blank', textContent: t('scripts.signIn') }));
    },
  };
};

// For the file itself: too large, or not a picture in an accepted format.
const finalStatuses = new Set([413, 415, 422]);

// `picture` rejects with `{ problem, signIn, isFinal }`: words for the editor, and whether trying again can't help.
const sendPicture = (form, file, onProgress) => {
  // A connection that is stuck does not end by itself. The server gives up a picture after five minutes.
  const stallMs = 330_000;
  const request = new XMLHttpRequest();
  let stallTimer;
  const watch = () => {
    clearTimeout(stallTimer);
    stallTimer = setTimeout(() => request.abort(), stallMs);
  };
  const picture = new Promise((resolve, reject) => {
    const limit = Number(form.dataset.maxFileSize);
    if (file.size > limit) {
      reject({ problem: t('scripts.uploadTooLarge', { limit: limit / 1024 / 1024 }), isFinal: true });
      return;
    }
    request.upload.addEventListener('progress', ({ loaded, total }) => {
      watch();
      onProgress(loaded / total);
    });
    request.addEventListener('load', () => {
      const { pictures = [], problems = [], problem, signIn } = readAnswer(request);
      if (pictures.length > 0) resolve(pictures[0]);
      else if (request.status === 401) reject({ problem: t('scripts.uploadSignedOut'), signIn });
      else reject({ problem: problems[0]?.problem ?? problem ?? t('scripts.uploadFailed'), isFinal: finalStatuses.has(request.status) });
    });
    for (const name of ['error', 'abort']) request.addEventListener(name, () => reject({ problem: t('scripts.uploadUnreachable') }));
    request.addEventListener('loadend', () => clearTimeout(stallTimer));
    request.open('POST', form.dataset.pictures);
    request.setRequestHeader('Accept', 'application/json');
    const body = new FormData();
    body.set('file', file);
    request.send(body);
    watch();
  });
  return { picture, cancel: () => request.abort() };
};

// A proxy may answer in place of the site, with a page.
const readAnswer = ({ responseText }) => {
  try {
    return JSON.parse(responseText);
  } catch {
    return {};
  }
};
