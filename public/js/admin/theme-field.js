// Shows the field for a new theme only if "New theme…" is chosen, and points out that a typed theme exists already.
const section = document.querySelector('[data-theme-field]');
if (section) {
  const select = section.querySelector('select');
  const part = section.querySelector('[data-new-theme]');
  const field = part.querySelector('input');
  const hint = part.querySelector('[role="status"]');
  const existing = [...select.options].filter(({ value, dataset }) => value !== '' && !('isNew' in dataset));
  // An option's value is the theme as the editor typed it, perhaps a former name.
  const names = new Map(existing.flatMap(({ value, text }) => [[nameKey(value), text], [nameKey(text), text]]));
  const option = Object.assign(document.createElement('option'), { value: '', textContent: t('scripts.newTheme') });
  let typed = '';

  const show = () => {
    const name = names.get(nameKey(field.value));
    part.hidden = !option.selected;
    hint.textContent = name === undefined ? '' : t('scripts.themeExists', { name });
  };

  // The new theme would take precedence over the one in the select.
  const choose = () => {
    if (option.selected) field.value ||= typed;
    else {
      typed = field.value;
      field.value = '';
    }
    show();
  };

  part.querySelector('label').textContent = t('scripts.newThemeName');
  select.append(option);
  if (field.value !== '') option.selected = true;
  select.addEventListener('change', choose);
  field.addEventListener('input', show);
  show();
}
