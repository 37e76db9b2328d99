interface Theme {
  href: string;
  name: string;
}

/** The site's name and navigation at the top of a page. */
export interface Masthead {
  themes: Theme[];
  /** Whether there are further themes. */
  hasMore: boolean;
  /** The path of the theme to which the page belongs. */
  currentTheme?: string;
  isThemesPage?: boolean;
  /** Only on the front page. */
  today?: string;
}

/** Shared objects, so that the view of each masthead is memoized. */
export interface Mastheads {
  plain: Masthead;
  /** By the theme's path. */
  ofThemes: ReadonlyMap<string, Masthead>;
}

export function makeMastheads(themes: Theme[], hasMore: boolean): Mastheads {
  return { plain: { themes, hasMore }, ofThemes: new Map(themes.map(({ href }) => [href, { themes, hasMore, currentTheme: href }])) };
}

/** Adds the theme to the navigation if it is missing there, unless editors have hidden it. */
export function mastheadOf({ plain, ofThemes }: Mastheads, { href, name, isHidden }: Theme & { isHidden: boolean }): Masthead {
  return ofThemes.get(href) ?? (isHidden ? plain : { ...plain, themes: [...plain.themes, { href, name }], currentTheme: href });
}
