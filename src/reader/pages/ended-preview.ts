import { makeHead, titled } from '../head.ts';
import type { ViewPage } from '../page.ts';
import type { Site } from '../site.ts';

/** For a preview link that has expired, was ended or is incomplete. */
export function endedPreview(site: Site): ViewPage {
  const [title, text] = [site.messages.text('readerErrors.previewEnded'), site.messages.text('readerErrors.previewEndedText')];
  return { status: 404, isPrivate: true, shows: [], view: 'pages/error', data: { head: makeHead(site, { title: titled(site, title), isIndexed: false }), title, text } };
}
