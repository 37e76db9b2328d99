// Shows the length of fields that have a limit: in characters, or in bytes if the limit is a megabyte or more.
const encoder = new TextEncoder();
const { format } = new Intl.NumberFormat(document.documentElement.lang);

for (const field of document.querySelectorAll('[data-limit]')) {
  const limit = Number(field.dataset.limit);
  const isInBytes = limit >= 1024 * 1024;
  const count = document.getElementById(`${field.id}_count`);
  const hint = count.textContent;

  const describe = (length) => {
    const values = { length: format(length), limit: format(limit), over: format(length - limit) };
    if (length > limit) return isInBytes ? t('scripts.bytesOver', values) : t('scripts.charactersOver', values);
    return isInBytes ? t('scripts.bytes', values) : t('scripts.characters', values);
  };

  const show = () => {
    const length = isInBytes ? encoder.encode(field.value).length : field.value.trim().replace(/\s+/g, ' ').length;
    const isShort = length === 0 || (isInBytes && length < limit / 2);
    count.classList.toggle('is-over', length > limit);
    count.textContent = isShort ? hint : describe(length);
  };
  field.addEventListener('input', show);
  show();
}
