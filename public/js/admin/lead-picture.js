// The lead picture: uploads what is chosen, dropped or pasted, takes one from the library, and shows it. The number field has the picture's id.
const section = document.querySelector('[data-lead-picture]');
if (section) {
  const form = section.closest('form');
  const part = (name) => section.querySelector(`[data-lead-${name}]`);
  const number = section.querySelector('[name="picture"]');
  const file = section.querySelector('[name="pictureFile"]');
  const [ownAlt, ownCaption] = ['pictureAlt', 'pictureCaption'].map((name) => form.elements[name]);
  const uploadLabel = part('upload').textContent;
  let undo = () => {};

  // The scripts upload the file on its own.
  form.enctype = 'application/x-www-form-urlencoded';
  file.removeAttribute('name');
  part('file').hidden = part('number').hidden = true;
  part('invitation').hidden = part('actions').hidden = false;

  const send = ([chosen]) => {
    if (chosen) startUpload({ form, list: part('uploads'), file: chosen, onDone: take, onRemove: () => part('upload').focus() });
  };
  acceptFiles(section, send);
  file.addEventListener('change', () => {
    send([...file.files]);
    file.value = '';
  });
  part('upload').addEventListener('click', () => file.click());
  part('choose').addEventListener('click', () => document.dispatchEvent(new CustomEvent('broadsheet:choose-picture', { detail: { choose: take } })));
  part('remove').addEventListener('click', () => {
    change(() => set({ id: '', shown: [], values: ['', ''], alt: '', caption: '', isDecoration: false, path: '' }));
    part('upload').focus();
  });
  part('undo').addEventListener('click', () => {
    undo();
    part('upload').focus();
  });

  function take({ id, path, alt, isDecoration, caption, large }) {
    const image = Object.assign(document.createElement('img'), { ...large, alt: t('scripts.pictureName', { id }) });
    const description = Object.assign(document.createElement('p'), { className: 'lead-description' });
    description.dataset.leadDescription = '';
    // Texts that were typed before there was a picture are for this one.
    const values = number.value === '' || number.value === String(id) ? [ownAlt.value, ownCaption.value] : ['', ''];
    change(() => set({ id: String(id), shown: [image, description], values, alt, caption, isDecoration, path }));
  }

  // The texts for this article describe the former picture, so they go with it. "Undo" brings all of it back.
  function change(apply) {
    const former = { id: number.value, shown: [...part('shown').childNodes], values: [ownAlt.value, ownCaption.value], alt: ownAlt.placeholder, caption: ownCaption.placeholder, isDecoration: 'decoration' in section.dataset, path: part('details').href };
    apply();
    const isRemoved = former.id !== '' && former.id !== number.value;
    part('undo').hidden = !isRemoved;
    part('undone').textContent = !isRemoved ? '' : former.values.some(Boolean) ? t('scripts.pictureAndTextsRemoved') : t('scripts.pictureRemoved');
    undo = () => {
      set(former);
      part('undo').hidden = true;
      part('undone').textContent = '';
    };
  }

  function set({ id, shown, values, alt, caption, isDecoration, path }) {
    part('shown').replaceChildren(...shown);
    markProblem('lead-picture', { isSolved: true });
    number.value = id;
    [ownAlt.value, ownCaption.value] = values;
    part('details').href = path;
    setOwnTexts({ alt, caption, isDecoration });
    for (const field of [number, ownAlt, ownCaption]) field.dispatchEvent(new Event('input', { bubbles: true }));
  }

  // The texts of the picture itself, which all articles share.
  function setOwnTexts({ alt, caption, isDecoration }) {
    [ownAlt.placeholder, ownCaption.placeholder] = [alt, caption];
    section.toggleAttribute('data-decoration', isDecoration);
    showState();
  }

  function showState() {
    const hasPicture = number.value !== '';
    const isKnown = part('shown').querySelector('img') !== null;
    const alt = ownAlt.value.trim();
    section.dataset.state = hasPicture ? 'chosen' : 'empty';
    part('upload').textContent = hasPicture ? part('upload').dataset.replace : uploadLabel;
    part('remove').hidden = !hasPicture;
    part('details').hidden = !isKnown;
    part('texts').hidden = !hasPicture && alt === '' && ownCaption.value === '';
    const { text, isMissing } = describePicture({ alt: alt || ownAlt.placeholder, isDecoration: alt === '' && 'decoration' in section.dataset });
    if (isKnown) part('description').textContent = text;
    markProblem('lead-description', { isSolved: !isKnown || !isMissing });
  }
  ownAlt.addEventListener('input', showState);
  document.addEventListener('broadsheet:picture-changed', ({ detail }) => {
    if (String(detail.id) === number.value) setOwnTexts(detail);
  });
  showState();
  // A file may have been chosen before this script ran.
  if (file.files.length > 0) file.dispatchEvent(new Event('change'));
}
