// Sample data of the gallery: the shape of real ledgers, with long names, zero, hundreds of billions and everything red.
import type { SessionData } from '../session.tsx';

export interface SampleRow {
  readonly id: string;
  readonly name: string;
  readonly level: string;
  readonly town: string;
  readonly stage: string;
  readonly light: number;
  readonly totalFen: number;
  readonly planFen: number;
  readonly doneFen: number;
  readonly who: string;
  readonly start: string;
}

export const TODAY = '2023-06-30';
const YI = 10_000_000_000;

export const session: SessionData = {
  user: { id: 'u1', name: '专员01', login: 'office01', orgId: 'o1', orgName: '济源示范区重点项目建设办公室', roles: ['office'], roleNames: ['项目办'], seesAll: true, locale: 'zh-CN' },
  permissions: ['projects.read', 'projects.edit'],
  mustChangePassword: false,
  zone: { name: '济源示范区', demo: true, today: TODAY, timeZone: 'Asia/Shanghai', focusYear: 2023 },
};

const NAMES = ['氢能综合利用示范园', '金马苯加氢', '纳米材料产业园三期', '万洋锌基材料绿色智造', '高新电子产业园 演示三标', '白银深加工 演示', '工业固废制建材 演示', '石化装备技改 演示', '再生铜杆 演示', '矿用电器扩建 演示', '沁河南岸生态修复与城市防洪综合治理工程（含配套管网、道路、绿化及智慧水务平台建设）一期续建项目 演示'];
const TOWNS = ['克井镇', '五龙口镇', '思礼镇', '玉泉街道', '承留镇', '轵城镇', '梨林镇', '天坛街道'];
const STAGES = ['前期', '开工', '在建', '竣工', '投产'];

export const rows: readonly SampleRow[] = Array.from({ length: 182 }, (_, index) => {
  const light = index < 3 ? 3 - Math.min(index, 2) : [0, 0, 0, 1, 0, 2, 0, 3][(index * 5) % 8] ?? 0;
  const total = index === 4 ? 38_500 * YI : Math.round((((index * 7919) % 4000) / 100 + 0.5) * 100) * (YI / 100);
  const plan = Math.round(total / 3 / 1_000_000) * 1_000_000;
  const share = index === 8 ? 0 : [0.51, 0.4, 0.29, 0.178][light] ?? 0.5;
  return {
    id: `p${String(index)}`,
    name: NAMES[index] ?? `${NAMES[index % 10] ?? ''} ${String(index)}`,
    level: index % 3 === 0 ? '省' : '市',
    town: TOWNS[index % TOWNS.length] ?? '',
    stage: STAGES[index % STAGES.length] ?? '',
    light,
    totalFen: total,
    planFen: plan,
    doneFen: Math.round((plan * share) / 1_000_000) * 1_000_000,
    who: `专员${String((index % 24) + 1).padStart(2, '0')}`,
    start: `2023-${String((index % 12) + 1).padStart(2, '0')}-15`,
  };
});
