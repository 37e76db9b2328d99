/** Whether readers have been able to see an article at a time, even if it has been withdrawn since. Times are UTC milliseconds. */
export function wasPublished({ firstPublishedAt }: { firstPublishedAt: number | null }, now: number): boolean {
  return firstPublishedAt !== null && firstPublishedAt <= now;
}

/** Whether readers can see an article at a time. */
export function isPublic({ publishedAt, withdrawnAt }: { publishedAt: number | null; withdrawnAt: number | null }, now: number): boolean {
  return publishedAt !== null && publishedAt <= now && withdrawnAt === null;
}

/** Whether an article is a draft that was never published. */
export function isDeletable({ publishedAt, firstPublishedAt }: { publishedAt: number | null; firstPublishedAt: number | null }): boolean {
  return publishedAt === null && firstPublishedAt === null;
}
