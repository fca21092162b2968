// What the pages before the application have in common: the name of the program, the language, and one thing to be done.
import type { ReactNode } from 'react';
import { LangSwitch } from '../frame/lang.tsx';
import { useT } from '../i18n.ts';
import './account.css';

interface Props {
  readonly title: string;
  readonly say: string;
  readonly children: ReactNode;
  readonly beside?: ReactNode;
  /** Two columns, where there is room for them. */
  readonly both?: boolean;
}

export function EntryPage({ title, say, children, beside, both = false }: Props) {
  const t = useT('web');
  return (
    <div className="entry">
      <header className="entrytop">
        <p className="brandname">{t('brand')}</p>
        <LangSwitch />
      </header>
      <main className={both ? 'entrymain both' : 'entrymain'}>
        <section className="entryform">
          <h1>{title}</h1>
          <p className="two">{say}</p>
          {children}
        </section>
        {beside}
      </main>
    </div>
  );
}
