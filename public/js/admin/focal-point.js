// Sets a picture's focal point with the pointer and the arrow keys, and shows the crops that follow from it.
const area = document.querySelector('[data-focus]');
if (area) {
  const inputs = { x: document.querySelector('[data-focus-input="x"]'), y: document.querySelector('[data-focus-input="y"]') };
  const text = document.querySelector('[data-focus-text]');
  const size = { width: Number(area.dataset.width), height: Number(area.dataset.height) };
  const steps = { ArrowLeft: ['x', -1], ArrowRight: ['x', 1], ArrowUp: ['y', -1], ArrowDown: ['y', 1] };
  const clamp = (value) => Math.round(Math.min(100, Math.max(0, value)));
  const valueOf = (axis) => (inputs[axis].value !== '' && inputs[axis].validity.valid ? Number(inputs[axis].value) : undefined);

  // As `cropAround` on the server.
  const cropFor = (ratio, focus) => {
    const width = Math.max(1, Math.min(size.width, Math.round(size.height * ratio)));
    const height = Math.max(1, Math.min(size.height, Math.round(size.width / ratio)));
    const offset = (whole, part, percent) => Math.round(Math.min(whole - part, Math.max(0, (whole * percent) / 100 - part / 2)));
    return [offset(size.width, width, focus.x), offset(size.height, height, focus.y), width, height].join(' ');
  };

  const show = () => {
    const focus = { x: valueOf('x') ?? 50, y: valueOf('y') ?? 50 };
    for (const circle of area.querySelectorAll('circle')) {
      circle.setAttribute('cx', (focus.x * size.width) / 100);
      circle.setAttribute('cy', (focus.y * size.height) / 100);
    }
    for (const crop of document.querySelectorAll('[data-crop]')) crop.setAttribute('viewBox', cropFor(Number(crop.dataset.crop), focus));
    text.textContent = t('scripts.focalPoint', focus);
    area.setAttribute('aria-valuenow', focus.x);
    area.setAttribute('aria-valuetext', text.textContent);
  };

  const set = (focus) => {
    for (const [axis, value] of Object.entries(focus)) inputs[axis].value = clamp(value);
    show();
  };

  const setFromPointer = ({ clientX, clientY }) => {
    const { left, top, width, height } = area.getBoundingClientRect();
    set({ x: ((clientX - left) * 100) / width, y: ((clientY - top) * 100) / height });
  };

  // A slider has a single value, so its text states both coordinates.
  for (const [name, value] of Object.entries({ 'role': 'slider', 'tabindex': '0', 'aria-label': area.dataset.label, 'aria-valuemin': '0', 'aria-valuemax': '100' })) area.setAttribute(name, value);
  document.querySelector('[data-focus-hint]').hidden = false;
  area.addEventListener('click', setFromPointer);
  area.addEventListener('keydown', (event) => {
    const [axis, step] = steps[event.key] ?? [];
    if (!axis || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    set({ [axis]: (valueOf(axis) ?? 50) + step * (event.shiftKey ? 10 : 1) });
  });
  for (const input of Object.values(inputs)) input.addEventListener('input', show);
  show();
}
