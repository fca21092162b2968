// The other sheets of the workbook: sums by town and park, notes for those who fill it in, and the hidden lists of choices.
// They hold no project of their own.
import type { Worksheet } from '@cj-tech-master/excelts';
import people from '../data/people.json';
import type { DemoProject } from '../model.ts';
import { sum } from '../money.ts';
import { statOf } from './columns.ts';
import { dress } from './style.ts';

const HEADS = ['镇（街道）、开发区', '项目数（个）', '总投资（亿元）', '年度计划（万元）', '1-6月完成（万元）', '完成率', '入统投资（万元）'] as const;

export function fillTowns(sheet: Worksheet, projects: readonly DemoProject[]): void {
  sheet.mergeCells(1, 1, 1, HEADS.length);
  sheet.getCell(1, 1).value = '重点项目分镇（街道）完成情况（截至2023年6月30日，演示数据）';
  dress(sheet.getCell(1, 1), 'title');
  sheet.getRow(1).height = 34;
  let row = table(sheet, 2, [...people.towns.map((town) => ({ name: town.name, own: projects.filter((one) => one.town === town.name) })), { name: '合计', own: projects }]);
  sheet.mergeCells(row + 1, 1, row + 1, HEADS.length);
  sheet.getCell(row + 1, 1).value = '其中：三个开发区（与上表镇、街道有重复）';
  dress(sheet.getCell(row + 1, 1), 'note');
  row = table(sheet, row + 2, people.parks.map((park) => ({ name: park.name, own: projects.filter((one) => one.park === park.name) })));
  HEADS.forEach((_, at) => {
    sheet.getColumn(at + 1).width = at === 0 ? 26 : 15;
  });
}

function table(sheet: Worksheet, from: number, lines: readonly { name: string; own: readonly DemoProject[] }[]): number {
  HEADS.forEach((head, at) => {
    const cell = sheet.getCell(from, at + 1);
    cell.value = head;
    dress(cell, 'head');
  });
  lines.forEach(({ name, own }, number) => {
    const plan = sum(own.map((one) => one.money.planWan));
    const done = sum(own.map((one) => one.doneWan));
    const values = [name, own.length, sum(own.map((one) => one.totalWan)) / 10_000, plan, done, plan === 0 ? 0 : Math.round((done / plan) * 10_000) / 10_000, sum(own.map(statOf))];
    values.forEach((value, at) => {
      const cell = sheet.getCell(from + 1 + number, at + 1);
      cell.value = value;
      dress(cell, name === '合计' ? 'total' : 'cell', at === 0 ? 'left' : 'right');
      cell.numFmt = at === 5 ? '0.0%' : at === 2 ? '0.00' : '#,##0';
    });
  });
  return from + 1 + lines.length;
}

export function fillNotes(sheet: Worksheet, notes: readonly string[]): void {
  sheet.getColumn(1).width = 110;
  notes.forEach((note, at) => {
    const cell = sheet.getCell(at + 1, 1);
    cell.value = note;
    dress(cell, at === 0 ? 'title' : 'note');
    sheet.getRow(at + 1).height = at === 0 ? 34 : 24;
  });
}

export function fillChoices(sheet: Worksheet): void {
  const lists: readonly (readonly string[])[] = [
    ['级别', '省', '市'], ['性质', '新开工', '续建', '竣工', '前期'], ['红黄绿', '绿', '黄', '橙', '红'], ['镇（街道）', ...people.towns.map((town) => town.name)],
  ];
  lists.forEach((list, column) => {
    list.forEach((word, row) => {
      sheet.getCell(row + 1, column + 1).value = word;
    });
  });
}
