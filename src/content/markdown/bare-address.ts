const maxAddressLength = 2048;

/** CJK and Arabic text puts no space after this punctuation, so it always ends an address. */
const terminators = /[。、，．！？；：「」『』】【〉《》〈｣｢ ،؟؛]/;
/** Ends an address unless a letter or digit follows: `/wiki/Schindler’s_List` is one address. */
const closingQuote = /[”“’‘»«›‹„‚](?![\p{L}\p{N}])/u;
const trailingPunctuation = /[…–—”“’‘»«›‹„‚]+$/;

/** The candidate for a GFM extended autolink at the start of a text. marked then strips ASCII punctuation from the end. */
export function bareAddress(text: string): string | undefined {
  if (!addressStart.test(text)) return undefined;
  const [word = ''] = /^[^\s<]*/.exec(text.slice(0, maxAddressLength)) ?? [];
  if (word.length === maxAddressLength) return undefined;
  const ends = [word.search(terminators), word.search(closingQuote), unpairedBracket(word)].filter((at) => at >= 0);
  const cut = word.slice(0, Math.min(word.length, ...ends)).replace(trailingPunctuation, '');
  return cut === '' ? undefined : cut;
}

const addressStart = /^(?:https?:\/\/|ftp:\/\/|www\.|[\w.+-]{1,64}@)/i;

/** The index of a full-width bracket without a partner in the word, or -1. */
function unpairedBracket(word: string): number {
  let depth = 0;
  for (let at = 0; at < word.length; at += 1) {
    if (word[at] === '（') depth += 1;
    if (word[at] === '）') depth -= 1;
    if (depth < 0) return at;
  }
  return depth > 0 ? word.lastIndexOf('（') : -1;
}
