/** A caption in Markdown that shows a plain text exactly. An address in it is no link. */
export function plainCaption(text: string): string {
  return text.replaceAll(/[\\*_[\]`<~@]|&(?=#?\w+;)|:(?=\/\/)|(?<=\bwww)\./gi, '\\$&');
}
