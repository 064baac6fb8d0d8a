'use client';

import { langOfPath } from '@/lib/i18n/request';
import { failed } from '@/lib/i18n/messages/failed';
import { usePathname } from 'next/navigation';
import { BtnLink, BtnRow } from './_ui/btn/component';
import { Msg } from './_ui/msg/component';
import './_ui/styles.css';

/** The last resort, when even the frame of the page failed: a whole document with the money first. */
export default function FrameFailed({ error }: { error: Error & { digest?: string } }) {
  const lang = langOfPath(usePathname()) ?? 'zh-Hans';
  const t = failed[lang];
  return (
    <html lang={lang}>
      <body>
        <main id="main">
          <div className="wrap">
            <div className="grid gap-5 pt-12">
              <h1 className="text-3xl">{t.title}</h1>
              <Msg kind="warn" title={t.money}>
                <p>{t.body}</p>
              </Msg>
              <BtnRow>
                <BtnLink href={`/${lang}`}>{t.home}</BtnLink>
              </BtnRow>
              {error.digest !== undefined && (
                <p className="caption">
                  {t.code} <code>{error.digest}</code>
                </p>
              )}
            </div>
          </div>
        </main>
      </body>
    </html>
  );
}
