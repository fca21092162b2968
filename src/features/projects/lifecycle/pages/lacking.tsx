// What another feature says is lacking for a condition: the thing by name, why, and by which law. Its words are fetched only when there is something
// to say, so that nobody who is not concerned waits for them.
import { useEffect, useState } from 'react';
import { hasWords, loadWords, useLang, useT } from '../../../../web/i18n.ts';
import { pick, type GateCondition } from './words.ts';

type Lack = GateCondition['lacking'][number];

export function Lacking({ lacking }: { readonly lacking: readonly Lack[] }) {
  const t = useT('lifecycle');
  const lang = useLang();
  const areas = [...new Set(lacking.flatMap((one) => [one.why, one.law ?? one.why]).map((key) => key.slice(0, key.indexOf(':'))))].join(' ');
  const [, setLoaded] = useState('');
  useEffect(() => {
    let gone = false;
    if (areas !== '') void loadWords(areas.split(' ')).then(() => { if (!gone) setLoaded(areas); }).catch(() => undefined);
    return () => { gone = true; };
  }, [areas, lang]);
  const ready = lacking.every((one) => hasWords(one.why) && (one.law === null || hasWords(one.law)));
  return lacking.map((one) => (
    <p key={one.why + one.name.zh} className="tone-late small">
      {pick(one.name, lang)}{ready && <>{t('colon')}{t(one.why)}{one.law !== null && <span className="dim">　{t(one.law)}</span>}</>}
    </p>
  ));
}
