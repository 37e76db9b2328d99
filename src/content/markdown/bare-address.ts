/** Longer addresses are text. */
const longest = 2048;

/** Ends an address wherever it stands: these are never part of one, and no space follows them in their languages. */
const fullWidth = /[。、，．！？；：「」『』】【〉《》〈｣｢ ،؟؛]/;
/** Ends an address unless a letter or a digit follows: `/wiki/Schindler’s_List` is one address. */
const closing = /[”“’‘»«›‹„‚](?![\p{L}\p{N}])/u;
const trailing = /[…–—”“’‘»«›‹„‚]+$/;

/**
 * The part of a text that may be a web or mail address, where the text begins with one: without the punctuation of the
 * sentence around it, in any script. What ASCII punctuation belongs to it is marked's decision.
 */
export function bareAddress(text: string): string | undefined {
  if (!mayBegin.test(text)) return undefined;
  const [word = ''] = /^[^\s<]*/.exec(text.slice(0, longest)) ?? [];
  if (word.length === longest) return undefined;
  const ends = [word.search(fullWidth), word.search(closing), unpairedBracket(word)].filter((at) => at >= 0);
  const cut = word.slice(0, Math.min(word.length, ...ends)).replace(trailing, '');
  return cut === '' ? undefined : cut;
}

const mayBegin = /^(?:https?:\/\/|ftp:\/\/|www\.|[\w.+-]{1,64}@)/i;

/** Where a full-width bracket closes that did not open in the word. */
function unpairedBracket(word: string): number {
  let depth = 0;
  for (let at = 0; at < word.length; at += 1) {
    if (word[at] === '（') depth += 1;
    if (word[at] === '）') depth -= 1;
    if (depth < 0) return at;
  }
  return depth > 0 ? word.lastIndexOf('（') : -1;
}
