// What was attached to an application, each with its file, and which listed materials have not come.
import { useFormat } from '../../../../web/format.ts';
import { useLang, useT } from '../../../../web/i18n.ts';
import { Section } from '../../../../web/parts/page.tsx';
import { pick, type One } from './say.ts';

export function Materials({ one }: { readonly one: One }) {
  const t = useT('cases');
  const lang = useLang();
  const format = useFormat();
  const there = new Set(one.materials.map((each) => each.name.zh));
  const absent = [...one.listed.main, ...one.listed.secondary].filter((each) => !there.has(each.zh));
  return (
    <Section title={t('materials.title')}>
      <div className="card pad stack">
        {one.materials.length > 0 && (
          <ul className="attached">
            {one.materials.map((each) => (
              <li key={each.seq}>
                <span className="materialname">{pick(each.name, lang)}{each.main !== null && <span className="tag">{t(each.main ? 'materials.main' : 'materials.secondary')}</span>}</span>
                <a className="filename" href={`/api/files/${each.sha}`} download>{each.fileName ?? t('aside.open')}</a>
                <span className="two small">{format.bytes(each.bytes)}</span>
                <span className="two small">{t('materials.came', { name: each.by, day: format.day(each.day) })}</span>
              </li>
            ))}
          </ul>
        )}
        {absent.length > 0 && <p className="two">{t('materials.absent')}{t('bar.colon')}{absent.map((each) => pick(each, lang)).join(t('tale.comma'))}</p>}
      </div>
    </Section>
  );
}
