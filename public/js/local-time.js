// Shows times in the reader's own zone, where it is another than the site's at that time.
const language = document.documentElement.lang;
const clock = { hour: '2-digit', minute: '2-digit' };
const forms = {
  'full': [{ dateStyle: 'full' }, { ...clock, timeZoneName: 'short' }],
  'short': [{ dateStyle: 'long' }, clock],
  'short-without-year': [{ day: 'numeric', month: 'long' }, clock],
};

function show(time, date, form) {
  return forms[form].map((options) => new Intl.DateTimeFormat(language, options).format(date)).join(', ');
}

function offsetMinutes(text) {
  const [, sign, hours, minutes] = /([+-])(\d\d):(\d\d)$/.exec(text);
  return (sign === '-' ? 1 : -1) * (Number(hours) * 60 + Number(minutes));
}

for (const time of document.querySelectorAll('time[data-local-time]')) {
  const date = new Date(time.dateTime);
  if (date.getTimezoneOffset() === offsetMinutes(time.dateTime)) continue;

  const { textContent, title } = time;
  const block = time.parentElement;
  const height = block.offsetHeight;
  time.textContent = show(time, date, time.dataset.localTime);
  if (title) time.title = show(time, date, 'full');
  // Nothing may move: a text that needs another line is not worth it.
  if (block.offsetHeight !== height) time.textContent = textContent;
}
