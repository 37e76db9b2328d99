import { randomBytes } from 'node:crypto';
import path from 'node:path';
import SqliteFile from 'better-sqlite3';

interface StoredPicture {
  id: number;
  /** In bytes. The content is random. */
  size?: number;
  /** The sizes of its renditions, in bytes. */
  renditions?: number[];
  alt?: string;
  fileName?: string;
  /** UTC milliseconds. */
  createdAt?: number;
}

/** Inserts pictures into the SQLite database in a folder. Nothing decodes them. */
export function insertPictures(folder: string, pictures: StoredPicture[]): void {
  const db = new SqliteFile(path.join(folder, 'broadsheet.db'));
  const insert = db.prepare(`insert into picture (id, hash, width, height, size, is_transparent, colour, file_name, alt, is_decoration, caption, credit, focus_x, focus_y, search_text, created_at) values (?, ?, 2000, 1000, ?, 0, '#aabbcc', ?, ?, 0, '*Late*', 'Ana', 40, 60, ' river', ?)`);
  for (const { id, size = 10, renditions = [], alt = 'Ä river', fileName = `${id}.jpg`, createdAt = 5 } of pictures) {
    insert.run(id, `hash ${id}`, size, fileName, alt, createdAt);
    db.prepare('insert into picture_master values (?, ?)').run(id, randomBytes(size));
    renditions.forEach((bytes, index) => db.prepare('insert into rendition values (?, ?, ?, 0)').run(id, `${index}.avif`, randomBytes(bytes)));
  }
  db.close();
}
