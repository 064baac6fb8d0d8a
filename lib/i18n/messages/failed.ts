import { messages } from './types';

/** The page for when a page fails: kept apart, so that the browser loads these few words and no others. */
export const failed = messages({
  'zh-Hans': {
    title: '这一页暂时打不开',
    money: '没有扣您的钱，已经入账的也不会丢。',
    body: '是我们这边出了问题，已自动记录。您可以再试一次，或稍后再来。',
    retry: '再试一次',
    home: '回首页',
    code: '反映问题时请附上编号',
  },
  'zh-Hant': {
    title: '這一頁暫時打不開',
    money: '沒有扣您的錢，已經入帳的也不會丟失。',
    body: '是我們這邊出了問題，已自動記錄。您可以再試一次，或稍後再來。',
    retry: '再試一次',
    home: '回首頁',
    code: '回報問題時請附上編號',
  },
  en: {
    title: 'This page cannot be shown just now',
    money: 'No money has been taken, and nothing that was booked is lost.',
    body: 'The fault is ours and has been recorded. Try again, or come back a little later.',
    retry: 'Try again',
    home: 'Go to the home page',
    code: 'When you report it, quote',
  },
});
