import { messages } from './types';

/** The wall of merit: the names of those who agreed. */
export const merit = messages({
  'zh-Hans': {
    title: '功德碑',
    description: '愿意留名的捐赠人，按到账先后刻在这里。没有同意的，一个字也不写。',
    lead: '{count, plural, other {# 位}}捐赠人同意在这里留名。名字按到账先后，不按多少。',
    leadPage: '愿意留名的捐赠人，按到账先后。',
    anonymous: '另有许多人没有留名。他们的每一分钱同样在<ledger>公开账本</ledger>里。',
    none: '还没有人留名',
    noneBody: '捐款时可以选择留名；不选就不写。',
    withdraw: '想改名字或不再留名，随时可以<contact>告诉我们</contact>，当天撤下。',
    newer: '更早的名字',
    older: '接下来的名字',
    inscription: '芳名',
  },
  'zh-Hant': {
    title: '功德碑',
    description: '願意留名的捐贈人，按到帳先後刻在這裏。沒有同意的，一個字也不寫。',
    lead: '{count, plural, other {# 位}}捐贈人同意在這裏留名。名字按到帳先後，不按多少。',
    leadPage: '願意留名的捐贈人，按到帳先後。',
    anonymous: '另有許多人沒有留名。他們的每一分錢同樣在<ledger>公開帳本</ledger>裏。',
    none: '還沒有人留名',
    noneBody: '捐款時可以選擇留名；不選就不寫。',
    withdraw: '想改名字或不再留名，隨時可以<contact>告訴我們</contact>，當天撤下。',
    newer: '更早的名字',
    older: '接下來的名字',
    inscription: '芳名',
  },
  en: {
    title: 'Wall of merit',
    description:
      'Donors who agreed to be named, in the order their gifts came. Without consent nothing is written.',
    lead: '{count, plural, one {# donor} other {# donors}} agreed to be named here, in the order the gifts came and not by amount.',
    leadPage: 'Donors who agreed to be named, in the order the gifts came.',
    anonymous:
      'Many others are not named. Every fen of theirs stands in <ledger>the ledger</ledger> just the same.',
    none: 'No names yet',
    noneBody: 'Whoever gives may choose to be named; otherwise nothing is written.',
    withdraw:
      'To change a name or take it down, <contact>tell us</contact> at any time; it goes the same day.',
    newer: 'Earlier names',
    older: 'Names that follow',
    inscription: 'Names',
  },
});
