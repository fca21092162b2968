// The elements of a large document one at a time: each child of the named lists is built, handed over and forgotten, so that memory holds
// one task and not the file.
import { refuse } from '../../../kernel/refuse.ts';
import { MOST_INSIDE } from './limits.ts';
import { readXml } from './xml.ts';

export interface Element {
  readonly name: string;
  /** The text of the first child with that name; null where there is none or it is empty. */
  text(name: string): string | null;
  all(name: string): readonly Element[];
  /** The children of the child with that name. */
  within(list: string, name: string): readonly Element[];
}

/**
 * Reads a document whose root is `root`. Each child of a child of the root that `lists` names is handed over when it ends; other children of
 * the root that hold only text are kept and given back as an element. Null where the root is another.
 */
export function collected(text: string, root: string, lists: Readonly<Record<string, (one: Element) => void>>): Element | null {
  let rooted = false;
  let hand: ((one: Element) => void) | undefined;
  const open: Built[] = [];
  let inside = 0;
  const top = built(root);
  readXml(text, {
    open: (name, depth) => {
      if (depth === 1) rooted = name === root;
      else if (depth === 2) hand = Object.hasOwn(lists, name) ? lists[name] : undefined;
      else if (rooted && hand !== undefined) {
        inside = open.length === 0 ? 0 : inside + 1;
        if (inside > MOST_INSIDE) refuse('schedules.xml_bounds', { what: 'elements', limit: MOST_INSIDE });
        open.push(built(name));
      }
    },
    close: (name, depth, words) => {
      if (!rooted) return;
      if (depth === 2) {
        if (words !== '' && hand === undefined) top.texts.set(name, words);
        return;
      }
      if (depth < 3 || hand === undefined) return;
      const done = open.pop();
      const parent = open.at(-1);
      if (done === undefined) return;
      if (parent === undefined) hand(done);
      else if (done.children.length === 0 && done.texts.size === 0) {
        if (words !== '' && !parent.texts.has(name)) parent.texts.set(name, words);
      } else parent.children.push(done);
    },
  });
  return rooted ? top : null;
}

interface Built extends Element {
  readonly texts: Map<string, string>;
  readonly children: Element[];
}

function built(name: string): Built {
  const texts = new Map<string, string>();
  const children: Element[] = [];
  const all = (wanted: string): readonly Element[] => children.filter((one) => one.name === wanted);
  return { name, texts, children, text: (wanted) => texts.get(wanted) ?? null, all, within: (list, wanted) => all(list).flatMap((one) => one.all(wanted)) };
}
