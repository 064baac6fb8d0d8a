import { shareAnswer } from '@/lib/files/share-answer';
import { amountText } from '@/lib/i18n/format';
import { isLang } from '@/lib/i18n/languages';
import { words } from '@/lib/i18n/words';
import { money } from '@/lib/shared/money';
import { homeModel } from '../home-model';
import { shareOf } from '../share.rules';

type Context = { params: Promise<{ lang: string }> };

/** The campaign's picture for shared links, with its road bar. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { lang } = await params;
  const model = isLang(lang) ? await homeModel(lang) : null;
  if (!model || !isLang(lang)) return new Response('Not found', { status: 404 });
  const ui = words(lang, 'ui');
  const common = words(lang, 'common');
  const amount = (minor: bigint) => amountText(money(model.currency, minor));
  const { targetMinor, receivedMinor, allocatedMinor, committedMinor, paidMinor } = model.figures;
  const whole = receivedMinor > targetMinor ? receivedMinor : targetMinor;
  return shareAnswer(request, {
    code: null,
    name: model.campaign.name,
    facts: `${model.campaign.organiser} · ${model.campaign.place}`,
    layers: [
      { material: 'earth', thousandths: shareOf(targetMinor, whole) },
      { material: 'gravel', thousandths: shareOf(receivedMinor, whole) },
      { material: 'base', thousandths: shareOf(allocatedMinor, whole) },
      { material: 'binder', thousandths: shareOf(committedMinor, whole) },
      { material: 'asphalt', thousandths: shareOf(paidMinor, whole) },
    ],
    money: `${ui('five.received')} ${amount(receivedMinor)} · ${ui('five.paid')} ${amount(paidMinor)}`,
    brand: common('brand'),
    notice: common('notice.label'),
  });
}
