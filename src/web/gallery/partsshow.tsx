// What has no page of its own: states, buttons, notices, empty and failed states, dialogs, inputs.
import { useState } from 'react';
import { Button } from '../parts/button.tsx';
import { confirm } from '../parts/confirm.tsx';
import { Dialog, Drawer } from '../parts/dialog.tsx';
import { Empty } from '../parts/empty.tsx';
import { Figure, FigureStrip } from '../parts/figure.tsx';
import { Loading } from '../parts/loading.tsx';
import { PageHead, Section } from '../parts/page.tsx';
import { NotAllowed, Problem } from '../parts/problem.tsx';
import { Popover } from '../parts/popover.tsx';
import { State } from '../parts/state.tsx';
import { toast } from '../parts/toast.tsx';
import { ChoicesInput } from '../inputs/choice.tsx';
import { DayInput } from '../inputs/day.tsx';
import { SelectInput } from '../inputs/select.tsx';
import { ProblemError } from '../problem.ts';
import { TODAY } from './sample.ts';

export function PartsShow() {
  const [dialog, setDialog] = useState(false);
  const [drawer, setDrawer] = useState(false);
  const [day, setDay] = useState<string | undefined>('2023-08-15');
  const [towns, setTowns] = useState<readonly string[] | undefined>(['用电']);
  const [town, setTown] = useState<string | undefined>(undefined);
  return (
    <>
      <PageHead title="部件" small="状态、按钮、对话、空与错" />
      <div className="stack">
        <Section title="状态"><div className="row">{(['ok', 'warn', 'late', 'bad', 'off'] as const).map((tone) => <State key={tone} tone={tone} />)}<State tone="off" word="暂停" /></div></Section>
        <Section title="按钮"><div className="row"><Button kind="main">登记用地合同</Button><Button>关注</Button><Button kind="quiet">看时钟</Button><Button kind="danger">终止项目</Button><Button disabled title="缺 3 项条件">开工</Button><Button busy>保存</Button><Button small>小</Button></div></Section>
        <Section title="大数与零"><FigureStrip><Figure label="总投资" value="385,000.00" unit="亿元" note="口径：调度" /><Figure label="零" value="0" unit="个" note="都已报" noteTone="ok" /><Figure label="没有数" value="—" /><Figure label="负数" value="−14.9" unit="点" note="慢" noteTone="bad" definition="本年完成率减时序进度，单位为百分点。" /></FigureStrip></Section>
        <Section title="对话"><div className="row">
          <Button onClick={() => setDialog(true)}>对话框</Button><Button onClick={() => setDrawer(true)}>抽屉</Button>
          <Button onClick={() => void confirm({ title: '终止这个项目？', text: '终止后不再计入重点项目，月报和预警都会停止。', act: '终止项目', danger: true, reason: '理由（写入沿革）' })}>确认</Button>
          <Button onClick={() => toast({ text: '已催报 3 个项目', undo: () => undefined })}>提示</Button>
          <Popover label="更多" trigger={(p) => <button type="button" className="btn" {...p}>更多</button>}>{() => <div className="menu"><button type="button">调出</button><button type="button">复制链接</button><hr /><button type="button">导出</button></div>}</Popover>
        </div></Section>
        <Section title="输入"><div className="grid2"><DayInput today={TODAY} value={day} onChange={setDay} label="日期" /><SelectInput label="镇" value={town} onChange={setTown} options={['克井镇', '五龙口镇', '思礼镇', '玉泉街道', '承留镇', '轵城镇', '梨林镇', '天坛街道', '沁园街道'].map((one) => ({ value: one, label: one, hint: '12' }))} /><ChoicesInput label="难题" value={towns} onChange={setTowns} options={['没有', '用电', '用地', '审批', '资金'].map((one) => ({ value: one, label: one }))} /></div></Section>
        <div className="grid2">
          <div className="card"><Empty title="还没有项目" hint="导入手头的台账，或新建一个。"><Button>导入台账</Button><Button kind="main">新建项目</Button></Empty></div>
          <div className="card"><Problem error={new ProblemError({ code: 'x', status: 500, title: '系统出错，已记录', detail: '请把编号告诉管理员。', id: 'e-0042' })} onRetry={() => undefined} /></div>
          <div className="card"><NotAllowed /></div>
          <div className="card pad"><Loading lines={6} /></div>
        </div>
        <Problem small error={new ProblemError({ code: 'x', status: 422, title: '没有办成', detail: '开工还缺 2 项条件：施工许可证、带时间地点的现场照片。' })} />
      </div>
      <Dialog open={dialog} onClose={() => setDialog(false)} title="登记用地合同" foot={<><Button onClick={() => setDialog(false)}>取消</Button><Button kind="main">登记</Button></>}><div className="stack"><p className="two">合同签订后，用地规划许可的模拟审批转为正式。</p><DayInput today={TODAY} value={day} onChange={setDay} label="签订日期" /></div></Dialog>
      <Drawer open={drawer} onClose={() => setDrawer(false)} title="节点：厂房主体" foot={<Button kind="main">保存</Button>}><p className="two">计划 9月30日，预计 10月12日，晚 12 天。</p></Drawer>
    </>
  );
}
