// Scrolls a field of the panel that gets the focus out from behind the state, which stays in sight above it.
const state = document.querySelector('.panel > .state');
const panel = state?.parentElement;
panel?.addEventListener('focusin', ({ target }) => {
  // What is pressed must not move away from the pointer.
  if (state.contains(target) || panel.matches(':active')) return;
  const covered = state.getBoundingClientRect().bottom - target.getBoundingClientRect().top;
  if (covered > 0) scrollBy({ top: -covered - 8, behavior: 'instant' });
});
