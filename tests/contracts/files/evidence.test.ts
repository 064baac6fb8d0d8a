import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { acceptDocument } from '@/lib/files/document.gateway';
import { sha256Hex } from '@/lib/files/hashing';
import { preparePhotograph } from '@/lib/files/photograph.gateway';
import { illustration, type SceneFacts } from '@/lib/run/illustrations';
import { illustrativePaper, type PaperFacts } from '@/lib/run/papers';
import { metadataIn } from '../../support/hostile-pictures';
import { pdfText } from '../../support/pdf-text';

const SCENE: SceneFacts = {
  code: 'ML-07',
  name: '禾场路',
  stage: 'before',
  takenAt: '2023-11-20T09:12:00',
  latitudeE7: 224_693_686,
  longitudeE7: 1_133_587_003,
};

const PAPER: PaperFacts = {
  kind: 'invoice',
  number: 'D-0005',
  on: '2023-12-08',
  road: { code: 'ML-07', name: '禾场路', lengthMm: 62_500, widthMm: 3500 },
  campaign: '“根魂梦·家国情”慈善音乐会',
  client: '（示意）募捐主体',
  contractor: '示例路业有限公司',
  amountMinor: 450_000n,
  lines: [
    { item: '路基整平、压实', amountMinor: 86_850n },
    { item: '碎石垫层 15 厘米', amountMinor: 363_150n },
  ],
};

describe('the demonstration’s pictures', () => {
  it('take the way of a real photograph, and say in the picture what they are', async () => {
    const bytes = await illustration(SCENE);
    const prepared = await preparePhotograph(bytes);
    if (!prepared.ok) throw new Error(JSON.stringify(prepared.refusal));
    expect(prepared.value.original).toMatchObject({ kind: 'jpeg', width: 960, height: 720 });
    expect(prepared.value.facts).toEqual({
      takenAt: { local: '2023-11-20T09:12:00', offset: '+08:00' },
      takenWhere: { latitudeE7: 224_693_686, longitudeE7: 1_133_587_003 },
    });
    expect(metadataIn(prepared.value.publicCopy.bytes)).toEqual([]);
    // The dark strip at the foot with white letters in it.
    const strip = await sharp(prepared.value.publicCopy.bytes)
      .extract({ left: 0, top: 666, width: 300, height: 48 })
      .stats();
    expect(strip.channels[0]?.min).toBeLessThan(90);
    expect(strip.channels[0]?.max).toBeGreaterThan(240);
  });

  it('are the same for the same road and stage, and different for any other', async () => {
    const scenes = [
      SCENE,
      SCENE,
      { ...SCENE, stage: 'during' as const },
      { ...SCENE, stage: 'after' as const },
      { ...SCENE, code: 'ML-08' },
    ];
    const hashes = await Promise.all(scenes.map(async (scene) => sha256Hex(await illustration(scene))));
    expect(hashes[0]).toBe(hashes[1]);
    expect(new Set(hashes).size).toBe(4);
  });
});

describe('the demonstration’s papers', () => {
  it.each(['quote', 'contract', 'variation', 'invoice', 'acceptance_sheet'] as const)(
    'of kind %s are documents we would take, of one page, always the same',
    async (kind) => {
      const bytes = await illustrativePaper({ ...PAPER, kind });
      expect(acceptDocument(bytes)).toMatchObject({ ok: true, value: { kind: 'pdf', pages: 1 } });
      expect(sha256Hex(await illustrativePaper({ ...PAPER, kind }))).toBe(sha256Hex(bytes));
      const text = pdfText(bytes).join('').replace(/\s+/g, '');
      for (const part of [
        '示意ILLUSTRATIVE',
        '不具任何效力',
        'D-0005',
        'ML-07禾场路硬底化',
        '长62.5米，宽3.5米',
      ])
        expect(text).toContain(part);
      expect(text).toContain('人民币肆仟伍佰元整');
      expect(text).toContain('¥4,500.00');
    },
  );

  it('differ when a fact differs', async () => {
    const other = await illustrativePaper({ ...PAPER, number: 'D-0006' });
    expect(sha256Hex(other)).not.toBe(sha256Hex(await illustrativePaper(PAPER)));
  });

  it('of an acceptance say what was measured', async () => {
    const bytes = await illustrativePaper({
      ...PAPER,
      kind: 'acceptance_sheet',
      amountMinor: null,
      lines: [],
    });
    const text = pdfText(bytes).join('').replace(/\s+/g, '');
    for (const part of ['竣工验收单', '62.54', '3.51', '验收合格']) expect(text).toContain(part);
    expect(text).not.toContain('大写');
  });
});
