import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { commit, newSalt, opens, SALT_BYTES } from '@/lib/proof/commitment';

const salt = Buffer.alloc(SALT_BYTES, 7);

describe('a commitment', () => {
  it('is opened by its salt and value, and by nothing else', () => {
    const sealed = commit(salt, 'donor', 'name', '陳大文');
    expect(opens(sealed, salt, 'donor', 'name', '陳大文')).toBe(true);
    expect(opens(sealed, salt, 'donor', 'name', '陈大文')).toBe(false);
    expect(opens(sealed, salt, 'donor', 'email', '陳大文')).toBe(false);
    expect(opens(sealed, salt, 'receipt', 'name', '陳大文')).toBe(false);
    expect(opens(sealed, newSalt(), 'donor', 'name', '陳大文')).toBe(false);
    expect(opens(sealed, Buffer.alloc(0), 'donor', 'name', '陳大文')).toBe(false);
    expect(opens('nonsense', salt, 'donor', 'name', '陳大文')).toBe(false);
  });

  it('frames its parts, so that moving a letter from one to the next changes it', () => {
    const parts = ['abc', 'def', 'ghi'] as const;
    const all = new Set<string>();
    for (let a = 0; a <= 9; a += 1)
      for (let b = a; b <= 9; b += 1) {
        const joined = parts.join('');
        all.add(commit(salt, joined.slice(0, a), joined.slice(a, b), joined.slice(b)));
      }
    expect(all.size).toBe(55);
  });

  it('is what docs/log.md says, written once more by hand', () => {
    const framed = Buffer.from('00000005646f6e6f72' + '000000046e616d65' + '00000003416461', 'hex');
    expect(commit(salt, 'donor', 'name', 'Ada')).toBe(
      createHmac('sha256', salt).update(framed).digest('hex'),
    );
  });

  it('needs a whole salt', () => {
    expect(() => commit(Buffer.alloc(16), 'donor', 'name', 'Ada')).toThrow(RangeError);
  });
});
