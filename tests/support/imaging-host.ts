import { renditionsIn } from '../../src/content/pictures/renditions.ts';
import { Imaging } from '../../src/imaging/imaging.ts';
import { drawPhotograph } from './photograph.ts';

// A process that has begun to make renditions, reports the id of its child process, and goes on until it is killed.
const master = await drawPhotograph({ width: 700, height: 467 });
const imaging = new Imaging();
const [small] = renditionsIn('avif', { width: 700, height: 467, isTransparent: false, focus: { x: 50, y: 50 } });
if (small) {
  await imaging.makeRendition(async () => master, small, 'requested');
  process.send?.({ processId: imaging.processId });
  for (;;) await imaging.makeRendition(async () => master, small, 'requested');
}
