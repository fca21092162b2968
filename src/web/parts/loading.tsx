// A quiet outline of what is coming; appears only after a moment, so that quick answers do not flicker.
import { useT } from '../i18n.ts';
import './quiet.css';

export function Loading({ lines = 5, kind = 'lines' }: { readonly lines?: number; readonly kind?: 'lines' | 'table' | 'record' }) {
  const t = useT('web');
  return (
    <div className={`loading ${kind}`} role="status" aria-label={t('loading')}>
      {kind === 'record' && <div className="bone head" />}
      {kind === 'record' && <div className="bone strip" />}
      {Array.from({ length: lines }, (_, index) => (
        <div key={index} className="bone" style={{ width: kind === 'table' ? '100%' : `${String(88 - ((index * 37) % 40))}%` }} />
      ))}
    </div>
  );
}
