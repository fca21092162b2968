// A meeting for tests: planned, with items, opened, decided, its minutes out — each by the real commands.
import Type, { type Static, type TSchema } from 'typebox';
import { newId } from '../../kernel/ids.ts';
import type { Actor } from '../../platform/actor.ts';
import { sql } from '../../platform/db.ts';
import { checker } from '../../platform/validate.ts';
import type { App } from '../../app.ts';

export async function version(app: App, id: string): Promise<number> {
  return (await app.database.row<{ version: number }>(sql`select version from dispatch_meetings where id = ${id}`))?.version ?? 0;
}

export async function plan(app: App, actor: Actor, fields: Readonly<Record<string, unknown>> = {}): Promise<string> {
  const id = newId();
  await app.run(actor, 'dispatch.plan_meeting', { id, kind: 'dispatch', day: app.now().day, time: '15:00', ...fields });
  return id;
}

export async function addItem(app: App, actor: Actor, id: string, fields: Readonly<Record<string, unknown>> = {}): Promise<string> {
  const itemId = newId();
  await app.run(actor, 'dispatch.add_item', { id, itemId, title: '厂区北侧线路迁改', ...fields });
  return itemId;
}

export async function open(app: App, actor: Actor, id: string): Promise<{ readonly number: number; readonly yearNumber: number }> {
  return outputOf(Type.Object({ number: Type.Integer(), yearNumber: Type.Integer() }), await app.run(actor, 'dispatch.open_meeting', { id }, { ifVersion: await version(app, id) }));
}

export async function decide(app: App, actor: Actor, id: string, itemId: string, fields: Readonly<Record<string, unknown>>): Promise<string> {
  return outputOf(Type.Object({ decisionId: Type.String() }), await app.run(actor, 'dispatch.decide_item', { id, itemId, seen: 0, kind: 'measure', measure: '完成停电方案审批并组织施工', dueDay: '2023-07-10', ...fields })).decisionId;
}

export async function issue(app: App, actor: Actor, id: string): Promise<readonly string[]> {
  for (const name of ['dispatch.close_meeting', 'dispatch.draft_minutes']) await app.run(actor, name, { id }, { ifVersion: await version(app, id) });
  return outputOf(Type.Object({ slips: Type.Array(Type.String()) }), await app.run(actor, 'dispatch.issue_minutes', { id }, { ifVersion: await version(app, id) })).slips;
}

/** A meeting of one item, held, with its slip out; gives the decision. */
export async function issued(app: App, actor: Actor, fields: Readonly<Record<string, unknown>>, item: Readonly<Record<string, unknown>> = {}): Promise<{ readonly id: string; readonly itemId: string; readonly decisionId: string }> {
  const id = await plan(app, actor);
  const itemId = await addItem(app, actor, id, item);
  await open(app, actor, id);
  const decisionId = await decide(app, actor, id, itemId, fields);
  await issue(app, actor, id);
  return { id, itemId, decisionId };
}

function outputOf<S extends TSchema>(schema: S, reply: { readonly output: unknown }): Static<S> {
  return checker(schema)(reply.output);
}
