// The lead picture: uploads what is chosen, dropped or pasted, takes one from the library, and shows it. The number field has the picture's id.
const section = document.querySelector('[data-lead-picture]');
if (section) {
  const form = section.closest('form');
  const part = (name) => section.querySelector(`[data-lead-${name}]`);
  const number = section.querySelector('[name="picture"]');
  const file = section.querySelector('[name="pictureFile"]');
  const texts = ['pictureAlt', 'pictureCaption'].map((name) => form.elements[name]);
  const uploads = section.querySelector('[data-uploads]');
  const uploadLabel = part('upload').textContent;
  let undo = () => {};

  // The scripts upload the file on its own.
  form.enctype = 'application/x-www-form-urlencoded';
  file.removeAttribute('name');
  part('file').hidden = part('number').hidden = true;
  part('invitation').hidden = part('actions').hidden = false;

  const send = ([chosen]) => {
    if (chosen) startUpload({ form, list: uploads, file: chosen, onDone: take, onRemove: () => part('upload').focus() });
  };
  acceptFiles(section, send);
  file.addEventListener('change', () => {
    send([...file.files]);
    file.value = '';
  });
  part('upload').addEventListener('click', () => file.click());
  part('choose').addEventListener('click', () => document.dispatchEvent(new CustomEvent('broadsheet:choose-picture', { detail: { choose: take } })));
  part('remove').addEventListener('click', () => {
    change(() => set('', []));
    part('upload').focus();
  });

  part('undo').addEventListener('click', () => undo());

  function take(picture) {
    const { id, path, alt, isDecoration, caption } = picture;
    const { src, width, height } = picture.large ?? picture.thumbnail;
    const image = Object.assign(document.createElement('img'), { src, width, height, alt: t('scripts.pictureName', { id }) });
    const description = Object.assign(document.createElement('p'), { className: 'lead-description', textContent: describePicture({ alt, isDecoration }).text });
    change(() => {
      set(String(id), [image, description]);
      [texts[0].placeholder, texts[1].placeholder] = [alt, caption];
      part('details').href = path;
    });
  }

  // The texts for this article describe the former picture. "Undo" brings all of it back.
  function change(apply) {
    const former = { id: number.value, shown: [...part('shown').childNodes], values: texts.map(({ value }) => value), placeholders: texts.map(({ placeholder }) => placeholder), href: part('details').href };
    const hasTexts = former.id !== '' && former.values.some((value) => value !== '');
    if (former.id !== '') for (const field of texts) field.value = '';
    apply();
    part('undo').hidden = former.id === '' || former.id === number.value;
    part('undone').textContent = part('undo').hidden ? '' : hasTexts ? t('scripts.pictureAndTextsRemoved') : t('scripts.pictureRemoved');
    undo = () => {
      for (const [index, field] of texts.entries()) {
        field.value = former.values[index];
        field.placeholder = former.placeholders[index];
      }
      part('details').href = former.href;
      set(former.id, former.shown);
      part('undo').hidden = true;
      part('undone').textContent = '';
      part('upload').focus();
    };
  }

  function set(id, shown) {
    part('shown').replaceChildren(...shown);
    part('problem')?.remove();
    number.value = id;
    number.removeAttribute('aria-invalid');
    showState();
    for (const field of [number, ...texts]) field.dispatchEvent(new Event('input', { bubbles: true }));
  }

  function showState() {
    const hasPicture = number.value !== '';
    section.dataset.state = hasPicture ? 'chosen' : 'empty';
    part('upload').textContent = hasPicture ? part('upload').dataset.replace : uploadLabel;
    part('remove').hidden = !hasPicture;
    part('details').hidden = !hasPicture;
    part('texts').hidden = !hasPicture && texts.every(({ value }) => value === '');
  }
  showState();
  // A file may have been chosen before this script ran.
  if (file.files.length > 0) file.dispatchEvent(new Event('change'));
}
