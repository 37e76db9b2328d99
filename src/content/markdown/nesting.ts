/** Per line. Each level is a recursive call of the parser, and thousands of levels would take minutes. */
const maxDepth = 50;
const maxIndent = 200;

// Matches white space only after a marker. Matching it before the marker too would cause exponential backtracking.
const marker = String.raw`(?:>|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t]))[ \t]*`;
const tooDeep = new RegExp(String.raw`^([ \t]*(?:${marker}){${maxDepth}})(?=${marker})`, 'gm');
const deepIndent = new RegExp(String.raw`^[ \t]{${maxIndent},}(?=\S)`, 'gm');

export function limitNesting(markdown: string): string {
  return markdown.replace(tooDeep, '$1\\').replace(deepIndent, (space) => space.slice(0, maxIndent));
}
