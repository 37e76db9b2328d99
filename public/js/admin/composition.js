// Disables shortcuts while an input method composes a character. Older browsers signal composition only by key code 229.
addEventListener('keydown', (event) => {
  if (event.isComposing || event.keyCode === 229) event.stopImmediatePropagation();
}, { capture: true });
