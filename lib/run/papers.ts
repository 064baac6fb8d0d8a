import {
  A4,
  decorate,
  drawText,
  group,
  heightOf,
  INK,
  INK_2,
  MM,
  openPaper,
  printable,
  RULE,
  write,
  type Paper,
  type Style,
} from '@/lib/files/pdf-paper.gateway';
import { drawGridEdge, drawGridHead, drawGridRow, makeGrid } from '@/lib/files/pdf-table';
import { amountInWords } from '@/lib/receipts/amount-words.rules';
import { groupedDecimal, paperAmount, paperDate } from '@/lib/receipts/receipt-pdf-format.rules';
import { money } from '@/lib/shared/money';
import type { IsoDate } from '@/lib/shared/time';

/**
 * The papers of the demonstration: quotes, contracts, variations, invoices and acceptance sheets as a village's
 * contractor would hand them in, in Chinese as they would be, and said to be invented across every page. The same facts
 * give the same file, so that its hash stays the same from one demonstration to the next.
 */
export type PaperFacts = {
  readonly kind: 'quote' | 'contract' | 'variation' | 'invoice' | 'acceptance_sheet';
  /** Printed as the paper's number: a reference of its own, such as D-0005. */
  readonly number: string;
  readonly on: IsoDate;
  readonly road: {
    readonly code: string;
    readonly name: string;
    readonly lengthMm: number;
    readonly widthMm: number;
  };
  readonly campaign: string;
  readonly client: string;
  readonly contractor: string | null;
  readonly amountMinor: bigint | null;
  /** Works, how much of them, and their prices in fen; the prices add up to the amount. */
  readonly lines: readonly {
    readonly item: string;
    readonly quantity?: string | undefined;
    readonly amountMinor: bigint;
  }[];
  /** What an acceptance found of the surface: thick enough unless it says otherwise. */
  readonly surface?: { readonly thicknessMm: number; readonly accepted: boolean } | undefined;
};

type Wording = {
  readonly title: string;
  readonly amount: string;
  readonly clauses: readonly string[];
  readonly signatures: readonly string[];
};

const WORDING: Readonly<Record<PaperFacts['kind'], Wording>> = {
  quote: {
    title: '工程报价单',
    amount: '报价合计',
    clauses: ['报价含人工、材料、机械、税费和施工期间的便道。', '报价自开具之日起三十日内有效。'],
    signatures: ['报价单位（章）', '经办人'],
  },
  contract: {
    title: '道路硬底化施工合同',
    amount: '合同价款',
    clauses: [
      '一、承包方按工程量清单和国家质量标准施工，工期三十日。',
      '二、按进度付款：预付 30%，垫层验收后付 40%，竣工验收后付 27%，其余 3% 为质量保证金。',
      '三、质量保证金自竣工验收之日起保修期满十二个月、无质量缺陷后支付。',
      '四、款项来自公众捐赠，发票、验收单和施工前后照片公开。',
      '五、未经双方书面变更，不得增减工程量或价款。',
    ],
    signatures: ['发包方（章）', '承包方（章）'],
  },
  variation: {
    title: '合同变更单',
    amount: '变更后价款',
    clauses: ['变更原因：现场管线位置与图纸不符，须加长边沟。', '变更自双方盖章并经复核人批准后生效。'],
    signatures: ['发包方（章）', '承包方（章）', '复核人'],
  },
  invoice: {
    title: '工程款发票',
    amount: '价税合计',
    clauses: ['本期款项按合同约定的付款节点开具。'],
    signatures: ['收款单位（章）', '开票人'],
  },
  acceptance_sheet: {
    title: '竣工验收单',
    amount: '审定价款',
    clauses: [
      '检查：路面平整，无裂缝、无积水；边沟通畅；两侧路肩已恢复。',
      '钻芯取样三处，面层厚度和压实度合格。',
      '结论：验收合格，自本日起进入保修期。',
    ],
    signatures: ['施工方', '社区代表', '验收人'],
  },
};

/** What an acceptance sheet says instead when the surface is too thin. */
const REWORK = [
  '检查：边沟通畅；面层厚度不足。',
  '钻芯取样三处，面层厚度不合格。',
  '结论：验收不合格，返工重铺后再行验收。',
];

const NOTICE =
  '演示用示意文件：单位、人名、金额和日期均为虚构，不具任何效力。Illustrative, without any effect.';
const LEFT = 22 * MM;
const WIDTH = A4.width - 2 * LEFT;
const TEXT: Style = { size: 10, leading: 2 };

/** Prints the paper. */
export const illustrativePaper = async (facts: PaperFacts): Promise<Uint8Array> => {
  const wording = WORDING[facts.kind];
  const paper = await openPaper({
    title: `${wording.title} ${facts.number}（示意）`,
    author: facts.contractor ?? facts.client,
    lang: 'zh-Hans',
    createdAt: new Date(`${facts.on}T00:00:00Z`),
  });
  watermark(paper);
  const root = group(paper, null, 'Document');
  const whole = { x: LEFT, width: WIDTH };
  write(paper, root, 'P', NOTICE, { ...whole, y: 12 * MM }, { size: 8, colour: INK_2, align: 'center' });
  const title: Style = { size: 22, weight: 'bold', align: 'center', spacing: 4 };
  write(paper, root, 'H1', wording.title, { ...whole, y: 24 * MM }, title);
  decorate(paper, (pdf) =>
    pdf
      .lineWidth(1.4)
      .strokeColor(INK)
      .moveTo(LEFT, 40 * MM)
      .lineTo(LEFT + WIDTH, 40 * MM)
      .stroke(),
  );
  let y = 44 * MM;
  for (const text of headLines(facts)) y += write(paper, root, 'P', text, { ...whole, y }, TEXT) + 3;
  y = facts.lines.length > 0 && facts.amountMinor !== null ? works(paper, root, facts, y + 12) : y + 12;
  if (facts.kind === 'acceptance_sheet') y = measured(paper, root, facts, y + 14);
  y += 16;
  const clauses = facts.surface?.accepted === false ? REWORK : wording.clauses;
  for (const clause of clauses) y += write(paper, root, 'P', clause, { ...whole, y }, TEXT) + 5;
  signatures(paper, root, facts, wording, Math.max(y + 30, 215 * MM));
  root.end();
  return paper.close();
};

const headLines = (facts: PaperFacts): string[] => [
  `编号：${facts.number}　　日期：${paperDate(facts.on, 'zh-Hans')}`,
  `工程：${facts.campaign}　${facts.road.code} ${facts.road.name}硬底化`,
  `路段：长 ${metres(facts.road.lengthMm)} 米，宽 ${metres(facts.road.widthMm)} 米`,
  `发包方：${facts.client}`,
  ...(facts.contractor ? [`承包方：${facts.contractor}`] : []),
];

/** Millimetres as metres: 62500 → 62.5. */
const metres = (millimetres: number): string => {
  const thousandths = String(millimetres % 1000)
    .padStart(3, '0')
    .replace(/0+$/, '');
  return `${Math.floor(millimetres / 1000)}${thousandths && `.${thousandths}`}`;
};

const works = (paper: Paper, root: PDFKit.PDFStructureElement, facts: PaperFacts, top: number): number => {
  const grid = makeGrid(
    [
      { head: '序号', share: 0.12 },
      { head: '项目', share: 0.44 },
      { head: '工程量', share: 0.19, align: 'right' },
      { head: '金额（元）', share: 0.25, align: 'right' },
    ],
    LEFT,
    WIDTH,
  );
  const total = money('CNY', facts.amountMinor ?? 0n);
  const table = group(paper, root, 'Table');
  let y = drawGridHead(paper, table, grid, top);
  facts.lines.forEach(({ item, quantity, amountMinor }, index) => {
    y = drawGridRow(
      paper,
      table,
      grid,
      [String(index + 1), item, quantity ?? '一项', groupedDecimal(money('CNY', amountMinor))],
      y,
    );
  });
  const words = `${WORDING[facts.kind].amount}（大写）${amountInWords(total, 'zh-Hans')}`;
  y = drawGridRow(paper, table, grid, ['合计', words, '', paperAmount(total)], y);
  drawGridEdge(paper, grid, y);
  table.end();
  return y;
};

/** What was measured on the road, beside what was ordered; a little more than ordered, as honest work comes out. */
const measured = (paper: Paper, root: PDFKit.PDFStructureElement, facts: PaperFacts, top: number): number => {
  const { lengthMm, widthMm } = facts.road;
  const { thicknessMm, accepted } = facts.surface ?? { thicknessMm: 62, accepted: true };
  const grid = makeGrid(
    [
      { head: '实测项目', share: 0.34 },
      { head: '设计值', share: 0.22, align: 'right' },
      { head: '实测值', share: 0.22, align: 'right' },
      { head: '结果', share: 0.22 },
    ],
    LEFT,
    WIDTH,
  );
  const table = group(paper, root, 'Table');
  let y = drawGridHead(paper, table, grid, top);
  for (const [name, design, found, result] of [
    ['长度（米）', metres(lengthMm), metres(lengthMm + 40), '合格'],
    ['宽度（米）', metres(widthMm), metres(widthMm + 10), '合格'],
    ['面层厚度（毫米）', '60', String(thicknessMm), accepted ? '合格' : '不合格'],
  ] as const)
    y = drawGridRow(paper, table, grid, [name, design, found, result], y);
  drawGridEdge(paper, grid, y);
  table.end();
  return y;
};

const signatures = (
  paper: Paper,
  root: PDFKit.PDFStructureElement,
  facts: PaperFacts,
  wording: Wording,
  top: number,
): void => {
  const gap = 8 * MM;
  const width = (WIDTH - gap * (wording.signatures.length - 1)) / wording.signatures.length;
  wording.signatures.forEach((label, index) => {
    const x = LEFT + index * (width + gap);
    write(paper, root, 'P', label, { x, y: top, width }, { size: 9.5, colour: INK_2 });
    decorate(paper, (pdf) =>
      pdf
        .lineWidth(0.8)
        .strokeColor(INK)
        .moveTo(x, top + 24 * MM)
        .lineTo(x + width, top + 24 * MM)
        .stroke(),
    );
    const date = paperDate(facts.on, 'zh-Hans');
    const place = { x, y: top + 25 * MM, width };
    write(paper, root, 'P', `示意，未签字盖章\n${date}`, place, { size: 8.5, colour: INK_2 });
  });
};

/** Says across the page what the paper is; grey, so that the text on it stays readable. */
const watermark = (paper: Paper): void =>
  decorate(paper, (pdf) => {
    const text = printable(paper, '示意 ILLUSTRATIVE', 'bold');
    pdf.rotate(-38, { origin: [A4.width / 2, A4.height / 2] });
    const style: Style = { size: 62, weight: 'bold', colour: RULE, align: 'center', spacing: 3 };
    pdf.fillOpacity(0.55);
    const height = heightOf(paper, text, { x: 0, y: 0, width: 900 }, style);
    drawText(paper, text, { x: A4.width / 2 - 450, y: A4.height / 2 - height / 2, width: 900 }, style);
  });
