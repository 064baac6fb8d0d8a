import { amountText, dateText, momentText } from '../i18n/format';
import type { Lang } from '../i18n/languages';
import { words } from '../i18n/words';
import { dispute, paymentFailed, roadNews } from './giver-letters';
import { tokenOfLink } from '../shared/letter-link.rules';
import { oneLine, type Letter, type LetterPart } from './letter.rules';
import type { MailContent, TransferCard } from './mail';

type Data<T extends MailContent['template']> = Extract<MailContent, { template: T }>['data'];

/**
 * The letter of a template in a language. Names and titles that people typed go in as arguments only, never as
 * part of a pattern, and the renderers escape them.
 *
 * @param publicUrl address of the site, for links that are the same for everyone
 */
export const composeLetter = (content: MailContent, lang: Lang, publicUrl: string): Letter => {
  const letter = compose(content, lang, publicUrl);
  return { ...letter, subject: oneLine(letter.subject) };
};

export const letterSignature = (lang: Lang): string => words(lang, 'mail')('signature');

const compose = (content: MailContent, lang: Lang, publicUrl: string): Letter => {
  switch (content.template) {
    case 'sign_in':
      return signIn(content.data, lang);
    case 'account_notice':
      return accountNotice(content.data, lang, publicUrl);
    case 'pledge_thanks':
      return pledgeThanks(content.data, lang);
    case 'pledge_reminder':
      return pledgeReminder(content.data, lang);
    case 'receipt':
      return receipt(content.data, lang);
    case 'card_alarm':
      return cardAlarm(content.data, lang, publicUrl);
    case 'use_change':
      return useChange(content.data, lang);
    case 'payment_failed':
      return paymentFailed(content.data, lang);
    case 'road_news':
      return roadNews(content.data, lang);
    case 'dispute':
      return dispute(content.data, lang);
    case 'log_head':
      return logHead(content.data, lang, publicUrl);
  }
};

const signIn = ({ code, url, device }: Data<'sign_in'>, lang: Lang): Letter => {
  const t = words(lang, 'mail');
  return {
    subject: t('signIn.subject'),
    parts: [
      { kind: 'text', text: t('signIn.asked', { device }) },
      { kind: 'code', label: t('signIn.code'), code },
      { kind: 'link', label: t('signIn.link'), url },
      { kind: 'small', text: t('signIn.how') },
      { kind: 'small', text: t('signIn.notYou') },
    ],
  };
};

const accountNotice = ({ what, at, role }: Data<'account_notice'>, lang: Lang, publicUrl: string): Letter => {
  const t = words(lang, 'mail');
  const roles = ['clerk', 'approver', 'inspector', 'auditor', 'administrator'] as const;
  const named = roles.find((known) => known === role);
  return {
    subject: t('notice.subject'),
    parts: [
      {
        kind: 'text',
        text: t(`notice.${what}`, {
          at: momentText(at, lang),
          role: named === undefined ? '' : words(lang, 'signIn')(`roles.${named}`),
        }),
      },
      { kind: 'text', text: t('notice.notYou') },
      { kind: 'link', label: t('notice.account'), url: `${publicUrl}/${lang}/account` },
    ],
  };
};

const cardAlarm = ({ declined, paid }: Data<'card_alarm'>, lang: Lang, publicUrl: string): Letter => {
  const t = words(lang, 'mail');
  return {
    subject: t('cardAlarm.subject'),
    parts: [
      { kind: 'text', text: t('cardAlarm.what', { declined, paid }) },
      { kind: 'text', text: t('cardAlarm.done') },
      { kind: 'link', label: t('cardAlarm.look'), url: `${publicUrl}/${lang}/finance` },
    ],
  };
};

const transferParts = (transfer: TransferCard | null, lang: Lang): LetterPart[] => {
  if (transfer === null) return [];
  const t = words(lang, 'mail');
  return [
    { kind: 'heading', text: t('transfer.heading') },
    {
      kind: 'facts',
      rows: [
        [t('transfer.accountName'), transfer.accountName],
        [t('transfer.bank'), transfer.bank],
        [t('transfer.accountNumber'), transfer.accountNumber],
        [t('transfer.reference'), transfer.reference],
      ],
    },
    { kind: 'small', text: t('transfer.why') },
  ];
};

const pledgeThanks = (data: Data<'pledge_thanks'>, lang: Lang): Letter => {
  const t = words(lang, 'mail');
  const amount = amountText(data.amount);
  const plan = data.instalments.map((part) => `${dateText(part.dueOn, lang)}  ${amountText(part.amount)}`);
  return {
    subject: t('pledge.subject', { reference: data.reference, amount }),
    parts: [
      { kind: 'text', text: t('pledge.thanks', { campaign: data.campaign, amount }) },
      {
        kind: 'facts',
        rows: [
          [t('pledge.reference'), data.reference],
          [t('pledge.amount'), amount],
          ...(data.road === null ? [] : [[t('pledge.road'), data.road] as const]),
          ...(plan.length < 2 ? [] : [[t('pledge.plan'), plan.join('\n')] as const]),
        ],
      },
      ...transferParts(data.transfer, lang),
      { kind: 'link', label: t('pledge.open'), url: data.url },
      { kind: 'small', text: t('pledge.private') },
    ],
  };
};

const pledgeReminder = (data: Data<'pledge_reminder'>, lang: Lang): Letter => {
  const t = words(lang, 'mail');
  const values = {
    campaign: data.campaign,
    reference: data.reference,
    due: amountText(data.due),
    dueOn: dateText(data.dueOn, lang),
  };
  return {
    subject: t(data.overdue ? 'reminder.subjectOverdue' : 'reminder.subject', values),
    parts: [
      { kind: 'text', text: t(data.overdue ? 'reminder.overdue' : 'reminder.due', values) },
      ...transferParts(data.transfer, lang),
      { kind: 'link', label: t('reminder.open'), url: data.url },
      { kind: 'small', text: t('pledge.private') },
      { kind: 'stop', text: t('reminder.stop'), url: data.stopUrl },
    ],
    stopUrl: data.stopUrl,
  };
};

const receipt = (data: Data<'receipt'>, lang: Lang): Letter => {
  const t = words(lang, 'mail');
  const values = {
    campaign: data.campaign,
    number: data.number,
    amount: amountText(data.amount),
    receivedOn: dateText(data.receivedOn, lang),
  };
  return {
    subject: t('receipt.subject', values),
    parts: [
      { kind: 'text', text: t('receipt.thanks', values) },
      { kind: 'text', text: t('receipt.attached') },
      { kind: 'link', label: t('receipt.follow'), url: data.giftUrl },
      { kind: 'link', label: t('receipt.open'), url: data.receiptUrl },
      { kind: 'small', text: t('receipt.private') },
    ],
  };
};

const useChange = (data: Data<'use_change'>, lang: Lang): Letter => {
  const t = words(lang, 'mail');
  const [code, page] = [tokenOfLink(data.url), data.url.split('#')[0] ?? ''];
  const values = {
    campaign: data.campaign,
    gift: data.gift,
    road: data.road,
    amount: amountText(data.amount),
    deadline: dateText(data.deadline, lang),
  };
  return {
    subject: t('useChange.subject', values),
    parts: [
      { kind: 'text', text: t(`useChange.kinds.${data.kind}`, values) },
      { kind: 'text', text: data.reason },
      {
        kind: 'text',
        text:
          data.toRoad === null
            ? t('useChange.toNeed', values)
            : t('useChange.toRoad', { ...values, to: data.toRoad }),
      },
      {
        kind: 'facts',
        rows: [
          [t('useChange.gift'), data.gift],
          [t('useChange.amount'), values.amount],
          [t('useChange.deadline'), values.deadline],
        ],
      },
      { kind: 'link', label: t('useChange.answer'), url: data.url },
      // For a browser without script, or a letter on paper. Letters written before 2026-12 have links without a code.
      ...(code === null ? [] : [{ kind: 'small' as const, text: t('useChange.byHand', { page, code }) }]),
      { kind: 'text', text: t(`useChange.silence.${data.silence}`, values) },
      { kind: 'small', text: t('useChange.right', { change: data.change }) },
    ],
  };
};

const logHead = (
  { checkpoint, size, signedAt, keys }: Data<'log_head'>,
  lang: Lang,
  publicUrl: string,
): Letter => {
  const t = words(lang, 'mail');
  return {
    subject: t('logHead.subject', { size }),
    parts: [
      { kind: 'text', text: t('logHead.what', { at: momentText(signedAt, lang), size }) },
      {
        kind: 'facts',
        rows: [
          [t('logHead.head'), checkpoint.trimEnd()],
          [t('logHead.keys'), keys.join('\n')],
        ],
      },
      {
        kind: 'small',
        text: t('logHead.how', { command: `node verify.mjs ${publicUrl} --checkpoint FILE` }),
      },
      { kind: 'link', label: t('logHead.open'), url: `${publicUrl}/${lang}/verify` },
    ],
  };
};
