// Says how much room is left in fields that have a limit: characters, or bytes where it is a megabyte or more.
const encoder = new TextEncoder();

for (const field of document.querySelectorAll('[data-limit]')) {
  const limit = Number(field.dataset.limit);
  const inBytes = limit >= 1024 * 1024;
  const count = document.getElementById(`${field.id}_count`);
  const purpose = count.textContent;
  const show = () => {
    const length = inBytes ? encoder.encode(field.value).length : field.value.trim().replace(/\s+/g, ' ').length;
    const left = limit - length;
    count.classList.toggle('is-over', left < 0);
    if (length < limit / 2 && inBytes) count.textContent = purpose;
    else if (length === 0) count.textContent = purpose;
    else if (left < 0) count.textContent = `${(-left).toLocaleString('en')} ${inBytes ? 'bytes' : 'characters'} too long`;
    else count.textContent = `${length.toLocaleString('en')} of ${limit.toLocaleString('en')} ${inBytes ? 'bytes' : 'characters'}`;
  };
  field.addEventListener('input', show);
  show();
}
