import type { Metadata } from 'next';
import { cookies } from 'next/headers';
import { CONCERN_ABOUT, CONCERN_KINDS } from '@/lib/concerns/concern.rules';
import { homeCampaign } from '@/lib/disclosure/campaign.queries';
import { publicConcerns } from '@/lib/disclosure/concern.queries';
import { dateText } from '@/lib/i18n/format';
import { words } from '@/lib/i18n/words';
import { newId } from '@/lib/shared/id';
import { Empty, Msg } from '../../../_ui/msg/component';
import { Section, Wrap } from '../../../_ui/page/component';
import { PublicShell } from '../../../_ui/site/component';
import { readDisplay } from '../../../_ui/site/display';
import { langParam } from '../../../_ui/site/page-lang';
import { ReportForm } from './report-form';
import { footSignature } from '@/lib/proof/foot.queries';

type Props = {
  params: Promise<{ lang: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = words(await langParam(params), 'concerns');
  return { title: t('title'), description: t('intro') };
}

/** Where anyone reports a broken road or an irregularity, and what came of earlier reports. */
export default async function ReportPage({ params, searchParams }: Props) {
  const lang = await langParam(params);
  const { road: asked, done } = await searchParams;
  const road = typeof asked === 'string' && /^[A-Z]{2,6}-[0-9]{2,4}$/.test(asked) ? asked : '';
  const t = words(lang, 'concerns');
  const [concerns, campaign] = await Promise.all([publicConcerns(null), homeCampaign()]);
  return (
    <PublicShell lang={lang} display={readDisplay(await cookies())} signature={await footSignature()}>
      <Wrap>
        <div className="mt-8 mb-12 grid max-w-2xl gap-5">
          <h1 className="text-3xl">{t('title')}</h1>
          {typeof done === 'string' && /^W-\d{4,}$/.test(done) ? (
            <Msg kind="ok" title={t('thanks', { code: done })}>
              {t('thanksBody')}
            </Msg>
          ) : (
            <>
              <p>{t('intro')}</p>
              <ReportForm
                lang={lang}
                formKey={newId()}
                campaign={campaign ?? ''}
                road={road}
                kinds={CONCERN_KINDS.map((value) => ({ value, label: t(`kinds.${value}`) }))}
                about={[
                  { value: '', label: t('about.nobody') },
                  ...CONCERN_ABOUT.map((value) => ({ value, label: t(`about.${value}`) })),
                ]}
                words={{
                  kind: t('kind'),
                  road: t('road'),
                  roadHint: t('roadHint'),
                  about: t('aboutRole'),
                  told: t('told'),
                  toldHint: t('toldHint'),
                  picture: t('picture'),
                  contact: t('contact'),
                  contactHint: t('contactHint'),
                  send: t('send'),
                  refused: t('refused'),
                }}
              />
            </>
          )}
          <Section id="earlier" title={t('earlier')}>
            {concerns.length === 0 ? (
              <Empty title={t('none')} />
            ) : (
              <ul>
                {concerns.map((one) => (
                  <li key={one.code}>
                    {one.code} · {dateText(one.received_on, lang)} · {t(`kinds.${one.kind as 'defect'}`)}
                    {one.segment !== null && (
                      <>
                        {' · '}
                        <a href={`/${lang}/roads/${one.segment}`}>{one.segment}</a>
                      </>
                    )}{' '}
                    · <b>{t(`states.${one.status as 'open'}`)}</b>
                    {one.summary !== null && <p>{one.summary[lang]}</p>}
                    {one.finding !== null && <p>{t(`findings.${one.finding as 'confirmed'}`)}</p>}
                    {one.outcome !== null && <p>{one.outcome[lang]}</p>}
                  </li>
                ))}
              </ul>
            )}
          </Section>
        </div>
      </Wrap>
    </PublicShell>
  );
}
