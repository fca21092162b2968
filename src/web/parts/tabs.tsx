// Tabs under a title: words with counts, the current one underlined. Arrow keys move; the address tells which (useUrlState).
import { useRef, type KeyboardEvent, type ReactNode } from 'react';
import './tabs.css';

export interface Tab {
  readonly id: string;
  readonly label: ReactNode;
  readonly count?: number | string;
}

export interface TabsProps {
  readonly tabs: readonly Tab[];
  readonly here: string;
  readonly onGo: (id: string) => void;
  readonly label: string;
  /** At the right end: 保存视图. */
  readonly end?: ReactNode;
}

export function Tabs({ tabs, here, onGo, label, end }: TabsProps) {
  const list = useRef<HTMLDivElement>(null);
  const move = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const index = (tabs.findIndex((tab) => tab.id === here) + step + tabs.length) % tabs.length;
    const next = tabs[index];
    if (next === undefined) return;
    onGo(next.id);
    list.current?.querySelectorAll<HTMLElement>('[role=tab]')[index]?.focus();
  };
  return (
    <div className="tabsrow noprint">
      <div className="tabs" role="tablist" aria-label={label} ref={list} onKeyDown={move}>
        {tabs.map((tab) => (
          <button key={tab.id} type="button" role="tab" aria-selected={tab.id === here} tabIndex={tab.id === here ? 0 : -1} onClick={() => onGo(tab.id)}>
            {tab.label}
            {tab.count !== undefined && <span>{tab.count}</span>}
          </button>
        ))}
      </div>
      {end}
    </div>
  );
}
