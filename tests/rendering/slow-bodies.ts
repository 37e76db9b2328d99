/** Texts that are slow for Markdown parsers, of about `length` characters. */
export const slowBodies: Record<string, (length: number) => string> = {
  'stars and underscores': (length) => repeat('*a_', length),
  'underscores and stars': (length) => repeat('_a*', length),
  'strong and emphasis': (length) => repeat('**a_', length),
  'three stars': (length) => repeat('***a ', length),
  'emphasis that never closes': (length) => repeat('*a ', length),
  'strong that never closes': (length) => repeat('**a ', length),
  'underscores in words': (length) => repeat('a_b*', length),
  'tildes': (length) => repeat('~~a~', length),
  'a dotted address': (length) => `${repeat('a.', length)}@b`,
  'a hyphenated address': (length) => `${repeat('a-', length)}@b`,
  'an address of words': (length) => repeat('a@b.', length),
  'web addresses': (length) => repeat('http://a.b/.', length),
  'a web address and dots': (length) => `http://a.b/${repeat('.', length)}`,
  'a web address and brackets': (length) => `http://a.b/${repeat('(', length)}`,
  'notes that never close': (length) => repeat('[^', length),
  'many notes': (length) => `${numbered('[^n] ', length / 20)}\n\n${numbered('[^n]: x\n', length / 20)}`,
  'a note of empty lines': (length) => `[^a]: ${repeat('\n', length)}x`,
  'brackets that open': (length) => repeat('[', length),
  'brackets that open and close': (length) => repeat('[]', length),
  'links that never close': (length) => repeat('[a](', length),
  'links in links': (length) => repeat('[a](b', length),
  'pictures that never close': (length) => repeat('![a', length),
  'link definitions': (length) => repeat('[a]: b\n', length),
  'backticks': (length) => repeat('`a``', length),
  'backslashes': (length) => repeat('\\a\\', length),
  'lists in a line': (length) => repeat('- ', length),
  'lists and underlines': (length) => repeat('a\n-\n', length),
  'lists ever deeper': (length) => Array.from({ length: Math.floor(Math.sqrt(length)) }, (_, depth) => `${' '.repeat(2 * depth)}- a`).join('\n'),
  'numbers in a line': (length) => repeat('1. ', length),
  'quotes in a line': (length) => repeat('>', length),
  'quotes with spaces in a line': (length) => repeat('> ', length),
  'quotes and lists in a line': (length) => repeat('> - ', length),
  'emphasis tags': (length) => repeat('<em>', length),
  'division tags': (length) => repeat('<div>', length),
  'tags with text': (length) => repeat('<div><b>x', length),
  'tags in lines': (length) => repeat('<div>\n', length),
  'tags that never close': (length) => repeat('<a ', length),
  'tags with attributes': (length) => `<a ${repeat('b="c" ', length)}`,
  'comments that never close': (length) => repeat('<!--', length),
  'instructions that never close': (length) => repeat('<?', length),
  'CDATA that never closes': (length) => repeat('<![CDATA[', length),
  'declarations that never close': (length) => repeat('<!A', length),
  'less-than signs': (length) => repeat('<', length),
  'entities': (length) => repeat('&amp', length),
  'entities that never end': (length) => repeat('&#', length),
  'tables': (length) => `${repeat('|a', length / 2)}\n${repeat('|-', length / 2)}`,
  'table rows': (length) => `|a|\n|-|\n${repeat('|b|\n', length)}`,
  'headings': (length) => repeat('# a\n', length),
  'underlined headings': (length) => repeat('a\n=\n', length),
  'hashes': (length) => repeat('#', length),
  'rules': (length) => repeat('- - -\n', length),
  'fences': (length) => repeat('```\n', length),
  'spaces': (length) => `a${repeat(' ', length)}b`,
  'tabs': (length) => repeat('\t', length),
  'line feeds': (length) => repeat('a\n', length),
  'hard breaks': (length) => repeat('a  \n', length),
  'quotation marks': (length) => repeat('"\'', length),
  'hyphens': (length) => repeat('--', length),
};

/** A body that takes the parser minutes: deeply nested lists and quotations, repeated `times` times. */
export function endlessBody(times: number): string {
  return Array.from({ length: 400 }, (_, n) => `${' '.repeat(n % 200)}- a${'\n\n>'.repeat(200)}`).join('\n').repeat(times);
}

function repeat(text: string, length: number): string {
  return text.repeat(Math.max(1, Math.floor(length / text.length)));
}

function numbered(text: string, count: number): string {
  return Array.from({ length: count }, (_, n) => text.replace('n', String(n))).join('');
}
