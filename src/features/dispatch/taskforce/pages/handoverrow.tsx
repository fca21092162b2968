// One hand-over on a list: who to whom, from when, who has confirmed.
import type { OutputOf } from '../../../../kernel/contract.ts';
import { useFormat } from '../../../../web/format.ts';
import { useT } from '../../../../web/i18n.ts';
import { Go } from '../../../../web/parts/go.tsx';
import { State } from '../../../../web/parts/state.tsx';
import type { listHandovers } from '../contract.ts';

type One = OutputOf<typeof listHandovers>['items'][number];

export const HANDOVER_TONES = { proposed: 'warn', agreed: 'ok', done: 'ok', refused: 'bad', withdrawn: 'off' } as const;

export function HandoverRow({ one }: { readonly one: One }) {
  const t = useT('taskforce');
  const format = useFormat();
  return (
    <li>
      <State tone={HANDOVER_TONES[one.state]} word={t(`handover.${one.state}`)} />
      <span><Go href={`/dispatch/handovers/${one.id}`}>{one.projectName}</Go>
        <small className="two">{t('handover.fromTo', { from: one.fromName ?? t('handover.nobody'), to: one.toName })} · {t('handover.from', { day: format.day(one.day) })}{one.open > 0 && ` · ${t('handover.openCount', { count: one.open })}`}</small></span>
    </li>
  );
}
