import exifReader from 'exif-reader';
import { Parser } from 'htmlparser2';
import type { Metadata } from 'sharp';
import { pictureLimits } from '../content/pictures/picture.ts';
import { plainCaption } from '../content/pictures/plain-caption.ts';
import { cleanLine, shorten } from '../content/text/text.ts';

/** What an upload says about itself in its metadata. */
export interface EmbeddedTexts {
  /** Inline Markdown, as in the library. */
  caption: string;
  /** Plain text. */
  credit: string;
}

/** The fields that one kind of metadata may have. */
interface Fields {
  caption?: string | undefined;
  creator?: string | undefined;
  credit?: string | undefined;
  copyright?: string | undefined;
}

/** Reads XMP, then IPTC, then EXIF: the first that has a field wins. Metadata that can't be read counts as missing. */
export function readEmbeddedTexts({ xmp, iptc, exif }: Pick<Metadata, 'xmp' | 'iptc' | 'exif'>): EmbeddedTexts {
  const kinds = [orNothing(xmp, readXmp), orNothing(iptc, readIptc), orNothing(exif, readExif)];
  const field = (name: keyof Fields) => kinds.map((kind) => cleanLine(kind[name] ?? '')).find((text) => text !== '') ?? '';
  const { caption: captionLength, credit: creditLength } = pictureLimits;
  return { caption: shortCaption(field('caption'), captionLength), credit: shorten(creditLine(field('creator'), field('credit')) || field('copyright'), creditLength) };
}

/** Shortens the text and not the Markdown, which could lose half of an escape. */
function shortCaption(text: string, length: number, limit = length): string {
  const caption = plainCaption(shorten(text, length));
  return caption.length <= limit ? caption : shortCaption(text, length - Math.ceil((caption.length - limit) / 2), limit);
}

function orNothing(data: Buffer | undefined, read: (data: Buffer) => Fields): Fields {
  if (!data) return {};
  try {
    return read(data);
  } catch {
    return {};
  }
}

/** The photographer and the agency, as in “Ana Lima / Reuters”. */
function creditLine(creator: string, credit: string): string {
  if (credit.toLowerCase().includes(creator.toLowerCase())) return credit;
  return creator.toLowerCase().includes(credit.toLowerCase()) ? creator : `${creator} / ${credit}`;
}

/** The prefixes are those of Adobe's toolkit, which all common programs use. */
const xmpFields: Record<string, keyof Fields> = { 'dc:description': 'caption', 'dc:creator': 'creator', 'photoshop:credit': 'credit', 'dc:rights': 'copyright' };

/** Extensible Metadata Platform (ISO 16684-1): simple values are attributes or elements, lists have an `rdf:li` for each value. */
function readXmp(data: Buffer): Fields {
  const values = new Map<keyof Fields, string[]>();
  let field: keyof Fields | undefined;
  let text = '';
  const add = (name: keyof Fields | undefined, value: string) => {
    if (name && value.trim() !== '') values.set(name, [...(values.get(name) ?? []), value.trim()]);
  };
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        field = xmpFields[name.toLowerCase()] ?? field;
        text = '';
        for (const [attribute, value] of Object.entries(attributes)) add(xmpFields[attribute.toLowerCase()], value);
      },
      ontext(part) {
        if (field) text += part;
      },
      onclosetag(name) {
        if (name === 'rdf:li' || xmpFields[name.toLowerCase()]) add(field, text);
        text = '';
        if (xmpFields[name.toLowerCase()]) field = undefined;
      },
    },
    { xmlMode: true },
  );
  parser.end(data.toString('utf8'));
  // The first value of a language alternative is the default. Only creators are a list.
  return { caption: values.get('caption')?.[0], creator: values.get('creator')?.join(', '), credit: values.get('credit')?.[0], copyright: values.get('copyright')?.[0] };
}

const iptcResource = 0x0404;

/** The IPTC records are one of Photoshop's image resources. Each resource consists of a marker, an id, a padded name, a length and padded data. */
function readIptc(data: Buffer): Fields {
  for (let start = data.indexOf('8BIM'); start >= 0; start = data.indexOf('8BIM', start + 4)) {
    if (data.readUInt16BE(start + 4) !== iptcResource) continue;
    const nameLength = data.readUInt8(start + 6) + 1;
    const lengthAt = start + 6 + nameLength + (nameLength % 2);
    const dataAt = lengthAt + 4;
    return readRecords(data.subarray(dataAt, dataAt + data.readUInt32BE(lengthAt)));
  }
  return {};
}

/** The numbers of the data sets in record 2 (IPTC IIM 4.2, chapter 6). */
const iptcFields: Record<number, keyof Fields> = { 120: 'caption', 80: 'creator', 110: 'credit', 116: 'copyright' };
const longLength = 0x8000;

/** A data set is 0x1c, its record, its number, its length in two bytes, and its value. */
function readRecords(data: Buffer): Fields {
  const fields: Fields = {};
  let isUtf8 = false;
  for (let at = 0; at + 5 <= data.length && data[at] === 0x1c; ) {
    const [record, number, length] = [data.readUInt8(at + 1), data.readUInt8(at + 2), data.readUInt16BE(at + 3)];
    if (length >= longLength) break;
    const value = data.subarray(at + 5, at + 5 + length);
    if (record === 1 && number === 90) isUtf8 = value.toString('latin1') === '\u001b%G';
    const name = record === 2 ? iptcFields[number] : undefined;
    if (name) fields[name] ??= isUtf8 ? value.toString('utf8') : decodeText(value);
    at += 5 + length;
  }
  return fields;
}

function readExif(data: Buffer): Fields {
  const image: Record<string, unknown> = exifReader(data).Image ?? {};
  const text = (value: unknown) => (Buffer.isBuffer(value) ? decodeText(value) : typeof value === 'string' ? value : '').replaceAll('\0', ' ');
  const caption = text(image['ImageDescription']);
  return { caption: isFromCamera(caption) ? '' : caption, creator: text(image['Artist']), copyright: text(image['Copyright']) };
}

/** Some cameras write their own name, or the file's, into the description, in ASCII. Other scripts may have neither lower case nor spaces. */
function isFromCamera(description: string): boolean {
  return /^\p{ASCII}*$/u.test(description) && (!/[a-z]/.test(description) || !/\s/.test(description.trim()));
}

/** UTF-8 is common, though neither standard expects it without a mark. */
function decodeText(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
