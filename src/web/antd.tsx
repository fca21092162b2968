// The provider that a page wraps around antd parts: tokens and locale of the reader's language, loaded with the page.
import { ConfigProvider } from 'antd';
import en from 'antd/locale/en_US';
import zh from 'antd/locale/zh_CN';
import type { ReactNode } from 'react';
import { useLang } from './i18n.ts';
import { theme } from './theme.ts';

export function Antd({ children }: { readonly children: ReactNode }) {
  const lang = useLang();
  return <ConfigProvider theme={theme} locale={lang === 'en' ? en : zh}>{children}</ConfigProvider>;
}
