// Bounds on what a schedule file may hold: far above what people plan with, far below what would exhaust the reader.

/** A programme of 20,000 tasks is about 30 MB of XML from the program that writes most. */
export const MOST_BYTES = 200 * 1024 * 1024;
/** Tasks of one contractor's schedule; the largest published ones have some ten thousand. */
export const MOST_TASKS = 200_000;
/** Links; a task seldom has more than four. */
export const MOST_LINKS = 1_000_000;
/** Elements within elements; MSPDI itself has seven levels. */
export const MOST_DEPTH = 32;
/** Elements of a whole document. */
export const MOST_ELEMENTS = 40_000_000;
/** Characters of one text: notes are long, names are not. */
export const MOST_TEXT = 1_000_000;
/** Calendars of one file, and the exceptions of each after they are spread over their days. */
export const MOST_CALENDARS = 5000;
export const MOST_EXCEPTIONS = 20_000;
