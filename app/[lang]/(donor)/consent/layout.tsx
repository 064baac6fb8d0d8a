import { cookies } from 'next/headers';
import type { ReactNode } from 'react';
import { PublicShell } from '../../../_ui/site/component';
import { readDisplay } from '../../../_ui/site/display';
import { pageLang } from '../../../_ui/site/page-lang';
import { footSignature } from '@/lib/proof/foot.queries';

export default async function ConsentLayout({ children }: { children: ReactNode }) {
  return (
    <PublicShell
      lang={await pageLang()}
      display={readDisplay(await cookies())}
      signature={await footSignature()}
    >
      {children}
    </PublicShell>
  );
}
