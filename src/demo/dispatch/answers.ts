// Who says whether a problem of the demonstration is solved: the enterprise on its page or by a link, the commissioner, or somebody of the desk who calls.
// Whoever handled it is not asked; the rules see to that.
import { anonymous } from '../../features/people/session.ts';
import { newId } from '../../kernel/ids.ts';
import { sql } from '../../platform/db.ts';
import type { Matter } from './matters.ts';
import { act, at, desk, idIn, officer, type Stage } from './stage.ts';

/** `half`: the enterprise does not answer. */
export type Verdict = 'satisfied' | 'basically' | 'dissatisfied' | 'half';

interface Side { readonly side: 'commissioner' | 'enterprise' | 'callback' }

export async function answerAsked(stage: Stage, matter: Matter, { day, minute, verdict }: { readonly day: string; readonly minute: number; readonly verdict: Verdict }): Promise<void> {
  const sides = await stage.acting.app.database.rows<Side>(sql`
    select a.side from problems_answers a join problems_problems p on p.id = a.problem_id and p.round = a.round where p.id = ${idIn(stage, matter.key)} and a.verdict is null and p.state = 'submitted' order by a.side desc`);
  const asked = verdict === 'half' && sides.length > 1 ? sides.filter(({ side }) => side === 'commissioner') : verdict === 'dissatisfied' ? sides.slice(0, 1) : sides;
  for (const [turn, { side }] of asked.entries()) await answer(stage, matter, { side, day, minute: minute + turn, verdict: verdict === 'half' || (turn > 0 && verdict === 'basically') ? 'satisfied' : verdict });
}

interface Answering { readonly side: Side['side']; readonly day: string; readonly minute: number; readonly verdict: 'satisfied' | 'basically' | 'dissatisfied' }

const REMARKS: Readonly<Record<Answering['verdict'], string | undefined>> = { satisfied: undefined, basically: '问题解决了，时间长了些。', dissatisfied: '没有真正解决，请重新办理。' };

async function answer(stage: Stage, matter: Matter, { side, day, minute, verdict }: Answering): Promise<void> {
  const { key, nth, story } = matter;
  const id = idIn(stage, key);
  const remark = REMARKS[verdict];
  const said = { verdict, ...(remark === undefined ? {} : { remark }) };
  const firm = stage.ofFirm(story.project.builder);
  // Whoever kept it or had it in hand at the office is called about by the other house.
  const caller = matter.life === 'kept' ? officer(nth) : desk(nth);
  if (side === 'callback') await act(stage, { who: caller, day, minute, name: 'problems.record_callback', versionOf: id, input: { id, day, ...said } });
  else if (side === 'commissioner') await act(stage, { who: story.project.commissioner, day, minute, name: 'problems.confirm', versionOf: id, input: { id, ...said } });
  else if (nth % 2 === 0 && firm !== undefined) await act(stage, { who: firm, day, minute, name: 'problems.confirm', versionOf: id, input: { id, ...said } });
  else {
    // The secret of a link is said once: whoever was interrupted makes another.
    const made = await act(stage, { who: caller, day, minute, name: 'problems.make_answer_link', input: { id } });
    const { token } = 'token' in made ? made : await act(stage, { who: caller, day, minute, name: 'problems.make_answer_link', input: { id }, key: newId() });
    await stage.acting.act({ who: anonymous('zh-CN'), at: at(day, minute), name: 'problems.answer_by_link', input: { token, ...said } });
  }
}
