import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { Materials } from '../../_ui/materials/component';
import { langParam } from '../../_ui/site/page-lang';
import '../../_ui/styles.css';

export const dynamic = 'force-dynamic';

export const metadata: Metadata = { robots: { index: false } };

/** Parts for other people's pages: no head, no foot, no cookie, no script. */
export default async function EmbedLayout({
  children,
  params,
}: {
  children: ReactNode;
  params: Promise<{ lang: string }>;
}) {
  return (
    <html lang={await langParam(params)}>
      <body>
        <Materials />
        {children}
      </body>
    </html>
  );
}
