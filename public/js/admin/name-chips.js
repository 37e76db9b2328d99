// Turns a text area with one name per line into a list of chips and a field that suggests names. The text area stays the field of the form.
const delayMs = 150;
// The commas of Latin, Arabic and Chinese or Japanese text.
const comma = /^[,،，、]$/;
const create = (tag, { data = {}, attributes = {}, ...properties } = {}) => {
  const element = Object.assign(document.createElement(tag), properties);
  Object.assign(element.dataset, data);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
};

for (const area of document.querySelectorAll('[data-suggestions]')) {
  const { id } = area;
  const isOrdered = 'ordered' in area.dataset;
  const label = document.querySelector(`label[for="${id}"]`);
  const describedBy = area.getAttribute('aria-describedby');
  const isInvalid = area.getAttribute('aria-invalid');
  const chips = create('ul', { className: 'chips', role: 'list' });
  const input = create('input', { autocomplete: 'off', role: 'combobox', attributes: { 'aria-autocomplete': 'list', 'aria-expanded': 'false', 'aria-controls': `${id}_options`, autocapitalize: 'words', enterkeyhint: 'done' } });
  const options = create('ul', { id: `${id}_options`, className: 'suggestions', role: 'listbox', hidden: true });
  const status = create('p', { className: 'unseen', role: 'status' });
  const box = create('div', { className: 'name-box' });
  const lines = (text) => text.split('\n').map((line) => line.trim()).filter((line) => line !== '');
  let names = lines(area.value);
  let active = -1;
  let timer;
  let controller;

  // What is typed counts as a name even before it becomes a chip.
  const store = () => {
    area.value = [...names, ...lines(input.value)].join('\n');
    area.dispatchEvent(new Event('input', { bubbles: true }));
  };

  const showChips = () => {
    chips.replaceChildren(...names.map(makeChip));
    chips.hidden = names.length === 0;
  };

  function makeChip(name, index) {
    const chip = create('li');
    chip.append(create('bdi', { textContent: name }));
    if (isOrdered && index > 0) chip.append(create('button', { type: 'button', textContent: '‹', title: t('scripts.moveName'), data: { move: index }, attributes: { 'aria-label': t('scripts.moveNameOf', { name }) } }));
    chip.append(create('button', { type: 'button', textContent: '×', data: { remove: index }, attributes: { 'aria-label': t('scripts.removeName', { name }) } }));
    return chip;
  }

  const add = (text) => {
    close();
    if (lines(text).length === 0) return;
    const added = [];
    for (const name of lines(text)) {
      const known = names.find((one) => nameKey(one) === nameKey(name));
      if (known === undefined) added.push(name);
      names = known === undefined ? [...names, name] : names;
      status.textContent = t(known === undefined ? 'scripts.nameAdded' : 'scripts.nameKnown', { name: known ?? name });
    }
    if (added.length > 1) status.textContent = t('scripts.nameAdded', { name: added.join(', ') });
    input.value = '';
    showChips();
    store();
  };

  const remove = (index) => {
    const [name] = names.splice(index, 1);
    status.textContent = t('scripts.nameRemoved', { name });
    showChips();
    store();
    focusChip(Math.min(index, names.length - 1));
  };

  const moveEarlier = (index) => {
    const [name] = names.splice(index, 1);
    names.splice(index - 1, 0, name);
    status.textContent = t('scripts.nameMoved', { name, place: index });
    showChips();
    store();
    (chips.querySelector(`[data-move="${index - 1}"]`) ?? chips.querySelector('[data-remove="0"]')).focus();
  };

  const focusChip = (index) => (chips.querySelector(`[data-remove="${index}"]`) ?? input).focus();

  function close() {
    clearTimeout(timer);
    controller?.abort();
    options.hidden = true;
    input.setAttribute('aria-expanded', 'false');
    activate(-1);
  }

  function activate(index) {
    active = index;
    for (const [at, option] of [...options.children].entries()) option.setAttribute('aria-selected', String(at === index));
    const option = options.children[index];
    if (!option) {
      input.removeAttribute('aria-activedescendant');
      return;
    }
    input.setAttribute('aria-activedescendant', option.id);
    option.scrollIntoView({ block: 'nearest' });
  }

  const suggest = async () => {
    const typed = input.value.trim();
    if (typed === '') return;
    controller = new AbortController();
    const { signal } = controller;
    try {
      const response = await fetch(`${area.dataset.suggestions}?${new URLSearchParams({ q: typed })}`, { headers: { Accept: 'application/json' }, signal });
      if (response.ok) showOptions((await response.json()).names, signal);
    } catch {
      // Names can be typed without suggestions.
    }
  };

  function showOptions(found, { aborted }) {
    const chosen = new Set(names.map(nameKey));
    const offered = found.filter((name) => !chosen.has(nameKey(name)));
    if (aborted || document.activeElement !== input) return;
    options.replaceChildren(...offered.map((name, index) => create('li', { id: `${id}_option_${index}`, role: 'option', textContent: name, dir: 'auto', attributes: { 'aria-selected': 'false' } })));
    activate(-1);
    options.hidden = offered.length === 0;
    input.setAttribute('aria-expanded', String(offered.length > 0));
    if (offered.length > 0) status.textContent = t('scripts.suggestions', { count: offered.length });
  }

  const handleKey = (event) => {
    const count = options.hidden ? 0 : options.children.length;
    const { key, ctrlKey, altKey, metaKey } = event;
    if (ctrlKey || metaKey || altKey) return;
    if (key === 'Enter') {
      event.preventDefault();
      add(options.children[count > 0 ? active : -1]?.textContent ?? input.value);
    } else if (key === 'ArrowDown' || key === 'ArrowUp') {
      event.preventDefault();
      // The place before the first name is the field itself.
      if (count > 0) activate(((active + (key === 'ArrowDown' ? 2 : count + 1)) % (count + 1)) - 1);
      else suggest();
    } else if (key === 'Escape' && count > 0) {
      event.preventDefault();
      close();
    } else if (key === 'Backspace' && input.value === '' && names.length > 0) {
      event.preventDefault();
      focusChip(names.length - 1);
    }
  };

  const handleChipKey = (event) => {
    const index = Number(event.target.dataset.remove ?? event.target.dataset.move);
    const forward = getComputedStyle(chips).direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
    const { key, ctrlKey, altKey, metaKey } = event;
    if (ctrlKey || altKey || metaKey) return;
    if (key === 'Backspace' || key === 'Delete') remove(index);
    else if (key === 'ArrowLeft' || key === 'ArrowRight') focusChip(key === forward ? index + 1 : Math.max(0, index - 1));
    else if (key === 'Escape') input.focus();
    else return;
    event.preventDefault();
  };

  input.addEventListener('keydown', handleKey);
  input.addEventListener('beforeinput', (event) => {
    if (event.inputType !== 'insertText' || !comma.test(event.data ?? '')) return;
    event.preventDefault();
    add(input.value);
  });
  input.addEventListener('paste', (event) => {
    const pasted = event.clipboardData.getData('text/plain');
    if (lines(pasted).length < 2) return;
    event.preventDefault();
    const { value, selectionStart, selectionEnd } = input;
    add(value.slice(0, selectionStart) + pasted + value.slice(selectionEnd));
  });
  input.addEventListener('input', (event) => {
    // The text area has the same text, and its own event.
    event.stopPropagation();
    store();
    close();
    timer = setTimeout(suggest, delayMs);
  });
  input.addEventListener('blur', () => {
    // The editor only went to another window.
    if (document.activeElement === input) return;
    if (input.value.trim() === '') close();
    else add(input.value);
  });
  // The field keeps the focus while a suggestion is chosen.
  options.addEventListener('mousedown', (event) => event.preventDefault());
  options.addEventListener('click', ({ target }) => {
    const option = target.closest('[role="option"]');
    if (option) add(option.textContent);
  });
  chips.addEventListener('keydown', handleChipKey);
  chips.addEventListener('click', ({ target: { dataset } }) => {
    if (dataset.remove) remove(Number(dataset.remove));
    else if (dataset.move) moveEarlier(Number(dataset.move));
  });

  area.hidden = true;
  for (const name of ['id', 'aria-describedby', 'aria-invalid']) area.removeAttribute(name);
  input.id = id;
  if (describedBy) input.setAttribute('aria-describedby', describedBy);
  if (isInvalid) input.setAttribute('aria-invalid', isInvalid);
  label.id = `${id}_label`;
  for (const list of [chips, options]) list.setAttribute('aria-labelledby', label.id);
  const hint = document.getElementById(`${id}_hint`);
  if (hint) hint.textContent = area.dataset.chipsHint;
  box.append(chips, input, options);
  area.after(box, status);
  showChips();
}
