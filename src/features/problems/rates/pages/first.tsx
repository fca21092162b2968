// The first page with the rates of problems laid beside its list: of what the reader may know, by the very definitions of the page of rates.
import { lazy, Suspense } from 'react';
import { loadWords } from '../../../../web/i18n.ts';
import { useSession } from '../../../../web/session.tsx';
import { TodayPage } from '../../../projects/portfolio/pages/today.tsx';

// Comes after the list: nobody waits for a figure before he sees what he has to do.
const RatesBeside = lazy(async () => ({ default: (await Promise.all([import('./beside.tsx'), loadWords(['rates'])]))[0].RatesBeside }));

export function FirstPage() {
  const { can } = useSession();
  return <TodayPage beside={can('problems.rates') ? <Suspense fallback={null}><RatesBeside /></Suspense> : null} />;
}
