import { shareAnswer } from '@/lib/files/share-answer';
import { amountText, metresText } from '@/lib/i18n/format';
import { isLang } from '@/lib/i18n/languages';
import { words } from '@/lib/i18n/words';
import { money } from '@/lib/shared/money';
import { shareOf } from '../../../share.rules';
import { segmentModel } from '../segment-model';

type Context = { params: Promise<{ lang: string; code: string }> };

/** One road's picture for shared links, with its own road bar: budget, allocated, contracted, paid. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { lang, code } = await params;
  const road = isLang(lang) ? await segmentModel(lang, code) : null;
  if (!road || !isLang(lang)) return new Response('Not found', { status: 404 });
  const ui = words(lang, 'ui');
  const common = words(lang, 'common');
  const amount = (minor: bigint) => amountText(money(road.currency, minor));
  const { budgetMinor, allocatedMinor, committedMinor, paidMinor } = road;
  const whole = [allocatedMinor, committedMinor].reduce(
    (most, one) => (one > most ? one : most),
    budgetMinor,
  );
  return shareAnswer(request, {
    code,
    name: road.name,
    facts: `${metresText(road.lengthMm, lang)} × ${metresText(road.widthMm, lang)} · ${ui(`state.${road.state}`)}`,
    layers: [
      { material: 'earth', thousandths: shareOf(budgetMinor, whole) },
      { material: 'base', thousandths: shareOf(allocatedMinor, whole) },
      { material: 'binder', thousandths: shareOf(committedMinor, whole) },
      { material: 'asphalt', thousandths: shareOf(paidMinor, whole) },
    ],
    money: `${ui('five.paid')} ${amount(paidMinor)} / ${ui('five.budget')} ${amount(budgetMinor)}`,
    brand: common('brand'),
    notice: common('notice.label'),
  });
}
