import { messages } from './types';

/** Words of the mails Shanlu sends. Short sentences: many are read on a phone's lock screen. */
export const mail = messages({
  'zh-Hans': {
    signature: '善路 · 每一分钱，都看得见\n这封邮件由系统发出，请不要直接回复。',
    signIn: {
      subject: '登录善路',
      asked: '有人用这个邮箱申请登录善路（{device}）。如果是您，请在 10 分钟内任选一种方式：',
      code: '在刚才的页面上输入验证码',
      link: '打开登录链接',
      how: '链接会先打开一个确认页，按下按钮才算登录。验证码和链接都只能用一次；验证码只在申请时的那台设备上有效。',
      notYou: '不是您申请的？不用理会，您的账户没有变化。善路的人不会向您要验证码，请不要告诉任何人。',
    },
    notice: {
      subject: '您的善路账户有变动',
      second_factor_set_up:
        '{at}，您的账户绑定了一个身份验证器。以后登录时，除了邮件还要输入验证器上的六位数字。',
      second_factor_reset: '{at}，管理员重置了您的身份验证器。下次登录时请重新绑定。',
      recovery_code_used: '{at}，有人用一个备用码登录了您的账户。用过的备用码已经作废。',
      recovery_codes_renewed: '{at}，您的备用码换了一批，旧的全部作废。',
      role_granted: '{at}，管理员给了您“{role}”的权限。',
      role_revoked: '{at}，管理员收回了您“{role}”的权限，您的所有登录已经结束。',
      notYou: '如果这不是您做的，也没有人跟您打过招呼，请马上联系管理员。',
      account: '查看我的账户',
    },
    pledge: {
      subject: '您的认捐 {reference}：{amount}',
      thanks: '感谢您为“{campaign}”认捐 {amount}。认捐是一份承诺：款项到账以后才会入账，届时我们会寄上收据。',
      reference: '认捐编号',
      amount: '认捐金额',
      road: '指定路段',
      plan: '分期安排',
      open: '查看认捐或付款',
      private: '打开这个链接的人可以看到这笔认捐，请不要转发。',
    },
    transfer: {
      heading: '银行转账',
      accountName: '户名',
      bank: '开户行',
      accountNumber: '账号',
      reference: '附言（请务必填写）',
      why: '附言里有编号，我们才能把款项对到您的名下。',
    },
    reminder: {
      subject: '认捐 {reference}：{dueOn}应付 {due}',
      subjectOverdue: '认捐 {reference}：{due} 尚未收到',
      due: '您为“{campaign}”的认捐，下一笔 {due} 的日期是{dueOn}。如果已经付款，请忽略这封邮件。',
      overdue:
        '您为“{campaign}”的认捐，原定{dueOn}的 {due} 我们还没有收到。如果已经付款，请忽略这封邮件；如果有困难，可以在下面的页面改期，或直接告诉我们。',
      open: '付款、改期或查看',
    },
    receipt: {
      subject: '收据 {number}：{amount}',
      thanks: '您给“{campaign}”的捐款 {amount} 已于{receivedOn}收到，收据编号 {number}。',
      open: '查看和下载收据',
      follow: '看这笔钱铺了哪段路',
      private: '打开这两个链接的人可以看到这笔捐款，请不要转发。',
    },
    cardAlarm: {
      subject: '有人在捐款页面试卡',
      what: '十分钟内有 {declined} 张卡被拒，同期付款成功 {paid} 笔。这通常是有人用盗来的卡号逐个试。',
      done: '防护已自动升级：付款前浏览器须先完成一次计算；被拒多次的网络和设备暂停网上付款，仍可银行转账。您不必做什么，请留意支付平台的后台。',
      look: '打开财务台',
    },
    useChange: {
      subject: '关于您捐给 {road} 的 {amount}：请您决定',
      kinds: {
        suspended: '您通过“{campaign}”捐给 {road} 的 {amount}，因该路段暂停施工，暂时用不上。',
        cancelled: '您通过“{campaign}”捐给 {road} 的 {amount}，因该路段不再修建，不能按原来的用途使用。',
        under_budget: '您通过“{campaign}”捐给 {road} 的捐款，因工程费用低于预算，尚余 {amount}。',
        over_budget: '您通过“{campaign}”捐款支持的 {road}，工程费用超出预算，涉及您的 {amount}。',
        split: '您通过“{campaign}”捐给 {road} 的 {amount}，因该路段拆分，需要重新确认用途。',
      },
      toNeed: '我们想请您同意：把这笔钱用于本次募捐中更需要的路段。',
      toRoad: '我们想请您同意：把这笔钱改用于 {to}。',
      gift: '捐款编号',
      amount: '涉及金额',
      deadline: '请在此日前答复',
      answer: '打开页面答复：同意，或不同意并退款',
      silence: {
        return: '到期没有收到答复，我们不会当作您同意，这笔钱将退还给您。',
        move: '到期没有收到答复，这笔钱将按已备案的变更或募捐方案的约定使用。',
      },
      right: '未经您同意，我们不会改变您指定的用途。处理结果会公开，不含您的姓名。变更编号：{change}。',
    },
    logHead: {
      subject: '公开记录今日树头：{size} 条',
      what: '这是善路公开记录在 {at} 的签名树头，共 {size} 条。请保存这封邮件：日后的记录若不是由它延续而来，凭它就能证明。',
      head: '树头',
      keys: '公钥',
      how: '把树头存成文件后，可以这样核对：{command}',
      open: '自己查验',
    },
  },
  'zh-Hant': {
    signature: '善路 · 每一分錢，都看得見\n此郵件由系統發出，請勿直接回覆。',
    signIn: {
      subject: '登入善路',
      asked: '有人以此電郵地址申請登入善路（{device}）。如果是您本人，請在 10 分鐘內任選一種方式：',
      code: '在剛才的頁面輸入驗證碼',
      link: '開啟登入連結',
      how: '連結會先開啟一個確認頁，按下按鈕才算登入。驗證碼和連結都只能使用一次；驗證碼只在提出申請的裝置上有效。',
      notYou: '不是您申請的？毋須理會，您的帳戶沒有任何改動。善路的職員不會向您索取驗證碼，請勿告訴任何人。',
    },
    notice: {
      subject: '您的善路帳戶有變動',
      second_factor_set_up:
        '{at}，您的帳戶綁定了一個驗證器。日後登入時，除了電郵還須輸入驗證器上的六位數字。',
      second_factor_reset: '{at}，管理員重設了您的驗證器。下次登入時請重新綁定。',
      recovery_code_used: '{at}，有人用一個備用碼登入了您的帳戶。用過的備用碼已經作廢。',
      recovery_codes_renewed: '{at}，您的備用碼換了一批，舊的全部作廢。',
      role_granted: '{at}，管理員給予您「{role}」的權限。',
      role_revoked: '{at}，管理員收回了您「{role}」的權限，您的所有登入已經結束。',
      notYou: '如果這不是您的操作，也沒有人事先通知您，請立即聯絡管理員。',
      account: '查看我的帳戶',
    },
    pledge: {
      subject: '您的認捐 {reference}：{amount}',
      thanks: '感謝您為「{campaign}」認捐 {amount}。認捐是一份承諾：款項到帳後才會入帳，屆時我們會寄上收據。',
      reference: '認捐編號',
      amount: '認捐金額',
      road: '指定路段',
      plan: '分期安排',
      open: '查看認捐或付款',
      private: '開啟此連結的人可以看到這筆認捐，請勿轉發。',
    },
    transfer: {
      heading: '銀行轉帳',
      accountName: '戶名',
      bank: '開戶銀行',
      accountNumber: '帳號',
      reference: '附言（請務必填寫）',
      why: '附言內有編號，我們才能把款項對到您的名下。',
    },
    reminder: {
      subject: '認捐 {reference}：{dueOn}應付 {due}',
      subjectOverdue: '認捐 {reference}：{due} 尚未收到',
      due: '您為「{campaign}」的認捐，下一筆 {due} 的日期是{dueOn}。如已付款，請不用理會此郵件。',
      overdue:
        '您為「{campaign}」的認捐，原定{dueOn}的 {due} 我們仍未收到。如已付款，請不用理會此郵件；如有困難，可以在下面的頁面改期，或直接告訴我們。',
      open: '付款、改期或查看',
    },
    receipt: {
      subject: '收據 {number}：{amount}',
      thanks: '您給「{campaign}」的捐款 {amount} 已於{receivedOn}收到，收據編號 {number}。',
      open: '查看及下載收據',
      follow: '看這筆錢鋪了哪段路',
      private: '開啟這兩個連結的人可以看到這筆捐款，請勿轉發。',
    },
    cardAlarm: {
      subject: '有人在捐款頁面試卡',
      what: '十分鐘內有 {declined} 張卡被拒，同期付款成功 {paid} 筆。這通常是有人用盜來的卡號逐個試。',
      done: '防護已自動升級：付款前瀏覽器須先完成一次運算；被拒多次的網絡和裝置暫停網上付款，仍可銀行轉賬。您不必做甚麼，請留意支付平台的後台。',
      look: '打開財務台',
    },
    useChange: {
      subject: '關於您捐給 {road} 的 {amount}：請您決定',
      kinds: {
        suspended: '您透過「{campaign}」捐給 {road} 的 {amount}，因該路段暫停施工，暫時未能動用。',
        cancelled: '您透過「{campaign}」捐給 {road} 的 {amount}，因該路段不再修建，不能按原來的用途使用。',
        under_budget: '您透過「{campaign}」捐給 {road} 的捐款，因工程費用低於預算，尚餘 {amount}。',
        over_budget: '您透過「{campaign}」捐款支持的 {road}，工程費用超出預算，涉及您的 {amount}。',
        split: '您透過「{campaign}」捐給 {road} 的 {amount}，因該路段拆分，需要重新確認用途。',
      },
      toNeed: '我們想請您同意：把這筆款項用於是次募捐中更有需要的路段。',
      toRoad: '我們想請您同意：把這筆款項改用於 {to}。',
      gift: '捐款編號',
      amount: '涉及金額',
      deadline: '請於此日前答覆',
      answer: '開啟頁面答覆：同意，或不同意並退款',
      silence: {
        return: '到期未收到答覆，我們不會當作您同意，這筆款項將退還給您。',
        move: '到期未收到答覆，這筆款項將按已備案的變更或募捐方案的約定使用。',
      },
      right: '未經您同意，我們不會改變您指定的用途。處理結果會公開，不含您的姓名。變更編號：{change}。',
    },
    logHead: {
      subject: '公開記錄今日樹頭：{size} 條',
      what: '這是善路公開記錄在 {at} 的簽署樹頭，共 {size} 條。請保存這封郵件：日後的記錄若不是由它延續而來，憑它就能證明。',
      head: '樹頭',
      keys: '公鑰',
      how: '把樹頭存成檔案後，可以這樣核對：{command}',
      open: '自己查驗',
    },
  },
  en: {
    signature:
      'Shanlu · every fen can be followed\nThis mail was sent by a machine; please don’t reply to it.',
    signIn: {
      subject: 'Sign in to Shanlu',
      asked:
        'Someone asked to sign in to Shanlu with this address ({device}). If it was you, choose one of these within 10 minutes:',
      code: 'Type this code into the page you left open',
      link: 'Open the sign-in link',
      how: 'The link opens a page where you confirm; only its button signs you in. Code and link work once. The code works only on the device that asked.',
      notYou:
        'Not you? Do nothing; nothing about your account has changed. Nobody at Shanlu will ever ask for this code, so don’t tell it to anyone.',
    },
    notice: {
      subject: 'A change to your Shanlu account',
      second_factor_set_up:
        'On {at} an authenticator app was tied to your account. From now on signing in asks for its six digits as well as the mail.',
      second_factor_reset:
        'On {at} an administrator reset your authenticator app. You will set up a new one the next time you sign in.',
      recovery_code_used:
        'On {at} someone used a recovery code to sign in to your account. That code is now void.',
      recovery_codes_renewed: 'On {at} your recovery codes were replaced. All the old ones are void.',
      role_granted: 'On {at} an administrator gave you the role “{role}”.',
      role_revoked:
        'On {at} an administrator took the role “{role}” from you. You have been signed out everywhere.',
      notYou: 'If you did not do this and nobody told you about it, tell an administrator at once.',
      account: 'See my account',
    },
    pledge: {
      subject: 'Your pledge {reference}: {amount}',
      thanks:
        'Thank you for pledging {amount} to “{campaign}”. A pledge is a promise: we book it only when the money arrives, and then send you a receipt.',
      reference: 'Pledge',
      amount: 'Amount',
      road: 'Road',
      plan: 'Instalments',
      open: 'See the pledge or pay',
      private: 'Anyone who opens this link can see the pledge, so please don’t forward it.',
    },
    transfer: {
      heading: 'Bank transfer',
      accountName: 'Account name',
      bank: 'Bank',
      accountNumber: 'Account number',
      reference: 'Payment reference (required)',
      why: 'The reference is how your money finds your pledge.',
    },
    reminder: {
      subject: 'Pledge {reference}: {due} due on {dueOn}',
      subjectOverdue: 'Pledge {reference}: {due} not received yet',
      due: 'The next part of your pledge to “{campaign}”, {due}, is due on {dueOn}. If you have already paid, please ignore this mail.',
      overdue:
        'We have not received {due} of your pledge to “{campaign}”, planned for {dueOn}. If you have already paid, please ignore this mail; if it is difficult, you can change the date on the page below or just tell us.',
      open: 'Pay, change the date, or look',
    },
    receipt: {
      subject: 'Receipt {number}: {amount}',
      thanks: 'Your gift of {amount} to “{campaign}” arrived on {receivedOn}. Receipt number {number}.',
      open: 'See and download the receipt',
      follow: 'See which road this gift paved',
      private: 'Anyone who opens these two links can see the gift, so please don’t forward them.',
    },
    cardAlarm: {
      subject: 'Someone is trying out cards on the donation page',
      what: 'Within ten minutes {declined} cards were refused and {paid} payments went through. This is usually somebody trying stolen card numbers one after another.',
      done: 'The defence has stepped up by itself: browsers must do a second of work before paying, and networks and devices with many refused cards are held off and shown the bank transfer instead. You need do nothing; please keep an eye on the payment provider.',
      look: 'Open the finance desk',
    },
    useChange: {
      subject: 'Your gift of {amount} for {road}: please decide',
      kinds: {
        suspended:
          'Your gift of {amount} through “{campaign}” for {road} cannot be used for now: work on that road is suspended.',
        cancelled:
          'Your gift of {amount} through “{campaign}” for {road} cannot be used as you wished: that road will not be built.',
        under_budget:
          'The road {road}, for which you gave through “{campaign}”, cost less than planned. {amount} of your gift is left.',
        over_budget:
          'The road {road}, for which you gave through “{campaign}”, costs more than planned. This concerns {amount} of your gift.',
        split: 'The road {road} is being split. This concerns {amount} of your gift through “{campaign}”.',
      },
      toNeed: 'We ask you to agree that this money goes to the roads of this campaign that need it most.',
      toRoad: 'We ask you to agree that this money goes to {to} instead.',
      gift: 'Gift',
      amount: 'Amount concerned',
      deadline: 'Please answer by',
      answer: 'Open the page to answer: agree, or refuse and be refunded',
      silence: {
        return: 'If we hear nothing by then, we do not take it as agreement: the money goes back to you.',
        move: 'If we hear nothing by then, the money is used as the filed change or the fundraising plan provides.',
      },
      right:
        'We do not change the purpose you chose without your agreement. The outcome is published without your name. Reference: {change}.',
    },
    logHead: {
      subject: 'Today’s head of the public log: {size} entries',
      what: 'This is the signed head of Shanlu’s public log of {at}, with {size} entries. Please keep this mail: if a later log does not continue from it, this is the proof.',
      head: 'Head',
      keys: 'Public keys',
      how: 'Save the head as a file and check it like this: {command}',
      open: 'Check it yourself',
    },
  },
});
