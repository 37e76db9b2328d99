// The buttons for Markdown, which need a script to do anything, show themselves when there is one.
for (const toolbar of document.querySelectorAll('[data-toolbar]')) toolbar.hidden = false;
