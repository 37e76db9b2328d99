// The library in a dialog. Other scripts open it with the event `broadsheet:choose-picture`, whose `choose` gets the picture.
const dialog = document.querySelector('[data-picture-dialog]');
const form = document.querySelector('form[data-pictures]');
if (dialog && form) {
  const part = (name) => dialog.querySelector(`[data-dialog-${name}]`);
  const requestTimeoutMs = 10_000;
  const pictures = new Map();
  let choose = () => {};
  let next;
  let latestRequest = 0;

  document.addEventListener('broadsheet:choose-picture', ({ detail }) => {
    ({ choose } = detail);
    dialog.showModal();
    find();
  });
  part('close').addEventListener('click', () => dialog.close());
  part('search').addEventListener('submit', (event) => {
    event.preventDefault();
    find();
  });
  part('more').addEventListener('click', () => load(next));

  function find() {
    const words = new FormData(part('search')).get('q').trim();
    pictures.clear();
    part('grid').replaceChildren();
    part('more').hidden = true;
    showChosen();
    load(`${form.dataset.pictures}?${new URLSearchParams(words ? { q: words } : {})}`);
  }

  async function load(path) {
    latestRequest += 1;
    const request = latestRequest;
    try {
      const response = await fetch(path, { headers: { Accept: 'application/json' }, signal: AbortSignal.timeout(requestTimeoutMs) });
      const answer = await response.json();
      if (request !== latestRequest) return;
      if (response.ok) showPage(answer);
      else showMessage(answer.problem);
    } catch {
      if (request === latestRequest) showMessage(t('scripts.libraryUnreachable'));
    }
  }

  function showPage(page) {
    const first = page.pictures.map((picture) => add(picture))[0];
    const isContinued = pictures.size > page.pictures.length;
    next = page.next;
    part('more').hidden = !next;
    showMessage(pictures.size > 0 ? '' : t('scripts.noPictures'));
    if (isContinued) first?.querySelector('input').focus();
  }

  function showMessage(text) {
    part('message').textContent = text;
    part('message').hidden = text === '';
  }

  // With radio buttons, the arrow keys move between the pictures. Enter inserts the selected picture.
  function add(picture) {
    const { id, thumbnail: { src, width, height }, alt, fileName } = picture;
    pictures.set(String(id), picture);
    const name = alt || fileName;
    const item = document.createElement('li');
    const label = document.createElement('label');
    const words = Object.assign(document.createElement('span'), { textContent: name ? t('scripts.pictureNamed', { id, name }) : t('scripts.pictureName', { id }) });
    label.append(Object.assign(document.createElement('input'), { type: 'radio', name: 'chosen', value: id }), Object.assign(document.createElement('img'), { src, width, height, alt: '', loading: 'lazy' }), words);
    item.append(label);
    part('grid').append(item);
    return item;
  }

  const chosen = () => pictures.get(new FormData(part('choice')).get('chosen'));

  function showChosen() {
    part('use').disabled = !chosen();
  }
  part('choice').addEventListener('change', showChosen);
  part('choice').addEventListener('submit', (event) => {
    event.preventDefault();
    use(chosen());
  });
  part('grid').addEventListener('dblclick', () => use(chosen()));

  function use(picture) {
    if (!picture) return;
    dialog.close();
    choose(picture);
  }

  part('upload').addEventListener('click', () => part('file').click());
  const upload = (files) => {
    for (const file of files) startUpload({ form, list: part('uploads'), file, onDone: showUploaded });
  };
  part('file').addEventListener('change', () => {
    upload([...part('file').files]);
    part('file').value = '';
  });
  acceptFiles(dialog, upload);

  function showUploaded(picture) {
    const known = part('grid').querySelector(`[value="${picture.id}"]`)?.closest('li');
    const item = known ?? add(picture);
    part('grid').prepend(item);
    item.querySelector('input').checked = true;
    item.querySelector('input').focus();
    showMessage('');
    showChosen();
  }
}
