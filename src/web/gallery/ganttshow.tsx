// The Gantt of the gallery: the approvals of one project, and the milestones of many (`?many=10000`).
import { useMemo } from 'react';
import { useUrlState } from '../address.ts';
import { Gantt } from '../gantt/gantt.tsx';
import type { GanttRow } from '../gantt/types.ts';
import { addDays } from '../inputs/days.ts';
import { PageHead } from '../parts/page.tsx';
import { toast } from '../parts/toast.tsx';
import { rows as projects, TODAY } from './sample.ts';

const span = (from: string, to: string) => ({ from, to });

export const approvalRows: readonly GanttRow[] = [
  { id: 'a', label: '能评', owner: '发改', state: 'ok', planned: span('2023-05-12', '2023-05-24'), actual: { from: '2023-05-12', to: '2023-05-25' }, baseline: span('2023-05-11', '2023-05-24') },
  { id: 'b', label: '环评报告书', owner: '生态环境', state: 'late', planned: span('2023-05-12', '2023-07-10'), actual: { from: '2023-05-14' }, forecast: span('2023-05-14', '2023-07-18'), baseline: span('2023-05-10', '2023-07-08') },
  { id: 'c', label: '安全条件审查', owner: '应急', state: 'warn', planned: span('2023-05-22', '2023-07-03'), actual: { from: '2023-05-24' }, forecast: span('2023-05-24', '2023-07-07') },
  { id: 'd', label: '用地合同', owner: '自然资源', state: 'ok', planned: span('2023-07-02', '2023-07-20'), note: '等挂牌，决定一切' },
  { id: 'e', label: '用地规划许可', owner: '自然资源', state: 'late', critical: true, planned: span('2023-07-17', '2023-07-20'), forecast: span('2023-07-21', '2023-07-25'), baseline: span('2023-07-14', '2023-07-18') },
  { id: 'f', label: '施工许可', owner: '住建', state: 'bad', critical: true, planned: span('2023-07-26', '2023-08-01'), forecast: span('2023-08-02', '2023-08-10') },
  { id: 'g', label: '开工', state: 'late', planned: span('2023-08-08', '2023-08-08'), forecast: span('2023-08-14', '2023-08-14') },
];

const STEPS = ['施工许可', '桩基', '基础出零', '主体封顶', '设备安装', '单机试车', '联动试车', '竣工验收', '投产', '达效'];

export function manyRows(count: number): readonly GanttRow[] {
  return Array.from({ length: count }, (_, index) => {
    const step = index % STEPS.length;
    const project = Math.floor(index / STEPS.length);
    const from = addDays('2022-06-01', (project % 30) * 12 + step * 55);
    const to = step >= 8 ? from : addDays(from, 30 + ((index * 7) % 40));
    const slip = [0, 0, 12, 0, 41, -6, 3][index % 7] ?? 0;
    const begun = from <= TODAY;
    const ended = addDays(to, slip) <= TODAY;
    return {
      id: String(index), label: STEPS[step] ?? '', group: `${projects[project % projects.length]?.name ?? ''}${project >= projects.length ? ` ${String(project)}` : ''}`, owner: projects[project % projects.length]?.who ?? '', href: '/gallery?show=record',
      state: slip > 30 ? 'bad' : slip > 10 ? 'late' : slip > 0 ? 'warn' : 'ok',
      planned: span(from, to), forecast: step >= 8 ? span(addDays(to, slip), addDays(to, slip)) : span(from, addDays(to, slip)), ...(begun ? { actual: ended ? { from, to: addDays(to, slip) } : { from } } : {}), baseline: span(addDays(from, -9), addDays(to, -9)), critical: index % 11 === 0,
    };
  });
}

export function GanttShow() {
  const [{ many }] = useUrlState({ many: 1820 });
  const rows = useMemo(() => manyRows(many), [many]);
  return (
    <>
      <PageHead title="哪些节点在滑" small={`${String(rows.length)} 个节点`} />
      <Gantt rows={rows} today={TODAY} onOpen={(row) => toast({ text: row.label })} />
    </>
  );
}
