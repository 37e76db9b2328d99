// The state of the article stays in sight at the top of the panel. A field that gets the focus behind it is scrolled into view.
const state = document.querySelector('.panel > .state');
const panel = state?.parentElement;
panel?.addEventListener('focusin', ({ target }) => {
  // What is pressed must not move away from the pointer.
  if (state.contains(target) || panel.matches(':active')) return;
  const covered = state.getBoundingClientRect().bottom - target.getBoundingClientRect().top;
  if (covered > 0) scrollBy({ top: -covered - 8, behavior: 'instant' });
});
