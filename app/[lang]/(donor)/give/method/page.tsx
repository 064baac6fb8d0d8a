import type { Metadata } from 'next';
import { langParam } from '@/app/_ui/site/page-lang';
import { amountText } from '@/lib/i18n/format';
import { words } from '@/lib/i18n/words';
import { amountCoveringFee, expectedFeeMinor } from '@/lib/payments/fee-estimate.rules';
import { methodsFor } from '@/lib/payments/stripe-amount.rules';
import { money } from '@/lib/shared/money';
import { atStep } from '../../_give/at-step';
import { GiveShell } from '../../_give/shell';
import { stepWords } from '../../_give/step-words';
import { answerMethod } from '../actions';
import { MethodStep, type MethodTile } from './method-step';

type Props = { params: Promise<{ lang: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: words(await langParam(params), 'give')('method.title'), robots: { index: false } };
}

export default async function MethodPage({ params }: Props) {
  const lang = await langParam(params);
  const { draft, giving, n, total, back } = await atStep(lang, 'method');
  const t = words(lang, 'give');
  const foreign = draft.currency !== giving.currency;
  const giftMinor = draft.amountMinor ?? 0n;
  const text = (minor: bigint): string => amountText(money(draft.currency, minor));
  const offered = methodsFor(draft.currency, ['alipay', 'wechat_pay', 'card']);
  const online = (['alipay', 'wechat', 'card'] as const)
    .filter((method) => offered.includes(method === 'wechat' ? 'wechat_pay' : method))
    .map((method): MethodTile => {
      const feeMinor = expectedFeeMinor(method, giftMinor);
      const fee = foreign
        ? t('method.feeForeign')
        : t('method.fee', { fee: text(feeMinor), arrives: text(giftMinor - feeMinor) });
      return {
        value: method,
        title: t(`method.${method}`),
        note: method === 'card' ? `${t('method.cardNote')} · ${fee}` : fee,
        disabled: false,
      };
    });
  return (
    <GiveShell lang={lang} title={t('method.title')} step={{ n, total }} back={back}>
      <MethodStep
        action={answerMethod.bind(null, lang)}
        answers={{ method: draft.method ?? '', cover: draft.coverFee ? 'yes' : '' }}
        foreign={foreign}
        methods={[
          ...online,
          {
            value: 'bank',
            title: t('method.bank'),
            note: foreign ? t('method.bankForeign') : t('method.bankNote', { arrives: text(giftMinor) }),
            disabled: foreign,
          },
        ]}
        cover={
          foreign
            ? null
            : {
                title: t('method.cover', { amount: text(giftMinor) }),
                note: t('method.coverNote', {
                  card: text(amountCoveringFee('card', giftMinor)),
                  wallet: text(amountCoveringFee('alipay', giftMinor)),
                }),
              }
        }
        said={stepWords(lang, { currency: draft.currency, today: giving.today })}
        t={{ legend: t('method.legend'), hosted: t('method.hosted'), next: t('method.next') }}
      />
    </GiveShell>
  );
}
