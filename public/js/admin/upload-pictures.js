// Uploads files to the library in the background, with the progress of each. Without this script the form uploads them all at once.
const form = document.querySelector('[data-upload]');
if (form) {
  const input = form.querySelector('input[type="file"]');
  const section = document.querySelector('[data-upload-list]');
  const status = section.querySelector('[data-upload-status]');
  const maxAtOnce = 2;
  const waiting = [];
  let running = 0;

  const element = (name, properties = {}) => Object.assign(document.createElement(name), properties);

  // The list item of a file, whose content changes with the state of its upload.
  const addRow = (file) => {
    const row = element('li');
    const name = element('bdi', { textContent: file.name });
    section.querySelector('ul').append(row);
    section.hidden = false;
    return {
      showProgress(share) {
        const label = share < 1 ? t('scripts.sent', { percent: Math.floor(share * 100) }) : t('scripts.processing');
        const progress = row.querySelector('progress') ?? element('progress', { max: 1, ariaLabel: t('scripts.uploading', { name: file.name }) });
        if (share < 1) progress.value = share;
        else progress.removeAttribute('value');
        if (progress.isConnected) row.querySelector('.upload-state').textContent = label;
        else row.replaceChildren(name, element('span', { className: 'upload-state', textContent: label }), progress);
      },
      showWaiting() {
        row.replaceChildren(name, element('span', { className: 'upload-state', textContent: t('scripts.waiting') }));
      },
      showDone({ path, isNew }) {
        const state = element('span', { className: 'upload-state', textContent: t(isNew ? 'scripts.uploaded' : 'scripts.alreadyInLibrary') });
        const link = element('a', { href: path, textContent: t('scripts.openPicture') });
        link.setAttribute('aria-describedby', (name.id = `upload_${path.split('/').pop()}`));
        state.append(' · ', link);
        row.replaceChildren(name, state);
        status.textContent = `${file.name}: ${t(isNew ? 'scripts.uploaded' : 'scripts.alreadyInLibrary')}`;
      },
      showFailure({ problem: text, signIn, isFinal = false }) {
        const problem = element('p', { className: 'problem', textContent: text });
        if (signIn) problem.append(' ', element('a', { href: signIn, target: '_blank', textContent: t('scripts.signIn') }));
        row.replaceChildren(name, isFinal ? this.removeButton() : this.againButton(), problem);
        status.textContent = `${file.name}: ${text}`;
      },
      againButton() {
        const again = element('button', { type: 'button', textContent: t('scripts.uploadAgain'), ariaLabel: t('scripts.uploadAgainName', { name: file.name }) });
        again.addEventListener('click', () => enqueue(file, this));
        return again;
      },
      removeButton() {
        const remove = element('button', { type: 'button', textContent: t('scripts.remove'), ariaLabel: t('scripts.removeUpload', { name: file.name }) });
        remove.addEventListener('click', () => {
          row.remove();
          section.hidden = !section.querySelector('li');
          input.focus();
        });
        return remove;
      },
    };
  };

  const enqueue = (file, row) => {
    row.showWaiting();
    waiting.push({ file, row });
    uploadNext();
  };

  const uploadNext = () => {
    while (running < maxAtOnce && waiting.length > 0) {
      running += 1;
      upload(waiting.shift()).finally(() => {
        running -= 1;
        uploadNext();
      });
    }
  };

  const upload = async ({ file, row }) => {
    row.showProgress(0);
    try {
      const picture = await sendPicture(form, file, row.showProgress).picture;
      row.showDone(picture);
      if (picture.isNew) await addToGrid(picture.id);
    } catch (failure) {
      row.showFailure(failure);
    }
  };

  // Takes the new picture's item from a fresh library page, so that only the server's view knows how one looks.
  const addToGrid = async (id) => {
    try {
      const page = new DOMParser().parseFromString(await (await fetch(form.action)).text(), 'text/html');
      const item = [...page.querySelectorAll('[data-library] > li')].find((each) => each.querySelector('a').href.endsWith(`/${id}`));
      if (item) gridOf(page)?.prepend(item);
    } catch {
      // The picture is uploaded, and the list above links to it.
    }
  };

  const gridOf = (page) => {
    const grid = document.querySelector('[data-library]');
    if (grid || new URLSearchParams(location.search).size > 0) return grid;
    const empty = page.querySelector('[data-library]').cloneNode(false);
    document.querySelector('[data-empty]')?.replaceWith(empty);
    return empty.isConnected ? empty : null;
  };

  const enqueueAll = (files) => {
    for (const file of files) enqueue(file, addRow(file));
  };

  form.querySelector('[data-drop-text]').hidden = false;
  form.querySelector('[data-upload-button]').hidden = true;
  input.addEventListener('change', () => {
    enqueueAll([...input.files]);
    input.value = '';
  });
  // A file that misses the zone would otherwise replace the page.
  for (const type of ['dragover', 'drop']) addEventListener(type, (event) => hasFiles(event.dataTransfer) && event.preventDefault());
  acceptFiles(form.querySelector('[data-drop]'), enqueueAll);
}
