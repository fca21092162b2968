// 中 / EN: changes the language in place; within the frame the server keeps the choice for the person's next device.
import { switchLang, useLang, useT, type Lang } from '../i18n.ts';

export function LangSwitch({ onSwitch }: { readonly onSwitch?: (lang: Lang) => void }) {
  const t = useT('web');
  const lang = useLang();
  const change = (to: Lang): void => {
    void switchLang(to);
    onSwitch?.(to);
  };
  return (
    <div className="lang" role="group" aria-label={t('frame.language')}>
      <button type="button" lang="zh-CN" aria-label="中 中文" aria-pressed={lang === 'zh-CN'} onClick={() => change('zh-CN')}>中</button>
      <span aria-hidden="true">/</span>
      <button type="button" lang="en" aria-label="EN English" aria-pressed={lang === 'en'} onClick={() => change('en')}>EN</button>
    </div>
  );
}
