// Complaints without an account: filed by nobody, found by a code alone. One was taken in and is being handled; one came in after everybody had gone home from the desk.
import { hashOf } from '../../features/service/desk/intake.ts';
import { WORK_BITS, workOf, zeroBits } from '../../features/service/desk/work.ts';
import { anonymous } from '../../features/people/session.ts';
import { sql } from '../../platform/db.ts';
import { TODAY } from '../calendar.ts';
import book from '../data/progress.json';
import { act, at, bodyId, CALENDAR, clerkOf, desk, idIn, type Play } from './stage.ts';

const [FIRST, NEXT] = [CALENDAR.back(TODAY, 2).day, CALENDAR.back(TODAY, 1).day];
const OWNER = '示范区行政审批和政务信息管理局';

export function complaintPlays(): readonly Play[] {
  const [handled, fresh] = book.complaints;
  if (handled === undefined || fresh === undefined) throw new Error('there are two complaints');
  const key = 'complaint handled';
  const step = (day: string, minute: number, who: string, name: string, input: Readonly<Record<string, unknown>>): Play => ({ key, day, minute, run: async (stage) => {
    const id = idIn(stage, key);
    await act(stage, { who, day, minute, name, versionOf: id, input: { id, ...input } });
  } });
  return [
    filed(key, FIRST, 600, handled), step(FIRST, 640, desk(1), 'problems.sign', {}), step(FIRST, 655, desk(1), 'problems.forward', { toOrgId: bodyId(OWNER), note: book.complaintNote }),
    step(NEXT, 640, clerkOf(OWNER, 1), 'problems.reply', { text: book.complaintReply }), filed('complaint fresh', TODAY, 1030, fresh),
  ];
}

/** As a browser would: it makes the code, and does the work that is asked for it. */
function filed(key: string, day: string, minute: number, { code, text }: { readonly code: string; readonly text: string }): Play {
  return { key, day, minute, run: async (stage) => {
    let nonce = 0;
    while (zeroBits(hashOf(workOf(code, nonce))) < WORK_BITS) nonce += 1;
    await stage.acting.act({ who: anonymous('zh-CN'), at: at(day, minute), name: 'service.complain', input: { code, nonce, text, kind: 'conduct' } });
    const found = await stage.acting.app.database.row<{ id: string }>(sql`select f.problem_id as id from service_filings s join service_filed f on f.filing_id = s.id where s.code_hash = ${hashOf(code)}`);
    if (found === undefined) throw new Error(`${key} was not filed`);
    stage.ids.set(key, found.id);
  } };
}
