// The story must agree with the ledger: the same money, the same days, nothing after the zone's day, no step without its proof.
import { describe, expect, test } from 'vitest';
import { MONTHS, TODAY } from './calendar.ts';
import { demoProjects } from './model.ts';
import { H1_WAN, sum } from './money.ts';
import { FEN_PER_WAN, storyOf, type Stage } from './story.ts';

const projects = demoProjects();
const stories = projects.map(storyOf);
const ORDER: readonly Stage[] = ['planned', 'reserved', 'signed', 'performed', 'preliminary', 'started', 'building', 'completed', 'producing', 'effective'];

describe('the story of the demonstration zone', () => {
  test('reports exactly 178亿元 for the half year in the series of the project office, and less in statistics', () => {
    const reports = stories.flatMap((one) => one.reports);
    const dispatch = sum(reports.map((one) => one.dispatchFen));
    expect(dispatch).toBe(1_780_000_000_000);
    expect(dispatch).toBe(H1_WAN * FEN_PER_WAN);
    const stat = sum(reports.map((one) => one.statFen ?? 0));
    expect(stat).toBeGreaterThan(dispatch * 0.7);
    expect(stat).toBeLessThan(dispatch * 0.9);
  });

  test('reports for each project what its ledger row says', () => {
    for (const one of stories) {
      expect([one.project.name, sum(one.reports.map((report) => report.dispatchFen))]).toEqual([one.project.name, one.project.doneWan * FEN_PER_WAN]);
      expect(new Set(one.reports.map((report) => report.month)).size).toBe(one.reports.length);
    }
    expect(stories.length * MONTHS.length - stories.flatMap((one) => one.reports).length).toBe(9);
  });

  test('spends no more than a project costs, and plans no more', () => {
    for (const one of projects) {
      const room = one.totalWan - one.money.priorWan;
      expect([one.name, one.money.planWan <= room, one.doneWan <= room, one.money.planWan > 0]).toEqual([one.name, true, true, true]);
    }
    const plan = sum(projects.map((one) => one.money.planWan));
    expect(H1_WAN / plan).toBeGreaterThan(0.52);
    expect(H1_WAN / plan).toBeLessThan(0.55);
  });

  test('moves forward in time and in stage, and rests on papers and photos of that day or before', () => {
    for (const { project, steps, underway } of stories) {
      steps.forEach((step, at) => {
        const before = steps[at - 1];
        if (before !== undefined) {
          expect([project.name, step.day >= before.day]).toEqual([project.name, true]);
          expect(ORDER.indexOf(step.to)).toBeGreaterThan(ORDER.indexOf(before.to));
        }
        for (const proof of step.proofs) expect([project.name, proof.kind, proof.day <= step.day]).toEqual([project.name, proof.kind, true]);
        expect(step.day <= TODAY).toBe(true);
      });
      expect(steps.some((step) => step.to === 'started')).toBe(project.times.actualStart !== undefined && !underway);
    }
  });

  test('starts nothing without a permit or report and a photo of permanent works', () => {
    for (const step of stories.flatMap((one) => one.steps).filter((one) => one.to === 'started')) {
      const kinds = step.proofs.map((proof) => proof.kind);
      expect(kinds).toContain('photo_works');
      expect(kinds.includes('construction_permit') || kinds.includes('commencement_report')).toBe(true);
      expect(step.works).toBeDefined();
    }
  });

  test('keeps the nodes that the public was told', () => {
    const node = (name: string, kind: string) => stories.find((one) => one.project.name === name)?.nodes.find((one) => one.kind === kind);
    expect(node('济源纳米材料产业园三期', 'structure')).toMatchObject({ plannedDay: '2023-10-31' });
    expect(node('产教融合园区基础设施（一期）', 'production')).toMatchObject({ plannedDay: '2023-12-31' });
    for (const name of ['金利铅基多金属固废综合利用', '豫光再生铅资源循环利用', '恒通生物降解塑料']) expect(node(name, 'production')?.actualDay).toBeDefined();
  });

  test('gives every node a sensible life', () => {
    for (const { project, nodes } of stories) {
      for (const one of nodes) {
        expect([project.name, one.name, (one.actualDay ?? '') <= TODAY, (one.forecastDay ?? '9999') > TODAY]).toEqual([project.name, one.name, true, true]);
      }
      const started = nodes.find((one) => one.kind === 'start');
      expect(started?.actualDay).toBe(project.times.actualStart);
    }
    expect(stories.filter((one) => one.rebased !== undefined)).toHaveLength(3);
  });

  test('shows every kind of trouble, and not too much of it', () => {
    const overdue = stories.filter((one) => one.nodes.some((node) => node.actualDay === undefined && node.plannedDay < TODAY));
    expect(overdue.length).toBeGreaterThan(20);
    expect(overdue.length).toBeLessThan(75);
    const lights = (colour: string): number => projects.filter((one) => one.light === colour).length;
    for (const colour of ['黄', '橙', '红']) expect(lights(colour)).toBeGreaterThan(2);
    expect(lights('绿')).toBeGreaterThan(120);
    expect(stories.filter((one) => one.pause !== undefined).length).toBeGreaterThan(1);
    expect(stories.filter((one) => one.handover !== undefined).length).toBeGreaterThan(3);
    expect(stories.flatMap((one) => one.reports).filter((one) => one.late).length).toBeGreaterThan(10);
    expect(stories.flatMap((one) => one.reports).filter((one) => one.first !== undefined).length).toBeGreaterThan(5);
  });
});
