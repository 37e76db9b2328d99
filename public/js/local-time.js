// Shows times in the reader's own zone, where it is another than the site's at that time.
const language = document.documentElement.lang;
const clock = { hour: '2-digit', minute: '2-digit' };
const forms = {
  'full': [{ dateStyle: 'full' }, { ...clock, timeZoneName: 'short' }],
  'short': [{ dateStyle: 'long' }, clock],
  'short-without-year': [{ day: 'numeric', month: 'long' }, clock],
};

function show(date, form) {
  return forms[form].map((options) => new Intl.DateTimeFormat(language, options).format(date)).join(', ');
}

function offsetMinutes(text) {
  const [, sign, hours, minutes] = /([+-])(\d\d):(\d\d)$/.exec(text);
  return (sign === '-' ? 1 : -1) * (Number(hours) * 60 + Number(minutes));
}

const times = [...document.querySelectorAll('time[data-local-time]')]
  .map((time) => ({ time, date: new Date(time.dateTime), served: time.textContent, height: 0 }))
  .filter(({ time, date }) => date.getTimezoneOffset() !== offsetMinutes(time.dateTime));

// All heights are read before anything is written, and again after: the page is laid out once.
for (const entry of times) entry.height = entry.time.parentElement.offsetHeight;
for (const { time, date } of times) {
  time.textContent = show(date, time.dataset.localTime);
  if (time.title) time.title = show(date, 'full');
}
// Nothing may move: a text that needs another line is not worth it.
const moved = times.filter(({ time, height }) => time.parentElement.offsetHeight !== height);
for (const { time, served } of moved) time.textContent = served;
