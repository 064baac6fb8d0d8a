import type { Metadata } from 'next';
import { dateText, amountText } from '@/lib/i18n/format';
import { words } from '@/lib/i18n/words';
import { questionOfToken } from '@/lib/plan-changes/change.queries';
import { newId } from '@/lib/shared/id';
import { readPathParts } from '@/lib/shared/storable';
import { amountOf } from '../../me/me';
import { Btn, BtnRow } from '../../../../_ui/btn/component';
import { Empty, Msg } from '../../../../_ui/msg/component';
import { Sheet, Wrap } from '../../../../_ui/page/component';
import { langParam } from '../../../../_ui/site/page-lang';
import { answerQuestion } from './actions';

type Props = {
  params: Promise<{ lang: string; token: string }>;
  searchParams: Promise<{ done?: string }>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return {
    title: words(await langParam(params), 'changes')('own.title'),
    robots: { index: false },
    referrer: 'no-referrer',
  };
}

/** The one question of a letter: may this gift serve another purpose? Opens by the letter's own link only. */
export default async function ConsentPage({ params, searchParams }: Props) {
  const lang = await langParam(params);
  const t = words(lang, 'changes');
  const token = readPathParts([(await params).token])?.[0] ?? '';
  const question = await questionOfToken(token);
  if (question === null)
    return (
      <Wrap>
        <h1>{t('own.title')}</h1>
        <Empty title={t('own.unknown')}>{t('own.unknownBody')}</Empty>
      </Wrap>
    );
  const { change, gift, amountMinor, answer } = question;
  const open = change.status === 'open';
  const done = (await searchParams).done === '1';
  const answered = t(`answers.${answer}`);
  return (
    <Wrap>
      <h1>{t('own.title')}</h1>
      {!open && (
        <Msg kind="info" title={t('own.closed')}>
          {t('own.closedBody', { answer: answered })}
        </Msg>
      )}
      {open && done && (
        <Msg kind="ok" title={t('own.done')}>
          {t('own.doneBody', { answer: answered })}
        </Msg>
      )}
      <Sheet>
        <p>
          {t('own.lead', {
            road: `${change.segment} ${change.segmentName[lang]}`,
            amount: amountText(amountOf(change.currency, amountMinor)),
            gift,
          })}
        </p>
        <p>{change.reason[lang]}</p>
        <p>
          {change.toSegment === null
            ? t('own.toAny')
            : t('own.toRoad', { road: `${change.toSegment} ${change.toSegmentName?.[lang] ?? ''}` })}
        </p>
        {open && (
          <>
            <p>{t('own.deadline', { day: dateText(change.deadline, lang) })}</p>
            <BtnRow>
              {(['given', 'refused'] as const).map((choice) => (
                <form key={choice} action={answerQuestion}>
                  <input type="hidden" name="lang" value={lang} />
                  <input type="hidden" name="token" value={token} />
                  <input type="hidden" name="key" value={newId()} />
                  <input type="hidden" name="answer" value={choice} />
                  <Btn kind={choice === 'given' ? 'primary' : 'line'} type="submit">
                    {choice === 'given' ? t('own.agree') : t('own.refuse')}
                  </Btn>
                </form>
              ))}
            </BtnRow>
          </>
        )}
      </Sheet>
    </Wrap>
  );
}
