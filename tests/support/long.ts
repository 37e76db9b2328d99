/** Whether the tests run in their long form: `npm run test:long`. */
export const isLong = process.env['TEST_LENGTH'] === 'long';

/** What a test does: what finds most faults in `npm test`, all of it in `npm run test:long`. */
export function shortOrLong<What>(short: What, long: What): What {
  return isLong ? long : short;
}
