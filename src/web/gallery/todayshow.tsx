// The first page of the gallery.
import { useGo } from '../router.tsx';
import { Bars } from '../parts/bars.tsx';
import { Figure, FigureStrip } from '../parts/figure.tsx';
import { PageHead, Section } from '../parts/page.tsx';
import { Worklist } from '../parts/worklist.tsx';

const wait = async (): Promise<() => Promise<void>> => Promise.resolve(async () => Promise.resolve());

export function TodayShow() {
  const go = useGo();
  return (
    <>
      <PageHead title="今天有 9 件事等你" small="2023年6月29日 星期四 · 第26周" />
      <FigureStrip>
        <Figure label="省、市重点项目" value="182" unit="个" definition="列入 2023 年省、市重点项目名单且未调出的项目。" href="/gallery?show=ledger" />
        <Figure label="上半年完成投资" value="178.0" unit="亿元" note="快于时序 3.2 点" noteTone="ok" definition="各月月报调度口径完成投资之和。" href="/gallery?show=ledger" />
        <Figure label="应开已开" value="46" unit="/ 51 个" note="5 个未开" noteTone="late" href="/gallery?show=ledger" />
        <Figure label="难题累计解决" value="483" unit="项" note="在办 21，超期 3" />
        <Figure label="未报月报" value="3" unit="个" note="今日 18:00 锁定" noteTone="warn" ageDays={6} />
      </FigureStrip>
      <div className="cols" style={{ marginTop: 24 }}>
        <Worklist onOpen={go} groups={[
          { id: 'now', title: '今天必须办', hint: '过了今天就超期', items: [
            { id: '1', tone: 'bad', title: '氢能综合利用示范园 演示B区：用地批复超期 4 天', note: '卡在市自然资源和规划局 · 关键路径，每晚一天开工晚一天', kind: '难题 · 二次督办', due: '超期 4 天', dueTone: 'bad', href: '/gallery?show=record', action: { label: '提请调度会', main: true, run: wait } },
            { id: '2', tone: 'late', title: '产教融合园区基础设施（一期）：6月月报未报', note: '承留镇 · 专员12 · 昨日已提醒', kind: '月报', due: '今日 18:00', dueTone: 'late', href: '/gallery?show=record', action: { label: '催报', run: wait } },
            { id: '3', tone: 'late', title: '万洋锌基材料绿色智造：3 份交办单未签收', note: '第72次调度会交办 · 市发展改革和统计局、供电公司', kind: '交办', due: '今日 12:00', dueTone: 'late', href: '/gallery?show=record', action: { label: '转督办', run: wait } },
          ] },
          { id: 'week', title: '本周', items: [
            { id: '4', tone: 'warn', title: '金马苯加氢：安全条件审查还剩 2 个工作日', note: '市应急管理局 · 专家评审已停钟 5 天', kind: '审批 · 法定时限', due: '周五', href: '/gallery?show=record', action: { label: '看时钟', href: '/gallery?show=record' } },
            { id: '5', tone: 'warn', title: '纳米材料产业园三期：厂房主体预计 10月12日，晚于节点 12 天', note: '五龙口镇 · 2 处图片进度不符', kind: '节点', due: '周五', href: '/gallery?show=record', action: { label: '看节点', href: '/gallery?show=record' } },
            { id: '6', tone: 'ok', title: '恒通生物降解塑料：申报投产，等你核验佐证', note: '首张发票、用电量、现场照片 3 项齐', kind: '关口 · 投产', due: '周五', href: '/gallery?show=record', action: { label: '核验', run: wait } },
          ] },
        ]} />
        <div className="stack">
          <Section title="上半年投资" hint="竖线为时序进度"><div className="card pad"><Bars time={0.5} lines={[{ id: 'a', label: '工业', share: 0.614, text: '61.4%' }, { id: 'b', label: '基础设施', share: 0.489, text: '48.9%' }, { id: 'c', label: '民生', share: 0.382, text: '38.2%', tone: 'late' }]} /></div></Section>
        </div>
      </div>
    </>
  );
}
