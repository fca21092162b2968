// The agenda of a meeting over a whole zone: what every rule proposes, merged and written, by the command; and minutes with sixty items as .docx.
import { newId } from '../../kernel/ids.ts';
import { draftOf, type DraftItem } from '../../features/dispatch/minutes/blocks.ts';
import { minutesPaper } from '../../features/dispatch/minutes/papers.ts';
import { writeDocx } from '../../platform/documents/docx.ts';
import { openBench, type Ground } from '../ground.ts';
import { below, median, type Figure } from '../table.ts';

const TURNS = 7;
const ITEMS = 60;

export async function meetings(ground: Ground, projects: number): Promise<Figure[]> {
  await ground.data(projects);
  const app = await openBench(await ground.copy(projects, 'bench_meetings'), `${ground.folder}/zone`);
  const times: number[] = [];
  try {
    for (let turn = 0; turn < TURNS; turn += 1) {
      const id = newId();
      await app.run(app.system, 'dispatch.plan_meeting', { id, kind: 'dispatch', day: app.now().day });
      const began = performance.now();
      await app.run(app.system, 'dispatch.form_agenda', { id });
      times.push(performance.now() - began);
    }
  } finally {
    await app.close();
  }
  return [below({ part: 'meetings', what: 'agenda of a meeting, by the command', projects, own: median(times.slice(1)) / 1000, unit: 's' }, 2), await paper()];
}

async function paper(): Promise<Figure> {
  const item: DraftItem = { title: '纳米材料产业园二期', status: '主体厂房封顶，设备基础施工完成80%。', ask: '厂区北侧10千伏架空线路尚未迁改。', kind: 'measure', measure: '7月10日前完成停电方案审批并组织施工。', lead: '供电公司', co: ['克井镇人民政府'], dueDay: '2023-07-20', criterion: '线路迁改完成并送电', escalateTo: null, reason: null, problem: null };
  const blocks = draftOf({
    day: '2023-06-30', time: '07:30', place: '三楼会议室', chair: '主持人', topic: null, number: 72, yearNumber: 26, series: '重点项目调度会', kind: '调度会', receiptDays: 1, attendees: [], earlier: [], items: Array.from({ length: ITEMS }, () => item),
    fulfilment: { since: 62, all: 0, onTime: 0, late: 0, overdue: 0, notDue: 0, rateBp: null },
  });
  const document = minutesPaper(blocks, { number: 72, yearNumber: 26, series: '重点项目调度会' }, { office: '项目办', made: new Date('2023-06-30T10:00:00Z'), day: '2023-06-30' });
  const times: number[] = [];
  for (let turn = 0; turn < TURNS; turn += 1) {
    const began = performance.now();
    await writeDocx(document);
    times.push(performance.now() - began);
  }
  return below({ part: 'meetings', what: `minutes with ${ITEMS} items as .docx`, projects: ITEMS, own: median(times) / 1000, unit: 's' }, 2);
}
