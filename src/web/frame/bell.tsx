// The bell: how many of one's own notices are unread, asked together with the numbers of the navigation.
import { useT } from '../i18n.ts';
import { Go } from '../parts/go.tsx';
import { usePlace } from '../place.ts';
import { useUnread } from './waiting.tsx';

export function Bell() {
  const t = useT('web');
  const { pathname } = usePlace();
  const unread = useUnread();
  const say = unread === undefined ? t('frame.notices') : unread.say;
  return (
    <Go href="/notices" className={`bell${pathname === '/notices' ? ' here' : ''}`} title={say} aria-label={say}>
      <svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" strokeLinejoin="round">
        <path d="M4 14.5h12l-1.4-2.2V8.6a4.6 4.6 0 0 0-9.2 0v3.7L4 14.5Z" /><path d="M8.3 16.8a1.8 1.8 0 0 0 3.4 0" />
      </svg>
      {unread !== undefined && <span className="bellcount" aria-hidden="true">{unread.text}</span>}
    </Go>
  );
}
