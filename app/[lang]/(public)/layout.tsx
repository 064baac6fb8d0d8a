import { cookies } from 'next/headers';
import type { ReactNode } from 'react';
import { footSignature } from '@/lib/proof/foot.queries';
import { pageLang } from '../../_ui/site/page-lang';
import { PublicShell } from '../../_ui/site/component';
import { readDisplay } from '../../_ui/site/display';

export default async function PublicLayout({ children }: { children: ReactNode }) {
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
