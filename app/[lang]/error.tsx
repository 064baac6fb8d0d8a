'use client';

import { usePathname } from 'next/navigation';
import { useEffect } from 'react';
import { langOfPath } from '@/lib/i18n/request';
import { failed } from '@/lib/i18n/messages/failed';
import { Btn, BtnLink, BtnRow } from '../_ui/btn/component';
import { Msg } from '../_ui/msg/component';

/** What stands in place of a page that failed. It takes its words from their own file: nothing else may fail here. */
export default function Failed({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  const lang = langOfPath(usePathname()) ?? 'zh-Hans';
  const t = failed[lang];
  useEffect(() => {
    // The server keeps the cause under the same digest; this line only helps whoever has the browser open.
    console.error(`page failed, digest ${error.digest ?? 'none'}`);
  }, [error]);
  return (
    <main id="main">
      <div className="wrap">
        <div className="grid gap-5 pt-12">
          <h1 className="text-3xl">{t.title}</h1>
          <Msg kind="warn" title={t.money}>
            <p>{t.body}</p>
          </Msg>
          <BtnRow>
            <Btn type="button" onClick={reset}>
              {t.retry}
            </Btn>
            <BtnLink kind="line" href={`/${lang}`}>
              {t.home}
            </BtnLink>
          </BtnRow>
          {error.digest !== undefined && (
            <p className="caption">
              {t.code} <code>{error.digest}</code>
            </p>
          )}
        </div>
      </div>
    </main>
  );
}
