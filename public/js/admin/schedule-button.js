// Where the time that is typed lies ahead, scheduling is the button to press, and it says for when.
const schedule = document.querySelector('[data-action="schedule"]');
const publish = document.querySelector('[data-action="publication"]');
const field = document.getElementById('field_publishedAt');
if (schedule && field) {
  const { zone, language, now } = field.form.dataset;
  // The browser's clock may be wrong; the server's decides.
  const ahead = Number(now) - Date.now();
  const local = new Intl.DateTimeFormat('sv', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' });
  const style = { timeZone: 'UTC', weekday: 'short', day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit' };

  const words = (time, today) => new Intl.DateTimeFormat(language, time.slice(0, 4) === today.slice(0, 4) ? style : { ...style, year: 'numeric' }).format(new Date(`${time}Z`));

  field.addEventListener('input', () => {
    const today = local.format(new Date(Date.now() + ahead)).replace(' ', 'T');
    const lies = field.value > today;
    schedule.textContent = lies ? `Schedule for ${words(field.value, today)}, ${zone}` : 'Schedule';
    schedule.classList.toggle('primary', lies);
    publish?.classList.toggle('primary', !lies);
  });
}
