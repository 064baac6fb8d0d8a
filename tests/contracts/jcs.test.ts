import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { canonicalBytes, canonicalText, type JsonValue } from '@/lib/proof/jcs';
import { contractData } from '../support/contract-data';

const names = readdirSync(contractData('tlog', 'jcs', 'input')).filter((name) => name.endsWith('.json'));

describe('RFC 8785 vectors', () => {
  it('are there', () => expect(names.length).toBeGreaterThan(0));

  it.each(names)('%s byte for byte', (name) => {
    const input = JSON.parse(readFileSync(contractData('tlog', 'jcs', 'input', name), 'utf8')) as JsonValue;
    const bytes = Buffer.from(canonicalBytes(input));
    expect(bytes.equals(readFileSync(contractData('tlog', 'jcs', 'output', name)))).toBe(true);
    const hex = readFileSync(contractData('tlog', 'jcs', 'outhex', name.replace('.json', '.txt')), 'utf8');
    expect(bytes.toString('hex')).toBe(hex.replaceAll(/\s/g, '').toLowerCase());
  });
});

describe('what JSON cannot say exactly is refused', () => {
  it.each([NaN, Infinity, 1n, undefined, Symbol('x'), () => 1, '\ud800', { '\udc00': 1 }, [undefined]])(
    '%s',
    (value) => expect(() => canonicalText(value as unknown as JsonValue)).toThrow(TypeError),
  );
});

// RFC 8785 appendix B: the number forms most implementations get wrong.
it.each([
  [0, '0'],
  [-0, '0'],
  [5e-324, '5e-324'],
  [1.7976931348623157e308, '1.7976931348623157e+308'],
  [9007199254740992, '9007199254740992'],
  [295147905179352830000, '295147905179352830000'],
  [1e21, '1e+21'],
  [999999999999999700000, '999999999999999700000'],
  [1e-7, '1e-7'],
  [333333333.3333333, '333333333.3333333'],
])('number %s is written %s', (value, text) => expect(canonicalText(value)).toBe(text));

// RFC 8785 section 3.2.3: by UTF-16 code units, so a sign of two units comes before U+FB33, whatever the locale says.
it('keys are in the order the RFC gives as its example', () => {
  const keys = ['€', '\r', '\ufb33', '1', '\u{1f600}', '\u0080', 'ö'];
  const text = canonicalText(Object.fromEntries(keys.map((key) => [key, key])));
  const order = ['\r', '1', '\u0080', 'ö', '€', '\u{1f600}', '\ufb33'];
  expect(text).toBe(`{${order.map((key) => `${JSON.stringify(key)}:${JSON.stringify(key)}`).join(',')}}`);
});
