/** The interface's texts in rendered bodies, in the site's language, as plain text. */
export interface BodyLabels {
  /** The heading above the footnotes. */
  notes: string;
  /** Names the link from a footnote back to the text; `{0}` stands for the footnote's number. */
  backToReference: string;
  /** Names a table that scrolls within itself. */
  table: string;
  /** Names preformatted text that scrolls within itself. */
  preformatted: string;
}
