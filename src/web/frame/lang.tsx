// 中 / EN: changes the language in place.
import { switchLang, useLang, useT } from '../i18n.ts';

export function LangSwitch() {
  const t = useT('web');
  const lang = useLang();
  return (
    <div className="lang" role="group" aria-label={t('frame.language')}>
      <button type="button" lang="zh-CN" aria-label="中 中文" aria-pressed={lang === 'zh-CN'} onClick={() => void switchLang('zh-CN')}>中</button>
      <span aria-hidden="true">/</span>
      <button type="button" lang="en" aria-label="EN English" aria-pressed={lang === 'en'} onClick={() => void switchLang('en')}>EN</button>
    </div>
  );
}
