import request from 'supertest';
import { expect, test } from 'vitest';
import { withdrawArticle } from '../../src/storage/articles/article-states.ts';
import { makeEditor, signIn } from '../support/admin.ts';
import { change } from '../support/article-form.ts';
import { correct } from '../support/corrections.ts';
import { storePicture } from '../support/pictures.ts';
import { seedArticle } from '../support/seed.ts';
import { putInStoryline, relate } from '../support/storylines.ts';
import { addArticle, now, sampleSite } from '../support/test-site.ts';
import { problemsByNu, problemsByRules } from '../support/valid-html.ts';

const everything = `# One

### Three

Text with **bold**, *em*, \`code\`, ~~gone~~, [in](/about), [out](https://other.example/), a note[^1] and <kbd>raw</kbd>.

- [x] done
- [ ] not

1. one
2. two

> quoted

| a | b |
| :-: | -: |
| 1 | 2 |

\`\`\`js
let a = '<b>';
\`\`\`

![Own](/pictures/own.png "A caption")

![Theirs](https://other.example/a.png)

# One

[^1]: The note.

${['<td>x</td>', '<li>x</li>', '<dt>a</dt>', '<summary>s</summary>', '<ul>text</ul>', '<details><p>x</p></details>', '<details><summary>s</summary><p>x</p></details>', '<span><p>x</p></span>', '<h2><div>x</div></h2>', '<bdo>x</bdo>', '<a aria-label="x">y</a>', '<a href="mailto:a b">m</a>', '<a href="https://other.example/a|b">p</a>', '<section><p>x</p></section>', '<table>stray<tr><td>a<p>b</p></td>also</tr></table>', '<table border=1><td>x</table>', '<em><h2>x</h2></em>', '<dl><dt>a</dt><dd>b</dd>x</dl>', '</article></main>', '<p id="main_content">'].join('\n\n')}
`;

function bodyWithPictures(ids: number[]): string {
  const images = ids.map((id) => `![](picture:${id} "Own")`);
  return [...images, images.join(' '), `A line with ${images[0]} a picture.`, `- ${images[1]}`, `> ${images[2]}`, `| a |\n| - |\n| ${images[2]} |`, `# ${images[2]}`, `[${images[0]}](/about)`, '![Gone](picture:999)'].join('\n\n');
}

/** The HTML of one page of every kind, by path. */
async function pagesOfEveryKind(): Promise<Map<string, string>> {
  const site = await sampleSite();
  const odd = await addArticle(site, { title: '*خبر* <b>', language: 'ar', theme: 'Rivers & "seas"', authors: ['Ada <Example>', 'Ben'], topics: ['A & B'], standfirst: 'S', summary: 'M', body: everything, updatedAt: now });
  const bare = await addArticle(site, { title: 'Bare', theme: 'Alone' });
  const pictures = [await storePicture(site, { caption: 'A *caption* & [link](/about)', credit: 'Ada <Example>', focus: { x: 10, y: 90 } }), await storePicture(site, { width: 400, height: 1200 }), await storePicture(site, { width: 200, height: 100, isTransparent: true })];
  const pictured = await addArticle(site, { title: 'Pictured', picture: pictures[0] ?? null, body: bodyWithPictures(pictures), publishedAt: now });
  await site.context.db.writer.updateTable('theme').set({ description: 'A "text" & <b>', picture_id: pictures[0] ?? null }).where('slug', '=', 'world').execute();
  const ben = await site.context.db.reader.selectFrom('author').select('id').where('name', '=', 'Ben').executeTakeFirstOrThrow();
  await site.context.db.writer.insertInto('author_profile').values({ author_id: ben.id, portrait_id: pictures[1] ?? null, biography: 'Writes <b> & "more".', web: 'https://ben.example/?a=b&c=%22', mastodon: 'https://social.example/@ben', bluesky: 'https://bsky.app/profile/ben.bsky.social', email: '"ben"&<b>@news.example' }).execute();
  const withdrawn = await addArticle(site, { title: 'Gone' });
  await withdrawArticle(site.context.db, withdrawn.id, 'Wrong.', now);
  const story: { id: number; slug: string }[] = [];
  for (let n = 1; n <= 12; n += 1) story.push(await addArticle(site, { title: `Part *${n}* & "more"`, language: n % 2 ? 'ar' : 'en-GB', publishedAt: now - (20 - n) * 400_000 }));
  await putInStoryline(site, 1, story, 'A <name>');
  for (const article of story.slice(-1)) await relate(site, article, [odd, bare, pictured]);
  const pages = new Map<string, string>([['no corrections', (await request(site.app).get('/corrections')).text]]);
  const ada = await signIn(site, (await makeEditor(site, { role: 'editor' })).email);
  for (const text of ['One <b>.\n\nMore.', 'Two.']) await correct(site, odd, text);
  await correct(site, bare, 'Three.');
  await change(ada, odd.id, 'publication', { title: 'Other *words*', body: 'New.' });
  await change(ada, odd.id, 'publication', { title: '*خبر* <b>', body: everything });
  const paths = ['/corrections', `/articles/${odd.slug}/history`, '/', `/articles/${story.at(-1)?.slug}`, '/storylines/1', seedArticle.path, `/articles/${odd.slug}`, `/articles/${bare.slug}`, `/articles/${pictured.slug}`, `/articles/${withdrawn.slug}`, '/themes/world', '/authors/broadsheet-desk', '/authors/ben', '/topics/sudan', '/archive', '/archive/2025', '/archive/2025/03', '/archive/2025/03/23', '/search', '/search?q=sudan', '/search?q=zzz', '/search?q=%22', '/search?q=sudan&from=never', '/about', '/policies/corrections', '/nothing', '/articles/%E0%A4%A'];
  for (const page of paths) pages.set(page, (await request(site.app).get(page)).text);
  const next = /href="([^"]+)" rel="next"/.exec(pages.get('/themes/world') ?? '')?.[1] ?? '';
  pages.set(next, (await request(site.app).get(next)).text);
  pages.set('POST /about', (await request(site.app).post('/about')).text);
  return pages;
}

let pages: Promise<Map<string, string>> | undefined;

/** Both tests check the same pages. */
function everyPage(): Promise<Map<string, string>> {
  pages ??= pagesOfEveryKind();
  return pages;
}

test('every kind of page is valid HTML', async () => {
  expect(await problemsByRules(await everyPage())).toEqual([]);
});

test('the Nu HTML checker reports no errors or warnings for any kind of page (needs Java)', async () => {
  expect(await problemsByNu(await everyPage())).toBe('');
}, 60_000);
