// The first page with the rates of problems laid beside its list: of what the reader may know, by the very definitions of the page of rates.
import { lazy, Suspense, type ComponentProps } from 'react';
import { loadWords } from '../../../../web/i18n.ts';
import { Loading } from '../../../../web/parts/loading.tsx';
import { useSession } from '../../../../web/session.tsx';
import { TodayPage } from '../../../projects/portfolio/pages/today.tsx';

// Comes after the list: nobody waits for a figure before he sees what he has to do.
const RatesBeside = lazy(async () => ({ default: (await Promise.all([import('./beside.tsx'), loadWords(['rates'])]))[0].RatesBeside }));

/** `own`: what a later feature puts at the top for a reader without projects. */
export function FirstPage({ own }: Pick<ComponentProps<typeof TodayPage>, 'own'>) {
  const { can } = useSession();
  return <TodayPage own={own} {...(can('problems.rates') ? { beside: <Suspense fallback={<Loading lines={6} />}><RatesBeside /></Suspense> } : {})} />;
}
