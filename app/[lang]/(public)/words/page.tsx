import type { Metadata } from 'next';
import { Empty } from '@/app/_ui/msg/component';
import { Section, Sheet, Wrap } from '@/app/_ui/page/component';
import { langParam } from '@/app/_ui/site/page-lang';
import { pageMeta } from '@/app/_ui/site/page-meta';
import { homeCampaign } from '@/lib/disclosure/campaign.queries';
import { villageWords } from '@/lib/disclosure/hall.queries';
import { dateText } from '@/lib/i18n/format';
import { words } from '@/lib/i18n/words';

type Props = { params: Promise<{ lang: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const lang = await langParam(params);
  const t = words(lang, 'hall');
  return pageMeta(lang, '/words', { title: t('words.title'), description: t('words.lead') });
}

const SHOWN = 100;

/** Dedications and words to the village: only those whose giver agreed and that a person has read. */
export default async function WordsPage({ params }: Props) {
  const lang = await langParam(params);
  const t = words(lang, 'hall');
  const give = words(lang, 'give');
  const campaign = await homeCampaign();
  const said = campaign === null ? [] : await villageWords(campaign, SHOWN);
  return (
    <Wrap>
      <div className="page-head">
        <h1>{t('words.title')}</h1>
        <p>{t('words.lead')}</p>
      </div>
      <Section id="words" title={t('words.title')}>
        {said.length === 0 ? (
          <Empty title={t('words.none')}>{t('words.noneBody')}</Empty>
        ) : (
          said.map((one) => (
            <Sheet key={one.id}>
              <p>
                <b>
                  <bdi>{one.shown_as?.[lang] ?? t('words.anonymous')}</bdi>
                </b>{' '}
                · {dateText(one.shown_on, lang)}
              </p>
              {one.dedication !== null && (
                <p>
                  {one.dedication_kind === null
                    ? null
                    : `${give(one.dedication_kind === 'memory' ? 'name.memory' : 'name.honour')} · `}
                  <bdi>{one.dedication}</bdi>
                </p>
              )}
              {one.message !== null && (
                <p>
                  <bdi>{one.message}</bdi>
                </p>
              )}
            </Sheet>
          ))
        )}
      </Section>
    </Wrap>
  );
}
