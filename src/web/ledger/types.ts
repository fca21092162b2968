// What a Ledger is made of: columns, filters that read as a sentence, views.
import type { ReactNode } from 'react';
import type { Option } from '../inputs/select.tsx';

export interface Column<Row> {
  readonly id: string;
  readonly title: string;
  /** Small words beside the title: （亿元）, 竖线为时序 50%. */
  readonly unit?: string;
  /** Pixels; the column with `grow` takes what is left. */
  readonly width: number;
  readonly grow?: boolean;
  readonly align?: 'right';
  readonly cell: (row: Row) => ReactNode;
  /** Name by which the server sorts; left out: not sortable. */
  readonly sort?: string;
  /** Foot of the column: a sum, said with the same digits. */
  readonly sum?: ReactNode;
  /** Not shown until the reader chooses it. */
  readonly off?: boolean;
  /** Cannot be hidden; stays at the left while scrolling. */
  readonly pinned?: boolean;
  /** Place on the phone's card; default `line`. */
  readonly card?: 'state' | 'title' | 'line' | 'none';
}

interface FilterBase {
  /** Name in the address and of the query's input. */
  readonly id: string;
  /** The words before: 类别是, 且在. */
  readonly say: string;
  /** The word when unset: 任意镇、园区. */
  readonly any: string;
  /** Hidden behind ＋ 条件 until it is set. */
  readonly rare?: boolean;
  /** Name in the list behind ＋ 条件; default `say`. */
  readonly name?: string;
}

export type Filter =
  | (FilterBase & { readonly kind: 'many'; readonly options: readonly Option[] })
  | (FilterBase & { readonly kind: 'one'; readonly options: readonly Option[] })
  | (FilterBase & { readonly kind: 'text'; readonly placeholder?: string })
  | (FilterBase & { readonly kind: 'days'; readonly from: string; readonly to: string })
  | (FilterBase & { readonly kind: 'money'; readonly from: string; readonly to: string });

/** A saved view is a query string of the ledger's own parameters. */
export interface View {
  readonly id: string;
  readonly name: string;
  readonly search: string;
  readonly count?: number;
  /** Saved by the reader: may be renamed and deleted. */
  readonly own?: boolean;
}
