// "Link to this article" copies the address; where that is not possible it stays the link that it is.
for (const link of document.querySelectorAll('[data-copy-link]')) {
  link.addEventListener('click', async (event) => {
    if (!navigator.clipboard) return;
    event.preventDefault();
    const status = link.parentElement.querySelector('[role="status"]');
    try {
      await navigator.clipboard.writeText(link.href);
      status.textContent = 'Link copied';
    } catch {
      status.textContent = 'Not copied: the browser does not allow it';
    }
  });
}
