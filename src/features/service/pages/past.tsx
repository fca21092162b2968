// What happened to a record of the service, beside it: one sentence for each kind of event.
import { hasWords, useT } from '../../../web/i18n.ts';
import { History } from '../../../web/parts/history.tsx';
import { Section } from '../../../web/parts/page.tsx';
import { useSession } from '../../../web/session.tsx';

export interface Past { readonly id: string; readonly at: string; readonly who: string; readonly kind: string; readonly reason: string | null }

export function PastSection({ area, title, events }: { /** Whose words say it. */ readonly area: 'knowledge' | 'programme' | 'matching'; readonly title: string; readonly events: readonly Past[] }) {
  const t = useT(area);
  const { today } = useSession();
  if (events.length === 0) return null;
  return (
    <Section title={title}>
      <div className="card">
        <History today={today} events={events.map((one) => {
          const key = `past.${one.kind.replace('service.', '')}`;
          return { id: one.id, at: one.at, who: one.who, what: hasWords(`${area}:${key}`) ? t(key) : one.kind, ...(one.reason === null ? {} : { reason: one.reason }) };
        })} />
      </div>
    </Section>
  );
}
