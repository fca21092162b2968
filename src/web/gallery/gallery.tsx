// Every part with realistic data, to be looked at: /gallery?show=ledger|record|form|today|parts|gantt|sign-in. Development only.
import { useUrlState } from '../address.ts';
import { Frame } from '../frame/frame.tsx';
import { SessionProvider } from '../session.tsx';
import { FormShow } from './formshow.tsx';
import { GanttShow } from './ganttshow.tsx';
import { LedgerShow } from './ledgershow.tsx';
import { PartsShow } from './partsshow.tsx';
import { RecordShow } from './recordshow.tsx';
import { session } from './sample.ts';
import { TodayShow } from './todayshow.tsx';

export function GalleryPage() {
  const [{ show }] = useUrlState({ show: 'ledger' });
  return (
    <SessionProvider data={session}>
      <Frame>
        {show === 'ledger' && <LedgerShow />}
        {show === 'record' && <RecordShow />}
        {show === 'form' && <FormShow />}
        {show === 'today' && <TodayShow />}
        {show === 'parts' && <PartsShow />}
        {show === 'gantt' && <GanttShow />}
      </Frame>
    </SessionProvider>
  );
}
