// Where the themes do not fit on a line, the current one is scrolled into view. Some browsers do that by the style alone.
const current = document.querySelector('.themes [aria-current]');
const list = current?.closest('ul');
if (list && list.scrollWidth > list.clientWidth) {
  const [item, frame] = [current.getBoundingClientRect(), list.getBoundingClientRect()];
  if (item.left < frame.left || item.right > frame.right) list.scrollLeft += item.left + item.width / 2 - (frame.left + frame.width / 2);
}
