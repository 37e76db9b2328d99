interface Theme {
  href: string;
  name: string;
}

/** What the top of a page shows: the site's name and its navigation. */
export interface Masthead {
  themes: Theme[];
  /** The address of the theme that the page belongs to. */
  currentTheme?: string;
  isThemesPage?: boolean;
  /** The day, on the front page alone. */
  today?: string;
}

/** The mastheads that most pages show. Views print each of them once. */
export interface Mastheads {
  plain: Masthead;
  /** By the theme's address. */
  ofThemes: ReadonlyMap<string, Masthead>;
}

/** @param themes those of the navigation */
export function makeMastheads(themes: Theme[]): Mastheads {
  return { plain: { themes }, ofThemes: new Map(themes.map(({ href }) => [href, { themes, currentTheme: href }])) };
}

/** The masthead of a page of this theme, which joins the navigation if it is not in it. */
export function mastheadOf({ plain, ofThemes }: Mastheads, { href, name }: Theme): Masthead {
  return ofThemes.get(href) ?? { themes: [...plain.themes, { href, name }], currentTheme: href };
}
