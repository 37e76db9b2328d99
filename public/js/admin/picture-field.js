// Lets an editor choose the picture of a field in the library's dialog instead of typing its number.
for (const field of document.querySelectorAll('[data-picture-field]')) {
  const part = (name) => field.querySelector(`[data-picture-${name}]`);
  const number = part('number').querySelector('input');
  const size = field.dataset.pictureField;

  const show = (id, images) => {
    number.value = id;
    part('shown').replaceChildren(...images);
    part('remove').hidden = id === '';
    part('choose').focus();
  };
  part('number').hidden = true;
  part('actions').hidden = false;
  part('remove').hidden = number.value === '';
  part('choose').addEventListener('click', () => document.dispatchEvent(new CustomEvent('broadsheet:choose-picture', {
    detail: { choose: ({ id, [size]: image }) => show(String(id), [Object.assign(document.createElement('img'), { ...image, alt: t('scripts.pictureName', { id }) })]) },
  })));
  part('remove').addEventListener('click', () => show('', []));
}
