// The measures of a programme as a file.
import type { Static } from 'typebox';
import actions from '../data/actions.json' with { type: 'json' };
import { dayCell, type FileOf } from '../listing.ts';
import type { MeasureLine } from './contract.ts';
import zh from '../../../../locales/zh-CN/programme.json' with { type: 'json' };

export const exported = (day: string): { title: string; sheet: string } => ({ title: zh.export.title.replace('{{day}}', day), sheet: zh.export.sheet });

const heading = zh.export.heading;

export const measureColumns: FileOf<Static<typeof MeasureLine>>['columns'] = [
  { heading: heading.action, width: 18, value: (row) => actions.find((one) => one.code === row.action)?.zh ?? row.action },
  { heading: heading.text, width: 50, value: (row) => row.text },
  { heading: heading.org, width: 18, value: (row) => row.orgName },
  { heading: heading.due, width: 12, value: (row) => dayCell(row.dueDay) },
  { heading: heading.indicator, width: 20, value: (row) => row.indicator },
  { heading: heading.unit, width: 8, value: (row) => row.unit },
  { heading: heading.target, width: 10, value: (row) => row.target },
  { heading: heading.value, width: 10, value: (row) => row.value },
  { heading: heading.progress, width: 10, value: (row) => row.progressBp / 100 },
  { heading: heading.state, width: 12, value: (row) => zh.state[row.state] },
  { heading: heading.owes, width: 12, value: (row) => (row.owes.length === 0 ? null : row.owes.map((one) => `Q${String(one)}`).join(' ')) },
  { heading: heading.late, width: 10, value: (row) => row.lateReports },
];
