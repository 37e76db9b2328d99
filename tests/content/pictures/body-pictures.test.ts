import { expect, test } from 'vitest';
import { renderMarkdown } from '../../../src/content/markdown/markdown.ts';
import { missingDescriptions } from '../../../src/content/pictures/missing-descriptions.ts';
import { pictureIdsIn, shownPictureIds, splitAtPictures } from '../../../src/content/pictures/body-pictures.ts';

const options = { siteUrl: 'https://news.example', smartTypography: false, labels: { notes: '', backToReference: '', table: '', preformatted: '' } };
const html = (markdown: string) => renderMarkdown(markdown, options).html;

test.each(['/pictures/15-947b9dbf200d/320.jpg', 'https://news.example/pictures/15-947b9dbf200d/320.jpg', 'pictures/15-947b9dbf200d/1280.avif', '//news.example/pictures/15-947b9dbf200d/share-50-50.jpg?x#y'])('the address %s of a rendition means its picture', (address) => {
  expect(html(`![p](${address} "Caption")`)).toBe('<figure><img src="picture:15" alt="p"><figcaption>Caption</figcaption></figure>');
  expect(html(`a ![p](${address}) b <img src="${address}">`)).toBe('<p>a <img src="picture:15" alt="p"> b <img src="picture:15" alt=""></p>');
  expect(html(`![p](${address}) ![](picture:2)`)).toMatch(/^<div class="pictures">/);
  expect(pictureIdsIn(`![p](${address}) ![](picture:2)`)).toEqual([15, 2]);
});

test.each(['https://other.example/pictures/15-947b9dbf200d/320.jpg', '/pictures/015-947b9dbf200d/320.jpg', '/pictures/15-947b9dbf200/320.jpg', '/pictures/15-947b9dbf200d/', '/other/pictures/15-947b9dbf200d/320.jpg', '/pictures/1.png'])('%s is no address of a picture in the library', (address) => {
  expect(shownPictureIds(html(`![p](${address})`))).toEqual([]);
});

test('a body shows its first 500 pictures, and can’t be published with more', () => {
  const problemsOf = (body: string) => missingDescriptions({ picture: null, pictureAlt: '' }, body, new Map()).map(({ problem }) => problem.key).filter((key) => key === 'problems.tooManyPictures');
  const [most, tooMany] = [html('![a](picture:7)\n\n'.repeat(500)), `${html('![a](picture:7)\n\n'.repeat(501))}<p>End</p>`];
  expect([problemsOf(most), problemsOf(tooMany)]).toEqual([[], ['problems.tooManyPictures']]);
  const parts = splitAtPictures(tooMany);
  expect(parts.filter((part) => typeof part !== 'string')).toHaveLength(500);
  expect(parts.at(-1)).toMatch(/^\s*<p>End<\/p>$/);
});
