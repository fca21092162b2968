// Leaves out of the words of the browser what only the server says: refusals, and the headings of the register's export. A phone need not wait for them.
// Areas whose pages say refusals themselves keep them; src/test/tidy/areas.test.ts holds the list against the pages.

/** Pages of these areas say their refusals without asking the server. */
export const SAID_BY_PAGES = ['warnings', 'lifecycle', 'matching'];

/** A part of vite's build. */
export function browserWords() {
  return {
    name: 'yugong-words',
    enforce: 'pre',
    transform(code, id) {
      const area = /locales\/(?:zh-CN|en)\/(\w+)\.json$/.exec(id.split('?')[0] ?? '')?.[1];
      if (area === undefined) return undefined;
      const words = JSON.parse(code);
      if (!SAID_BY_PAGES.includes(area)) delete words.refusal;
      if (area === 'projects') delete words.export;
      return { code: JSON.stringify(words), map: null };
    },
  };
}
