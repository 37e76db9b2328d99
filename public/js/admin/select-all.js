// Replaces the “Select all” link, which loads the page again with every checkbox ticked, with a checkbox that ticks them at once.
const link = document.querySelector('[data-select-all]');
if (link) {
  const boxes = [...link.closest('form').querySelectorAll('tbody input[type="checkbox"]')];
  const label = document.createElement('label');
  const all = Object.assign(document.createElement('input'), { type: 'checkbox' });

  const show = () => {
    const count = boxes.filter(({ checked }) => checked).length;
    all.checked = count === boxes.length;
    all.indeterminate = count > 0 && !all.checked;
  };

  label.append(all, link.dataset.selectAll);
  link.replaceWith(label);
  all.addEventListener('change', () => {
    for (const box of boxes) box.checked = all.checked;
  });
  for (const box of boxes) box.addEventListener('change', show);
  // The browser ticks boxes again when an editor comes back.
  addEventListener('pageshow', show);
}
