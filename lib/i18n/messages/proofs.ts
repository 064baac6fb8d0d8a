import { messages } from './types';

/** What each proof of state claims, by its name in lib/proofs. */
export const proofs = messages({
  'zh-Hans': {
    L1_entries_balance: '每笔分录都在同一账簿、同一币种的两个账户之间移动同一金额。',
    L2_entries_have_postings: '没有空凭证，各行从一起连续编号，凭证金额与各行相符。',
    L3_trial_balance_is_zero: '每本账簿、每个项目、每种货币的余额合计为零。',
    L4_summaries_equal_postings: '汇总余额和每笔捐款所在的位置，与分录逐笔相符。',
    L5_no_account_below_its_floor: '资金池、路段和合同的余额都不低于零，支出没有超过收入。',
    L6_lots_are_exact: '每笔用途分录由哪些捐款组成，每笔捐款现在在哪里，都精确到分。',
    L6_designations_are_kept:
      '指定给某条路的捐款，没有用到别的路或别的路的合同，除非捐赠人同意或已依法备案。',
    L7_one_entry_per_thing: '同一笔捐款、分配、合同、付款只入账一次。',
    L7_entries_say_what_road_a_gift_was_for: '账目上写的指定路段，就是捐款所指定的路段。',
    L7_cleared_gifts_are_in_the_books: '每笔算作到账的捐款，都以结算金额入账；没有到账的都不在账上。',
    L9_reversals_are_exact: '冲销凭证与原凭证逐行相反，每张凭证只冲销一次。',
    L12_maker_is_not_checker: '没有人审批自己经办的事项。',
    L13_public_numbers_equal_the_books: '到账＝手续费＋待分配＋已分配－未补缺口；五个数字大小顺序成立。',
    L13_roads_add_up: '各条路的已分配、已签约、已计量、已付款，加起来等于项目合计。',
    L14_receipts_are_gap_free: '捐赠票据号从一起连续不断号，每笔捐款只有一张有效票据。',
    L15_no_act_without_audit: '每次操作都留有审计记录，每张凭证都写进了公开日志。',
    L16_nothing_dated_into_a_closed_month: '已结账的月份没有再记入凭证。',
    L19_refunds_never_exceed_gifts: '没有一笔捐款的退款超过它本身。',
    days_equal_summaries: '按日汇总与按账户汇总相符。',
    gift_sums_equal_gifts: '按月份和捐款方式汇总的笔数和金额，与逐笔捐款相符。',
    named_sums_equal_named_gifts: '署名捐款的汇总，与此刻同意署名的逐笔捐款相符。',
    months_equal_postings: '按月汇总的资金变动，与逐笔分录相符。',
    tie_out: '各用途上的钱，等于银行和支付平台上的钱减去应付款：每个项目账实相符。',
    records_equal_their_entries: '合同、计量、付款记录上的金额，就是凭证移动的金额。',
    certified_money_is_owed: '已计量未付款的金额，正好等于欠施工方的款。',
    pledges_are_what_was_applied: '认捐只有在足额到账后才算兑现。',
    no_lot_in_limbo: '没有捐款停在不再修的路上：三十天内要么改了用途，要么退还，要么正在征询捐赠人。',
    transfer_accounts_were_approved:
      '汇款卡上的收款账户，除开通时登记的以外，都经另一人复核，内容与复核的一致。',
    plans_equal_their_allocations: '多路段分配方案给每条路的金额与方案所写一致，或者一分未给。',
    bank_lines_are_matched_once: '每条银行流水最多有一个有效匹配，流水自己也记着它。',
    bank_matches_add_up: '一次匹配里，流水合计与对应事项合计相等。',
    undone_matches_left_nothing: '撤销的匹配，其凭证都已冲销。',
    one_thing_one_bank_line: '没有一笔捐款、结算或付款在银行流水里匹配两次。',
    gift_batches_agree_with_their_totals: '每批捐款的笔数和金额，与事先清点的一致。',
  },
  'zh-Hant': {
    L1_entries_balance: '每筆分錄都在同一帳簿、同一幣種的兩個帳戶之間移動同一金額。',
    L2_entries_have_postings: '沒有空憑證，各行由一起連續編號，憑證金額與各行相符。',
    L3_trial_balance_is_zero: '每本帳簿、每個項目、每種貨幣的餘額合計為零。',
    L4_summaries_equal_postings: '匯總餘額和每筆捐款所在的位置，與分錄逐筆相符。',
    L5_no_account_below_its_floor: '資金池、路段和合約的餘額都不低於零，支出沒有超過收入。',
    L6_lots_are_exact: '每筆用途分錄由哪些捐款組成，每筆捐款現在何處，都精確到分。',
    L6_designations_are_kept:
      '指定給某條路的捐款，沒有用到別的路或別的路的合約，除非捐贈人同意或已依法備案。',
    L7_one_entry_per_thing: '同一筆捐款、分配、合約、付款只入帳一次。',
    L7_entries_say_what_road_a_gift_was_for: '帳目上寫的指定路段，就是捐款所指定的路段。',
    L7_cleared_gifts_are_in_the_books: '每筆算作到帳的捐款，都以結算金額入帳；沒有到帳的都不在帳上。',
    L9_reversals_are_exact: '沖銷憑證與原憑證逐行相反，每張憑證只沖銷一次。',
    L12_maker_is_not_checker: '沒有人審批自己經辦的事項。',
    L13_public_numbers_equal_the_books: '到帳＝手續費＋待分配＋已分配－未補缺口；五個數字大小次序成立。',
    L13_roads_add_up: '各條路的已分配、已簽約、已計量、已付款，加起來等於項目合計。',
    L14_receipts_are_gap_free: '捐贈收據號由一起連續不斷號，每筆捐款只有一張有效收據。',
    L15_no_act_without_audit: '每次操作都留有審計記錄，每張憑證都寫進了公開日誌。',
    L16_nothing_dated_into_a_closed_month: '已結帳的月份沒有再記入憑證。',
    L19_refunds_never_exceed_gifts: '沒有一筆捐款的退款超過它本身。',
    days_equal_summaries: '按日匯總與按帳戶匯總相符。',
    gift_sums_equal_gifts: '按月份和捐款方式匯總的筆數和金額，與逐筆捐款相符。',
    named_sums_equal_named_gifts: '署名捐款的匯總，與此刻同意署名的逐筆捐款相符。',
    months_equal_postings: '按月匯總的資金變動，與逐筆分錄相符。',
    tie_out: '各用途上的錢，等於銀行和付款平台上的錢減去應付款：每個項目帳實相符。',
    records_equal_their_entries: '合約、計量、付款記錄上的金額，就是憑證移動的金額。',
    certified_money_is_owed: '已計量未付款的金額，正好等於欠承建商的款。',
    pledges_are_what_was_applied: '認捐只有在足額到帳後才算兌現。',
    no_lot_in_limbo: '沒有捐款停在不再修的路上：三十天內要麼改了用途，要麼退還，要麼正在徵詢捐贈人。',
    transfer_accounts_were_approved:
      '轉帳卡上的收款帳戶，除開通時登記的以外，都經另一人覆核，內容與覆核的一致。',
    plans_equal_their_allocations: '多路段分配方案給每條路的金額與方案所寫一致，或者一分未給。',
    bank_lines_are_matched_once: '每條銀行流水最多有一個有效匹配，流水自己也記着它。',
    bank_matches_add_up: '一次匹配裏，流水合計與對應事項合計相等。',
    undone_matches_left_nothing: '撤銷的匹配，其憑證都已沖銷。',
    one_thing_one_bank_line: '沒有一筆捐款、結算或付款在銀行流水裏匹配兩次。',
    gift_batches_agree_with_their_totals: '每批捐款的筆數和金額，與事先清點的一致。',
  },
  en: {
    L1_entries_balance: 'Every posting moves its amount between two accounts of the same book and currency.',
    L2_entries_have_postings:
      'No entry is empty, its lines are numbered from one without a gap, and its amount is theirs.',
    L3_trial_balance_is_zero: 'Per book, campaign and currency all balances add up to nothing.',
    L4_summaries_equal_postings: 'Folded balances and the lots’ positions equal what the postings say.',
    L5_no_account_below_its_floor:
      'No fund, road or contract holds less than nothing, and no guard has let out more than came in.',
    L6_lots_are_exact:
      'Every purpose posting is made of lots to the fen, and every gift lies somewhere to the fen.',
    L6_designations_are_kept:
      'A gift for one road lies in no other road and in no other road’s contract, unless its giver agreed or a filing allows it.',
    L7_one_entry_per_thing: 'A gift, an allocation, a contract, a payment entered the books once.',
    L7_entries_say_what_road_a_gift_was_for:
      'An entry about a gift names the road the gift was made for, and no other.',
    L7_cleared_gifts_are_in_the_books:
      'Every gift that counts as received is a lot of its settled amount, and no other gift is.',
    L9_reversals_are_exact: 'A reversal is the mirror of what it reverses, line by line, and happens once.',
    L12_maker_is_not_checker: 'Nobody approved what they made themselves.',
    L13_public_numbers_equal_the_books:
      'Received = fees + waiting + assigned, minus open shortfalls; and the five numbers stand in their order.',
    L13_roads_add_up: 'The roads’ assigned, contracted, certified and paid money adds up to the campaign’s.',
    L14_receipts_are_gap_free: 'Receipt numbers run from one without a gap, one valid receipt per gift.',
    L15_no_act_without_audit: 'Every act has its audit event, and every entry its leaf in the public log.',
    L16_nothing_dated_into_a_closed_month: 'No entry was written into a month after it was closed.',
    L19_refunds_never_exceed_gifts: 'No gift was refunded for more than it was.',
    days_equal_summaries: 'What is summed by accounting day is what is summed by account.',
    gift_sums_equal_gifts: 'What is summed by month and by the way gifts came is what the gifts are.',
    named_sums_equal_named_gifts:
      'The sums of named gifts are the gifts whose givers agree to be named at this moment.',
    months_equal_postings: 'What is summed by month is what the postings of the month are.',
    tie_out:
      'What the money is for equals where the money is: purposes still held = assets − liabilities other than to contractors, per campaign.',
    records_equal_their_entries:
      'What a contract, certificate or payment record says is what its entry moved.',
    certified_money_is_owed: 'What is certified and not yet paid is exactly what contractors are owed.',
    pledges_are_what_was_applied:
      'A pledge counts as fulfilled when gifts for its full amount were applied, and only then.',
    no_lot_in_limbo:
      'No gift waits for a road that will not come: within thirty days it has a new purpose, goes back, or its giver is being asked.',
    transfer_accounts_were_approved:
      'Every account printed on transfer cards, but the first of a campaign, was checked by a second person and is what they saw.',
    plans_equal_their_allocations:
      'A plan over several roads gave each road exactly what it says, or nothing at all.',
    bank_lines_are_matched_once: 'Every bank line has at most one standing match, and says itself which.',
    bank_matches_add_up: 'The lines of a match and the things they were come to the same sum.',
    undone_matches_left_nothing: 'Every entry of a match that was undone has its reversal.',
    one_thing_one_bank_line: 'No gift, payout or payment is seen twice at the bank.',
    gift_batches_agree_with_their_totals:
      'Every bundle of gifts holds as many gifts and as much money as was counted beforehand.',
  },
});
