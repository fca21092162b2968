// How far the approvals of a project are, as the ledger's six columns tell it. Follows from the day and the case; invents no date.
import { addDays } from '../../kernel/days.ts';
import { TODAY } from '../calendar.ts';
import { dice } from '../dice.ts';
import type { DemoProject } from '../model.ts';

export const PAPERS = ['备案（核准、审批）', '用地', '规划', '环评', '能评', '施工许可'] as const;

const STARTED: readonly string[] = ['P', 'D', 'E', 'A', 'O', 'B', 'F', 'S', 'L', 'Z'];

export function papersOf(project: DemoProject): readonly string[] {
  const roll = dice('papers', project.key);
  const done = (word: string): string => roll.pick([word, word, '已办', '√']);
  const noLand = project.landMu === undefined;
  const light = project.form === 'field' || project.form === 'network';
  if (STARTED.includes(project.fate)) {
    return [
      done(project.government ? '已批复' : '已备案'), noLand ? '不涉及' : done('已供地'), noLand ? '/' : done('已取得'),
      done('已批复'), light ? '不需要' : done('已批复'), light ? '不需要' : done(`已取得（${monthText(permitDay(project))}）`),
    ];
  }
  const cause = project.cause;
  const basic = project.code === undefined ? '正在办理' : done(project.government ? '已批复' : '已备案');
  return [
    basic, noLand ? '不涉及' : cause === 'land' || project.fate === 'N' ? '未组卷' : cause === 'relocate' ? '已批未供' : done('已供地'),
    cause === 'land' || project.fate === 'N' ? '未办' : roll.pick(['正在办理', '已取得']),
    cause === 'paper' ? '专家评审后修改中' : project.fate === 'N' ? '未办' : roll.pick(['正在办理', '已批复']),
    light ? '不需要' : project.fate === 'N' ? '未办' : '正在办理', '未办',
  ];
}

/** The permit comes shortly before the works. */
export function permitDay(project: DemoProject): string {
  const start = project.times.actualStart ?? addDays(TODAY, 30);
  return addDays(start, -dice('permit', project.key).whole(4, 22));
}

function monthText(day: string): string {
  return `${day.slice(0, 4)}.${Number(day.slice(5, 7))}`;
}
