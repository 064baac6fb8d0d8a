import { messages } from './types';

/** The page for when the database cannot be asked: sent without the frame of the site. */
export const busy = messages({
  'zh-Hans': {
    title: '现在有点忙，请稍后再试',
    money: '没有扣您的钱，已经入账的也不会丢。',
    body: '几秒之后再打开这一页，一般就好了。',
    form: '请回到上一页，把刚才的表单再提交一次。重复提交只算一次。',
    retry: '再试一次',
    home: '回首页',
  },
  'zh-Hant': {
    title: '現在有點忙，請稍後再試',
    money: '沒有扣您的錢，已經入帳的也不會丟失。',
    body: '幾秒之後再打開這一頁，一般就可以了。',
    form: '請返回上一頁，把剛才的表格再提交一次。重複提交只算一次。',
    retry: '再試一次',
    home: '回首頁',
  },
  en: {
    title: 'We are busy just now. Please try again shortly',
    money: 'No money has been taken, and nothing that was booked is lost.',
    body: 'Opening this page again in a few seconds usually works.',
    form: 'Go back and send the form once more. Sent twice, it counts once.',
    retry: 'Try again',
    home: 'Go to the home page',
  },
});
