// Shows the number of words of the body and its reading time, with a pause while somebody types, because long texts take a while.
const shown = document.querySelector('[data-word-count]');
const body = document.getElementById('field_body');
if (shown && body) {
  const delayMs = 300;
  const wordsPerMinute = 230;
  const { format } = new Intl.NumberFormat(document.documentElement.lang);
  let timer;

  // The toolbar stays in sight while the text scrolls. On phones it has no room.
  if (matchMedia('(min-width: 48rem)').matches) document.querySelector('[data-toolbar] .toolbar-actions')?.before(shown);

  const show = () => {
    const count = countMarkdownWords(body.value);
    const words = format(count);
    shown.textContent = count < wordsPerMinute ? t('scripts.words', { words }) : t('scripts.wordsAndMinutes', { words, minutes: format(Math.round(count / wordsPerMinute)) });
  };
  body.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(show, delayMs);
  });
  // Somebody may have typed before this script ran.
  if (body.value !== body.defaultValue) show();
}
