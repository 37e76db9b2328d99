/** How many quotations and lists may begin on one line, one within the other: the parser takes them one call deeper each. */
const deepest = 50;

// White space is matched only after a marker. If it could match before the next one too, a row of markers would backtrack exponentially.
const marker = String.raw`(?:>|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t]))[ \t]*`;
const tooDeep = new RegExp(String.raw`^([ \t]*(?:${marker}){${deepest}})(?=${marker})`, 'gm');
const indented = /^[ \t]{200,}(?=\S)/gm;

/**
 * Markdown whose quotations and lists nest no deeper than anybody reads: what would begin another one is text. Some
 * thousand nested ones take a parser minutes.
 */
export function boundNesting(markdown: string): string {
  return markdown.replace(tooDeep, '$1\\').replace(indented, (space) => space.slice(0, 200));
}
