// The list of answers as a file.
import type { Static } from 'typebox';
import { dayCell, type FileOf } from '../listing.ts';
import type { AnswerLine } from './contract.ts';
import zh from '../../../../locales/zh-CN/knowledge.json' with { type: 'json' };
import kinds from '../data/kinds.json' with { type: 'json' };

export const exported = (day: string): { title: string; sheet: string } => ({ title: zh.export.answers_title.replace('{{day}}', day), sheet: zh.export.answers });

const heading = zh.export.heading;

export const answerColumns: FileOf<Static<typeof AnswerLine>>['columns'] = [
  { heading: heading.question, width: 50, value: (row) => row.question },
  { heading: heading.kind, width: 12, value: (row) => kinds.find((one) => one.code === row.kind)?.zh ?? row.kind },
  { heading: heading.department, width: 16, value: (row) => row.departmentName },
  { heading: heading.audience, width: 12, value: (row) => zh.audience[row.audience] },
  { heading: heading.state, width: 12, value: (row) => zh.state[row.state] },
  { heading: heading.validFrom, width: 12, value: (row) => dayCell(row.validFrom) },
  { heading: heading.validUntil, width: 12, value: (row) => dayCell(row.validUntil) },
  { heading: heading.reviewed, width: 12, value: (row) => dayCell(row.reviewedDay) },
  { heading: heading.reviewDue, width: 12, value: (row) => dayCell(row.reviewDue) },
  { heading: heading.useful, width: 8, value: (row) => row.useful },
  { heading: heading.notUseful, width: 8, value: (row) => row.notUseful },
  { heading: heading.settled, width: 10, value: (row) => row.settled },
];
