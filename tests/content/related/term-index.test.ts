import { expect, test } from 'vitest';
import { packTerms, sign, storyWeighting, termOf, type Signature } from '../../../src/content/related/signature.ts';
import { TermIndex } from '../../../src/content/related/term-index.ts';
import { seeded } from '../../support/random.ts';

const counts = { articles: 100_000, countOf: () => 100 };

test('the last 400 articles with a term are found, without those that were removed, as by a search through all', () => {
  const random = seeded(7);
  const slots = 3000;
  const index = new TermIndex(slots);
  const lengths = Array.from({ length: slots }, () => 1);
  for (const round of [1, 2]) {
    // Each of the 40 terms is in one more hundredth of the articles than the one before it.
    const signatures = Array.from({ length: slots }, (): Signature => sign(packTerms(new Map(Array.from({ length: 40 }, (_, term) => term).filter((term) => random.below(100) <= term).slice(0, 20).map((term) => [term, 1]))), counts));
    const removed = new Set(Array.from({ length: 600 }, () => random.below(slots)));
    for (const [slot, signature] of signatures.entries()) index.add(slot, signature);
    for (const slot of removed) index.remove(slot);
    for (let term = 0; term < 40; term += 1) {
      const having = signatures.flatMap((signature, slot) => (!removed.has(slot) && Array.from(signature, termOf).includes(term) ? [slot] : []));
      const found = index.slotsSharingTerms(sign(packTerms(new Map([[term, 1]])), counts), storyWeighting, lengths, slots);
      expect(found.toSorted((one, other) => one - other), `term ${term}, round ${round}`).toEqual(having.slice(-400));
    }
    index.clear();
  }
});
