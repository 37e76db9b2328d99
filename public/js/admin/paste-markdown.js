// Converts formatted text that is pasted into the body to Markdown. Plain text is pasted unchanged, unless it is one address or the code of a frame.
const body = document.getElementById('field_body');
if (body) {
  const turndown = new TurndownService({ headingStyle: 'atx', bulletListMarker: '-', codeBlockStyle: 'fenced', emDelimiter: '*', hr: '---' });
  turndown.remove(['script', 'style', 'title', 'meta', 'link', 'noscript', 'template']);
  const formattedElements = 'a[href], strong, b, em, i, s, del, strike, sub, sup, mark, u, ins, kbd, h1, h2, h3, h4, h5, h6, ul, ol, blockquote, pre, code, table';

  turndown.addRule('strikethrough', { filter: ['s', 'del', 'strike'], replacement: (content) => (content.trim() === '' ? content : `~~${content}~~`) });
  // Markdown has no syntax for these elements, which articles may contain.
  turndown.addRule('html', { filter: ['sub', 'sup', 'mark', 'u', 'ins', 'kbd'], replacement: (content, { localName }) => (content.trim() === '' ? content : `<${localName}>${content}</${localName}>`) });

  turndown.addRule('item', {
    filter: 'li',
    replacement(content, item) {
      const { parentNode: list } = item;
      const number = Number(list.getAttribute('start') ?? 1) + [...list.children].indexOf(item);
      const mark = list.localName === 'ol' ? `${number}. ` : '- ';
      return mark + content.trim().replace(/\n{2,}(?=\s*(?:- |\d+\. ))/g, '\n').replace(/\n(?=.)/g, `\n${' '.repeat(mark.length)}`) + (item.nextSibling ? '\n' : '');
    },
  });

  turndown.addRule('table', {
    filter: (node) => node.localName === 'table' && [...node.rows].some(({ cells }) => cells.length > 1) && !node.querySelector('table'),
    replacement(_content, table) {
      const rows = [...table.rows].map(({ cells }) => [...cells].map((cell) => turndown.turndown(cell).replace(/\s*\n\s*/g, ' ').replaceAll('|', '\\|')));
      const columns = Math.max(...rows.map(({ length }) => length));
      const line = (cells) => `| ${Array.from({ length: columns }, (_, index) => cells[index] ?? '').join(' | ')} |`;
      const [head, ...others] = rows.map(line);
      return `\n\n${[head, line(Array(columns).fill('---')), ...others].join('\n')}\n\n`;
    },
  });

  // Text that looks like a tag or a character reference must stay text.
  const escape = turndown.escape.bind(turndown);
  turndown.escape = (text) => escape(text).replace(/<(?=[a-z!/?])/gi, '\\<').replace(/&(?=#?\w+;)/g, '\\&');

  // The browser reports every style attribute as a violation of the content security policy, even in a document that is only parsed.
  const withoutStyles = (html) => html.replace(/<style[\s\S]*?<\/style>/gi, '').replace(/<(?:"[^"]*"|'[^']*'|[^'">])+>/g, (tag) => tag.replace(/\sstyle\s*=/gi, ' data-style='));

  const wrap = (element, name) => {
    const wrapper = element.ownerDocument.createElement(name);
    wrapper.append(...element.childNodes);
    element.append(wrapper);
  };

  const styles = [
    [/(?:^|;)\s*font-style:\s*italic/, 'em'],
    [/(?:^|;)\s*font-weight:\s*(?:bold|[6-9]00)/, 'strong'],
    [/(?:^|;)\s*text-decoration(?:-line)?:[^;]*line-through/, 's'],
    [/(?:^|;)\s*vertical-align:\s*sub/, 'sub'],
    [/(?:^|;)\s*vertical-align:\s*super/, 'sup'],
  ];

  // Some word processors mark bold text with styles, and wrap the whole text in a <b> that is not bold.
  const readStyles = (pasted) => {
    for (const wrapper of pasted.querySelectorAll('b[data-style]')) {
      // Must not match `mso-bidi-font-weight`, which Word sets on bold text.
      if (/(?:^|;)\s*font-weight:\s*(?:normal|400)/.test(wrapper.dataset.style)) wrapper.replaceWith(...wrapper.childNodes);
    }
    for (const span of pasted.querySelectorAll(':is(span, font)[data-style]')) {
      for (const [style, name] of styles) if (style.test(span.dataset.style)) wrap(span, name);
    }
  };

  // Word’s lists are paragraphs that begin with a span for the bullet or number.
  const readWordLists = (pasted) => {
    for (const mark of pasted.querySelectorAll('p [data-style*="mso-list:Ignore" i]')) {
      const paragraph = mark.closest('p');
      const name = /^\s*(?:\d+|[a-z]{1,3})[.)]/i.test(mark.textContent) ? 'ol' : 'ul';
      mark.remove();
      wrap(paragraph, 'li');
      const before = paragraph.previousElementSibling;
      const list = before?.dataset.wordList === name ? before : pasted.createElement(name);
      list.dataset.wordList = name;
      list.append(...paragraph.childNodes);
      if (list === before) paragraph.remove();
      else paragraph.replaceWith(list);
    }
    // Google Docs puts nested lists directly into lists, instead of into their items.
    for (const list of pasted.querySelectorAll(':is(ul, ol) > :is(ul, ol)')) list.previousElementSibling?.append(list);
  };

  const blocks = 'p, h1, h2, h3, h4, h5, h6, ul, ol, li, blockquote, pre, table, td, th, figure, hr, div, body';

  // The node before or after a line break, in the same block, or the block that begins or ends there.
  const neighbour = (node, direction) => {
    let sibling = node[direction];
    while (sibling && (sibling.nodeName === 'BR' || sibling.nodeType === Node.COMMENT_NODE || (sibling.nodeType === Node.TEXT_NODE && sibling.data.trim() === ''))) sibling = sibling[direction];
    return sibling ?? (node.parentElement.matches(blocks) ? node.parentElement : neighbour(node.parentElement, direction));
  };
  const isBlock = (node) => node.nodeType === Node.ELEMENT_NODE && (node.matches(blocks) || node.querySelector(blocks) !== null);

  // Google Docs puts a line break between two paragraphs for each empty line, and browsers put one after what was copied.
  const dropEmptyLines = (pasted) => {
    for (const line of pasted.querySelectorAll('br')) {
      const isEmptyLine = isBlock(neighbour(line, 'previousSibling')) && isBlock(neighbour(line, 'nextSibling'));
      if (isEmptyLine || line.matches('.Apple-interchange-newline')) line.remove();
    }
  };

  // Articles contain no frames, so a video or a map becomes a link.
  const linkFrames = (pasted) => {
    for (const frame of pasted.querySelectorAll('iframe:is([src^="http:"], [src^="https:"], [src^="//"])')) {
      const href = frame.getAttribute('src').replace(/^\/\//, 'https://');
      const link = Object.assign(pasted.createElement('a'), { href, textContent: frame.title.trim() || href });
      const paragraph = pasted.createElement('p');
      paragraph.append(link);
      frame.replaceWith(paragraph);
    }
  };

  const cleanLinks = (pasted) => {
    for (const link of pasted.querySelectorAll('a:is([href^="http:"], [href^="https:"])')) {
      const written = link.getAttribute('href');
      const address = cleanAddress(written);
      if (link.textContent.trim() === written) link.textContent = address;
      link.setAttribute('href', address);
    }
  };

  // Removes pictures that exist only in the clipboard (data:, file:, cid:) and links that would run code.
  const dropOthers = (pasted) => {
    for (const picture of pasted.querySelectorAll('img:not([src^="http:"], [src^="https:"])')) picture.remove();
    for (const link of pasted.querySelectorAll('a[href]:not([href^="http:"], [href^="https:"], [href^="mailto:"], [href^="/"])')) link.replaceWith(...link.childNodes);
  };

  const toMarkdown = (html) => {
    const pasted = new DOMParser().parseFromString(withoutStyles(html), 'text/html');
    // Code editors copy plain text as coloured HTML.
    if (/white-space:\s*pre/.test(pasted.body.firstElementChild?.matches('div') ? pasted.body.firstElementChild.dataset.style : '')) return undefined;
    readStyles(pasted);
    readWordLists(pasted);
    dropEmptyLines(pasted);
    linkFrames(pasted);
    cleanLinks(pasted);
    dropOthers(pasted);
    return pasted.querySelector(formattedElements) || pasted.querySelectorAll('p').length > 1 ? turndown.turndown(pasted.body) : undefined;
  };

  body.addEventListener('paste', (event) => {
    const plain = event.clipboardData.getData('text/plain');
    // Sites offer the code of a video or a map as plain text. Such code also ends with a tag, unlike a Markdown text that begins with a frame.
    const html = /^\s*<iframe\s[^]*>\s*$/i.test(plain) ? plain : event.clipboardData.getData('text/html');
    const text = (html && toMarkdown(html)) || plain.replace(/^(\s*)(https?:\/\/\S+)(?=\s*$)/i, (_match, space, address) => space + cleanAddress(address));
    if (text === plain) return;
    event.preventDefault();
    // Only execCommand keeps the undo history.
    if (document.execCommand('insertText', false, text)) return;
    body.setRangeText(text, body.selectionStart, body.selectionEnd, 'end');
    body.dispatchEvent(new Event('input', { bubbles: true }));
  });
}
