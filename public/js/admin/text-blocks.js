// Where a new block can stand without splitting the one at a position: there if a block begins, else before the next block. A fenced code block is one block.
// oxlint-disable-next-line no-unused-vars -- Other scripts use it.
const nextBlockStart = (text, position) => {
  let start = 0;
  let isAfterBlank = true;
  let fence = '';
  for (const line of text.split('\n')) {
    // Indented lines continue a list or are code.
    if (start >= position && isAfterBlank && fence === '' && /^ ?\S/.test(line)) return start;
    fence = fenceAfter(line, fence);
    isAfterBlank = line.trim() === '';
    start += line.length + 1;
  }
  return text.length;
};

const fenceAfter = (line, fence) => {
  const [, mark = '', rest = ''] = /^\s*(`{3,}(?=[^`]*$)|~{3,})(.*)/.exec(line) ?? [];
  if (fence === '') return mark;
  return mark.startsWith(fence) && rest.trim() === '' ? '' : fence;
};
