import { Imaging } from '../../src/imaging/imaging.ts';

/** Records which renditions this process made. */
export class RecordingImaging extends Imaging {
  readonly made: string[] = [];

  override async makeRendition(...[findMaster, rendition, priority]: Parameters<Imaging['makeRendition']>): Promise<Buffer | undefined> {
    const made = await super.makeRendition(findMaster, rendition, priority);
    if (made) this.made.push(rendition.name);
    return made;
  }
}
