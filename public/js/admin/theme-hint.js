// Points out that a theme does not exist yet, because a typing error would create a new theme.
const field = document.getElementById('field_theme');
const hint = document.getElementById('field_theme_hint');
if (field && hint) {
  const usual = hint.textContent;
  const names = new Set([...document.querySelectorAll('#theme_names option')].map(({ value }) => value.toLowerCase()));
  const show = () => {
    const name = field.value.trim();
    hint.textContent = name === '' || names.has(name.toLowerCase()) ? usual : t('scripts.newTheme', { name });
  };
  field.addEventListener('input', show);
  show();
}
