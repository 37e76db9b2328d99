import sharp from 'sharp';
import { expect, test } from 'vitest';
import { pictureLimits } from '../../src/content/pictures/picture.ts';
import { exifSegment, iptcSegment, withJpegSegment } from '../support/image-files.ts';
import { drawPhotograph } from '../support/photograph.ts';
import { uploader } from '../support/uploads.ts';

const photograph = await drawPhotograph({ width: 90, height: 60, seed: 6 });

function xmp(description: string): string {
  return `<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" ${description}</rdf:RDF></x:xmpmeta><?xpacket end="w"?>`;
}

const wholeXmp = xmp(`photoshop:Credit="Reuters"><dc:description><rdf:Alt><rdf:li xml:lang="x-default">Firefighters at
  Heathrow &amp; around</rdf:li><rdf:li xml:lang="de">Feuerwehr</rdf:li></rdf:Alt></dc:description><dc:creator><rdf:Seq><rdf:li>Ana Lima</rdf:li><rdf:li>Bo Dahl</rdf:li></rdf:Seq></dc:creator><dc:rights><rdf:Alt><rdf:li xml:lang="x-default">© 2025 Reuters</rdf:li></rdf:Alt></dc:rights></rdf:Description>`);

async function textsOf(file: Buffer) {
  const { makeMaster } = await uploader();
  const { caption, credit } = await makeMaster(file);
  return { caption, credit };
}

test('all metadata is removed, the position first of all', async () => {
  const { makeMaster } = await uploader();
  const gps = { GPSLatitudeRef: 'N', GPSLatitude: '51/1 28/1 0/1', GPSLongitudeRef: 'W', GPSLongitude: '0/1 27/1 0/1' };
  for (const format of ['jpeg', 'png', 'webp', 'avif'] as const) {
    const upload = await sharp(photograph).withExif({ IFD0: { Make: 'CameraMaker', Copyright: 'Somebody' }, IFD3: gps }).withXmp(wholeXmp).withIccProfile('p3').toFormat(format).toBuffer();
    const file = format === 'jpeg' ? withJpegSegment(upload, 0xed, iptcSegment({ 120: 'A caption' })) : upload;
    const before = await sharp(file).metadata();
    expect([before.exif?.includes('CameraMaker'), before.xmp !== undefined, before.icc !== undefined, before.iptc !== undefined], format).toEqual([true, true, true, format === 'jpeg']);
    // GPSInfo, tag 0x8825, in either byte order.
    expect(before.exif?.includes(Buffer.from([0x88, 0x25])) || before.exif?.includes(Buffer.from([0x25, 0x88])), format).toBe(true);
    const { data } = await makeMaster(file);
    const { exif, xmp, icc, iptc, orientation } = await sharp(data).metadata();
    expect({ exif, xmp, icc, iptc, orientation }, format).toEqual({ exif: undefined, xmp: undefined, icc: undefined, iptc: undefined, orientation: undefined });
    for (const trace of ['Exif', 'CameraMaker', 'Somebody', 'adobe', 'Photoshop', 'ICC_PROFILE', 'iCCP', 'eXIf', 'iTXt', 'tEXt', 'A caption', 'Ana Lima']) expect(data.includes(trace), `${format}: ${trace}`).toBe(false);
  }
});

test('caption and credit are read from XMP in every format that can have it', async () => {
  for (const format of ['jpeg', 'png', 'webp', 'avif'] as const) {
    expect(await textsOf(await sharp(photograph).withXmp(wholeXmp).toFormat(format).toBuffer()), format).toEqual({ caption: 'Firefighters at Heathrow & around', credit: 'Ana Lima, Bo Dahl / Reuters' });
  }
});

test('XMP may have its values as elements, too', async () => {
  const file = await sharp(photograph).withXmp(xmp('><photoshop:Credit>AFP</photoshop:Credit><photoshop:City>London</photoshop:City></rdf:Description>')).jpeg().toBuffer();
  expect(await textsOf(file)).toEqual({ caption: '', credit: 'AFP' });
});

test('caption and credit are read from IPTC, in UTF-8 or Windows-1252', async () => {
  expect(await textsOf(withJpegSegment(photograph, 0xed, iptcSegment({ 120: 'Zürich im März', 80: 'Käthe Groß' }, { isMarkedUtf8: true })))).toEqual({ caption: 'Zürich im März', credit: 'Käthe Groß' });
  expect(await textsOf(withJpegSegment(photograph, 0xed, iptcSegment({ 120: 'Zürich – März', 110: 'Agentur' })))).toEqual({ caption: 'Zürich – März', credit: 'Agentur' });
  expect(await textsOf(withJpegSegment(photograph, 0xed, iptcSegment({ 120: Buffer.from('Zürich', 'latin1') })))).toEqual({ caption: 'Zürich', credit: '' });
});

test('caption and credit are read from EXIF, but not what a camera writes there', async () => {
  const withExif = async (tags: Record<string, string>) => textsOf(await sharp(photograph).withExif({ IFD0: tags }).jpeg().toBuffer());
  expect(await withExif({ ImageDescription: 'The harbour at dawn', Artist: 'Ana Lima' })).toEqual({ caption: 'The harbour at dawn', credit: 'Ana Lima' });
  expect(await withExif({ ImageDescription: 'OLYMPUS DIGITAL CAMERA', Copyright: 'Ana Lima, 2025' })).toEqual({ caption: '', credit: 'Ana Lima, 2025' });
  expect(await textsOf(withJpegSegment(photograph, 0xe1, exifSegment(0x010e, '黎明时分的港口')))).toEqual({ caption: '黎明时分的港口', credit: '' });
  expect(await withExif({ ImageDescription: 'DCIM\\100MEDIA\\DJI_0012.JPG' })).toEqual({ caption: '', credit: '' });
  expect(await textsOf(withJpegSegment(photograph, 0xe1, exifSegment(0x013b, 'Käthe Groß')))).toEqual({ caption: '', credit: 'Käthe Groß' });
});

test('an embedded caption is plain text, and is shortened before it is escaped', async () => {
  const embedded = async (caption: string) => (await textsOf(withJpegSegment(photograph, 0xed, iptcSegment({ 120: caption, 110: 'A*B_ <C>' }))));
  expect(await embedded('Ship *Ada_1* [left] <b> & `x` \\ bow')).toEqual({ caption: 'Ship \\*Ada\\_1\\* \\[left\\] \\<b> & \\`x\\` \\\\ bow', credit: 'A*B_ <C>' });
  const { caption } = await embedded('*'.repeat(1200));
  expect(caption).toMatch(/^(?:\\\*)+…$/);
  expect(caption.length).toBeLessThanOrEqual(1000);
});

test('XMP comes before IPTC, and IPTC before EXIF, field by field', async () => {
  const file = await sharp(photograph).withXmp(xmp('photoshop:Credit="From XMP"/>')).withExif({ IFD0: { ImageDescription: 'From the EXIF block', Artist: 'From EXIF' } }).jpeg().toBuffer();
  expect(await textsOf(withJpegSegment(file, 0xed, iptcSegment({ 120: 'From IPTC', 110: 'From IPTC' })))).toEqual({ caption: 'From IPTC', credit: 'From EXIF / From XMP' });
});

test('the photographer is not named twice, and copyright counts only without a credit', async () => {
  const credit = async (description: string) => (await textsOf(await sharp(photograph).withXmp(xmp(description)).jpeg().toBuffer())).credit;
  const creator = '<dc:creator><rdf:Seq><rdf:li>Ana Lima</rdf:li></rdf:Seq></dc:creator></rdf:Description>';
  expect(await credit(`photoshop:Credit="Ana Lima/AP">${creator}`)).toBe('Ana Lima/AP');
  expect(await credit(`photoshop:Credit="ANA LIMA">${creator}`)).toBe('ANA LIMA');
  expect(await credit('><dc:rights><rdf:Alt><rdf:li>© AP</rdf:li></rdf:Alt></dc:rights></rdf:Description>')).toBe('© AP');
});

test('texts are cleaned and cut to the limits of their fields', async () => {
  const long = 'word '.repeat(1000);
  const { caption, credit } = await textsOf(await sharp(photograph).withXmp(xmp(`photoshop:Credit="${long}"><dc:description><rdf:Alt><rdf:li>\u0085${long}</rdf:li></rdf:Alt></dc:description></rdf:Description>`)).jpeg().toBuffer());
  expect([caption.length > 900, caption.length <= pictureLimits.caption, credit.length <= pictureLimits.credit]).toEqual([true, true, true]);
  expect(caption).toMatch(/^word word .* word…$/);
});

test('broken metadata is ignored', async () => {
  const broken = [
    await sharp(photograph).withXmp('<x:xmpmeta><dc:description><rdf:li>Half').jpeg().toBuffer(),
    withJpegSegment(photograph, 0xed, Buffer.concat([iptcSegment({ 120: 'Cut off' }).subarray(0, 60)])),
    withJpegSegment(photograph, 0xed, Buffer.from('Photoshop 3.0\x008BIM\x04\x04\0\0\xff\xff\xff\xff\x1c\x02\x78\xff\xff', 'latin1')),
    withJpegSegment(photograph, 0xe1, Buffer.from('Exif\0\0II*\0\xff\xff\xff\xff', 'latin1')),
    withJpegSegment(photograph, 0xe1, Buffer.concat([Buffer.from('Exif\0\0MM\0*\0\0\0\u0008', 'latin1'), Buffer.alloc(2000, 0xff)])),
  ];
  const { makeMaster } = await uploader();
  for (const file of broken) expect(await makeMaster(file)).toMatchObject({ width: 90, height: 60 });
});
