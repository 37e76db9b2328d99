// Scrolls the current theme into view if the themes don't fit on a line. Some browsers do this through CSS alone.
const current = document.querySelector('.themes [aria-current]');
const list = current?.closest('ul');
if (list && list.scrollWidth > list.clientWidth) {
  const [item, frame] = [current.getBoundingClientRect(), list.getBoundingClientRect()];
  if (item.left < frame.left || item.right > frame.right) list.scrollLeft += item.left + item.width / 2 - (frame.left + frame.width / 2);
}
