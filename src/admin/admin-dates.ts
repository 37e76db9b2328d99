import type { DateStyle } from '../content/dates.ts';
import type { Database } from '../storage/database.ts';
import { loadSettings } from '../storage/settings.ts';

/** How the admin shows dates: in the site's zone, and in its language if that is English, as the admin's own words are. */
export async function adminDates(db: Database): Promise<DateStyle> {
  const { language, zone } = await loadSettings(db);
  return { language: /^en\b/i.test(language) ? language : 'en-GB', zone };
}
