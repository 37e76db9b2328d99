// Shows times in the reader's time zone if its offset differs from the site's at that time.
const language = document.documentElement.lang;
const clock = { hour: '2-digit', minute: '2-digit' };
const forms = {
  'full': [{ dateStyle: 'full' }, { ...clock, timeZoneName: 'short' }],
  'short': [{ dateStyle: 'long' }, clock],
  'short-without-year': [{ day: 'numeric', month: 'long' }, clock],
  'clock': [clock],
};

function show(date, form) {
  const text = forms[form].map((options) => new Intl.DateTimeFormat(language, options).format(date)).join(', ');
  // Before standard time zones, offsets had seconds, as in GMT+1:44:24.
  return text.replace(/([:.]\p{Nd}{2})[:.]\p{Nd}{2}/u, '$1');
}

// The list of a day shows times without the date, but the date may differ in the reader's zone.
function formOf({ dateTime, dataset }, date) {
  const [year, month, day] = dateTime.slice(0, 10).split('-').map(Number);
  const isSameDay = date.getFullYear() === year && date.getMonth() + 1 === month && date.getDate() === day;
  return dataset.localTime === 'clock' && !isSameDay ? 'short' : dataset.localTime;
}

function offsetMinutes(text) {
  const [, sign, hours, minutes] = /([+-])(\d\d):(\d\d)$/.exec(text);
  return (sign === '-' ? 1 : -1) * (Number(hours) * 60 + Number(minutes));
}

const times = [...document.querySelectorAll('time[data-local-time]')]
  .map((time) => ({ time, date: new Date(time.dateTime), served: time.textContent, height: 0 }))
  .filter(({ time, date }) => Math.trunc(date.getTimezoneOffset()) !== offsetMinutes(time.dateTime));

// Reads all heights before changing any text, and again after all changes, so that the browser lays out the page only once.
for (const entry of times) entry.height = entry.time.parentElement.offsetHeight;
for (const { time, date } of times) {
  time.textContent = show(date, formOf(time, date));
  if (time.title) time.title = show(date, 'full');
}
// The layout must not shift, so a time that needs another line gets its original text back.
const moved = times.filter(({ time, height }) => time.parentElement.offsetHeight !== height);
for (const { time, served } of moved) time.textContent = served;
