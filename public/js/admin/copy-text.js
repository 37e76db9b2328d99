// Shows the buttons that copy a field's text. Without HTTPS browsers provide no clipboard, so the text is selected for Ctrl+C.
for (const button of document.querySelectorAll('[data-copy]')) {
  const field = document.getElementById(button.dataset.copy);
  const status = button.closest('.field').querySelector('[data-copy-status]');
  button.hidden = false;
  button.addEventListener('click', async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
      status.textContent = t('scripts.copied');
    } catch {
      status.textContent = t('scripts.notCopied');
    }
  });
}
