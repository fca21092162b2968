// Which items may be simulated, go by promise, be accepted with documents owed or pass by silence: said of each item and changed on its page.
import { useUrlState } from '../../../../web/address.ts';
import { useT } from '../../../../web/i18n.ts';
import { ChoiceInput } from '../../../../web/inputs/choice.tsx';
import { Section } from '../../../../web/parts/page.tsx';
import { Scroll } from '../../../../web/parts/scroll.tsx';
import { ItemLink } from './after.tsx';
import type { FrameView } from './frame.ts';

const WAYS = ['simulatable', 'deferrable', 'promise', 'silentConsent'] as const;
type Way = (typeof WAYS)[number];
type Line = FrameView['faster'][number];

export function FasterTable({ view }: { readonly view: FrameView }) {
  const t = useT('approvals');
  const [{ way }, set] = useUrlState({ way: 'simulatable' });
  const here = WAYS.find((one) => one === way) ?? 'simulatable';
  const items = view.faster.filter((one) => goes(one, here));
  return (
    <Section title={t('catalogue.policy.items')} hint={t('catalogue.policy.itemsHint')}>
      <div className="row noprint" style={{ marginBottom: 8 }}><ChoiceInput label={t('catalogue.policy.items')} value={here} onChange={(next) => set({ way: next ?? 'simulatable' })} options={WAYS.map((one) => ({ value: one, label: `${t(`catalogue.field.${one}`)} ${String(view.faster.filter((line) => goes(line, one)).length)}` }))} /></div>
      <Scroll label={t('catalogue.policy.items')}>
        <table className="plain">
          <thead><tr><th scope="col">{t('catalogue.col.name')}</th><th scope="col">{t(`catalogue.field.${here}`)}</th></tr></thead>
          <tbody>{items.map((one) => <tr key={one.code}><td><ItemLink code={one.code} names={view.names} /></td><td className="two">{here === 'simulatable' || here === 'promise' ? t(`catalogue.${here}.${one[here]}`) : t('catalogue.yes')}</td></tr>)}</tbody>
        </table>
      </Scroll>
    </Section>
  );
}

function goes(one: Line, way: Way): boolean {
  if (way === 'simulatable') return one.simulatable !== 'never';
  return way === 'promise' ? one.promise !== 'no' : one[way];
}
