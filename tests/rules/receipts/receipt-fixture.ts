import type { ReceiptDocument } from '@/lib/receipts/receipt-pdf-document';
import { money } from '@/lib/shared/money';

/** A receipt with everything a receipt can say. */
export const RECEIPT: ReceiptDocument = {
  lang: 'zh-Hans',
  number: '2023-000095',
  issuedOn: '2023-10-09',
  printedOn: '2024-06-30',
  copy: 1,
  voided: null,
  specimen: true,
  payer: { name: '林××', creditCode: null },
  host: { name: '（示意）募捐主体名称', filingNumber: '（示意）0000 2023' },
  campaign: { name: '“根魂梦·家国情”慈善音乐会', code: 'ML-2023' },
  gift: {
    number: 'G-0095',
    givenOn: '2023-10-08',
    method: 'bank',
    reference: 'SL-4D9R-T',
    receivedOn: '2023-10-09',
  },
  fiscal: {
    code: '（示意）4400 0023',
    number: '（示意）00 0000 0095',
    checkCode: '（示意）7c1e 90b2',
    issuedOn: '2023-10-09',
  },
  lines: [{ project: '马岭社区道路硬底化', purpose: 'ML-07 禾场路', amount: money('CNY', 50_000n) }],
  total: money('CNY', 50_000n),
  foreign: null,
  remarks: ['公开显示：林太太（温哥华）。', '改用途须经本人同意。'],
  reviewer: '周',
  handler: '林',
  url: 'https://shanlu.example/g/G-0095',
  proof: {
    index: 131n,
    leafHash: 'munAVgsmA/s9WiHdn0wVfJCx9NoZ7o0J4qMrsSoPn/w=',
    treeSize: 684n,
    rootHash: 'n7aRqRVGJxfk7l3RVdfAT5KA4Q7eRJYomTJAZka90hs=',
    checkpointOn: '2024-06-30',
    checkpoint: null,
    file: null,
  },
  privatePart: null,
};
