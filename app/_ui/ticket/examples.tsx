import type { Lang } from '@/lib/i18n/languages';
import { Amt } from '../amt/component';
import type { Example } from '../examples/example';
import { yuan } from '../examples/figures';
import { Ticket } from './component';

const WORDS = {
  'zh-Hans': {
    lead: '请在转账附言里写',
    amount: '金额',
    holder: '户名',
    name: '示意：募捐主体专户',
    account: '账号',
    used: '这个参考号已经用过了',
  },
  'zh-Hant': {
    lead: '請在轉帳附言寫上',
    amount: '金額',
    holder: '戶名',
    name: '示意：募捐主體專戶',
    account: '帳號',
    used: '這個參考號已經用過了',
  },
  en: {
    lead: 'Write this in the transfer note',
    amount: 'Amount',
    holder: 'Account name',
    name: 'Illustrative: the host’s account',
    account: 'Account number',
    used: 'This reference has been used',
  },
} satisfies Record<Lang, Record<string, string>>;

const ticket = (lang: Lang, state: 'fresh' | 'used') => {
  const t = WORDS[lang];
  return (
    <Ticket
      lang={lang}
      lead={t.lead}
      reference="SL-7K3M-Q"
      state={state}
      stateNote={state === 'used' ? t.used : undefined}
      lines={[
        { term: t.amount, value: <Amt value={yuan(50_000n)} />, copy: '500.00' },
        { term: t.holder, value: t.name, copy: t.name },
        { term: t.account, value: '0000 0000 0000 0300', copy: '0000000000000300' },
      ]}
    />
  );
};

export const examples: readonly Example[] = [
  { name: 'fresh', render: (lang) => ticket(lang, 'fresh') },
  { name: 'used', render: (lang) => ticket(lang, 'used') },
];
