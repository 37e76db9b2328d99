const texts: Record<string, string> = {
  'draft': 'Saved.',
  'submission': 'Handed in for review.',
  'publication': 'Published: readers see it now.',
  'schedule': 'Scheduled.',
  'update': 'Updated: readers see it now.',
  'minor update': 'Updated, and the time that readers see stays.',
  'recall': 'A draft again.',
  'withdrawal': 'Withdrawn: its page says so, and it is in no list.',
  'reinstatement': 'Reinstated: readers see it again.',
  'deletion': 'Deleted, with all of its revisions.',
  'restoration': 'Restored, and not yet published.',
  'discard': 'Discarded. It stays among the revisions for a while.',
};

/** What an action says once it is done. */
export function doneText(done: string | undefined): string | undefined {
  return done !== undefined && Object.hasOwn(texts, done) ? texts[done] : undefined;
}
