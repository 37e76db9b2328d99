// If the publication time is in the future, "Schedule" becomes the primary button and names that time.
const schedule = document.querySelector('[data-action="schedule"]');
const publish = document.querySelector('[data-action="publication"]');
const field = document.getElementById('field_publishedAt');
if (schedule && field) {
  const { zone, now } = field.form.dataset;
  // The browser's clock may be wrong, so the server's time is used.
  const clockOffset = Number(now) - Date.now();
  const parts = new Intl.DateTimeFormat('en', { timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' });
  const shownDate = new Intl.DateTimeFormat(document.documentElement.lang, { timeZone: 'UTC', weekday: 'short', day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit' });

  // Local time in the site's zone, in the format of the field's value.
  const local = (time) => {
    const { year, month, day, hour, minute, second } = Object.fromEntries(parts.formatToParts(time).map(({ type, value }) => [type, value]));
    return `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  };

  const show = () => {
    const isFuture = field.value > local(Date.now() + clockOffset);
    schedule.textContent = isFuture ? t('scripts.scheduleFor', { date: shownDate.format(new Date(`${field.value}Z`)), zone }) : t('scripts.schedule');
    schedule.classList.toggle('primary', isFuture);
    publish?.classList.toggle('primary', !isFuture);
  };
  field.addEventListener('input', show);
  // The time may have been typed before this script ran.
  if (field.value !== field.defaultValue) show();
}
