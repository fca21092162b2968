// Fills a data set: some towns and people, projects with a plan and twelve monthly reports each by set-based SQL, then everything that is
// derived by the program's own keepAll, checked against the slow recount. Always the same for the same size.
import { ensureZone } from '../features/people/zone.ts';
import { digestOf } from '../features/people/session.ts';
import { keepAll } from '../features/projects/keep.ts';
import { foldTotals } from '../features/projects/portfolio/store.ts';
import { gramsOf } from '../kernel/grams.ts';
import { idFrom } from '../kernel/ids.ts';
import { json, sql } from '../platform/db.ts';
import { initials } from '../platform/pinyin.ts';
import { saveSetting } from '../platform/settings.ts';
import type { App } from '../app.ts';

export const DAY = '2023-06-30';
export const OFFICE_TOKEN = 'bench-office-0123456789';
export const TOWN_TOKEN = 'bench-town-0123456789';
export const TOWNS = 16;
export const townId = (n: number): string => idFrom('bench', 'town', String(n));
export const projectId = (n: number): string => idFrom('bench', 'project', String(n));

const FIRMS = '豫光 金利 济源钢铁 中原特钢 伊利 富士康 清水源 联创 方升 力帆 沁北 恒通 国泰 丰田 海容 万洋 华能 巨力 鲁泰 瑞丰 金马 天坛 王屋 邵原 承留 坡头 轵城 梨林 思礼 大峪 克井 五龙 济水 沁园 北海 玉泉 天宝 黄河 小浪底 愚公'.split(' ');
const GOODS = '再生铅 锂电隔膜 纳米氧化锌 特种钢管 精密铸件 光伏组件 白银深加工 铜箔 电子级硫酸 乳制品 饮用水 蔬菜制种 无人机 石墨烯 储能电池 矿用电缆 阀门 密封件 玻璃纤维 焦炉煤气 液化天然气 氢气 碳酸锂 工业硅 铝合金 模具 轴承 机床 传感器 芯片封装 生物医药 中药饮片 肉制品 冷链物流 文旅小镇 养老公寓 职业学院 人民医院 污水处理 引黄调蓄 城际公路 铁路专用线 标准厂房 数据中心 充电桩 热电联产 风电场 生态修复 矿山治理 棚户区'.split(' ');
const WORKS = '生产线 基地 项目 改造 扩建 产业园 加工中心 示范工程 技改 配套设施 研发中心 仓储中心 综合利用 智能工厂 二期工程 孵化园 循环利用 升级改造 提质工程 一体化'.split(' ');

/** The name of project n; a data set has each once. */
export function nameOf(n: number): string {
  const firm = FIRMS[n % FIRMS.length] ?? '';
  const goods = GOODS[Math.trunc(n / FIRMS.length) % GOODS.length] ?? '';
  const works = WORKS[Math.trunc(n / (FIRMS.length * GOODS.length)) % WORKS.length] ?? '';
  const round = Math.trunc(n / (FIRMS.length * GOODS.length * WORKS.length));
  return `${firm}年产${10 + (n % 90)}万吨${goods}${works}${round === 0 ? '' : `（${round}）`}`;
}

const known = new Map<string, string>();
function lettersOf(name: string): string {
  return name.split(/(?<=万吨|年产)/).map((part) => known.get(part) ?? remember(part)).join('');
}
function remember(part: string): string {
  const letters = initials(part);
  known.set(part, letters);
  return letters;
}

const BATCH = 5000;

export async function fill(app: App, projects: number): Promise<void> {
  const { database } = app;
  const { rootId } = await ensureZone(app, { demo: false, day: DAY });
  await app.clock.refresh();
  await makePeople(app, rootId);
  for (let from = 1; from <= projects; from += BATCH) await makeProjects(app, from, Math.min(projects, from + BATCH - 1));
  await database.run(sql`insert into projects_years (project_id, year, plan_fen, target) select id, 2023, total_fen / 4, '完成主体工程' from projects_projects`);
  await database.run(sql`
    insert into projects_reports (id, project_id, month, dispatch_fen, stat_fen, progress, submitted_by, submitted_at, submitted_day)
    select gen_random_uuid(), p.id, m::date, p.total_fen / 60 + p.seq % 97, case when p.in_statistics then p.total_fen / 70 end, '按计划推进，设备安装过半。', ${rootId}, m + interval '33 days', (m + interval '33 days')::date
    from projects_projects p cross join generate_series(timestamp '2022-07-01', timestamp '2023-06-01', interval '1 month') m order by p.seq, m`);
  await database.run(sql`analyze`);
  const now = app.now();
  await keepAll(database, now);
  await database.transaction((tx) => saveSetting(tx, 'projects.kept_for', DAY, app.system.userId, now.instant));
  while ((await database.transaction(foldTotals)) > 0);
  for (const table of ['projects_projects', 'projects_access', 'projects_reports', 'projects_totals', 'projects_total_changes', 'projects_recent', 'projects_lights', 'projects_years']) await database.run(sql`vacuum analyze ${sql.id(table)}`);
  const recounted = await app.ask(app.system, 'projects.recount', {});
  const differences = typeof recounted === 'object' && recounted !== null && 'differences' in recounted && Array.isArray(recounted.differences) ? recounted.differences.length : -1;
  if (differences !== 0) throw new Error(`the totals of ${projects} projects differ from their recount in ${differences} cells`);
}

async function makePeople(app: App, rootId: string): Promise<void> {
  const { database } = app;
  const towns = Array.from({ length: TOWNS }, (_, n) => ({ id: townId(n), name: `演示镇${String(n + 1).padStart(2, '0')}` }));
  await database.run(sql`
    insert into people_organisations (id, parent_id, path, kind, name)
    select id, ${rootId}, array[${rootId}::uuid, id], 'town', name from jsonb_to_recordset(${json(towns)}::jsonb) as v (id uuid, name text)`);
  for (const [login, role, org, token] of [['bench-office', 'office', rootId, OFFICE_TOKEN], ['bench-town', 'town', townId(3), TOWN_TOKEN]] as const) {
    const id = idFrom('bench', 'user', login);
    await database.run(sql`insert into people_users (id, org_id, login, name, must_change) values (${id}, ${org}, ${login}, ${login}, false)`);
    await database.run(sql`insert into people_user_roles (user_id, role_id) select ${id}, id from people_roles where code = ${role}`);
    await database.run(sql`
      insert into people_sessions (id, user_id, token_hash, created_at, last_seen_at, expires_at)
      values (${idFrom('bench', 'session', login)}, ${id}, ${digestOf(token)}, now(), now(), now() + interval '7 days')`);
  }
}

const STAGES = ['planned', 'reserved', 'signed', 'preliminary', 'started', 'building', 'building', 'building', 'completed', 'producing'];

async function makeProjects(app: App, from: number, to: number): Promise<void> {
  const rows = Array.from({ length: to - from + 1 }, (_, i) => {
    const n = from + i;
    const name = nameOf(n);
    const letters = lettersOf(name);
    // A spread of sizes without two neighbours alike: 10 million to 5 billion yuan.
    const totalFen = (1000 + ((n * 7919) % 149_000)) * 1_000_000; // the sum of 100,000 stays within safe integers of fen
    return { id: projectId(n), seq: n, name, pinyin: letters, grams: gramsOf(name, letters, null), town: townId(n % TOWNS), stage: STAGES[n % STAGES.length], total: totalFen };
  });
  await app.database.run(sql`
    insert into projects_projects (id, seq, name, pinyin, grams, kind, level, list_year, batch, category, nature, builder_name, town_id, place, content, land_mu, total_fen, accumulated_fen,
      planned_start, planned_start_grain, planned_completion, planned_completion_grain, leader, responsible_person, phone, stage, stage_day, in_statistics, progress, created_at, updated_at)
    select id, seq, name, pinyin, grams, 'enterprise', case when seq % 3 = 0 then 'provincial' else 'municipal' end, 2023, '第一批', (array['工业', '农业', '服务业', '基础设施', '社会事业'])[1 + seq % 5],
      (array['new', 'continuing', 'completing', 'preliminary'])[1 + seq % 4], '演示企业' || (seq % 500) || '有限公司', town, '产业集聚区东二路', '建设内容为厂房、设备、管网及配套工程，占地与投资按批复执行。', 30 + seq % 400, total, total / 3,
      date '2022-01-31' + seq % 700, 'month', date '2024-01-31' + seq % 900, 'month', '副市长0' || (seq % 9), '负责人' || (seq % 300), '0391-66' || (10000 + seq % 80000), stage, date '2022-03-01' + seq % 400, seq % 2 = 0, '厂房主体完成，设备陆续进场。', now(), now() + seq * interval '1 millisecond'
    from jsonb_to_recordset(${json(rows)}::jsonb) as v (id uuid, seq int, name text, pinyin text, grams bigint[], town uuid, stage text, total bigint)`);
  await app.database.run(sql`insert into projects_recent (project_id, at, seq) select id, updated_at, seq from projects_projects where seq between ${from} and ${to}`);
}
