import type { Rendition } from '../content/pictures/renditions.ts';
import type { Master } from '../storage/pictures/save-picture.ts';

/** What an upload says about itself in its metadata. */
export interface EmbeddedTexts {
  caption: string;
  credit: string;
}

/** Makes masters and renditions, one at a time. */
export class Imaging {
  /**
   * Decodes an uploaded file.
   *
   * @throws RefusedPicture if the file is not a picture that the library accepts
   */
  async makeMaster(_file: string): Promise<Master & EmbeddedTexts> {
    throw new Error('Not written yet');
  }

  async makeRendition(_master: Uint8Array, _rendition: Rendition): Promise<Buffer> {
    throw new Error('Not written yet');
  }

  async close(): Promise<void> {}
}
