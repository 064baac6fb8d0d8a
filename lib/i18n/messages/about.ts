import { messages } from './types';

/** The people responsible, the plan as filed, and where to complain. */
export const about = messages({
  'zh-Hans': {
    title: '谁负责',
    description: '主办方、募捐主体、合作方、募捐方案和备案编号、联系方式，以及怎样反映问题。',
    who: '谁在做',
    organiser: '主办方',
    host: '募捐主体',
    hostNone: '尚未登记募捐主体。没有公开募捐资格的组织，须由有资格的慈善组织主办、收款和记账。',
    licence: '公开募捐资格证书',
    filing: '备案编号',
    filingNone: '尚未登记备案编号',
    partners: '合作方',
    filedOn: '备案日期',
    plan: '募捐方案',
    planNone: '还没有登记募捐方案',
    planNoneBody: '方案备案后，目的、期限、用途和剩余财产的处理会逐项列在这里。',
    planVersion: '第 {version} 版，{date} 登记',
    planChanged: '第 {version} 版（{date}）的改动原因：<said></said>',
    contact: '联系我们',
    report: '反映问题、投诉举报',
    reportBody:
      '路面开裂、积水，账目看不懂、对不上，或者怀疑有人挪用，都可以说。写明路段编号或账目编号，我们查得快。',
    reportOfficial:
      '也可以不经过我们：向募捐主体登记地的民政部门举报（《慈善法》规定任何人都可以投诉、举报）。',
    money: '钱在谁的账上',
    query: '怎么查',
    queryBody:
      '每一笔在<ledger>公开账本</ledger>，每一条路在<roads>路段页</roads>，签名记录在<verify>自己查验</verify>。',
  },
  'zh-Hant': {
    title: '誰負責',
    description: '主辦方、募捐主體、合作方、募捐方案和備案編號、聯絡方式，以及怎樣反映問題。',
    who: '誰在做',
    organiser: '主辦方',
    host: '募捐主體',
    hostNone: '尚未登記募捐主體。沒有公開募捐資格的組織，須由有資格的慈善組織主辦、收款和記帳。',
    licence: '公開募捐資格證書',
    filing: '備案編號',
    filingNone: '尚未登記備案編號',
    partners: '合作方',
    filedOn: '備案日期',
    plan: '募捐方案',
    planNone: '還沒有登記募捐方案',
    planNoneBody: '方案備案後，目的、期限、用途和剩餘財產的處理會逐項列在這裏。',
    planVersion: '第 {version} 版，{date} 登記',
    planChanged: '第 {version} 版（{date}）的改動原因：<said></said>',
    contact: '聯絡我們',
    report: '反映問題、投訴舉報',
    reportBody:
      '路面開裂、積水，帳目看不懂、對不上，或者懷疑有人挪用，都可以說。寫明路段編號或帳目編號，我們查得快。',
    reportOfficial:
      '也可以不經過我們：向募捐主體登記地的民政部門舉報（《慈善法》規定任何人都可以投訴、舉報）。',
    money: '錢在誰的帳上',
    query: '怎樣查',
    queryBody:
      '每一筆在<ledger>公開帳本</ledger>，每一條路在<roads>路段頁</roads>，簽署紀錄在<verify>自己查驗</verify>。',
  },
  en: {
    title: 'Who is responsible',
    description: 'Organiser, legal host, partners, plan and filing number, contact, and how to complain.',
    who: 'Who does it',
    organiser: 'Organiser',
    host: 'Legal host',
    hostNone:
      'None is recorded yet. Without a licence to raise money in public, a licensed charity must host the fundraising, receive the money and keep the books.',
    licence: 'Licence to raise money in public',
    filing: 'Filing number',
    filingNone: 'none recorded yet',
    partners: 'Partners',
    filedOn: 'Filed on',
    plan: 'Fundraising plan',
    planNone: 'No plan is recorded yet',
    planNoneBody:
      'Once it is filed, purpose, dates, use and what becomes of a surplus stand here one by one.',
    planVersion: 'Version {version}, recorded {date}',
    planChanged: 'Why version {version} ({date}) was made: <said></said>',
    contact: 'Contact',
    report: 'Report a problem, complain',
    reportBody:
      'Cracks, puddles, an account that does not add up, a suspicion that money went astray: tell us. With the code of the road or the number of the entry we find it faster.',
    reportOfficial:
      'You need not go through us: anyone may complain to the civil affairs authority where the legal host is registered.',
    money: 'Whose account the money is on',
    query: 'How to look things up',
    queryBody:
      'Every entry is in <ledger>the ledger</ledger>, every road on <roads>its page</roads>, the signed log under <verify>check it yourself</verify>.',
  },
});
