import type { Metadata } from 'next';
import { cookies } from 'next/headers';
import { notFound } from 'next/navigation';
import { env } from '@/lib/env';
import { PublicShell } from '../../../_ui/site/component';
import { readDisplay } from '../../../_ui/site/display';
import { pageNonce } from '../../../_ui/site/nonce';
import { langParam } from '../../../_ui/site/page-lang';
import { EXAMPLE_VIEWS } from '../views';
import { footSignature } from '@/lib/proof/foot.queries';

export const metadata: Metadata = { title: 'Examples', robots: { index: false } };

type Params = { params: Promise<{ lang: string; view: string }> };

export default async function ExampleView({ params }: Params) {
  const lang = await langParam(params);
  const view = EXAMPLE_VIEWS[(await params).view];
  if (!view || (!env.EXAMPLES && env.NODE_ENV === 'production')) notFound();
  return (
    <PublicShell lang={lang} display={readDisplay(await cookies())} signature={await footSignature()}>
      {view(lang, await pageNonce())}
    </PublicShell>
  );
}
