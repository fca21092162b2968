// The example ledger as a workbook: always the same bytes of content from the same seed. It writes no file by itself.
import { Workbook } from '@cj-tech-master/excelts';
import book from '../data/notes.json';
import { demoProjects } from '../model.ts';
import { fillChoices, fillNotes, fillTowns } from './extras.ts';
import { fillLedger } from './sheet.ts';

export const LEDGER_SHEET = '台账';
const MADE = new Date('2023-07-03T01:30:00Z');

export function makeLedger(): Workbook {
  const projects = demoProjects();
  const workbook = new Workbook();
  workbook.creator = '示范区重点项目建设办公室（演示）';
  workbook.lastModifiedBy = '项目办（演示）';
  workbook.created = MADE;
  workbook.modified = MADE;
  const main = workbook.addWorksheet(LEDGER_SHEET, {
    views: [{ state: 'frozen', xSplit: 4, ySplit: 6, zoomScale: 85 }],
    pageSetup: { paperSize: 9, orientation: 'landscape', fitToPage: true, fitToWidth: 3, fitToHeight: 0, printTitlesRow: '4:6', printTitlesColumn: 'A:D', margins: { left: 0.3, right: 0.3, top: 0.4, bottom: 0.5, header: 0.2, footer: 0.2 } },
    headerFooter: { oddFooter: '&C第 &P 页，共 &N 页' },
  });
  fillLedger(main, projects);
  const page = { pageSetup: { paperSize: 9, orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0 } } as const;
  fillTowns(workbook.addWorksheet('分镇汇总', page), projects);
  fillNotes(workbook.addWorksheet('填报说明', page), book.notes);
  fillChoices(workbook.addWorksheet('选项', { state: 'hidden' }));
  return workbook;
}
