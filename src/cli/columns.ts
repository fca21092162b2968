// Rows as columns of a terminal, where a Chinese character is two places wide.

/** Lines with their cells set below each other, two blanks apart; cells that are numbers in the first data row stand to the right. */
export function columns(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, at) => rows.reduce((most, row) => Math.max(most, widthOf(row[at] ?? '')), 0));
  const numeric = widths.map((_, at) => at > 0 && rows.length > 1 && /^-?[\d.]+$/.test(rows[1]?.[at] ?? ''));
  return rows.map((row) => row.map((cell, at) => {
    const blank = ' '.repeat(Math.max(0, (widths[at] ?? 0) - widthOf(cell)));
    return numeric[at] === true ? blank + cell : cell + blank;
  }).join('  ').trimEnd());
}

/** Places that a text takes in a terminal. */
export function widthOf(text: string): number {
  let width = 0;
  for (const char of text) width += /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]/u.test(char) ? 2 : 1;
  return width;
}
