// The link copies its address. It stays an ordinary link in browsers that have no clipboard (pages without HTTPS).
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
