// The first page as the service completes it: whoever sits at the desk has no projects of his own, and reads there what lies on the desk.
import { lazy, Suspense } from 'react';
import { loadWords } from '../../../web/i18n.ts';
import { Loading } from '../../../web/parts/loading.tsx';
import { useSession } from '../../../web/session.tsx';
import { FirstPage as RatedPage } from '../../problems/rates/pages/first.tsx';

const DeskStrip = lazy(async () => {
  const [{ DeskStrip: part }] = await Promise.all([import('../desk/pages/strip.tsx'), loadWords(['intake', 'rooms'])]);
  return { default: part };
});

export function FirstPage() {
  const { can } = useSession();
  return <RatedPage own={can('service.desk') ? <Suspense fallback={<Loading lines={2} />}><DeskStrip /></Suspense> : undefined} />;
}
