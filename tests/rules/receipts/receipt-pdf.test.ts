import { describe, expect, it } from 'vitest';
import { readPdf } from '@/lib/files/pdf-file';
import { receiptPdf } from '@/lib/receipts/receipt-pdf.gateway';
import type { ReceiptDocument } from '@/lib/receipts/receipt-pdf-document';
import { LANGUAGES } from '@/lib/i18n/languages';
import { money } from '@/lib/shared/money';
import { pdfText } from '../../support/pdf-text';
import { RECEIPT } from './receipt-fixture';

/** What stands on the paper, without regard to where its lines break. */
const textOf = async (receipt: ReceiptDocument): Promise<string> =>
  pdfText((await receiptPdf(receipt)).bytes)
    .join('\n')
    .replace(/\s+/g, '');
const has = (text: string, ...parts: string[]): void => {
  const flat = text.replace(/\s+/g, '');
  for (const part of parts) expect(flat).toContain(part.replace(/\s+/g, ''));
};

describe('a printed receipt', () => {
  it('has every field of the fiscal receipt that we hold, and of 慈善法 art 38', async () => {
    has(
      await textOf(RECEIPT),
      ...['捐赠收据', '编号 2023-000095', '开具 2023 年 10 月 9 日', '打印 2024 年 6 月 30 日，第 1 次'],
      ...[
        '交款人 林××',
        '统一社会信用代码 个人，不适用',
        '收款单位（示意）募捐主体名称',
        '备案编号（示意）0000 2023',
      ],
      ...[
        '募捐活动“根魂梦·家国情”慈善音乐会，项目编码 ML-2023',
        '捐赠日期 2023 年 10 月 8 日',
        '捐赠编号 G-0095',
      ],
      ...['付款方式 银行转账，附言 SL-4D9R-T', '到账日期 2023 年 10 月 9 日'],
      ...['财政票据代码（示意）4400 0023', '财政票据号码（示意）00 0000 0095', '票据校验码（示意）7c1e 90b2'],
      ...['项目名称', '单位', '数量', '标准', '马岭社区道路硬底化 ML-07 禾场路 笔 1 自愿捐赠 500.00'],
      ...[
        '合计（大写）人民币伍佰元整（小写）¥500.00',
        '备注 公开显示：林太太（温哥华）。改用途须经本人同意。',
      ],
      ...[
        '收款单位（章）',
        '复核人：周',
        '收款人：林',
        'https://shanlu.example/g/G-0095',
        '公开日志第 131 条',
      ],
      ...['munAVgsmA/s9WiHdn0wVfJCx9NoZ7o0J4qMrsSoPn/w=', 'n7aRqRVGJxfk7l3RVdfAT5KA4Q7eRJYomTJAZka90hs='],
      ...['样张，不加盖印章', '演示样张'],
    );
  });

  it('speaks three languages', async () => {
    const [hans, hant, en] = await Promise.all(LANGUAGES.map((lang) => textOf({ ...RECEIPT, lang })));
    has(hans ?? '', '人民币伍佰元整');
    has(hant ?? '', '捐贈收據', '人民幣伍佰元正', '示範樣張', '2023 年 10 月 9 日');
    has(
      en ?? '',
      'Donation receipt',
      'Renminbi five hundred yuan only',
      '9 October 2023',
      'Demonstration specimen',
    );
  });

  it('is one page, tagged, with a language and a title', async () => {
    for (const lang of LANGUAGES) {
      const { bytes } = await receiptPdf({ ...RECEIPT, lang });
      const raw = Buffer.from(bytes).toString('latin1');
      expect(readPdf(bytes)).toEqual({ whole: true, active: false, pages: 1 });
      expect(raw).toContain(`/Lang (${lang})`);
      expect(raw).toContain('/Marked true');
      expect(raw).toContain('/DisplayDocTitle true');
      for (const tag of ['Document', 'H1', 'H2', 'Table', 'TR', 'TH', 'TD', 'Figure', 'P'])
        expect(raw).toMatch(new RegExp(`/S /${tag}\\b`));
      expect(raw).toMatch(/\/Scope \/(?:Row|Column)/);
      expect(raw).toContain('/Alt');
    }
  });

  it('is one page with the long names of a real campaign and a signed head with a witness, whatever the language', async () => {
    const signed = `localhost/log\n1181\nvL8Vhlt0qlTPZu/08uYBu6mpYM5H/DZ+RaNBjELWiQ0=\n\n${[
      'localhost',
      'witness.localhost',
    ]
      .map((name) => `— ${name}/log ${'Qw8znCPOgFTEfMBTbZjs'.repeat(6)}\n`)
      .join('')}`;
    for (const lang of LANGUAGES) {
      const { bytes } = await receiptPdf({
        ...RECEIPT,
        lang,
        copy: 2,
        host: { name: 'Zhongshan Federation of Returned Overseas Chinese', filingNumber: null },
        campaign: { name: 'Charity concert “Roots, Soul, Dream · Home and Country”', code: 'gen-hun-meng' },
        lines: RECEIPT.lines.map((line) => ({
          ...line,
          project: 'Paving roads: Maling community, Nanqu, Zhongshan',
        })),
        proof: RECEIPT.proof && { ...RECEIPT.proof, checkpoint: signed },
        remarks: [
          'Shown in public as Mrs Lam, Vancouver.',
          'Used for another purpose only with the giver’s consent.',
        ],
      });
      expect(readPdf(bytes).pages, lang).toBe(1);
    }
  });

  it('has the same bytes for the same receipt, and other ones for another print', async () => {
    const [one, same, other] = await Promise.all(
      [RECEIPT, RECEIPT, { ...RECEIPT, copy: 2 }].map((receipt) => receiptPdf(receipt)),
    );
    expect(Buffer.from(one?.bytes ?? []).equals(Buffer.from(same?.bytes ?? []))).toBe(true);
    expect(Buffer.from(one?.bytes ?? []).equals(Buffer.from(other?.bytes ?? []))).toBe(false);
  });

  it('says that it is a copy, and that it is void and why', async () => {
    has(await textOf({ ...RECEIPT, copy: 3 }), '副本 3', '第 3 次');
    expect(await textOf(RECEIPT)).not.toContain('副本');
    const voided = { on: '2024-01-05', reason: '姓名有误', replacedBy: '2024-000012' };
    has(
      await textOf({ ...RECEIPT, voided }),
      '本收据已于 2024 年 1 月 5 日作废。原因：姓名有误。由编号 2024-000012 的收据取代。',
    );
    const lost = await textOf({
      ...RECEIPT,
      lang: 'en',
      voided: { ...voided, reason: 'lost', replacedBy: null },
    });
    has(lost, 'This receipt was voided on 5 January 2024. Reason: lost.', 'VOID');
    expect(lost).not.toContain('replaced');
  });

  it('names nobody when the donor stays anonymous, and says what is not there yet', async () => {
    const text = await textOf({
      ...RECEIPT,
      specimen: false,
      payer: { name: null, creditCode: null },
      host: { name: '甲', filingNumber: null },
      gift: { ...RECEIPT.gift, method: 'cash', reference: null, receivedOn: null },
      fiscal: null,
      proof: null,
      reviewer: null,
      handler: null,
      remarks: [],
    });
    has(
      text,
      '匿名（捐赠人未留名）',
      '备案编号未登记',
      '付款方式现金',
      '到账日期待到账',
      '财政票据代码尚未登记',
    );
    has(text, '写入公开日志后，重新打印即可得到证明');
    for (const absent of ['备注', '样张', '林', '记录']) expect(text).not.toContain(absent);
  });

  it('keeps a foreign gift, its rate and several purposes apart', async () => {
    const text = await textOf({
      ...RECEIPT,
      lang: 'zh-Hant',
      lines: [
        { project: '馬嶺', purpose: 'ML-07', amount: money('CNY', 123_456_789_01n) },
        { project: '馬嶺', purpose: 'ML-08', amount: money('CNY', 1n) },
      ],
      total: money('CNY', 123_456_789_02n),
      foreign: { amount: money('HKD', 1_341_185_100_0n), rate: '0.9205', rateDate: '2023-10-08' },
    });
    has(
      text,
      '123,456,789.01',
      '0.01',
      '¥123,456,789.02',
      '原幣 HKD 134,118,510.00，按 2023 年 10 月 8 日匯率 0.9205',
    );
    has(text, '人民幣壹億貳仟叁佰肆拾伍萬陸仟柒佰捌拾玖元零貳分');
    has(
      await textOf({ ...RECEIPT, total: money('HKD', 50_000n) }),
      'HKD 500.00',
      '港币伍佰元整',
      '金额（HKD）',
    );
  });

  it('shows a sign for what the font does not have, and says which character it was', async () => {
    const { bytes, missing } = await receiptPdf({
      ...RECEIPT,
      payer: { name: '𠮷田 👨‍👩‍👧 محمد', creditCode: null },
    });
    expect(missing).toContain('𠮷');
    const text = pdfText(bytes).join('').replace(/\s+/g, '');
    has(text, '〓田 〓〓〓', '〓 表示字库中没有的字：U+20BB7');
    expect(text).not.toContain('\uFFFD');
  });

  it('holds the longest names, amounts and a signed checkpoint on one page', async () => {
    const checkpoint = `shanlu.example/log\n684\nn7aRqRVGJxfk7l3RVdfAT5KA4Q7eRJYomTJAZka90hs=\n\n— shanlu.example/log ${'Az3grlgtzPICa5OS8npVmf1Myq/5'.repeat(4)}\n`;
    for (const lang of LANGUAGES) {
      const { bytes } = await receiptPdf({
        ...RECEIPT,
        lang,
        payer: { name: '马岭社区海外乡亲联谊会'.repeat(6).slice(0, 60), creditCode: '91440101MA59ABCD12' },
        total: money('CNY', lang === 'en' ? 99_999_999_99n : 9_223_372_036_854_775_807n),
        proof: RECEIPT.proof && { ...RECEIPT.proof, checkpoint },
      });
      expect(readPdf(bytes).pages).toBe(1);
    }
  });

  it('goes on to a second page rather than lose a line', async () => {
    const lines = Array.from({ length: 24 }, (_, index) => ({
      project: '马岭社区道路硬底化',
      purpose: `ML-${index + 1} 路`,
      amount: money('CNY', 100n),
    }));
    for (const [count, pages] of [
      [3, 1],
      [9, 1],
      [24, 2],
    ] as const) {
      const { bytes } = await receiptPdf({
        ...RECEIPT,
        lines: lines.slice(0, count),
        total: money('CNY', 100n),
      });
      expect([count, readPdf(bytes).pages]).toEqual([count, pages]);
      has(pdfText(bytes).join(''), 'ML-1 路', `ML-${count} 路`, '人民币壹元整', '收款人：林', '扫一扫');
    }
  });
});
