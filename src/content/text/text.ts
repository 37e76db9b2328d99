const notText = /[\u0000-\u0008\u000e-\u001b\u007f-\u009f\p{Noncharacter_Code_Point}]/gu;
/** Line and page ends: also those of office programs (U+000B), of mainframes (U+0085), and Unicode's own. */
const lineEnds = /\r\n?|[\u000b\u000c\u0085\u2028]/g;
/** Separators of fields and records, which office programs put between words. */
const separators = /[\u001c-\u001f]/g;

/**
 * Text as it is stored: LF line ends, well-formed Unicode, none of the control characters and
 * noncharacters that HTML and XML forbid (and of which PostgreSQL refuses NUL). Characters from U+0080 to U+009F
 * are those of Windows-1252, as which browsers read references to them (HTML, 13.2.5.80).
 */
export function cleanText(text: string): string {
  if (isPlain.test(text)) return text;
  return text.replace(lineEnds, '\n').replaceAll('\u2029', '\n\n').replace(separators, ' ').replace(/[\u0080-\u009f]/g, fromWindows).toWellFormed().replace(notText, '');
}

/** Most texts need nothing done. */
const isPlain = /^[\n\t\u0020-\u007e\u00a0-\u2027\u202a-\ud7ff]*$/;

const windows1252 = new TextDecoder('windows-1252');

function fromWindows(character: string): string {
  return windows1252.decode(Uint8Array.of(character.charCodeAt(0)));
}

/** {@link cleanText} on one line: every run of white space becomes one space, none at the ends. */
export function cleanLine(text: string): string {
  return cleanText(text).replace(/\s+/g, ' ').trim();
}

/** Whether a text shows nothing: white space and characters without a form of their own, such as U+200B. */
export function isBlank(text: string): boolean {
  return !/[^\s\p{Default_Ignorable_Code_Point}]/u.test(text);
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Escapes text for an HTML or XML text node or a double-quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

/** The text up to its last whole word within `length` UTF-16 units, with an ellipsis if it was cut. */
export function shorten(text: string, length: number): string {
  if (text.length <= length) return text;
  const cut = text.slice(0, length);
  const end = cut.lastIndexOf(' ');
  return `${cut.slice(0, end > length / 2 ? end : length - 1).toWellFormed().replace(/\uFFFD$/, '')}…`;
}
