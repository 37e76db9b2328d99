import { expect, test } from 'vitest';
import { makeEditor, signIn } from '../../support/admin.ts';
import { change, open, write } from '../../support/article-form.ts';
import { emptySite, stored } from '../../support/test-site.ts';
import { mergeNamed } from '../../../src/storage/named/merge.ts';
import { renameNamed } from '../../../src/storage/named/rename.ts';

test('the form shows what the theme, the topics and the authors are called now, so that saving leaves them as they are', async () => {
  const site = await emptySite();
  const { id: editorId, email } = await makeEditor(site, { role: 'editor' });
  const ada = await signIn(site, email);
  const id = await write(ada, 'publication', { theme: 'Local', topics: 'Harbour\nPort\nWeather', authors: 'Pat O’Brien' });
  const { db } = site.context;
  const rename = async (kind: 'theme' | 'author', from: string, to: string) => renameNamed(db, kind, from, { to, language: 'en' }, site.time.now);
  await rename('theme', 'Local', 'Local & near');
  await rename('author', 'Pat O’Brien', 'Pat X');
  await mergeNamed(db, 'topic', { from: 1, into: 2 }, editorId, site.time.now);
  expect(await rename('theme', 'Local & near', 'LOCAL')).toMatchObject({ renamed: { name: 'LOCAL' } });
  await rename('theme', 'LOCAL', 'Local & near');

  expect(await open(ada, id)).toMatchObject({ theme: 'Local & near', topics: 'Port\nWeather', authors: 'Pat X' });
  const before = await stored(site, 'select theme_id, author_id, topic_id from article join article_author on article_author.article_id = id join article_topic on article_topic.article_id = id order by topic_id');
  await change(ada, id, 'publication', { standfirst: 'Other' });
  expect(await stored(site, 'select theme_id, author_id, topic_id from article join article_author on article_author.article_id = id join article_topic on article_topic.article_id = id order by topic_id')).toEqual(before);
});

test('names that were typed in another way than the current ones stay as they were typed', async () => {
  const site = await emptySite();
  const ada = await signIn(site, (await makeEditor(site, { role: 'editor' })).email);
  await write(ada, 'publication', { theme: 'World', topics: 'Law and order', authors: 'O’Brien' });
  const id = await write(ada, 'draft', { theme: 'WORLD', topics: 'law-and-order\nNew', authors: "O'Brien\nO'Brien" });
  expect(await open(ada, id)).toMatchObject({ theme: 'WORLD', topics: 'law-and-order\nNew', authors: "O'Brien\nO'Brien" });
});
