// Where the time that is typed lies ahead, scheduling is the button to press, and it says for when.
const schedule = document.querySelector('[data-action="schedule"]');
const publish = document.querySelector('[data-action="publication"]');
const field = document.getElementById('field_publishedAt');
if (schedule && field) {
  const { zone, language } = field.form.dataset;
  const parts = new Intl.DateTimeFormat('sv', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' });
  const words = new Intl.DateTimeFormat(language, { timeZone: 'UTC', weekday: 'short', day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit' });

  const show = () => {
    const now = parts.format(new Date()).replace(' ', 'T');
    const lies = field.value > now;
    schedule.textContent = lies ? `Schedule for ${words.format(new Date(`${field.value}Z`))}, ${zone}` : 'Schedule';
    schedule.classList.toggle('primary', lies);
    publish?.classList.toggle('primary', !lies);
  };
  field.addEventListener('input', show);
  show();
}
