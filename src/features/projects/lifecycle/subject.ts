// What every command of the life cycle acts on: the locked project with its facts and the rules of the day.
import type { Now } from '../../../kernel/clock.ts';
import { may, type Actor } from '../../../platform/actor.ts';
import type { Db } from '../../../platform/db.ts';
import { lockProject, type LockedProject } from '../scope.ts';
import type { Facts } from './gates.ts';
import type { Deciding } from './rules.ts';
import type { Authority, Lifecycle, Words } from './shape.ts';
import { daysOf, factsOf, readLifecycle, type KeptDays } from './store.ts';

export interface Subject {
  readonly project: LockedProject;
  readonly rules: Lifecycle;
  readonly facts: Facts;
  readonly days: KeptDays;
}

export async function loadSubject(tx: Db, actor: Actor, id: string, now: Now): Promise<Subject | undefined> {
  const project = await lockProject(tx, actor, id);
  if (project === undefined) return undefined;
  const { rules } = await readLifecycle(tx);
  const [all, days] = await Promise.all([factsOf(tx, [id], rules, now), daysOf(tx, id)]);
  const facts = all.get(id);
  return facts === undefined || days === undefined ? undefined : { project, rules, facts, days };
}

export function deciding(subject: Subject, actor: Actor, now: Now): Deciding {
  return { rules: subject.rules, facts: subject.facts, today: now.day, may: (authority: Authority) => may(actor, authority), say: sayIn(actor) };
}

/** Chooses the reader's language of a text that is data. */
export function sayIn(actor: Actor): (words: Words) => string {
  return (words) => (actor.locale === 'en' ? words.en : words.zh);
}
