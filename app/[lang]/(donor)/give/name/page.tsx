import type { Metadata } from 'next';
import { langParam } from '@/app/_ui/site/page-lang';
import { amountText } from '@/lib/i18n/format';
import { words } from '@/lib/i18n/words';
import { inParts } from '@/lib/payments/give-draft.rules';
import { SHARERS_MAX } from '@/lib/pledges/giver.rules';
import { money, toDecimal } from '@/lib/shared/money';
import { atStep } from '../../_give/at-step';
import { GiveShell } from '../../_give/shell';
import { stepWords } from '../../_give/step-words';
import { answerName } from '../actions';
import { NameStep } from './name-step';

type Props = { params: Promise<{ lang: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: words(await langParam(params), 'give')('name.title'), robots: { index: false } };
}

export default async function NamePage({ params }: Props) {
  const lang = await langParam(params);
  const { draft, giving, n, total, back } = await atStep(lang, 'name');
  const t = words(lang, 'give');
  const { name } = draft;
  const road = giving.roads.find((one) => one.code === draft.road);
  return (
    <GiveShell lang={lang} title={t('name.title')} step={{ n, total }} back={back}>
      <NameStep
        lang={lang}
        action={answerName.bind(null, lang)}
        answers={{
          show: name?.shownAs == null ? 'no' : name.nameKind === 'pseudonym' ? 'alias' : 'yes',
          donorKind: name?.donorKind ?? 'person',
          contact: name?.contact ?? '',
          dedicationKind: name?.dedicationKind ?? '',
          ...Object.fromEntries(
            (name?.sharers ?? []).flatMap((sharer, index) => [
              [`sharer${index + 1}`, sharer.name],
              [`share${index + 1}`, toDecimal(sharer.amountMinor, draft.currency)],
            ]),
          ),
          shownAs: name?.shownAs ?? '',
          dedication: name?.dedication ?? '',
          message: name?.message ?? '',
          email: name?.email ?? '',
          receiptName: name?.receiptName ?? '',
        }}
        publicLine={`${amountText(money(draft.currency, draft.amountMinor ?? 0n))} · ${road?.name ?? t('road.any')}`}
        gift={{ amountMinor: String(draft.amountMinor ?? 0n), currency: draft.currency }}
        sharerLabels={Array.from({ length: SHARERS_MAX }, (_, index) => ({
          name: t('name.sharer', { n: index + 1 }),
          share: t('name.share', { n: index + 1 }),
        }))}
        said={stepWords(lang, { currency: draft.currency, today: giving.today })}
        t={{
          legend: t('name.legend'),
          alias: t('name.alias'),
          aliasNote: t('name.aliasNote'),
          giver: t('name.giver'),
          giverHint: t('name.giverHint'),
          person: t('name.person'),
          family: t('name.family'),
          organisation: t('name.organisation'),
          contact: t('name.contact'),
          contactHint: t('name.contactHint'),
          dedicationKind: t('name.dedicationKind'),
          plain: t('name.plain'),
          honour: t('name.honour'),
          memory: t('name.memory'),
          sharers: t('name.sharers'),
          sharersHint: t('name.sharersHint'),
          no: t('name.no'),
          noNote: t('name.noNote'),
          yes: t('name.yes'),
          yesNote: t('name.yesNote'),
          shownAs: t('name.shownAs'),
          shownAsHint: t('name.shownAsHint'),
          preview: t('name.preview'),
          anonymous: t('name.anonymous'),
          moderated: t('name.moderated'),
          more: t('name.more'),
          dedication: t('name.dedication'),
          dedicationHint: t('name.dedicationHint'),
          message: t('name.message'),
          messageHint: t('name.messageHint'),
          email: t('name.email'),
          emailHint: t('name.emailHint'),
          receiptName: t('name.receiptName'),
          receiptNameHint: t('name.receiptNameHint'),
          forget: t('name.forget'),
          next: inParts(draft) ? t('name.nextReview') : t('name.next'),
        }}
      />
    </GiveShell>
  );
}
