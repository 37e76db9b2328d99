import { parse, type MessageFormatElement } from '@formatjs/icu-messageformat-parser';
import { printAST } from '@formatjs/icu-messageformat-parser/printer.js';
import { DomUtils } from 'htmlparser2';
import type { Catalogue } from '../../src/messages/catalogue.ts';
import { en } from '../../src/messages/en.ts';
import { parsed } from './html.ts';

const plain = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
const accented = 'áƀçđéƒǧĥíĵķłɱñóƥɋřšŧúṽŵẋýžÁƁÇĐÉƑǦĤÍĴĶŁṀÑÓƤɊŘŠŦÚṼŴẊÝŽ';

/** The English messages in brackets and with accents, without any ASCII letters. */
export const pseudoCatalogue = Object.fromEntries(
  Object.entries(en).map(([group, texts]) => [group, Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, `⟦${printAST(accent(parse(text)))}⟧`]))]),
) as unknown as Catalogue;

function accent(elements: MessageFormatElement[]): MessageFormatElement[] {
  return elements.map((element) => {
    const accentedElement = { ...element } as MessageFormatElement & { children?: MessageFormatElement[]; options?: Record<string, { value: MessageFormatElement[] }> };
    if ('children' in accentedElement && accentedElement.children) accentedElement.children = accent(accentedElement.children);
    if ('options' in accentedElement && accentedElement.options) accentedElement.options = Object.fromEntries(Object.entries(accentedElement.options).map(([rule, option]) => [rule, { ...option, value: accent(option.value) }]));
    if (accentedElement.type === 0) accentedElement.value = [...accentedElement.value].map((letter) => accented[plain.indexOf(letter)] ?? letter).join('');
    return accentedElement;
  });
}

/** What is the same in every language: addresses, formats, keys, time zones, methods, browsers, tags, keys of authenticator apps, and times in ISO 8601. */
const names = /(?:[A-Z2-7]{4} ){7}[A-Z2-7]{4}|<u>|\/admin|\d(?=T)T(?=\d)|Mozilla\/.*|\b(?:Europe\/Bucharest|Firefox|Linux|RSS|Atom|JSON Feed|JSON|Broadsheet|UTC|GMT|EET|EEST|Ctrl|Shift|POST|B|I|K)\b/g;
const spokenAttributes = ['title', 'aria-label', 'placeholder', 'alt', 'content'];
const silent = new Set(['script', 'style', 'template', 'textarea']);

/**
 * The texts and visible or spoken attributes of a page that have ASCII letters. On a site in the pseudo-language whose
 * content has none, these are the texts that don't come from the messages.
 */
export function textsLeftBehind(html: string): string[] {
  const texts: string[] = [];
  DomUtils.filter((node) => {
    if (node.type === 'text' && !silent.has((node.parent as { name?: string } | null)?.name ?? '') && !isAddress(node.parent)) texts.push(node.data);
    if ('attribs' in node) for (const name of spokenAttributes) texts.push(name === 'content' && !isSpokenMeta(node.attribs) ? '' : (node.attribs[name] ?? ''));
    return false;
  }, parsed(html));
  return texts.map((text) => text.trim()).filter((text) => /[a-z]/i.test(text.replace(names, '').replace(/\S+@\S+|https?:\S+/g, '')));
}

function isSpokenMeta({ name = '', property = '' }: Record<string, string>): boolean {
  return ['description', 'og:title', 'og:description', 'og:site_name'].includes(name || property);
}

function isAddress(node: unknown): boolean {
  const { attribs } = (node ?? {}) as { attribs?: Record<string, string> };
  return /\bprint-address\b/.test(attribs?.['class'] ?? '');
}
