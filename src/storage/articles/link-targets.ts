import type { Database } from '../database/database.ts';
import type { SlugKind } from '../database/schema.ts';
import { findNewSlug } from '../named/slugs.ts';
import { findNewPath } from '../pages/static-pages.ts';

export type LinkTarget = { kind: SlugKind; slug: string } | { kind: 'page'; path: string };

/** Whether readers can open the page of a target at a time (UTC milliseconds), also if it has a new address to which the old one redirects. */
export async function isReachable(db: Database, target: LinkTarget, at: number): Promise<boolean> {
  if (target.kind === 'page') return (await hasPage(db, target.path)) || (await findNewPath(db, target.path)) !== undefined;
  const { kind, slug } = target;
  if (await hasSlug(db, kind, slug, at)) return true;
  const newSlug = await findNewSlug(db, kind, slug, at);
  return newSlug !== undefined && hasSlug(db, kind, newSlug, at);
}

async function hasPage({ reader }: Database, path: string): Promise<boolean> {
  return (await reader.selectFrom('static_page').select('id').where('path', '=', path).executeTakeFirst()) !== undefined;
}

async function hasSlug({ reader }: Database, kind: SlugKind, slug: string, at: number): Promise<boolean> {
  const row = kind === 'article' ? await reader.selectFrom('article').select('id').where('slug', '=', slug).where('public_at', '<=', at).executeTakeFirst() : await reader.selectFrom(kind).select('id').where('slug', '=', slug).executeTakeFirst();
  return row !== undefined;
}
