// Where the time that is typed lies ahead, scheduling is the button to press, and it says for when.
const schedule = document.querySelector('[data-action="schedule"]');
const publish = document.querySelector('[data-action="publication"]');
const field = document.getElementById('field_publishedAt');
if (schedule && field) {
  const { zone, language, now } = field.form.dataset;
  // The browser's clock may be wrong; the server's decides.
  const ahead = Number(now) - Date.now();
  const clock = new Intl.DateTimeFormat('en', { timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' });
  const words = new Intl.DateTimeFormat(language, { timeZone: 'UTC', weekday: 'short', day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit' });

  // The site's local time, as the field has it.
  const local = (time) => {
    const { year, month, day, hour, minute, second } = Object.fromEntries(clock.formatToParts(time).map(({ type, value }) => [type, value]));
    return `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  };

  field.addEventListener('input', () => {
    const lies = field.value > local(Date.now() + ahead);
    schedule.textContent = lies ? `Schedule for ${words.format(new Date(`${field.value}Z`))}, ${zone}` : 'Schedule';
    schedule.classList.toggle('primary', lies);
    publish?.classList.toggle('primary', !lies);
  });
}
