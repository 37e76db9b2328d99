const forbiddenCharacters = /[\u0000-\u0008\u000e-\u001b\u007f-\u009f\p{Noncharacter_Code_Point}]/gu;
/** U+000B is from office programs, U+0085 from mainframes. */
const lineEnds = /\r\n?|[\u000b\u000c\u0085\u2028]/g;
const separators = /[\u001c-\u001f]/g;

/** Removes what HTML, XML and PostgreSQL forbid. U+0080 to U+009F are decoded as Windows-1252, as in browsers (HTML, 13.2.5.80). */
export function cleanText(text: string): string {
  if (isClean.test(text)) return text;
  return text.replace(lineEnds, '\n').replaceAll('\u2029', '\n\n').replace(separators, ' ').replace(/[\u0080-\u009f]/g, decodeWindows1252).toWellFormed().replace(forbiddenCharacters, '');
}

/** Fast path for most texts. */
const isClean = /^[\n\t\u0020-\u007e\u00a0-\u2027\u202a-\ud7ff]*$/;

const windows1252 = new TextDecoder('windows-1252');

function decodeWindows1252(character: string): string {
  return windows1252.decode(Uint8Array.of(character.charCodeAt(0)));
}

export function cleanLine(text: string): string {
  return cleanText(text).replace(/\s+/g, ' ').trim();
}

/** True if the text has only white space and invisible characters, such as U+200B. */
export function isBlank(text: string): boolean {
  return !/[^\s\p{Default_Ignorable_Code_Point}]/u.test(text);
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

/** Truncates at a word to at most `length` UTF-16 units, including the ellipsis. */
export function shorten(text: string, length: number): string {
  if (text.length <= length) return text;
  const cut = text.slice(0, length);
  const end = cut.lastIndexOf(' ');
  return `${cut.slice(0, end > length / 2 ? end : length - 1).toWellFormed().replace(/\uFFFD$/, '')}…`;
}
