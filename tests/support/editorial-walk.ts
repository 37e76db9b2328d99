import { randomUUID } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { formOfAuthor } from '../../src/content/authors/author-form.ts';
import { instantsOf } from '../../src/content/dates/local-time.ts';
import { isoWithOffset } from '../../src/content/dates/offsets.ts';
import { formOfTheme } from '../../src/content/named/theme-form.ts';
import { importFiles } from '../../src/exchange/import-files.ts';
import { findAuthor } from '../../src/storage/named/authors.ts';
import { renameNamed } from '../../src/storage/named/rename.ts';
import { deleteStaticPage, saveStaticPage } from '../../src/storage/pages/edit-static-pages.ts';
import { findPageAt, listEditedPages, listPageRevisions } from '../../src/storage/pages/page-revisions.ts';
import { changePicture, deletePicture } from '../../src/storage/pictures/save-picture.ts';
import { changeSettings, loadSettings } from '../../src/storage/site/settings.ts';
import { findEditedTheme, listNavigationThemes } from '../../src/storage/themes/edited-themes.ts';
import { chosenOrder } from '../../src/storage/themes/place-theme.ts';
import { makeEditor, signIn, type Browser } from './admin.ts';
import { change, open, readForm, send } from './article-form.ts';
import { storePicture } from './pictures.ts';
import { seeded, type Random } from './random.ts';
import type { TestSite } from './test-site.ts';

/** An action of an editorial walk, and whether it was possible. */
export interface Step {
  action: string;
  isDone: boolean;
}

const minute = 60_000;
const day = 24 * 60 * minute;
const words = ['lighthouse', 'harbour', 'storm', 'keeper', 'island', 'ferry', 'election', 'budget', 'museum', 'glacier', 'bridge', 'orchard', 'railway', 'violin', 'comet', 'desert', 'marathon', 'vaccine', 'cathedral', 'dialect', 'eclipse', 'fossil', 'garden', 'horizon'];
const pagePaths = ['about', 'us', 'contact', 'corrections', 'policies/corrections', 'policies/privacy'];
const names = { theme: ['World', 'Sport', 'Culture', 'Science', 'Money', 'Travel', 'Food', 'Health', 'Law', 'Arts', 'Books', 'Law & Order'], author: ['Ada Example', 'ADA-EXAMPLE', 'Ben Example', 'Cem Example'], topic: ['Coast', 'Weather', 'Money'] };

/**
 * A random walk of editorial actions, reproducible by its seed. It uses the newsroom's forms, and the functions behind
 * the commands for actions without a form. The clock moves only in the actions that pass time.
 */
export class EditorialWalk {
  readonly #site: TestSite;
  readonly #random: Random;
  #deck: string[] = [];
  #notDone = new Set<string>();
  #editor: Browser | undefined;
  #email = '';
  #count = 0;

  constructor(site: TestSite, seed: number) {
    this.#site = site;
    this.#random = seeded(seed);
  }

  /** Takes the next action. Each action comes up once, in random order, before those that were not possible are tried again, until all have been done. */
  async step(): Promise<Step> {
    if (this.#notDone.size === 0) this.#notDone = new Set(Object.keys(this.#actions));
    if (this.#deck.length === 0) this.#deck = [...this.#notDone];
    const action = this.#random.pick(this.#deck);
    this.#deck.splice(this.#deck.indexOf(action), 1);
    const isDone = await this.#actions[action]?.() ?? false;
    if (isDone) this.#notDone.delete(action);
    return { action, isDone };
  }

  readonly #actions: Record<string, () => Promise<boolean>> = {
    publish: async () => this.#write('publication', this.#random.chance(0.3) ? { publishedAt: await this.#local(-this.#random.below(400) * day) } : {}),
    schedule: async () => this.#write('schedule', { publishedAt: await this.#local((1 + this.#random.below(90)) * minute) }),
    saveDraft: async () => this.#write('draft', {}),
    passTime: async () => this.#passTime(this.#random.pick([1000, 20_000, minute, 10 * minute, 60 * minute, 5 * 60 * minute, day, 3 * day])),
    passToNextPublication: async () => this.#passToNextPublication(),
    changeText: async () => this.#update({ title: this.#title(), body: this.#text() }),
    changeTextSlightly: async () => this.#update({ standfirst: this.#text(), minor: '1' }),
    changeSlug: async () => this.#update({ slug: `${this.#random.pick(words)}-${this.#random.below(40)}` }),
    changeTheme: async () => this.#update({ theme: this.#theme() }),
    changeAuthors: async () => this.#update({ authors: this.#some(names.author) }),
    changeTopics: async () => this.#update({ topics: this.#some(names.topic) }),
    changeDate: async () => this.#update({ publishedAt: await this.#local(-this.#random.below(100 * 24 * 60) * minute) }),
    saveWithoutPublishing: async () => this.#change('draft', 'published', { title: this.#title() }),
    addPicture: async () => this.#addPicture(),
    changePicture: async () => this.#changePicture(),
    deletePicture: async () => this.#deletePicture(),
    changeLeadPicture: async () => this.#withPicture(async (id) => this.#update({ picture: id, pictureAlt: '', pictureCaption: '' })),
    overrideLeadPicture: async () => this.#withPicture(async (id) => this.#update({ picture: id, pictureAlt: this.#text(), pictureCaption: `*${this.#title()}*` })),
    changeBodyPictures: async () => this.#withPicture(async (id) => this.#update({ body: `${this.#text()}\n\n${this.#image(id)}\n\n${this.#text()} ${this.#image(id)}` })),
    removePictures: async () => this.#update({ picture: '', body: this.#text() }),
    withdraw: async () => this.#post('withdrawal', 'published', { reason: this.#text() }),
    reinstate: async () => this.#post('reinstatement', 'withdrawn'),
    correct: async () => this.#post('corrections', 'published', { text: this.#text() }),
    writeNote: async () => this.#update({ note: this.#text() }),
    submit: async () => this.#write('submission', {}),
    sendBack: async () => this.#sendBack(),
    recall: async () => this.#post('recall', 'scheduled'),
    changeThemeOfSeveral: async () => this.#changeThemeOfSeveral(),
    withdrawSeveral: async () => this.#withdrawSeveral(),
    deleteDraft: async () => this.#post('deletion', 'draft'),
    moveToStoryline: async () => this.#move(),
    beginStoryline: async () => this.#begin(),
    joinStorylines: async () => this.#withStoryline(async (id) => this.#join(id)),
    splitStoryline: async () => this.#split(),
    nameStoryline: async () => this.#withStoryline(async (id, name) => this.#storylineAction(id, 'name', { before: name, name: this.#random.chance(0.3) ? '' : this.#title() })),
    pinRelated: async () => this.#chooseRelated(this.#random.pick(['pinned', 'pinned-0'])),
    hideRelated: async () => this.#chooseRelated('hidden'),
    takeBackRelated: async () => this.#takeBackRelated(),
    rename: async () => this.#rename(),
    addTheme: async () => this.#addTheme(),
    renameTheme: async () => this.#changeTheme((form) => ({ ...form, name: `${this.#theme()} ${this.#random.below(5)}` })),
    describeTheme: async () => this.#changeTheme((form) => ({ ...form, description: this.#text() })),
    changeThemePicture: async () => this.#withPicture(async (picture) => this.#changeTheme((form) => ({ ...form, picture: this.#random.chance(0.2) ? '' : picture }))),
    placeTheme: async () => this.#placeTheme(this.#random.pick(['1', '2', '5', '9', '12', 'automatic'])),
    hideTheme: async () => this.#placeTheme('hidden'),
    mergeThemes: async () => this.#withTheme(async (id) => this.#withTheme(async (into) => this.#themeAction(id, 'merge', { into: String(into) }))),
    deleteTheme: async () => this.#deleteTheme(),
    renameTopic: async () => this.#withName('topic', async (id, before) => this.#nameAction(`topics/${id}/name`, { before, name: `${this.#random.pick(names.topic)} ${this.#random.chance(0.5) ? '' : this.#count}`.trim() })),
    deleteTopic: async () => this.#deleteTopic(),
    deleteUnusedTopics: async () => this.#nameAction('topics/unused', {}),
    mergeTopics: async () => this.#merge('topic'),
    changeAuthor: async () => this.#withName('author', async (id) => this.#changeAuthor(id)),
    mergeAuthors: async () => this.#merge('author'),
    changeSetting: async () => this.#changeSetting(),
    changeStaticPage: async () => this.#changeStaticPage(),
    addPage: async () => this.#sendPage('/admin/pages', { path: this.#random.pick(pagePaths) }),
    changePage: async () => this.#withPage(async ({ id, path, base }) => this.#sendPage(`/admin/pages/${id}/text`, { path, base })),
    movePage: async () => this.#withPage(async ({ id, base }) => this.#sendPage(`/admin/pages/${id}/text`, { path: this.#random.pick(pagePaths), base })),
    orderPages: async () => this.#withPage(async ({ id }) => this.#sendPage(`/admin/pages/${id}/order`, { direction: this.#random.pick(['up', 'down']) })),
    restorePage: async () => this.#withPage(async ({ id }) => this.#sendPage(`/admin/pages/${id}/restoration`, { revision: String(this.#random.pick(await listPageRevisions(this.#site.context.db.reader, id, { limit: 10 })).id) })),
    deletePage: async () => this.#withPage(async ({ id }) => this.#sendPage(`/admin/pages/${id}/deletion`, {})),
    importArticles: async () => this.#import(),
    matchArticles: async () => this.#match(),
    publishSequel: async () => this.#publishSequel(),
  };

  async #write(resource: string, fields: Record<string, string>): Promise<boolean> {
    const editor = await this.#signedIn();
    const form: Record<string, string> = { ...readForm((await editor.get('/admin/articles/new')).text), title: this.#title(), standfirst: this.#text(), body: this.#text(), theme: this.#theme(), authors: this.#some(names.author), topics: this.#some(names.topic), ...fields };
    return (await send(editor, form['uid'] ?? '', resource, form)).status === 303;
  }

  async #update(fields: Record<string, string>): Promise<boolean> {
    return this.#change('publication', 'published', fields);
  }

  async #change(resource: string, state: State, fields: Record<string, string>): Promise<boolean> {
    const id = await this.#article(state);
    if (id === undefined) return false;
    const editor = await this.#signedIn();
    const answer = await change(editor, id, resource, fields);
    // If unpublished changes were merged, the form comes back for a check and has to be sent again.
    if (answer.status !== 303 || !answer.headers['location']?.includes('joined')) return answer.status === 303;
    return (await send(editor, id, resource, await open(editor, id))).status === 303;
  }

  async #post(resource: string, state: State, fields: Record<string, string> = {}): Promise<boolean> {
    const id = await this.#article(state);
    return id !== undefined && (await send(await this.#signedIn(), id, resource, fields)).status === 303;
  }

  async #sendBack(): Promise<boolean> {
    await this.#write('submission', {});
    const rows = await this.#site.context.db.reader.selectFrom('article').select('id').where('submitted_at', 'is not', null).where('published_at', 'is', null).orderBy('id').execute();
    return rows.length > 0 && (await change(await this.#signedIn(), this.#random.pick(rows).id, 'return', { note: this.#text() })).status === 303;
  }

  /** Some of the articles may be left out, such as one with unpublished changes. */
  async #changeThemeOfSeveral(): Promise<boolean> {
    const themes = await this.#site.context.db.reader.selectFrom('theme').select('name').orderBy('id').execute();
    const selected = await this.#selection(['published', 'published', 'scheduled', 'draft', 'withdrawn']);
    return (await this.#bulk('theme', { ...selected, theme: this.#random.pick(themes).name })) && Object.keys(selected).length > 0;
  }

  async #withdrawSeveral(): Promise<boolean> {
    const selected = await this.#selection(['published', 'published', 'draft']);
    return this.#bulk('withdrawal', { ...selected, reason: this.#text() });
  }

  async #selection(states: State[]): Promise<Record<string, string>> {
    const ids: (number | undefined)[] = [];
    for (const state of states) ids.push(await this.#article(state));
    return Object.fromEntries(ids.flatMap((id) => (id === undefined ? [] : [[`article-${id}`, '1']])));
  }

  async #bulk(resource: string, form: Record<string, string>): Promise<boolean> {
    return [303, 409].includes((await (await this.#signedIn()).post(`/admin/bulk/${resource}`, form)).status);
  }

  /** Of any state, because a draft may be put into a storyline before it is published. */
  async #place(): Promise<{ id: number; storylineId: number | null } | undefined> {
    const id = await this.#article(this.#random.pick(['published', 'published', 'scheduled', 'draft', 'withdrawn']));
    if (id === undefined) return undefined;
    const row = await this.#site.context.db.reader.selectFrom('storyline_article').select('storyline_id').where('article_id', '=', id).executeTakeFirst();
    return { id, storylineId: row?.storyline_id ?? null };
  }

  async #move(): Promise<boolean> {
    const [article, other] = [await this.#place(), await this.#place()];
    if (!article || !other || article.id === other.id) return false;
    const to = other.storylineId === null ? `article-${other.id}` : `storyline-${other.storylineId}`;
    return (await send(await this.#signedIn(), article.id, 'move', { seen: String(article.storylineId ?? ''), to })).status === 303;
  }

  async #begin(): Promise<boolean> {
    const article = await this.#place();
    const name = this.#random.chance(0.5) ? this.#title() : '';
    return article !== undefined && (await send(await this.#signedIn(), article.id, 'new-storyline', { seen: String(article.storylineId ?? ''), name })).status === 303;
  }

  async #join(id: number): Promise<boolean> {
    return this.#withStoryline(async (other) => other !== id && this.#storylineAction(id, 'join', { other: `storyline-${other}` }));
  }

  /** Moves an article before, because most storylines are too short to be split. */
  async #split(): Promise<boolean> {
    await this.#move();
    const rows = await this.#site.context.db.reader.selectFrom('storyline_article').select(['storyline_id', 'article_id']).where('storyline_id', 'is not', null).orderBy('article_id').execute();
    const members = Map.groupBy(rows, (row) => row.storyline_id ?? 0);
    const long = [...members].filter(([, articles]) => articles.length > 1);
    if (long.length === 0) return false;
    const [id, [first, second, ...others]] = this.#random.pick(long);
    const chosen = [first, ...(others.length > 0 ? [second] : []), ...others.slice(1).filter(() => this.#random.chance(0.3))];
    return this.#storylineAction(id, 'split', { ...Object.fromEntries(chosen.map((row) => [`article-${row?.article_id}`, '1'])), newName: this.#random.chance(0.3) ? this.#title() : '' });
  }

  async #storylineAction(id: number, resource: string, form: Record<string, string>): Promise<boolean> {
    return (await (await this.#signedIn()).post(`/admin/storylines/${id}/${resource}`, form)).status === 303;
  }

  async #withStoryline(act: (id: number, name: string) => Promise<boolean>): Promise<boolean> {
    const rows = await this.#site.context.db.reader.selectFrom('storyline').select(['id', 'name']).where('joined_into', 'is', null).orderBy('id').execute();
    if (rows.length === 0) return false;
    const { id, name } = this.#random.pick(rows);
    return act(id, name);
  }

  async #chooseRelated(choice: string): Promise<boolean> {
    const [article, other] = [await this.#article('published'), await this.#article('published')];
    return article !== undefined && (await send(await this.#signedIn(), article, 'related', { other: String(other), choice })).status === 303;
  }

  async #takeBackRelated(): Promise<boolean> {
    const rows = await this.#site.context.db.reader.selectFrom('related_choice').select(['article_id', 'other_id']).orderBy('article_id').orderBy('other_id').execute();
    if (rows.length === 0) return false;
    const { article_id: article, other_id: other } = this.#random.pick(rows);
    return (await send(await this.#signedIn(), article, 'related', { other: String(other), choice: 'none' })).status === 303;
  }

  async #passTime(time: number): Promise<boolean> {
    this.#site.time.now += time;
    this.#editor = undefined;
    return true;
  }

  /** Moves the clock to the millisecond at which a scheduled article appears, or to the one before. */
  async #passToNextPublication(): Promise<boolean> {
    const { context, time } = this.#site;
    await this.#write('schedule', { publishedAt: await this.#local((1 + this.#random.below(90)) * minute) });
    const next = await context.db.reader.selectFrom('article').select('public_at').where('public_at', '>', time.now).orderBy('public_at').limit(1).executeTakeFirst();
    if (!next?.public_at) return false;
    return this.#passTime(next.public_at - time.now - (this.#random.chance(0.3) && next.public_at - time.now > 1 ? 1 : 0));
  }

  async #rename(): Promise<boolean> {
    const { context } = this.#site;
    const kind = this.#random.pick(['theme', 'author', 'topic'] as const);
    const known = await context.db.reader.selectFrom(kind).select('name').orderBy('id').execute();
    if (known.length === 0) return false;
    this.#count += 1;
    const result = await renameNamed(context.db, kind, this.#random.pick(known).name, { to: `${this.#random.pick(names[kind])} ${this.#random.chance(0.5) ? '' : this.#count}`.trim(), language: 'en' }, context.clock());
    return 'renamed' in result;
  }

  async #addTheme(): Promise<boolean> {
    return (await (await this.#signedIn()).post('/admin/themes', { name: this.#random.chance(0.5) ? this.#title() : this.#theme() })).status === 303;
  }

  async #changeTheme(change: (form: Record<string, string>) => Record<string, string>): Promise<boolean> {
    return this.#withTheme(async (id) => {
      const theme = await findEditedTheme(this.#site.context.db.reader, id, this.#site.time.now);
      return theme !== undefined && this.#themeAction(id, 'details', change({ ...formOfTheme(theme), seen: JSON.stringify(theme) }));
    });
  }

  async #placeTheme(place: string): Promise<boolean> {
    const order = chosenOrder(await listNavigationThemes(this.#site.context.db.reader, this.#site.time.now));
    return this.#withTheme(async (id) => this.#themeAction(id, 'place', { place, order }));
  }

  async #deleteTheme(): Promise<boolean> {
    await this.#addTheme();
    const unused = await this.#site.context.db.reader.selectFrom('theme').select('id').where('id', 'not in', (eb) => eb.selectFrom('article').select('theme_id').where('theme_id', 'is not', null)).orderBy('id').execute();
    return unused.length > 0 && this.#themeAction(this.#random.pick(unused).id, 'deletion');
  }

  async #themeAction(id: number, resource: string, form: Record<string, string> = {}): Promise<boolean> {
    return (await (await this.#signedIn()).post(`/admin/themes/${id}/${resource}`, form)).status === 303;
  }

  async #withTheme(act: (id: number) => Promise<boolean>): Promise<boolean> {
    const rows = await this.#site.context.db.reader.selectFrom('theme').select('id').orderBy('id').execute();
    return rows.length > 0 && act(this.#random.pick(rows).id);
  }

  async #withName(kind: 'author' | 'topic', act: (id: number, name: string) => Promise<boolean>): Promise<boolean> {
    const rows = await this.#site.context.db.reader.selectFrom(kind).select(['id', 'name']).orderBy('id').execute();
    if (rows.length === 0) return false;
    const { id, name } = this.#random.pick(rows);
    this.#count += 1;
    return act(id, name);
  }

  async #nameAction(path: string, form: Record<string, string>): Promise<boolean> {
    return (await (await this.#signedIn()).post(`/admin/${path}`, form)).status === 303;
  }

  /** Deletes a topic whose only article has been given another one. */
  async #deleteTopic(): Promise<boolean> {
    const { reader } = this.#site.context.db;
    const [article, topic] = [await this.#article('published'), this.#title()];
    if (article === undefined || (await change(await this.#signedIn(), article, 'publication', { topics: topic })).status !== 303) return false;
    await change(await this.#signedIn(), article, 'publication', { topics: this.#some(names.topic) });
    const row = await reader.selectFrom('topic').select('id').where('name', '=', topic).executeTakeFirst();
    return row !== undefined && this.#nameAction(`topics/${row.id}/deletion`, {});
  }

  async #merge(kind: 'author' | 'topic'): Promise<boolean> {
    return this.#withName(kind, async (from) => this.#withName(kind, async (into) => this.#nameAction(`${kind}s/${from}/merge`, { into: String(into) })));
  }

  async #changeAuthor(id: number): Promise<boolean> {
    const author = await findAuthor(this.#site.context.db.reader, id);
    if (!author) return false;
    const changes = [{ portrait: this.#random.pick([...(await this.#pictures()), '']) }, { biography: this.#text() }, { web: `${this.#random.pick(words)}.example`, email: '' }, { email: 'ada@news.example' }, { slug: `${this.#random.pick(words)}-${this.#random.below(40)}` }, { name: `${this.#random.pick(names.author)} ${this.#count}` }];
    return this.#nameAction(`authors/${id}/details`, { ...formOfAuthor(author), seen: JSON.stringify(author), ...this.#random.pick(changes) });
  }

  async #changeSetting(): Promise<boolean> {
    const values = [{ name: this.#title() }, { tagline: this.#title() }, { zone: this.#random.pick(['UTC', 'Europe/Bucharest', 'Asia/Kathmandu', 'America/St_Johns']) }, { language: this.#random.pick(['en-GB', 'en-US', 'ro']) }, { copyright: this.#title() }, { publicHistory: this.#random.chance(0.7) }, { sharePicture: this.#random.pick([...(await this.#pictures()), '']) }];
    return (await changeSettings(this.#site.context.db, { values: this.#random.pick(values) }, null, this.#site.context.clock())) === 'saved';
  }

  async #changeStaticPage(): Promise<boolean> {
    const { db, clock } = this.#site.context;
    const place = this.#random.pick(pagePaths);
    if (this.#random.chance(0.4) && (await deleteStaticPage(db, place, clock()))) return true;
    const pictures = this.#random.chance(0.5) ? await this.#pictures() : [];
    const id = pictures.length > 0 ? this.#random.pick(pictures) : undefined;
    const page = { path: place, title: this.#title(), body: id === undefined ? 'Text.' : this.#image(id), bodyHtml: id === undefined ? `<p>${this.#text()}</p>` : `<figure><img src="picture:${id}" alt=""></figure>` };
    await saveStaticPage(db, { ...page, markupVersion: 1 }, clock());
    return true;
  }

  async #sendPage(address: string, fields: Record<string, string>): Promise<boolean> {
    return (await (await this.#signedIn()).post(address, { title: this.#title(), body: `*${this.#text()}*`, ...fields })).status === 303;
  }

  async #withPage(act: (page: { id: number; path: string; base: string }) => Promise<boolean>): Promise<boolean> {
    const { reader } = this.#site.context.db;
    const pages = await listEditedPages(reader);
    const page = pages.length === 0 ? undefined : await findPageAt(reader, this.#random.pick(pages).path);
    return page !== undefined && act({ id: page.id, path: page.path, base: String(page.revision.id) });
  }

  async #addPicture(): Promise<boolean> {
    const [width, height] = this.#random.pick([[240, 160], [640, 400], [500, 800], [1300, 400]] as const);
    await storePicture(this.#site, { width, height, alt: this.#title(), caption: this.#title(), isDecoration: this.#random.chance(0.2) });
    return true;
  }

  async #changePicture(): Promise<boolean> {
    const { db, clock } = this.#site.context;
    const editor = await db.reader.selectFrom('editor').select('id').limit(1).executeTakeFirst();
    return this.#withPicture(async (id) => {
      const { version } = await db.reader.selectFrom('picture').select('version').where('id', '=', Number(id)).executeTakeFirstOrThrow();
      const details = { alt: this.#title(), isDecoration: false, caption: this.#title(), credit: this.#random.pick(names.author), focus: { x: this.#random.below(101), y: this.#random.below(101) } };
      return editor !== undefined && (await changePicture(db, Number(id), version, details, editor.id, clock())) === 'saved';
    });
  }

  async #deletePicture(): Promise<boolean> {
    const { db, clock } = this.#site.context;
    // All others may be in use.
    await this.#addPicture();
    for (const id of await this.#pictures()) if (await deletePicture(db, Number(id), null, clock())) return true;
    return false;
  }

  async #withPicture(act: (id: string) => Promise<boolean>): Promise<boolean> {
    const ids = await this.#pictures();
    return ids.length > 0 && act(this.#random.pick(ids));
  }

  async #pictures(): Promise<string[]> {
    const rows = await this.#site.context.db.reader.selectFrom('picture').select('id').orderBy('id').execute();
    return rows.map(({ id }) => String(id));
  }

  #image(id: string): string {
    return this.#random.pick([`![](picture:${id})`, `![${this.#title()}](picture:${id} "${this.#title()}")`]);
  }

  async #import(): Promise<boolean> {
    const { context, folder, time } = this.#site;
    const file = path.join(folder, `${randomUUID()}.ndjson`);
    const articles = Array.from({ length: 1 + this.#random.below(3) }, () => ({
      title: this.#title(),
      body: this.#text(),
      theme: this.#theme(),
      authors: [this.#random.pick(names.author)],
      topics: [this.#random.pick(names.topic)],
      publishedAt: new Date(time.now - this.#random.below(60) * day + (this.#random.chance(0.2) ? 61 * day : 0)).toISOString(),
      updatedAt: this.#random.chance(0.2) ? new Date(time.now + this.#random.below(60) * minute).toISOString() : undefined,
    }));
    await writeFile(file, articles.map((article) => JSON.stringify(article)).join('\n'));
    try {
      return (await importFiles(context, [file])).added > 0;
    } catch {
      return false;
    } finally {
      await rm(file);
    }
  }

  async #match(): Promise<boolean> {
    await this.#site.context.matcher.matchDue();
    return true;
  }

  /** Publishes an article that continues the storyline of another one, and finds its storyline and related articles. */
  async #publishSequel(): Promise<boolean> {
    const id = await this.#article('published');
    if (id === undefined) return false;
    const { title, body } = await open(await this.#signedIn(), id);
    return (await this.#write('publication', { title: `${title} again`, body: `${body} ${this.#text()}` })) && this.#match();
  }

  async #article(state: State): Promise<number | undefined> {
    const { context, time } = this.#site;
    const rows = await context.db.reader.selectFrom('article').select(['id', 'published_at', 'withdrawn_at']).orderBy('id').execute();
    const ids = rows.filter((row) => (row.withdrawn_at !== null ? 'withdrawn' : row.published_at === null ? 'draft' : row.published_at > time.now ? 'scheduled' : 'published') === state).map(({ id }) => id);
    return ids.length === 0 ? undefined : this.#random.pick(ids);
  }

  /** A session ends with time. */
  async #signedIn(): Promise<Browser> {
    if (!this.#email) this.#email = (await makeEditor(this.#site, { role: 'editor', name: 'Ada Example' })).email;
    this.#editor ??= await signIn(this.#site, this.#email);
    return this.#editor;
  }

  /** A time from now, as the form writes it: where the zone has it once. */
  async #local(fromNow: number): Promise<string> {
    const { zone } = await loadSettings(this.#site.context.db);
    const text = isoWithOffset(this.#site.time.now + fromNow, zone).slice(0, 16);
    return instantsOf(text, zone).length === 1 ? text : '';
  }

  #title(): string {
    this.#count += 1;
    return `The ${this.#random.pick(words)} ${this.#random.chance(0.5) ? this.#count : ''}`.trim();
  }

  #text(): string {
    return Array.from({ length: 3 + this.#random.below(6) }, () => this.#random.pick(words)).join(' ');
  }

  #theme(): string {
    return this.#random.pick(names.theme);
  }

  #some(list: string[]): string {
    return list.filter(() => this.#random.chance(0.5)).join('\n');
  }
}

type State = 'published' | 'scheduled' | 'withdrawn' | 'draft';
