/** Texts that are stored in rendered bodies. */
export const body = {
  notes: 'Notes',
  backToReference: 'Back to reference {number}',
  table: 'Table',
  preformatted: 'Preformatted text',
} as const;
