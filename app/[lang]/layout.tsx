import type { Metadata, Viewport } from 'next';
import { cookies } from 'next/headers';
import type { ReactNode } from 'react';
import { env } from '@/lib/env';
import { isLang } from '@/lib/i18n/languages';
import { words } from '@/lib/i18n/words';
import { Materials } from '../_ui/materials/component';
import { readDisplay } from '../_ui/site/display';
import { pageLang } from '../_ui/site/page-lang';
import '../_ui/styles.css';

// Every page is rendered for its request: the nonce of the content security policy is new each time.
export const dynamic = 'force-dynamic';

type Params = { params: Promise<{ lang: string }> };

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  const { lang } = await params;
  const t = words(isLang(lang) ? lang : await pageLang(), 'common');
  return {
    metadataBase: new URL(env.PUBLIC_URL),
    title: { default: `${t('brand')} · ${t('tagline')}`, template: `%s · ${t('brand')}` },
    formatDetection: { telephone: false, address: false, email: false },
  };
}

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#f3f1e9' },
    { media: '(prefers-color-scheme: dark)', color: '#131719' },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const { size, theme } = readDisplay(await cookies());
  return (
    <html
      lang={await pageLang()}
      data-size={size === 'large' ? size : undefined}
      data-theme={theme === 'system' ? undefined : theme}
    >
      <body>
        <Materials />
        {children}
      </body>
    </html>
  );
}
