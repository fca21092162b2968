// The lists of policies and of deliveries as files.
import type { Static } from 'typebox';
import { dayCell, wanCell, type FileOf } from '../listing.ts';
import type { DeliveryLine, PolicyLine } from './contract.ts';
import zh from '../../../../locales/zh-CN/knowledge.json' with { type: 'json' };

export const exported = (what: 'policies' | 'deliveries', day: string): { title: string; sheet: string } => ({ title: zh.export[`${what}_title`].replace('{{day}}', day), sheet: zh.export[what] });

const heading = zh.export.heading;

export const policyColumns: FileOf<Static<typeof PolicyLine>>['columns'] = [
  { heading: heading.policy, width: 44, value: (row) => row.name },
  { heading: heading.number, width: 24, value: (row) => row.number },
  { heading: heading.issuer, width: 22, value: (row) => row.issuer },
  { heading: heading.level, width: 10, value: (row) => zh.level[row.level] },
  { heading: heading.gives, width: 12, value: (row) => zh.gives[row.gives] },
  { heading: heading.amount, width: 14, value: (row) => wanCell(row.amountFen) },
  { heading: heading.benefit, width: 50, value: (row) => row.benefit },
  { heading: heading.window, width: 12, value: (row) => zh.window[row.window] },
  { heading: heading.applyFrom, width: 12, value: (row) => dayCell(row.applyFrom) },
  { heading: heading.applyUntil, width: 12, value: (row) => dayCell(row.applyUntil) },
  { heading: heading.department, width: 16, value: (row) => row.departmentName },
  { heading: heading.fits, width: 12, value: (row) => (row.fits === null ? null : zh.fits[row.fits]) },
  { heading: heading.yes, width: 10, value: (row) => row.yes },
  { heading: heading.told, width: 8, value: (row) => row.told },
  { heading: heading.applied, width: 8, value: (row) => row.applied },
  { heading: heading.received, width: 8, value: (row) => row.received },
];

export const deliveryColumns: FileOf<Static<typeof DeliveryLine>>['columns'] = [
  { heading: heading.policy, width: 44, value: (row) => row.policyName },
  { heading: heading.enterprise, width: 34, value: (row) => row.orgName },
  { heading: heading.state, width: 12, value: (row) => zh.delivery[row.state] },
  { heading: heading.toldDay, width: 12, value: (row) => dayCell(row.toldDay) },
  { heading: heading.toldBy, width: 14, value: (row) => row.toldBy },
  { heading: heading.appliedDay, width: 12, value: (row) => dayCell(row.appliedDay) },
  { heading: heading.receivedDay, width: 12, value: (row) => dayCell(row.receivedDay) },
  { heading: heading.receivedAmount, width: 14, value: (row) => wanCell(row.amountFen) },
  { heading: heading.note, width: 30, value: (row) => row.note },
];
