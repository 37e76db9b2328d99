export interface Related {
  id: number;
  /** The similarity of the two articles, 0 to 1. */
  relevance: number;
}

/** More than a page shows, because a page leaves out those in its sidebar and in the article's own storyline. */
export const maxRelated = 12;

/** Less similar articles have little more than a few words in common. */
export const minRelevance = 0.1;

const bytesPerEntry = 6;
const relevanceUnits = 10_000;

/** Each entry takes four bytes for the id and two for the relevance. */
export function encodeRelated(list: Related[]): Uint8Array {
  const bytes = Buffer.alloc(list.length * bytesPerEntry);
  for (const [index, { id, relevance }] of list.entries()) {
    bytes.writeUInt32LE(id, index * bytesPerEntry);
    bytes.writeUInt16LE(Math.round(relevance * relevanceUnits), index * bytesPerEntry + 4);
  }
  return bytes;
}

export function decodeRelated(encoded: Uint8Array): Related[] {
  const bytes = Buffer.from(encoded.buffer, encoded.byteOffset, encoded.byteLength);
  return Array.from({ length: Math.floor(bytes.length / bytesPerEntry) }, (_, index) => ({ id: bytes.readUInt32LE(index * bytesPerEntry), relevance: bytes.readUInt16LE(index * bytesPerEntry + 4) / relevanceUnits }));
}

/** The ids of an encoded list; none if an article has no list yet. */
export function relatedIds(encoded: Uint8Array | null): number[] {
  if (encoded === null) return [];
  const view = new DataView(encoded.buffer, encoded.byteOffset, encoded.byteLength);
  const ids: number[] = [];
  for (let at = 0; at + bytesPerEntry <= view.byteLength; at += bytesPerEntry) ids.push(view.getUint32(at, true));
  return ids;
}

/** An editor's choices about the related articles of one article. */
export interface RelatedChoices {
  /** Ids in their order. They come before all others. */
  pinned: number[];
  hidden: number[];
}

export const noChoices: RelatedChoices = { pinned: [], hidden: [] };

/** Puts the pinned articles first and leaves out the hidden ones. */
export function applyChoices(list: Related[], { pinned, hidden }: RelatedChoices): Related[] {
  const relevances = new Map(list.map(({ id, relevance }) => [id, relevance]));
  const others = list.filter(({ id }) => !pinned.includes(id) && !hidden.includes(id));
  return [...pinned.map((id) => ({ id, relevance: relevances.get(id) ?? 0 })), ...others].slice(0, Math.max(maxRelated, pinned.length));
}

/**
 * Puts an article into its place in a list, before others of the same relevance, with the editors' choices applied. A full
 * list loses its last article.
 *
 * @param others the list without the article
 */
export function withOffer(others: Related[], offered: Related, choices: RelatedChoices): Related[] {
  // Pinned articles come first, however relevant they are.
  const place = others.findIndex(({ id, relevance }) => !choices.pinned.includes(id) && relevance <= offered.relevance);
  return applyChoices(others.toSpliced(place < 0 ? others.length : place, 0, offered), choices);
}

export function isSameList(one: Related[], other: Related[]): boolean {
  return one.length === other.length && one.every(({ id, relevance }, index) => id === other[index]?.id && isSameRelevance(relevance, other[index].relevance));
}

/** To the precision with which lists are stored. */
export function isSameRelevance(one: number, other: number): boolean {
  return Math.round(one * relevanceUnits) === Math.round(other * relevanceUnits);
}
