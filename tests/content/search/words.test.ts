import { expect, test } from 'vitest';
import { countWords, fold, foldedWords, readingMinutes, locateWords } from '../../../src/content/search/words.ts';

test.each([
  ['Café', 'cafe'],
  ['e\u0301', '\u00e9'],
  ['Straße', 'STRASSE'],
  ['STRAẞE', 'strasse'],
  ['İstanbul', 'istanbul'],
  ['ıstanbul', 'ISTANBUL'],
  ['Ørsted Æsir Łódź Đặng', 'orsted aesir lodz dang'],
  ['œuvre', 'OEUVRE'],
  ['ﬁn', 'fin'],
  ['ΟΔΟΣ', 'οδός'],
  ['ἈΧΙΛΛΕΎΣ', 'αχιλλευς'],
  ['ёлка', 'елка'],
  ['مُحَمَّد', 'محمد'],
  ['أحمد إسلام آية', 'احمد اسلام ايه'],
  ['ـــسلام', 'سلام'],
  ['مستشفى مدرسة', 'مستشفي مدرسه'],
  ['علی کتاب', 'علي كتاب'],
  ['ﻻ', 'لا'],
  ['שָׁלוֹם', 'שלום'],
  ['ｶﾞｽ', 'ガス'],
  ['Ａ１', 'a1'],
  ['inter\u00adnational', 'international'],
  ['葛\u{e0100}', '葛'],
  ['комʼютер', "ком'ютер"],
])('%s is found as %s', (one, other) => {
  expect(foldedWords(one)).toEqual(foldedWords(other));
  expect(foldedWords(one)).not.toEqual([]);
});

test.each([
  ['की', 'का'],
  ['हिन्दी', 'हनद'],
  ['が', 'か'],
  ['パ', 'ハ'],
  ['น้า', 'นา'],
  ['ק', 'כ'],
])('marks that make a different letter are kept: %s is not %s', (one, other) => {
  expect(foldedWords(one)).not.toEqual(foldedWords(other));
});

test.each([
  ['It’s 5 o\'clock', ['it', 's', '5', 'o', 'clock']],
  ['rock-n-roll, C++ & x²', ['rock', 'n', 'roll', 'c', 'x2']],
  ['中文字 ab', ['中', '文', '字', 'ab']],
  ['iPhone手机', ['iphone', '手', '机']],
  ['東京タワー', ['東', '京', 'タ', 'ワ', 'ー']],
  ['ไทย', ['ไ', 'ท', 'ย']],
  ['한국어 뉴스', ['한국어', '뉴스']],
  ['हिन्दी समाचार', ['हिन्दी', 'समाचार']],
  ['می‌خواهم', ['مي', 'خواهم']],
  ['ﷺ', ['صلي', 'الله', 'عليه', 'وسلم']],
])('the words of %s', (text, words) => {
  expect(foldedWords(text)).toEqual(words);
});

test.each(['', ' ', '…!?', '🦊', '❤️', '👨‍👩‍👧', '\u0000\u0001', '\ud800', '- -'])('%j has no words', (text) => {
  expect(foldedWords(text)).toEqual([]);
  expect([...locateWords(text)]).toEqual([]);
  expect(countWords(text)).toBe(0);
});

test('each word has its position; words that fold from one share it', () => {
  expect([...locateWords('Né, 北京 ½')]).toEqual([
    { folded: 'ne', start: 0, end: 2 },
    { folded: '北', start: 4, end: 5 },
    { folded: '京', start: 5, end: 6 },
    { folded: '1', start: 7, end: 8 },
    { folded: '2', start: 7, end: 8 },
  ]);
});

test('the located words are the indexed words', () => {
  for (const text of ['Straße e\u0301té ΟΔΟΣ', 'مُحَمَّد أحمد', 'น้ำท่วม ภาษาไทย', 'ｶﾞｽ ﾊﾟﾝ', 'ກຳ', 'inter\u00adnational', 'क्\u200dष हिन्दी', '葛\u{e0100}飾', '🦊❤️1️⃣ ok', 'ʼn ŉ', '𠮷野家 a𠮷b']) {
    expect([...locateWords(text)].map(({ folded }) => folded), text).toEqual(foldedWords(text));
  }
});

test('folding is idempotent', () => {
  for (const text of ['STRAẞE ﬃ ǰ ŉ ΐ', 'أحمد ﷺ', 'ｶﾞ น้ำ', 'İıŁØÆ', '½ ㎏ ①', 'שָׁלוֹם', 'ᾳ ᾼ ὈΔΥΣΣΕΎΣ']) expect(fold(fold(text)), text).toBe(fold(text));
});

test.each([
  ['one two three', 3],
  ['It’s a well-known fact', 4],
  ['one - two – three', 3],
  ['北京大学', 2],
  ['北京大学 news', 3],
  ['', 0],
])('%j counts %i words', (text, count) => {
  expect(countWords(text)).toBe(count);
});

test('reading takes a minute for 230 words and is undefined for fewer', () => {
  expect([0, 10, 229, 230, 344, 346, 2300].map(readingMinutes)).toEqual([undefined, undefined, undefined, 1, 1, 2, 10]);
});

test('words fold the same in a long text as alone, wherever non-ASCII characters are', () => {
  const words = ['Plain', 'café', 'CAFE\u0301', 'Straße', 'ΟΔΟΣ', '中文', 'ﬁn', 'x'.repeat(60), 'İstanbul', 'ไทย', 'a\u00adb', '’tis', '3½'];
  const text = words.flatMap((one) => words.map((other) => `${one} ${other}\n${one} plain words between `)).join('');
  expect(foldedWords(text)).toEqual(text.split(/[ \n]/).flatMap((word) => foldedWords(word)));
  expect(foldedWords(text)).toEqual([...locateWords(text)].map(({ folded }) => folded));
});
