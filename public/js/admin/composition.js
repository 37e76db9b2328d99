// While an input method composes a character, its keys belong to it: no shortcut of ours acts. Older browsers say so by the code alone.
addEventListener('keydown', (event) => {
  if (event.isComposing || event.keyCode === 229) event.stopImmediatePropagation();
}, { capture: true });
