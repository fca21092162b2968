// The record of the gallery.
import { useUrlState } from '../address.ts';
import { Bars } from '../parts/bars.tsx';
import { Button } from '../parts/button.tsx';
import { Facts } from '../parts/facts.tsx';
import { Figure, FigureStrip } from '../parts/figure.tsx';
import { History } from '../parts/history.tsx';
import { Section } from '../parts/page.tsx';
import { Record } from '../parts/record.tsx';
import { State } from '../parts/state.tsx';
import { Stepper } from '../parts/stepper.tsx';
import { TrendLine } from '../parts/trend.tsx';
import { Uploads } from '../parts/uploads.tsx';
import { Gantt } from '../gantt/gantt.tsx';
import { TODAY } from './sample.ts';
import { approvalRows } from './ganttshow.tsx';

export function RecordShow() {
  const [{ tab }, set] = useUrlState({ tab: 'plan' });
  return (
    <Record
      crumbs={[{ label: '项目', href: '/projects' }, { label: '省重点 2023' }, { label: '化工' }]}
      title="金马苯加氢"
      state={<State tone="late" />}
      say="审批晚 6 天，开工预计 8月14日（范围 8月9日 至 8月28日）"
      actions={<><Button>关注</Button><Button>编辑</Button><Button kind="main">登记用地合同</Button></>}
      stepper={<Stepper label="全生命周期" onOpen={() => undefined} steps={[
        { id: '1', word: '谋划', state: 'done', note: '2022.03' }, { id: '2', word: '储备', state: 'done', note: '2022.07' }, { id: '3', word: '签约', state: 'skipped' }, { id: '4', word: '履约', state: 'done', note: '2023.02' }, { id: '5', word: '前期', state: 'now', note: '12 / 21 项批' },
        { id: '6', word: '开工', state: 'todo', missing: ['施工许可证未取得', '主体设备合同未签', '基础开挖的带时间地点的照片（场地平整不算开工）'] }, { id: '7', word: '竣工', state: 'todo', note: '2024.10' }, { id: '8', word: '投产', state: 'todo', note: '2024.12' }, { id: '9', word: '达效', state: 'todo', note: '2025.12' },
      ]} />}
      strip={<FigureStrip>
        <Figure label="总投资" value="8.00" unit="亿元" definition="立项批复的总投资。口径：调度（项目办）。" href="/gallery" />
        <Figure label="本年完成 · 调度" value="1.45" unit="亿元" note="慢 21 点" noteTone="late" definition="本年各月调度口径完成投资之和，截至 2023年6月。" href="/gallery" ageDays={7} />
        <Figure label="本年完成 · 统计" value="0.92" unit="亿元" note="已入库" definition="统计部门入库口径。" ageDays={12} />
        <Figure label="下一节点" value="45" unit="天" note="基础出零 8月14日" definition="到下一个未完成节点计划日的天数。" />
        <Figure label="在办难题" value="2" unit="项" note="最高到分管领导" />
      </FigureStrip>}
      tabs={[{ id: 'overview', label: '概况' }, { id: 'plan', label: '节点' }, { id: 'money', label: '投资' }, { id: 'problems', label: '难题', count: 2 }, { id: 'evidence', label: '佐证' }, { id: 'team', label: '专班' }, { id: 'history', label: '沿革' }]}
      tab={tab}
      onTab={(id) => set({ tab: id })}
      side={<>
        <Section title="本年投资" hint="竖线为时序 50%"><div className="card pad"><Bars time={0.5} lines={[{ id: 'a', label: '调度', share: 0.29, text: '29.0%', tone: 'late' }, { id: 'b', label: '统计', share: 0.184, text: '18.4%', tone: 'bad' }]} /></div></Section>
        <Section title="沿革"><div className="card"><History today={TODAY} hasMore events={[
          { id: '1', at: '2023-06-28T08:20:00Z', who: '自然资源和规划局', what: '规划模拟审批意见出具，模规〔2023〕17号，8月20日到期', href: '/gallery' },
          { id: '2', at: '2023-06-28T01:12:00Z', who: '专员09', what: '现场打卡，3 张照片：土方外运 70%' },
          { id: '3', at: '2023-06-27T01:12:00Z', who: '专员03', what: '修改项目', reason: '初设批复调整', changes: [{ field: '总投资', before: '7.60亿元', after: '8.00亿元' }, { field: '计划开工', before: '2023年7月31日', after: '2023年8月8日' }, { field: '建设内容', before: '', after: '年产 10 万吨苯加氢装置及配套公用工程' }, { field: '用地', before: '86亩', after: '92亩' }] },
        ]} /></div></Section>
      </>}
    >
      <Section title="什么时候能开工" hint="并联＋模拟，比逐项串联早 61 个工作日 · 浅线为 6月20日基线"><Gantt rows={approvalRows} today={TODAY} /></Section>
      <Section title="投资" hint="两种口径不相加"><div className="card pad"><TrendLine title="本年累计投资" names={{ plan: '计划', actual: '调度', second: '统计' }} say={(value) => `${value.toFixed(2)}亿元`} axis={(value) => value.toFixed(1)} points={Array.from({ length: 12 }, (_, index) => ({ label: `${String(index + 1)}月`, plan: (index + 1) * 0.42, actual: index < 6 ? [0.1, 0.22, 0.5, 0.8, 1.2, 1.45][index] ?? null : null, second: index < 6 ? [0, 0.1, 0.3, 0.5, 0.8, 0.92][index] ?? null : null }))} /></div></Section>
      <Section title="概况"><div className="card pad"><Facts facts={[{ label: '项目代码', value: '2211-419001-04-01-587126' }, { label: '类别', value: '工业' }, { label: '性质', value: '新开工' }, { label: '建设单位', value: '河南演示化工有限公司' }, { label: '用地', value: '92 亩' }, { label: '计划开工', value: '' }, { label: '建设内容', wide: true, value: '年产 10 万吨苯加氢装置及配套公用工程、罐区、装卸站台、污水预处理和厂区管廊。' }]} /></div></Section>
      <Section title="佐证"><Uploads today={TODAY} files={[{ id: '1', name: '施工许可证.pdf', mediaType: 'application/pdf', bytes: 1_882_000, at: '2023-06-28T01:12:00Z', who: '专员09' }]} /></Section>
    </Record>
  );
}
