// The ledger of the gallery.
import { useMemo, useState } from 'react';
import { useUrlState } from '../address.ts';
import { useFormat } from '../format.ts';
import { allRows, Ledger } from '../ledger/ledger.tsx';
import { useLedger } from '../ledger/state.ts';
import type { Column, Filter } from '../ledger/types.ts';
import { Bar } from '../parts/bars.tsx';
import { Button } from '../parts/button.tsx';
import { Go } from '../parts/go.tsx';
import { PageHead } from '../parts/page.tsx';
import { Light, toneOf } from '../parts/state.tsx';
import { ProblemError } from '../problem.ts';
import { rows, TODAY, type SampleRow } from './sample.ts';

const sum = (list: readonly SampleRow[], pick: (row: SampleRow) => number): number => list.reduce((total, row) => total + pick(row), 0);

export function LedgerShow() {
  const f = useFormat();
  const [{ as }] = useUrlState({ as: '' });
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const filters = useMemo<readonly Filter[]>(() => [
    { kind: 'many', id: 'town', say: '在', any: '任意镇、园区', options: [...new Set(rows.map((row) => row.town))].map((town) => ({ value: town, label: town })) },
    { kind: 'many', id: 'stage', say: '阶段', any: '任意', options: ['前期', '开工', '在建', '竣工', '投产'].map((one) => ({ value: one, label: one })) },
    { kind: 'many', id: 'light', say: '状态', any: '任意', options: ['正常', '预警', '滞后', '严重'].map((label, index) => ({ value: String(index), label })) },
    { kind: 'text', id: 'q', say: '名称含', any: '任意', rare: true },
    { kind: 'money', id: 'total', from: 'totalFrom', to: 'totalTo', say: '总投资', any: '任意', rare: true },
    { kind: 'days', id: 'start', from: 'startFrom', to: 'startTo', say: '计划开工', any: '任意', rare: true },
  ], []);
  const given = new URLSearchParams(window.location.search);
  const shown = as === 'empty' ? [] : rows.filter((row) => (given.getAll('town').length === 0 || given.getAll('town').includes(row.town)) && (given.getAll('stage').length === 0 || given.getAll('stage').includes(row.stage)) && (given.getAll('light').length === 0 || given.getAll('light').includes(String(row.light))));
  const [plan, done, total] = [sum(shown, (row) => row.planFen), sum(shown, (row) => row.doneFen), sum(shown, (row) => row.totalFen)];
  const unit = f.unitName('yi');
  const around = f.lang === 'en' ? ` (${unit})` : `（${unit}）`;
  const columns = useMemo<readonly Column<SampleRow>[]>(() => [
    { id: 'light', title: '状态', width: 84, card: 'state', pinned: true, cell: (row) => <Light light={row.light} /> },
    { id: 'name', title: '项目', width: 260, grow: true, card: 'title', pinned: true, sort: 'name', cell: (row) => <><Go href={`/projects/${row.id}`}>{row.name}</Go><span className="tag">{row.level}</span></> },
    { id: 'town', title: '镇、园区', width: 96, cell: (row) => <span className="two">{row.town}</span> },
    { id: 'stage', title: '阶段', width: 64, cell: (row) => <span className="two">{row.stage}</span> },
    { id: 'total', title: '总投资', unit: around, width: 124, align: 'right', sort: 'total', cell: (row) => f.money(row.totalFen, 'yi').number, sum: f.money(total, 'yi').number },
    { id: 'plan', title: '年度计划', unit: around, width: 136, align: 'right', sort: 'plan', cell: (row) => f.money(row.planFen, 'yi').number, sum: f.money(plan, 'yi').number },
    { id: 'done', title: '本年完成', unit: around, width: 136, align: 'right', cell: (row) => f.money(row.doneFen, 'yi').number, sum: f.money(done, 'yi').number },
    { id: 'rate', title: '完成率', unit: '竖线为时序 50%', width: 172, cell: (row) => <>{f.percent(row.doneFen / row.planFen)}<Bar share={row.doneFen / row.planFen} time={0.5} tone={toneOf(row.light)} /></>, sum: f.percent(done / plan) },
    { id: 'points', title: '与时序差', unit: '点', width: 112, align: 'right', sort: 'points', cell: (row) => f.points((row.doneFen / row.planFen - 0.5) * 100), sum: f.points((done / plan - 0.5) * 100) },
    { id: 'who', title: '专员', width: 76, cell: (row) => <span className="two">{row.who}</span> },
    { id: 'start', title: '计划开工', width: 120, off: true, cell: (row) => f.day(row.start) },
  ], [f, total, plan, done, around]);
  const ledger = useLedger({ id: 'gallery', filters, columns, sort: 'name', views: [{ id: 'all', name: '全部', search: 'show=ledger', count: 182 }, { id: 'late', name: '落后时序', search: 'show=ledger&light=2&light=3' }] });
  const pages = { ...allRows(shown), ...(as === 'loading' ? { loading: true } : {}), ...(as === 'error' ? { items: [], error: new ProblemError({ code: 'x', status: 503, title: '系统暂时无法读取', detail: '数据库正忙，请稍候再试；已确认的内容不会丢失。', id: 'e-20230630-0042' }) } : {}) };
  return (
    <>
      <PageHead title="哪些项目落后于时序" small={`${String(shown.length)} 个，总投资 ${f.money(total).text}`} />
      <Ledger ledger={ledger} pages={pages} keyOf={(row) => row.id} hrefOf={(row) => `/gallery?show=record&id=${row.id}`} today={TODAY} title="项目台账" total={shown.length} sumWord={`合计 ${String(shown.length)} 个`} onExport={() => undefined} actions={<><Button>导入台账</Button><Button kind="main">新建项目</Button></>} note="口径：调度（项目办）。统计口径另列，两者不混。数据截至 2023年6月30日，3 个项目未报 6 月月报。" {...(as === 'choose' ? { selection: { chosen, onChoose: setChosen, actions: <Button small>指派专员</Button> } } : {})} />
    </>
  );
}
