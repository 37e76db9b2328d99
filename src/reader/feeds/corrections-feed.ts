import { parseTitle } from '../../content/articles/title.ts';
import { showDayOnly } from '../../content/dates/dates.ts';
import { escapeHtml } from '../../content/text/text.ts';
import { listCorrections, type Correction, type ListedCorrection } from '../../storage/articles/corrections.ts';
import * as urls from '../../urls.ts';
import { correctionsId } from '../articles/corrections.ts';
import { titled } from '../head.ts';
import { articlesShown } from '../lists/teaser.ts';
import type { PageFunction } from '../page.ts';
import type { Site } from '../site.ts';
import { feedDocument, feedLength, type FeedEntry } from './feed-document.ts';

/** All corrections, newest first. */
export function correctionsFeed(format: urls.FeedFormat): PageFunction {
  return async (context, { site, now }) => {
    const { text } = site.messages;
    const corrections = await listCorrections(context.db, { now, limit: feedLength });
    const subject = { owner: 'corrections' as const, path: urls.correctionsPath, base: urls.correctionsPath, title: titled(site, text('corrections.title')), description: text('corrections.description', { site: site.settings.name }) };
    const entries = corrections.map((correction) => makeEntry(site, correction));
    return feedDocument(context, site, format, subject, entries, { shows: ['corrections', ...articlesShown(corrections.map(({ article }) => article))] });
  };
}

function makeEntry(site: Site, { uid, at, text, article }: ListedCorrection): FeedEntry {
  return {
    id: `urn:uuid:${uid}`,
    url: `${urls.absolute(site.url, urls.articlePath(article.slug))}#${correctionsId}`,
    title: site.messages.text('corrections.feedTitle', { title: parseTitle(article.title).text }),
    summary: text,
    summaryHtml: htmlOf(text),
    html: `<p>${htmlOf(text)}</p>`,
    image: undefined,
    published: at,
    updated: at,
    authors: [],
    tags: [article.theme],
    language: article.language,
  };
}

/** A correction as a paragraph in the content of its article. */
export function correctionHtml({ messages, dates }: Site, { at, text }: Pick<Correction, 'at' | 'text'>): string {
  return `<p><strong>${escapeHtml(messages.text('feeds.correction', { date: showDayOnly(at, dates).text }))}</strong> ${htmlOf(text)}</p>`;
}

function htmlOf(text: string): string {
  return escapeHtml(text).replaceAll('\n', '<br>');
}
