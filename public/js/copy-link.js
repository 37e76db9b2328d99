// Makes a link copy its URL. Without HTTPS browsers provide no clipboard, so the link stays an ordinary link.
for (const link of document.querySelectorAll('[data-copy-link]')) {
  link.addEventListener('click', async (event) => {
    if (!navigator.clipboard) return;
    event.preventDefault();
    const status = link.parentElement.querySelector('[role="status"]');
    try {
      await navigator.clipboard.writeText(link.href);
      status.textContent = link.dataset.copied;
    } catch {
      status.textContent = link.dataset.notCopied;
    }
  });
}
