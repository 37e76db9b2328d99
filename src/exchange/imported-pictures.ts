import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Context } from '../context.ts';
import type { EmbeddedTexts } from '../imaging/embedded-texts.ts';
import { RefusedPicture } from '../imaging/refused-picture.ts';
import { english } from '../messages/languages.ts';
import { findPicture } from '../storage/pictures/pictures.ts';
import { addPicture, type Master } from '../storage/pictures/save-picture.ts';
import { pictureKey, type PictureReference } from './article-pictures.ts';
import { findPictureFile } from './picture-file.ts';

/** A picture that the library accepts, and that is not stored yet. */
interface CheckedPicture {
  /** The file with the master's bytes, which takes no memory until the picture is stored. */
  masterFile: string;
  master: Omit<Master, 'data'>;
  embedded: EmbeddedTexts;
  fileName: string;
  /** The articles that name the picture. Their first texts become the picture's own. */
  references: PictureReference[];
  stored?: Promise<number>;
}

type Checked = CheckedPicture | { problem: string };

/** The picture files of one import. All of them are decoded before anything is written. */
export class ImportedPictures {
  /** One line for each picture that was left out, and for each credit that could not be stored. */
  readonly report: string[] = [];
  readonly #context: Pick<Context, 'db' | 'imaging' | 'clock'>;
  readonly #folderOf: (articleFile: string) => string;
  readonly #areMissingReported: boolean;
  readonly #byPath = new Map<string, Checked>();
  /** By the file's real path. */
  readonly #byFile = new Map<string, Checked>();
  /** The pictures of each batch of articles, by `pictureKey`. */
  readonly #batches = new Map<number, Map<string, Checked>>();
  #temporaryFolder: string | undefined;

  /** @param folderOf the imported folder, which paths in the given file must not leave */
  constructor(context: Pick<Context, 'db' | 'imaging' | 'clock'>, folderOf: (articleFile: string) => string, { areMissingReported }: { areMissingReported: boolean }) {
    this.#context = context;
    this.#folderOf = folderOf;
    this.#areMissingReported = areMissingReported;
  }

  /** Returns a line for each picture that can't be imported, unless these only go into the report. */
  async check(batch: number, references: PictureReference[]): Promise<string[]> {
    const problems: string[] = [];
    for (const reference of references) {
      const articleFile = reference.place.slice(0, reference.place.lastIndexOf(':'));
      const key = pictureKey(articleFile, reference.path);
      const checked = this.#byPath.get(key) ?? (await this.#checkPath(articleFile, reference.path));
      this.#byPath.set(key, checked);
      const inBatch = this.#batches.get(batch) ?? new Map<string, Checked>();
      this.#batches.set(batch, inBatch.set(key, checked));
      if ('problem' in checked) problems.push(`${reference.place}: ${reference.field}: ${checked.problem}`);
      else checked.references.push(reference);
    }
    if (!this.#areMissingReported) return problems;
    this.report.push(...problems.map((problem) => `${problem} The article was imported without this picture.`));
    return [];
  }

  /** Stores the pictures of a batch. Returns their ids by `pictureKey`; null: can't be imported. */
  async store(batch: number): Promise<Map<string, number | null>> {
    const ids = new Map<string, number | null>();
    for (const [key, checked] of this.#batches.get(batch) ?? []) {
      if ('problem' in checked) ids.set(key, null);
      else ids.set(key, await (checked.stored ??= this.#store(checked)));
    }
    return ids;
  }

  async close(): Promise<void> {
    if (this.#temporaryFolder !== undefined) await rm(this.#temporaryFolder, { recursive: true, force: true });
  }

  async #checkPath(articleFile: string, written: string): Promise<Checked> {
    const found = await findPictureFile(articleFile, this.#folderOf(articleFile), written);
    if ('problem' in found) return found;
    const checked = this.#byFile.get(found.file) ?? (await this.#checkFile(found.file, written));
    this.#byFile.set(found.file, checked);
    return checked;
  }

  async #checkFile(file: string, written: string): Promise<Checked> {
    try {
      const { data, caption, credit, ...master } = await this.#context.imaging.makeMaster(file);
      this.#temporaryFolder ??= await mkdtemp(path.join(tmpdir(), 'broadsheet-import-'));
      const masterFile = path.join(this.#temporaryFolder, String(this.#byFile.size));
      await writeFile(masterFile, data);
      return { masterFile, master, embedded: { caption, credit }, fileName: path.basename(file), references: [] };
    } catch (error) {
      if (error instanceof RefusedPicture) return { problem: `“${written}” can't be used. ${english.of(error.problem)}` };
      throw error;
    }
  }

  async #store({ masterFile, master, embedded, fileName, references }: CheckedPicture): Promise<number> {
    const { db, clock } = this.#context;
    const first = (field: 'alt' | 'caption' | 'credit') => references.map((reference) => reference[field]).find((text) => text !== '') ?? '';
    const texts = { alt: first('alt'), caption: first('caption') || embedded.caption, credit: first('credit') || embedded.credit };
    const picture = { ...master, ...texts, data: await readFile(masterFile), fileName, isDecoration: false, focus: { x: 50, y: 50 } };
    const { id } = await addPicture(db, picture, null, clock());
    await rm(masterFile);
    const stored = await findPicture(db.reader, id);
    for (const { place, credit } of references) {
      if (stored && credit !== '' && credit !== stored.credit) this.report.push(`${place}: pictureCredit: The picture keeps its credit in the library, “${stored.credit}”. Change it there if necessary.`);
    }
    return id;
  }
}
