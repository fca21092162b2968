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
/** Elements within one task or calendar: each is held in memory until the whole is read. */
export const MOST_INSIDE = 100_000;
/** Days of exceptions of all calendars of a file. */
export const MOST_DAYS = 1_000_000;
/** Characters of one text: notes are long, names are not. */
export const MOST_TEXT = 1_000_000;
/** Calendars of one file, and the exceptions of each after they are spread over their days. */
export const MOST_CALENDARS = 5000;
export const MOST_EXCEPTIONS = 20_000;
/** Tasks and links of a schedule that is kept: read again with every page, unlike one that is only computed on the command line. */
export const MOST_KEPT_TASKS = 50_000;
export const MOST_KEPT_LINKS = 300_000;
/** Losses that are kept to be shown; all are counted. */
export const MOST_KEPT_LOSSES = 500;
/** Characters of an identity, and of a name, that are kept. */
export const MOST_ID = 200;
export const MOST_NAME = 1000;
