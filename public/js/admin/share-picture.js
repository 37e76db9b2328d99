// Lets an editor choose the share picture in the library's dialog instead of typing its number.
const section = document.querySelector('[data-share-picture]');
if (section) {
  const part = (name) => section.querySelector(`[data-share-${name}]`);
  const number = section.querySelector('[name="sharePicture"]');

  const show = (id, images) => {
    number.value = id;
    part('shown').replaceChildren(...images);
    part('remove').hidden = id === '';
  };
  const take = ({ id, large }) => {
    show(String(id), [Object.assign(document.createElement('img'), { ...large, alt: t('scripts.pictureName', { id }) })]);
    part('choose').focus();
  };

  part('number').hidden = true;
  part('actions').hidden = false;
  part('remove').hidden = number.value === '';
  part('choose').addEventListener('click', () => document.dispatchEvent(new CustomEvent('broadsheet:choose-picture', { detail: { choose: take } })));
  part('remove').addEventListener('click', () => {
    show('', []);
    part('choose').focus();
  });
}
