// Submitting the form would break off the uploads of its pictures, so it waits for them.
const form = document.querySelector('form[data-pictures]:has([data-upload-state])');
if (form) {
  const state = form.querySelector('[data-upload-state]');
  const { running, failed } = unfinishedUploads;
  let waitingSubmitter;

  // The other scripts must not see the event: they would expect a new page.
  addEventListener('submit', (event) => {
    if (event.target !== form || event.submitter?.formTarget === '_blank' || running.size + failed.size === 0) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    waitingSubmitter = event.submitter ?? null;
    showWaiting();
  }, { capture: true });

  function showWaiting() {
    const [row] = failed;
    if (row) state.textContent = t(row.tryAgain.hidden ? 'scripts.uploadRefused' : 'scripts.uploadsFailed');
    else state.textContent = t('scripts.waitingForUploads', { count: running.size });
    if (row && running.size === 0) (row.tryAgain.hidden ? row.remove : row.tryAgain).focus();
  }

  document.addEventListener('broadsheet:uploads', () => {
    if (waitingSubmitter === undefined) return;
    if (running.size + failed.size > 0) {
      showWaiting();
      return;
    }
    const submitter = waitingSubmitter;
    waitingSubmitter = undefined;
    state.textContent = '';
    form.requestSubmit(submitter);
  });
}
