// What can be taken away: Microsoft Project XML, calendars for phones and office programs, the contractor's file as it came.
import { useDownload } from '../../../../web/download.ts';
import { useT } from '../../../../web/i18n.ts';
import { Popover } from '../../../../web/parts/popover.tsx';
import { exportIcalendar, exportMspdi } from '../contract.ts';
import type { Shown } from './say.ts';

export function ExportMenu({ shown: { id, schedule } }: { readonly shown: Shown }) {
  const t = useT('schedules');
  const download = useDownload();
  const version = schedule === null ? {} : { schedule: schedule.id };
  const kinds: readonly (readonly [string, string, Readonly<Record<string, unknown>>])[] = [
    ...(schedule === null ? [] : [['exportMspdi', exportMspdi.name, version], ['exportMspdiFile', exportMspdi.name, { ...version, dates: 'file' }]] as const),
    ...(schedule === null || !schedule.current ? [] : [['exportIcs', exportIcalendar.name, {}], ['exportIcsAll', exportIcalendar.name, { tasks: 'all' }]] as const),
    ['exportIcsPlan', exportIcalendar.name, { of: 'plan' }],
  ];
  return (
    <Popover label={t('page.export')} align="end" trigger={(trigger) => <button type="button" className="btn" {...trigger}>{t('page.export')}</button>}>
      {(close) => (
        <div className="menu">
          {kinds.map(([word, name, fields]) => <button key={word} type="button" onClick={() => { close(); download.start(name, { id, ...fields }); }}>{t(`page.${word}`)}</button>)}
          {schedule !== null && <a href={`/api/files/${schedule.sha256}`} download={schedule.fileName} onClick={close}>{t('page.original')}</a>}
        </div>
      )}
    </Popover>
  );
}
