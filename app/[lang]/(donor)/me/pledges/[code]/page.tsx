import type { Metadata } from 'next';
import { cookies } from 'next/headers';
import { notFound } from 'next/navigation';
import { Crumbs, Wrap } from '@/app/_ui/page/component';
import { PublicShell } from '@/app/_ui/site/component';
import { readDisplay } from '@/app/_ui/site/display';
import { langParam } from '@/app/_ui/site/page-lang';
import { myPledge } from '@/lib/donors/me.queries';
import { words } from '@/lib/i18n/words';
import { Plan } from '../../../_give/plan';
import { notTheirs, requireGiver } from '../../me';
import { replanMine } from './actions';
import { footSignature } from '@/lib/proof/foot.queries';

type Props = { params: Promise<{ lang: string; code: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const lang = await langParam(params);
  return {
    title: words(lang, 'me')('replan.title', { code: (await params).code }),
    robots: { index: false },
  };
}

/** The instalments of a promise of mine, to be changed while it is open. */
export default async function MyPledgePage({ params }: Props) {
  const lang = await langParam(params);
  const { code } = await params;
  const live = await requireGiver(lang, `me/pledges/${code}`);
  const pledge = (await myPledge(live, code)) ?? notTheirs('code');
  if (pledge.status !== 'open' && pledge.status !== 'partly_fulfilled') notFound();
  const t = words(lang, 'me');
  return (
    <PublicShell lang={lang} display={readDisplay(await cookies())} signature={await footSignature()}>
      <Wrap>
        <div className="mt-8 mb-12 grid max-w-2xl gap-5">
          <Crumbs lang={lang} steps={[{ href: `/${lang}/me`, label: t('title') }]} here={pledge.code} />
          <h1 className="text-3xl">{t('replan.title', { code: pledge.code })}</h1>
          <Plan lang={lang} pledge={pledge} action={replanMine.bind(null, lang, code, pledge.version)} />
        </div>
      </Wrap>
    </PublicShell>
  );
}
