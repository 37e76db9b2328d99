// Says when the theme that is typed is a new one: a slip of the finger would make it.
const field = document.getElementById('field_theme');
const hint = document.getElementById('field_theme_hint');
if (field && hint) {
  const usual = hint.textContent;
  const names = new Set([...document.querySelectorAll('#theme_names option')].map(({ value }) => value.toLowerCase()));
  const show = () => {
    const name = field.value.trim();
    hint.textContent = name === '' || names.has(name.toLowerCase()) ? usual : `“${name}” will be a new theme.`;
  };
  field.addEventListener('input', show);
  show();
}
