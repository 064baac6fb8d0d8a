import { describe, expect, it } from 'vitest';
import { readUpload } from '@/lib/files/upload';

const endless = (sent: { bytes: number; cancelled: boolean }): ReadableStream<Uint8Array> =>
  new ReadableStream({
    pull: (controller) => {
      sent.bytes += 1000;
      controller.enqueue(new Uint8Array(1000));
    },
    cancel: () => {
      sent.cancelled = true;
    },
  });

describe('an upload', () => {
  it('is read whole, up to the last byte allowed', async () => {
    const blob = new Blob(['善路', new Uint8Array(94)]);
    expect(await readUpload(blob, 100)).toMatchObject({ ok: true });
    expect(await readUpload(blob.stream(), 100)).toMatchObject({ ok: true, value: { length: 100 } });
    const read = await readUpload(new Blob(['善路']), 6);
    expect(read.ok && new TextDecoder().decode(read.value)).toBe('善路');
  });

  it('is refused from one byte more, without reading on', async () => {
    expect(await readUpload(new Blob([new Uint8Array(101)]), 100)).toMatchObject({
      refusal: { name: 'file_too_large', details: { bytes: 101, bytesMax: 100 } },
    });
    const sent = { bytes: 0, cancelled: false };
    expect(await readUpload(endless(sent), 50_000)).toMatchObject({ refusal: { name: 'file_too_large' } });
    expect(sent.cancelled).toBe(true);
    expect(sent.bytes).toBeLessThan(60_000);
  });

  it('that breaks off, or is none, is refused', async () => {
    const broken = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.error(new Error('connection lost')),
    });
    expect(await readUpload(broken, 10)).toMatchObject({ refusal: { name: 'file_unreadable' } });
    expect(await readUpload(null, 10)).toMatchObject({ refusal: { name: 'file_unreadable' } });
  });
});
