// The gates of the law for a project: which are open, and of those that are shut what is missing, why, and by which law.
import { useLang, useT } from '../../../../web/i18n.ts';
import { Section } from '../../../../web/parts/page.tsx';
import { State } from '../../../../web/parts/state.tsx';
import { pick, type Faster } from './say.ts';

export function Gates({ shown }: { readonly shown: Faster }) {
  const t = useT('approvals');
  const lang = useLang();
  if (!shown.bound) return null;
  return (
    <Section title={t('faster.gates')} hint={t('faster.gatesHint')}>
      <ul className="card fastergates">
        {shown.gates.map((gate) => (
          <li key={gate.code}>
            <b>{t(`cases:gate.${gate.code}`)}</b>
            <State tone={gate.open ? 'ok' : 'late'} word={gate.open ? t('faster.open') : t('faster.shut', { count: gate.lacking.length })} />
            {gate.lacking.length > 0 && (
              <ul className="small">
                {gate.lacking.map((one) => <li key={one.law + (one.items[0]?.code ?? '')}>{one.items.map((each) => pick(each.name, lang)).join(t('list'))}{t('colon')}<span className="tone-late">{t(`cases:missing.${one.why}`)}</span> <span className="dim">{t(`cases:law.${one.law}`)}</span></li>)}
              </ul>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}
