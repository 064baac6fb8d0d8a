import { amountText, dateText } from '../i18n/format';
import type { Lang } from '../i18n/languages';
import { words } from '../i18n/words';
import type { Letter } from './letter.rules';
import type { MailContent } from './mail';

/** Letters about what happened to a gift after it was given. */
type Data<T extends MailContent['template']> = Extract<MailContent, { template: T }>['data'];

export const paymentFailed = (data: Data<'payment_failed'>, lang: Lang): Letter => {
  const t = words(lang, 'mail');
  const values = { campaign: data.campaign, amount: amountText(data.amount) };
  return {
    subject: t('failed.subject', values),
    parts: [
      { kind: 'text', text: t('failed.what', values) },
      { kind: 'text', text: t('failed.todo') },
      ...(data.reference === null
        ? []
        : ([
            { kind: 'text', text: t('failed.promise') },
            { kind: 'facts', rows: [[t('pledge.reference'), data.reference]] },
          ] as const)),
      { kind: 'link', label: t('failed.open'), url: data.url },
    ],
  };
};

/** The picture's name within the mail; the sender attaches it under the same name. */
export const ROAD_PICTURE = 'road@photograph';

export const roadNews = (data: Data<'road_news'>, lang: Lang): Letter => {
  const t = words(lang, 'mail');
  const values = { road: data.road, name: data.roadName, on: dateText(data.on, lang) };
  return {
    subject: t(`road.subject.${data.what}`, values),
    parts: [
      { kind: 'text', text: t(`road.${data.what}`, values) },
      ...(data.photograph === null
        ? []
        : [
            {
              kind: 'picture',
              name: ROAD_PICTURE,
              alt: t('road.picture', { road: data.road, on: dateText(data.photograph.takenOn, lang) }),
            } as const,
          ]),
      { kind: 'link', label: t('road.gift', { gift: data.gift }), url: data.giftUrl },
      { kind: 'link', label: t('road.open', { road: data.road }), url: data.roadUrl },
      { kind: 'stop', text: t('road.stop'), url: data.stopUrl },
    ],
    stopUrl: data.stopUrl,
  };
};

export const dispute = (data: Data<'dispute'>, lang: Lang): Letter => {
  const t = words(lang, 'mail');
  const values = { gift: data.gift, amount: amountText(data.amount), on: dateText(data.on, lang) };
  return {
    subject: t('dispute.subject', values),
    parts: [
      { kind: 'text', text: t('dispute.what', { ...values, campaign: data.campaign }) },
      { kind: 'text', text: t('dispute.todo') },
      { kind: 'link', label: t('dispute.open'), url: data.url },
    ],
  };
};
