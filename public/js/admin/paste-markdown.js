// Formatted text that is pasted into the body becomes Markdown. Pasting without formatting stays as it is.
const body = document.getElementById('field_body');
if (body) {
  const turndown = new TurndownService({ headingStyle: 'atx', bulletListMarker: '-', codeBlockStyle: 'fenced', emDelimiter: '*', hr: '---' });
  turndown.remove(['script', 'style', 'title', 'meta', 'link', 'noscript', 'template']);
  const hasFormat = 'a[href], b, strong, i, em, h1, h2, h3, h4, h5, h6, ul, ol, blockquote, pre, code, table, [data-style*="font-weight:"], [data-style*="font-style:"]';

  // The page's own policy forbids styles, and complains of each that is only read.
  const withoutStyles = (html) => html.replace(/<style[\s\S]*?<\/style>/gi, '').replace(/<[^>]+>/g, (tag) => tag.replace(/\sstyle\s*=/gi, ' data-style='));

  body.addEventListener('paste', (event) => {
    const html = event.clipboardData.getData('text/html');
    if (!html || event.clipboardData.files.length > 0) return;
    const pasted = new DOMParser().parseFromString(withoutStyles(html), 'text/html');
    if (!pasted.querySelector(hasFormat) && pasted.querySelectorAll('p').length < 2) return;
    // Word processors wrap everything in a <b> that is not bold.
    for (const wrapper of pasted.querySelectorAll('b[data-style*="font-weight:normal"], b[data-style*="font-weight: normal"]')) wrapper.replaceWith(...wrapper.childNodes);
    for (const span of pasted.querySelectorAll('span[data-style]')) {
      const { style } = span.dataset;
      const name = /font-weight:\s*(?:bold|[6-9]00)/.test(style) ? 'strong' : /font-style:\s*italic/.test(style) ? 'em' : undefined;
      if (!name) continue;
      const element = pasted.createElement(name);
      element.append(...span.childNodes);
      span.replaceWith(element);
    }
    event.preventDefault();
    // execCommand alone lets the editor undo it.
    const markdown = turndown.turndown(pasted.body);
    if (!document.execCommand('insertText', false, markdown)) body.setRangeText(markdown, body.selectionStart, body.selectionEnd, 'end');
    body.dispatchEvent(new Event('input', { bubbles: true }));
  });
}
