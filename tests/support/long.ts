/** Whether the tests run in their long form: `npm run test:long`. */
export const isLong = process.env['TEST_LENGTH'] === 'long';

/** Returns `short` in `npm test` and `long` in `npm run test:long`. */
export function shortOrLong<What>(short: What, long: What): What {
  return isLong ? long : short;
}
