import type { Metadata } from 'next';
import { words } from '@/lib/i18n/words';
import { pageNonce } from '../../../_ui/site/nonce';
import { langParam } from '../../../_ui/site/page-lang';
import { pageMeta } from '../../../_ui/site/page-meta';
import { verifyModel } from './verify-model';
import { VerifyView } from './verify-view';

type Params = {
  params: Promise<{ lang: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  const lang = await langParam(params);
  const t = words(lang, 'verify');
  return pageMeta(lang, '/verify', { title: t('title'), description: t('description') });
}

export default async function VerifyPage({ params, searchParams }: Params) {
  const lang = await langParam(params);
  const query = await searchParams;
  const one = (name: string): string | undefined => {
    const value = query[name];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const [gift, road, leaf] = [one('gift') ?? one('thing'), one('road'), one('leaf')];
  const model = await verifyModel({
    ...(gift !== undefined && { gift }),
    ...(road !== undefined && { road }),
    ...(leaf !== undefined && { leaf }),
  });
  return <VerifyView lang={lang} model={model} nonce={await pageNonce()} typed={gift ?? road ?? ''} />;
}
