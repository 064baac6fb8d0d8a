import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseRows, parseTable } from '@/lib/reconciliation/statement/csv-rows.rules';
import { contractData } from '../../support/contract-data';
import { briefs, linesOf, readText, reasons } from './samples';

const cells = (text: string, delimiter = ','): string[][] =>
  parseRows(text, delimiter).map((row) => [...row.cells]);

describe('rows of delimited text', () => {
  it('reads quotes, doubled quotes, line breaks in cells, and counts physical lines', () => {
    expect(parseRows('a,"b ""c""","d\ne"\r\n\r\nf,g,h\n', ',')).toEqual([
      { line: 1, cells: ['a', 'b "c"', 'd\ne'] },
      { line: 4, cells: ['f', 'g', 'h'] },
    ]);
  });

  it('reads what a strict reader stops at', () => {
    expect(cells('"-1.00"\t,HKD,"x"  ,y')).toEqual([['-1.00', 'HKD', 'x', 'y']]);
    expect(cells('a,点击"多多",b\nc,d,e')).toEqual([
      ['a', '点击"多多"', 'b'],
      ['c', 'd', 'e'],
    ]);
    expect(cells('a,"点击"多多"页",b')).toEqual([['a', '点击"多多"页', 'b']]);
    expect(cells('="00123",b')).toEqual([['00123', 'b']]);
  });

  it('lets no stray quote hide the lines behind it', () => {
    const text = 'a,b,c\n1,"2,3\n4,5,6\n7,"8,9\n10,11,12\n';
    expect(parseRows(text, ',').map((row) => [row.line, row.cells.length])).toEqual([
      [1, 3],
      [2, 3],
      [3, 3],
      [4, 3],
      [5, 3],
    ]);
    expect(cells('1,"never closed\n2,b\n').map((row) => row[0])).toEqual(['1', '2']);
  });

  it('obeys the separator line of Excel and finds the delimiter by the movements', () => {
    expect(parseTable('sep=|\na|b\n').rows).toEqual([{ line: 2, cells: ['a', 'b'] }]);
    expect(parseTable('1;22/01/2014;CHEQUE;-10,00;\n1;23/01/2014;CARTE;-5,76;\n').delimiter).toBe(';');
    expect(parseTable('2024-01-05\tGift\t10.00\n').delimiter).toBe('\t');
  });

  it('agrees with csv-parse on well-formed files', () => {
    const cell = fc
      .string({ unit: fc.constantFrom('a', 'b', '中', '1', ',', '"', '\n', ';', "'"), maxLength: 8 })
      .map((text) => text.trim());
    const table = fc.array(fc.tuple(cell, cell, fc.constant('x')), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(table, (rows) => {
        const text = rows
          .map((row) => row.map((one) => `"${one.replaceAll('"', '""')}"`).join(','))
          .join('\r\n');
        expect(cells(text)).toEqual(parse(text, { trim: true }));
      }),
    );
  });

  const spectrum = contractData('text', 'csv', 'csv-spectrum');
  const files = existsSync(spectrum)
    ? readdirSync(spectrum, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.csv'))
    : [];
  it.each(files)('acid test %s', (name) => {
    const text = readFileSync(`${spectrum}/${name}`, 'utf8');
    const rows = parseRows(text.replace(/^\uFEFF/u, ''), ',');
    const strict: string[][] = parse(text, {
      bom: true,
      trim: true,
      skip_empty_lines: true,
      relax_column_count: true,
    });
    // A row of empty cells carries nothing and is left out here.
    expect(rows.map((row) => [...row.cells])).toEqual(strict.filter((row) => row.some((one) => one !== '')));
  });
});

/** A table of a bank and what its rows mean. */
const LAYOUTS: readonly (readonly [string, string, readonly string[]])[] = [
  [
    'German savings bank, semicolons, two-digit years',
    '"Auftragskonto";"Buchungstag";"Valutadatum";"Buchungstext";"Verwendungszweck";"Kundenreferenz (End-to-End)";"Lastschrift Ursprungsbetrag";"Auslagenersatz Ruecklastschrift";"Beguenstigter/Zahlungspflichtiger";"Kontonummer/IBAN";"Betrag";"Waehrung";"Info"\n' +
      '"DE12";"30.12.23";"30.12.23";"GUTSCHRIFT";"Spende SR2ABCDEF";"NOTPROVIDED";"";"";"Erika Muster";"DE99";"1.250,00";"EUR";"Umsatz gebucht"\n' +
      '"DE12";"02.01.24";"02.01.24";"ENTGELT";"Kontofuehrung";"";"";"";"";"";"-4,90";"EUR";"Umsatz gebucht"\n',
    ['2023-12-30 1250.00 EUR', '2024-01-02 -4.90 EUR'],
  ],
  [
    'ING Netherlands: direction word, currency in the header',
    '"Datum","Naam / Omschrijving","Rekening","Tegenrekening","Code","Af Bij","Bedrag (EUR)","Mutatiesoort","Mededelingen"\n' +
      '"20240105","J JANSEN","NL01","NL02","GT","Bij","25,00","Online bankieren","Gift"\n' +
      '"20240106","ING","NL01","","DV","Af","1,95","Diversen","Kosten"\n',
    ['2024-01-05 25.00 EUR', '2024-01-06 -1.95 EUR'],
  ],
  [
    'a summary block above the table and an opening balance row',
    'Description,,Summary Amt.\nBeginning balance as of 01/01/2024,,"1,000.00"\nTotal credits,,"50.00"\n\nDate,Description,Amount,Running Bal.\n01/01/2024,Beginning balance as of 01/01/2024,,"1,000.00"\n01/13/2024,Gift,"50.00","1,050.00"\n01/14/2024,FEE,"-10.00","1,040.00"\n',
    ['2024-01-13 50.00 ?', '2024-01-14 -10.00 ?'],
  ],
  [
    'started and completed dates, states',
    'Type,Product,Started Date,Completed Date,Description,Amount,Fee,Currency,State,Balance\nTRANSFER,Current,2024-01-04 10:00:00,2024-01-05 09:00:00,From Ada,100.00,0.00,GBP,COMPLETED,100.00\nTRANSFER,Current,2024-01-06 10:00:00,2024-01-06 11:00:00,To Bayo,-20.00,0.20,GBP,COMPLETED,80.00\n',
    ['2024-01-05 100.00 GBP', '2024-01-06 -20.00 GBP'],
  ],
  [
    '建设银行：支出、收入两列，¥ 之外无币种',
    '账号,6217****1234\n\n序号,记账日,交易日期,交易时间,支出,收入,账户余额,币种,摘要,对方账号,对方户名,交易地点\n1,20240105,20240105,10:00:00,0.00,500.00,"1,500.00",人民币元,转账,6222,陈大文,网银\n2,20240106,20240106,11:00:00,12.00,0.00,"1,488.00",人民币元,手续费,,,\n',
    ['2024-01-05 500.00 CNY', '2024-01-06 -12.00 CNY'],
  ],
  [
    '工商银行借记卡：收入/支出金额一列带正负号',
    '交易日期,帐号,币种,钞汇,摘要,收入/支出金额,余额,对方户名,对方账号\n2024-01-05,6222,人民币,钞,转账,"+1,000.00","1,000.00",李四,6228\n2024-01-06,6222,人民币,钞,工本费,-5.00,995.00,,\n',
    ['2024-01-05 1000.00 CNY', '2024-01-06 -5.00 CNY'],
  ],
  [
    '企业网银：借贷标志',
    '交易时间,借贷标志,交易金额,余额,对方单位名称,对方账号,摘要,用途\n2024-01-05 10:11:12,贷,"10,000.00","10,000.00",某某基金会,44050,捐赠,修路\n2024-01-06 10:11:12,借,300.00,"9,700.00",某某公司,44051,付款,材料款\n',
    ['2024-01-05 10000.00 CNY', '2024-01-06 -300.00 CNY'],
  ],
  [
    '支付宝商家账务明细',
    '#支付宝账务明细查询\n#账号：[20880000]\n账务流水号,业务流水号,商户订单号,商品名称,发生时间,对方账号,收入金额（+元）,支出金额（-元）,账户余额（元）,交易渠道,业务类型,备注\n1001,2001,SR1,捐款,2024-01-05 10:00:00,a***@x.com,100.00,0.00,100.00,支付宝,在线支付,\n1002,2002,SR1,服务费,2024-01-05 10:00:01,,0.00,-0.60,99.40,支付宝,收费,\n#业务明细列表结束\n',
    ['2024-01-05 100.00 CNY', '2024-01-05 -0.60 CNY'],
  ],
  [
    '微信支付商户资金账单：反引号',
    '记账时间,微信支付业务单号,资金流水单号,业务名称,业务类型,收支类型,收支金额(元),账户结余(元),资金变更提交申请人,备注,业务凭证号\n`2024-01-05 10:00:00,`420000,`1001,`交易,`交易,`收入,`100.00,`100.00,`system,`,`\n`2024-01-05 10:00:01,`420001,`1002,`扣除交易手续费,`交易,`支出,`0.60,`99.40,`system,`,`\n资金流水总笔数,收入笔数,收入金额,支出笔数,支出金额\n`2,`1,`100.00,`1,`0.60\n',
    ['2024-01-05 100.00 CNY', '2024-01-05 -0.60 CNY'],
  ],
  [
    '香港：Deposit／Withdrawal 兩欄，幣種在表頭',
    'Transaction Date,Value Date,Details,Deposit (HKD),Withdrawal (HKD),Balance (HKD)\n05/01/2024,05/01/2024,FPS CHAN TAI MAN SR2ABCDEF,"1,000.00",,"1,000.00"\n25/01/2024,25/01/2024,CHARGE,,20.00,980.00\n',
    ['2024-01-05 1000.00 HKD', '2024-01-25 -20.00 HKD'],
  ],
  [
    'Japanese columns, whole yen',
    '日付,摘要,お支払金額,お預り金額,差引残高\n2024/01/05,振込 ヤマダ,,10000,10000\n2024/01/06,手数料,330,,9670\n',
    ['2024-01-05 10000 ?', '2024-01-06 -330 ?'],
  ],
  [
    'without header: whole yen, debit, credit and balance',
    '2024/01/05,フリコミ,,10000,260000\n2024/01/06,テスウリョウ,330,,259670\n2024/01/09,フリコミ,,2500,262170\n',
    ['2024-01-05 10000 ?', '2024-01-06 -330 ?', '2024-01-09 2500 ?'],
  ],
  [
    'without header: credit before debit, told by the balance',
    '2024-01-05,Gift,50.00,,150.00\n2024-01-06,Fee,,1.00,149.00\n2024-01-07,Gift,5.00,,154.00\n',
    ['2024-01-05 50.00 ?', '2024-01-06 -1.00 ?', '2024-01-07 5.00 ?'],
  ],
  [
    'direction in two languages in one cell',
    '序号,交易日期,交易类型,借贷,交易金额,余额,对方户名,摘要\n1,2025-01-05,存款利息,贷 Cr,1.23,101.23,某行,\n2,2025-01-06,信用卡转账还款,借 Dr,3.21,98.02,某人,\n',
    ['2025-01-05 1.23 CNY', '2025-01-06 -3.21 CNY'],
  ],
  [
    'balances blotted out, dashes for nothing, a total under the rows',
    '卡号: 1234****9876\n\n交易日期,摘要,交易金额(收入),交易金额(支出),交易币种,记账金额(收入),记账金额(支出),记账币种,余额,对方户名\n2025-01-05 \t,"消费 \t","- \t","- \t",- \t,"  \t","13.40 \t",人民币 \t,"xx,yyy.zz \t","某公司 \t",\n2025-01-06 \t,"汇入 \t","- \t","- \t",- \t,"1,234.56 \t"," \t",人民币 \t,"xx,yyy.zz \t","李四 \t",\n \n人民币合计,,,,,,"1,234.56 \t","13.40 \t",\n',
    ['2025-01-05 -13.40 CNY', '2025-01-06 1234.56 CNY'],
  ],
  [
    'deposit and payment columns of a card in two currencies',
    '某某银行信用卡账单(2025年01月)\n交易日,银行记账日,卡号后四位,交易描述,存入,支出,币种\n2024-12-13,2024-12-14,4260,公共交通,,50.00,CNY\n2024-12-20,2024-12-20,,存款利息,0.01,,CNY\n2024-12-22,2024-12-24,2875,XBOX,,3.72,USD\n',
    ['2024-12-14 -50.00 CNY', '2024-12-20 0.01 CNY', '2024-12-24 -3.72 USD'],
  ],
  [
    'a card export that marks nothing: what was spent',
    'Data as of 20230423:\n\nItem #,Card #,Transaction Date,Posting Date,Transaction Amount,Description\n1,5191,20230511,20230512,3.27,SHOP\n2,5191,20230512,20230515,6.0,SHOP\n',
    ['2023-05-12 -3.27 ?', '2023-05-15 -6.0 ?'],
  ],
  [
    'without header: quantities and prices beside the amount',
    '2024-02-10,2024-02-10,Interest,REIT,XRE,179,,,12.55,CAD\n2024-02-16,2024-02-16,Reinvestment,AGRI,COW,3,,,-81.57,CAD\n2024-02-16,2024-02-16,Contribution,CONTRIBUTION,,,,,600.00,CAD\n2024-03-07,2024-03-10,Sell,EQTY,ZQQ,-300,27.44,CDN,8222.05,CAD\n2024-03-19,2024-03-24,Buy,REIT,XRE,300,15.90,CDN,-4779.95,CAD\n',
    [
      '2024-02-10 12.55 CAD',
      '2024-02-16 -81.57 CAD',
      '2024-02-16 600.00 CAD',
      '2024-03-07 8222.05 CAD',
      '2024-03-19 -4779.95 CAD',
    ],
  ],
  [
    'without header: unsigned with the words credit and debit',
    '"12/10/2024","Inv","0.01","credit","Chequing"\n"2/23/2024","Condo","331.63","debit","Chequing"\n',
    ['2024-12-10 0.01 ?', '2024-02-23 -331.63 ?'],
  ],
  [
    'brackets and currency signs',
    'Date,Description,Amount\n05 Jan 2024,Gift,€ 50.00\n06 Jan 2024,Fee,(€ 1.20)\n',
    ['2024-01-05 50.00 EUR', '2024-01-06 -1.20 EUR'],
  ],
  [
    'trailing minus and apostrophes',
    "Date;Text;Amount CHF\n05.01.2024;Spende;1'250.00\n26.01.2024;Gebühr;5.00-\n",
    ['2024-01-05 1250.00 CHF', '2024-01-26 -5.00 CHF'],
  ],
  [
    'DR and CR',
    'Date,Particulars,Amount,Balance\n25-Jan-2024,GIFT,"1,00,000.00 CR","1,00,000.00 CR"\n26-Jan-2024,CHARGE,11.80 DR,"99,988.20 CR"\n',
    ['2024-01-25 100000.00 ?', '2024-01-26 -11.80 ?'],
  ],
  [
    'Kuwaiti dinar with decimal commas throughout',
    'Date;Amount;Currency\n2024-01-05;1,234;KWD\n2024-01-06;-12,500;KWD\n',
    ['2024-01-05 1.234 KWD', '2024-01-06 -12.500 KWD'],
  ],
  [
    'tabs, UTF-16 style export already decoded',
    'Date\tDetails\tMoney out\tMoney in\tBalance\n2024-01-05\tGift\t\t£20.00\t£20.00\n2024-01-06\tFee\t£1.00\t\t£19.00\n',
    ['2024-01-05 20.00 GBP', '2024-01-06 -1.00 GBP'],
  ],
];

describe('bank tables of other layouts', () => {
  it.each(LAYOUTS)('%s', (_, text, expected) => {
    const file = readText(text);
    expect(file.refusal).toBeNull();
    expect(briefs(file)).toEqual(expected);
    expect(reasons(file)).toEqual([]);
  });

  it('takes the balance column to check the rows, in either order of time', () => {
    const rows = [
      '2024-01-05,Gift,50.00,150.00',
      '2024-01-06,Fee,-1.00,149.00',
      '2024-01-07,Gift,5.00,154.00',
    ];
    const header = 'Date,Description,Amount,Balance\n';
    for (const order of [rows, [...rows].reverse()])
      expect(readText(header + order.join('\n')).statements[0]).toMatchObject({
        addsUp: true,
        opening: { amount: { units: 10000n } },
        closing: { amount: { units: 15400n } },
      });
    const broken = readText(header + rows.join('\n').replace('149.00', '148.00'));
    expect(linesOf(broken).map((line) => line.flags.includes('balance_breaks_here'))).toEqual([
      false,
      true,
      true,
    ]);
  });

  it('inverts card statements by what the rows say, and current accounts never', () => {
    const card =
      '信用卡对账单 2024年01月\n交易日,记账日,交易摘要,人民币金额\n,12/29,手机还款,-100.00\n01/02,01/03,某某超市,56.78\n';
    expect(briefs(readText(card))).toEqual(['2023-12-29 100.00 CNY', '2024-01-03 -56.78 CNY']);
    expect(readText(card).flags).toContain('sign_inverted');
    const current =
      '交易日期,摘要,交易金额,余额\n20240105,信用卡还款,-500.00,500.00\n20240106,工资,800.00,1300.00\n';
    expect(briefs(readText(current))).toEqual(['2024-01-05 -500.00 CNY', '2024-01-06 800.00 CNY']);
  });

  it('refuses bad rows with line and reason, keeps the good ones, and passes over totals and footers', () => {
    const file = readText(
      'Date,Description,Amount,Currency\n2024-01-05,Good,1.00,EUR\n2024-13-05,Bad date,2.00,EUR\n,No date,3.00,EUR\n2024-01-06,Bad amount,abc,EUR\n2024-01-07,No amount,,EUR\n"2024-01-08","Broken quote,4.00,EUR\n2024-01-09,Good,5.00,EUR\nTotal,,6.00,EUR\n\nExported on request\n',
    );
    expect(briefs(file)).toEqual(['2024-01-05 1.00 EUR', '2024-01-08 4.00 EUR', '2024-01-09 5.00 EUR']);
    expect(reasons(file)).toEqual([
      '3:date_unreadable',
      '4:date_missing',
      '5:amount_unreadable',
      '6:amount_missing',
    ]);
  });

  it('reads the bills of other wallets, with and without a status', () => {
    const jd = readText(
      '京东账号名：jd_x\n起始时间：2025-01-01\t终止时间：2025-01-31\n共：2笔记录\n收入：1笔，0.01元\n支出：1笔，91.42元\n\n交易时间,交易分类,商户名称,交易说明,收/支,金额,收/付款方式,交易状态,交易订单号,商家订单号,备注\n2025-01-29 06:37:20\t,小金库,京东小金库,收益,收入,0.01,零用钱,交易成功,2\t,2\t,\n2025-01-23 12:04:37\t,食品,京东商户,椰子汁,支出,91.42,白条,交易成功,2\t,1\t,\n',
    );
    expect([jd.format, jd.flags, briefs(jd)]).toEqual([
      'JD',
      [],
      ['2025-01-29 0.01 CNY', '2025-01-23 -91.42 CNY'],
    ]);
    expect(jd.statements[0]).toMatchObject({ from: '2025-01-01', to: '2025-01-31', account: { id: 'jd_x' } });
    const meituan = readText(
      '美团交易账单明细\n""\n支出：1笔 21.17元\n交易创建时间,交易成功时间,交易类型,订单标题,收/支,支付方式,订单金额,实付金额,交易单号,商家单号,备注\n2025-02-28 20:35:13,2025-02-28 20:35:25,支付,茶,支出,美团月付,¥22.30,¥21.17,"25\t","0_2\t",/\n',
    );
    expect([meituan.format, meituan.flags, briefs(meituan)]).toEqual([
      'MEITUAN',
      [],
      ['2025-02-28 -21.17 CNY'],
    ]);
  });

  it('says what a person must decide', () => {
    const unsure = readText('Date,Description,Amount\n02/03/2024,Gift,10.00\n');
    expect(unsure.flags).toEqual(['date_order_ambiguous', 'currency_guessed', 'sign_unknown']);
    expect(linesOf(unsure)[0]?.flags).toEqual(['date_order_ambiguous', 'currency_missing']);
    const decided = readText('Date,Description,Amount\n02/03/2024,Gift,-10.00\n', {
      dateOrder: 'mdy',
      currency: 'USD',
    });
    expect(decided.flags).toEqual([]);
    expect(briefs(decided)).toEqual(['2024-02-03 -10.00 USD']);
  });

  it('separates the accounts of one table', () => {
    const file = readText(
      'Account,Date,Description,Amount\n111,2024-01-05,a,1.00\n222,2024-01-05,b,-2.00\n111,2024-01-06,c,3.00\n222,2024-01-07,d,4.00\n',
    );
    expect(file.statements.map((one) => [one.account.id, one.lines.length])).toEqual([
      ['111', 2],
      ['222', 2],
    ]);
  });

  it('keeps wallet orders that moved no money, refunds and transfers apart from gifts', () => {
    const bill =
      '支付宝账户：a@b.cn\n共4笔记录\n收入：1笔 100.00元\n支出：1笔 8.00元\n交易时间,交易分类,交易对方,对方账号,商品说明,收/支,金额,收/付款方式,交易状态,交易订单号,商家订单号,备注\n' +
      '2024-01-05 10:00:00,转账红包,陈大文,c@d.cn,善路捐款,收入,100.00,余额,交易成功,1001,,\n2024-01-05 11:00:00,日用百货,某店,/,纸,支出,8.00,余额,交易关闭,1002,,\n2024-01-05 12:00:00,退款,某店,/,退款-纸,不计收支,8.00,余额,退款成功,1003,,\n2024-01-05 13:00:00,转账,余额宝,/,余额宝-转出到银行卡,不计收支,50.00,余额,交易成功,1004,,\n';
    const file = readText(bill);
    expect(file.format).toBe('ALIPAY');
    expect(file.flags).toEqual([]);
    expect(linesOf(file).map((line) => [line.amountMinor, line.status, line.kind])).toEqual([
      [10000n, 'booked', null],
      [-800n, 'void', null],
      [800n, 'booked', 'refund'],
      [-5000n, 'booked', 'internal'],
    ]);
    expect(readText(bill.replace('100.00元', '99.00元')).flags).toEqual(['declared_totals_differ']);
  });
});
