import { expect, test } from 'vitest';
import { storePicture } from '../support/pictures.ts';
import { addArticle } from '../support/test-site.ts';
import { sharedBrowser } from './browser.ts';
import { inspector } from './inspector.ts';
import { openNewsroom } from './newsroom.ts';

const browser = await sharedBrowser();

test('an editor renames, merges and deletes topics, with the keyboard and without JavaScript', async () => {
  const newsroom = await openNewsroom(browser);
  const { site, url, openSignedIn, pageErrors } = newsroom;
  const long = `A ${'very'.repeat(20)} long topic`;
  await addArticle(site, { topics: ['Coast', 'Shore', long] });
  await addArticle(site, { topics: ['Coast', 'Passing'] });
  await site.context.db.writer.deleteFrom('article_topic').where('topic_id', 'in', (query) => query.selectFrom('topic').select('id').where('name', '=', 'Passing')).execute();
  const page = await openSignedIn('Ada Example', 'editor', { javaScriptEnabled: false });
  const { look, found } = await inspector(newsroom);
  const press = async (role: 'link' | 'button', name: string) => {
    await page.getByRole(role, { name, exact: true }).focus();
    await page.keyboard.press('Enter');
  };

  await page.goto(`${url}/admin/topics`);
  await page.getByLabel('Search for topics').fill('long');
  await page.keyboard.press('Enter');
  await press('link', long);
  await page.getByLabel('Name', { exact: true }).fill('A long topic');
  await page.keyboard.press('Enter');
  await page.getByText('Saved.').waitFor();
  await page.goto(`${url}/admin/topics?q=coa`);
  await look(page);
  await press('link', 'Coast');
  await page.getByLabel('Search by name').fill('sho');
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: 'Merge into “Shore”' }).waitFor();
  await look(page);
  await press('link', 'Merge into “Shore”');
  await page.getByText('2 articles with the name “Coast”').waitFor();
  await look(page);
  await press('button', 'Merge');
  await page.getByText('Merged.').waitFor();
  expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Shore');
  await page.goto(`${url}/admin/topics`);
  await page.getByLabel('Only topics without articles').check();
  await press('button', 'Search');
  await press('link', 'Delete all topics without articles');
  await look(page);
  await press('button', 'Delete 1 topic');
  await page.getByText('Deleted 1 topic.').waitFor();
  expect(await site.context.db.reader.selectFrom('topic').select('name').where('name', 'in', ['Coast', 'Passing', long]).execute()).toEqual([]);
  expect([found, pageErrors]).toEqual([[], []]);
});

test('an editor chooses a portrait in the library and describes an author, whose page shows both', async () => {
  const newsroom = await openNewsroom(browser);
  const { site, url, openSignedIn, pageErrors } = newsroom;
  await addArticle(site, { authors: ['Ada Byron'] });
  await storePicture(site, { width: 640, height: 480, alt: 'A woman at a desk' });
  const page = await openSignedIn('Ada Example');
  const { look, found } = await inspector(newsroom);

  await page.goto(`${url}/admin/authors?q=byron`);
  await look(page);
  await page.getByRole('link', { name: 'Ada Byron' }).click();
  await page.getByRole('button', { name: 'Choose from the library' }).click();
  await page.getByRole('radio', { name: 'A woman at a desk' }).check();
  await page.getByRole('button', { name: 'Use this picture' }).click();
  await page.getByRole('img', { name: 'Picture 1' }).waitFor();
  await page.getByLabel('Biography').fill('Writes about machines.');
  await page.getByLabel('Mastodon').fill('@ada');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('link', { name: /Enter a handle/ }).click();
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('mastodon');
  await page.getByLabel('Mastodon').fill('@ada@social.example');
  await page.keyboard.press('Enter');
  await page.getByText('Saved.').waitFor();
  await look(page);
  await page.getByRole('link', { name: 'View the page that readers see' }).click();
  await page.getByRole('img', { name: 'A woman at a desk' }).waitFor();
  expect(await page.getByRole('link', { name: '@ada@social.example' }).getAttribute('href')).toBe('https://social.example/@ada');
  await look(page);
  await page.goBack();
  await page.getByRole('button', { name: 'Remove the picture' }).click();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved.').waitFor();
  expect(await site.context.db.reader.selectFrom('author_profile').select('portrait_id').executeTakeFirst()).toEqual({ portrait_id: null });
  expect([found, pageErrors.filter((error) => !error.includes('status of 422'))]).toEqual([[], []]);
});
