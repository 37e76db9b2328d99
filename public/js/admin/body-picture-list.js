// The list of the pictures in the text. Each autosave brings the pictures of the text that it has saved.
const form = document.querySelector('[data-article-form]');
const shown = document.querySelector('[data-body-pictures]');
if (form && shown) {
  const list = shown.querySelector('ul');
  const body = form.elements.body;
  const create = (tag, properties) => Object.assign(document.createElement(tag), properties);

  form.addEventListener('autosaved', ({ detail: { bodyPictures } }) => {
    if (!bodyPictures) return;
    // Unchanged items stay in the list, so that none of them loses the focus.
    const items = bodyPictures.map((picture) => reuse(makeItem(picture)));
    if (items.length !== list.children.length || items.some((item, index) => item !== list.children[index])) list.replaceChildren(...items);
    shown.hidden = items.length === 0;
    checkProblems();
  });

  function reuse(item) {
    return [...list.children].find((known) => known.isEqualNode(item)) ?? item;
  }

  function makeItem({ id, name, image, path, description, isDescribed, ownAlt }) {
    const item = create('li', {});
    const text = create('p', {});
    Object.assign(item.dataset, { picture: id, ownAlt });
    if (image) {
      const link = create('a', { href: path, target: '_blank', textContent: name });
      link.dataset.pictureDetails = '';
      item.append(create('img', { src: image.src, width: image.width, height: image.height, loading: 'lazy', alt: '' }));
      text.append(link, create('br', {}));
    }
    text.append(showDescription(create('span', {}), { text: description, isMissing: !isDescribed }));
    item.append(text);
    return item;
  }

  function showDescription(element, { text, isMissing }) {
    element.textContent = text;
    if (isMissing) element.className = 'problem';
    else element.removeAttribute('class');
    return element;
  }

  function checkProblems() {
    for (const cause of problemCauses('body-picture-')) {
      const id = cause.split('-').pop();
      const item = list.querySelector(`[data-picture="${id}"]`);
      const isNamed = item || new RegExp(`\\bpicture:${id}(?!\\d)`).test(body.value);
      markProblem(cause, { isSolved: !isNamed || (item && !item.querySelector('.problem')) });
    }
  }

  document.addEventListener('broadsheet:picture-changed', ({ detail: { id, alt, isDecoration } }) => {
    const item = list.querySelector(`[data-picture="${id}"]`);
    if (!item) return;
    const { ownAlt } = item.dataset;
    showDescription(item.querySelector('span'), describePicture({ alt: ownAlt || alt, isDecoration: !ownAlt && isDecoration }));
    checkProblems();
  });
}
