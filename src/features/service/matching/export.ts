// Needs and offers, and deals, as files.
import type { Static } from 'typebox';
import { dayCell, wanCell, type FileOf } from '../listing.ts';
import industries from '../data/industries.json' with { type: 'json' };
import type { DealLine, ListingLine } from './contract.ts';
import zh from '../../../../locales/zh-CN/matching.json' with { type: 'json' };

export const exported = (what: 'listings' | 'deals', day: string): { title: string; sheet: string } => ({ title: zh.export[`${what}_title`].replace('{{day}}', day), sheet: zh.export[what] });

const heading = zh.export.heading;
const industryName = (code: string | null): string | null => (code === null ? null : (industries.find((one) => one.code === code)?.zh ?? code));

export const listingColumns: FileOf<Static<typeof ListingLine>>['columns'] = [
  { heading: heading.side, width: 8, value: (row) => zh.side[row.side] },
  { heading: heading.kind, width: 10, value: (row) => zh.kind[row.kind] },
  { heading: heading.title, width: 44, value: (row) => row.title },
  { heading: heading.party, width: 34, value: (row) => row.partyName },
  { heading: heading.industry, width: 24, value: (row) => industryName(row.industry) },
  { heading: heading.amount, width: 14, value: (row) => wanCell(row.amountFen) },
  { heading: heading.people, width: 8, value: (row) => row.people },
  { heading: heading.place, width: 14, value: (row) => row.placeName },
  { heading: heading.opened, width: 12, value: (row) => dayCell(row.openedDay) },
  { heading: heading.until, width: 12, value: (row) => dayCell(row.untilDay) },
  { heading: heading.answered, width: 12, value: (row) => dayCell(row.answeredDay) },
  { heading: heading.closed, width: 12, value: (row) => dayCell(row.closedDay) },
  { heading: heading.reason, width: 14, value: (row) => (row.closedReason === null ? null : zh.closed[row.closedReason]) },
  { heading: heading.deals, width: 8, value: (row) => row.deals },
];

export const dealColumns: FileOf<Static<typeof DealLine>>['columns'] = [
  { heading: heading.kind, width: 10, value: (row) => zh.kind[row.kind] },
  { heading: heading.state, width: 10, value: (row) => zh.deal[row.state] },
  { heading: heading.need, width: 40, value: (row) => row.needTitle },
  { heading: heading.needParty, width: 30, value: (row) => row.needParty },
  { heading: heading.offer, width: 40, value: (row) => row.offerTitle },
  { heading: heading.offerParty, width: 30, value: (row) => row.offerParty },
  { heading: heading.fair, width: 30, value: (row) => row.fairName },
  { heading: heading.intentionDay, width: 12, value: (row) => dayCell(row.intentionDay) },
  { heading: heading.amount, width: 14, value: (row) => wanCell(row.amountFen) },
  { heading: heading.people, width: 8, value: (row) => row.people },
  { heading: heading.signedDay, width: 12, value: (row) => dayCell(row.signedDay) },
  { heading: heading.signed, width: 14, value: (row) => wanCell(row.signedFen) },
  { heading: heading.document, width: 24, value: (row) => row.document },
  { heading: heading.fulfilledDay, width: 12, value: (row) => dayCell(row.fulfilledDay) },
  { heading: heading.fulfilled, width: 14, value: (row) => wanCell(row.fulfilledFen) },
  { heading: heading.fallen, width: 30, value: (row) => row.fallenReason },
];
