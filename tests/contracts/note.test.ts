import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseCheckpointText, openCheckpoint, signCheckpoint } from '@/lib/proof/checkpoint';
import {
  cosignatureLine,
  newSignerKey,
  openNote,
  parseNote,
  parseSignerKey,
  parseVerifierKey,
  signatureLine,
  signNote,
  SIGNATURE_COSIGNATURE_V1,
  type NoteKey,
} from '@/lib/proof/note';
import { contractData } from '../support/contract-data';
import { cases, counted } from '../support/bad-input';

const read = (name: string): unknown => JSON.parse(readFileSync(contractData('tlog', 'note', name), 'utf8'));

const golang = read('golang-note-vectors.json') as {
  bad_verifier_keys: string[];
  cases: {
    name: string;
    note: string;
    known_keys: string[];
    expect: { valid: boolean; verified?: string[]; unverified?: string[]; why?: string };
  }[];
};
const c2sp = read('c2sp-examples.json') as {
  signed_note: { vkey: string; note: string };
  checkpoint_format_only: { note: string; origin: string; size: number; root_base64: string };
};

const key = (vkey: string): NoteKey => {
  const parsed = parseVerifierKey(vkey);
  if (!parsed) throw new Error(`key not read: ${vkey}`);
  return parsed;
};

// golang/mod sumdb/note: the worked example of that package's tests.
const TEXT =
  "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
const PETER = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
const PETER_SECRET = 'PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz';
const PETER_LINE =
  '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n';
const ENOCH = 'EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop';
const ENOCH_LINE =
  '— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n';

describe('notes of golang/mod', () => {
  it.each(cases('notes', golang.cases))('$name', ({ note, known_keys, expect: want }) => {
    const opened = openNote(note, known_keys.map(key));
    expect(opened.ok).toBe(want.valid);
    if (opened.ok) {
      expect(opened.verified.map(({ name }) => name)).toEqual(want.verified);
      expect(opened.unverified.map(({ name }) => name)).toEqual(want.unverified);
    } else {
      const words = {
        malformed_note: 'malformed note',
        no_known_signature: want.why === 'unknown key' ? 'unknown key' : 'no verifiable signatures',
        invalid_signature: 'invalid signature',
        ambiguous_key: 'ambiguous key',
      };
      expect(words[opened.reason]).toBe(want.why);
    }
  });

  it('refuses the keys it calls bad', () => {
    for (const vkey of golang.bad_verifier_keys) expect(parseVerifierKey(vkey)).toBeNull();
  });
});

describe('signing is byte for byte what golang/mod writes', () => {
  it('for both of its keys', () => {
    const signer = parseSignerKey(PETER_SECRET);
    if (!signer) throw new Error('signer key not read');
    expect(signer.vkey).toBe(PETER);
    expect(signatureLine(signer, TEXT)).toBe(PETER_LINE);
    expect(signNote(TEXT, [signer])).toBe(`${TEXT}\n${PETER_LINE}`);
    const both = openNote(`${TEXT}\n${PETER_LINE}${ENOCH_LINE}`, [key(PETER), key(ENOCH)]);
    expect(both.ok && both.verified.length).toBe(2);
  });

  it('for the public test key of a tessera log', () => {
    const signer = parseSignerKey(
      'PRIVATE+KEY+example.com/log/testdata+33d7b496+AeymY/SZAX0jZcJ8enZ5FY1Dz+wTML2yWSkK+9DSF3eg',
    );
    expect(signer?.vkey).toBe(
      'example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx',
    );
  });
});

describe('a mangled key is no key', () => {
  it('every proper substring and every changed byte of a verifier key', () => {
    let refused = 0;
    for (let from = 0; from <= PETER.length; from += 1)
      for (let to = from + 1; to <= PETER.length; to += 1)
        if (from !== 0 || to !== PETER.length) {
          expect(parseVerifierKey(PETER.slice(from, to))).toBeNull();
          refused += 1;
        }
    expect(counted('mangled-keys', refused)).toBe((PETER.length * (PETER.length + 1)) / 2 - 1);
    for (let at = 0; at < PETER.length; at += 1) expect(parseVerifierKey(bumped(PETER, at))).toBeNull();
  });

  it('every proper substring and every changed byte of a signer key', () => {
    for (let from = 0; from <= PETER_SECRET.length; from += 1)
      for (let to = from + 1; to <= PETER_SECRET.length; to += 1)
        if (from !== 0 || to !== PETER_SECRET.length)
          expect(parseSignerKey(PETER_SECRET.slice(from, to))).toBeNull();
    for (let at = 0; at < PETER_SECRET.length; at += 1)
      expect(parseSignerKey(bumped(PETER_SECRET, at))).toBeNull();
  });

  const bumped = (text: string, at: number): string =>
    text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) + 1) + text.slice(at + 1);
});

describe('a mangled note is no note', () => {
  const note = `${TEXT}\n${PETER_LINE}`;
  const known = [key(PETER)];

  it('refuses 101 signatures and takes 100', () => {
    expect(openNote(`${TEXT}\n${PETER_LINE.repeat(101)}`, known)).toEqual({
      ok: false,
      reason: 'malformed_note',
    });
    expect(openNote(`${TEXT}\n${PETER_LINE.repeat(100)}`, known).ok).toBe(true);
  });

  it('refuses control characters, carriage returns, broken UTF-8, lone surrogates and loose base64', () => {
    expect(parseNote(note.replaceAll('\n', '\r\n'))).toBeNull();
    expect(parseNote(`\u0000${note}`)).toBeNull();
    expect(parseNote(`\t${note}`)).toBeNull();
    expect(parseNote(Buffer.concat([Buffer.of(0xff), Buffer.from(note)]))).toBeNull();
    expect(parseNote(`\ud800${note}`)).toBeNull();
    expect(parseNote(note.replace('nAM=', 'nAM'))).toBeNull();
    expect(parseNote(note.replace('nAM=', 'nAN='))).toBeNull();
    expect(parseNote(note.replace('— Peter', '- Peter'))).toBeNull();
    expect(parseNote(note.replace('PeterNeumann', 'Peter\u00a0Neumann'))).toBeNull();
    expect(parseNote(note.replace('PeterNeumann', 'Peter+Neumann'))).toBeNull();
  });

  it('accepts no single changed byte', () => {
    const bytes = Buffer.from(note);
    for (let at = 0; at < bytes.length; at += 1)
      for (const flip of [1, 2, 4, 8, 16, 32, 64, 128]) {
        const changed = Buffer.from(bytes);
        changed[at] = (changed[at] ?? 0) ^ flip;
        expect(openNote(changed, known).ok).toBe(false);
      }
  });

  it('refuses the whole note when one of two known signatures is wrong', () => {
    const wrong = ENOCH_LINE.replace('5n2t', '5n3t');
    expect(openNote(`${TEXT}\n${PETER_LINE}${wrong}`, [key(PETER), key(ENOCH)])).toEqual({
      ok: false,
      reason: 'invalid_signature',
    });
  });

  it('refuses to guess between two keys of one name and id', () => {
    expect(openNote(note, [key(PETER), key(PETER)])).toEqual({ ok: false, reason: 'ambiguous_key' });
  });
});

describe('examples of the C2SP documents', () => {
  it('the worked note verifies', () => {
    expect(openNote(c2sp.signed_note.note, [key(c2sp.signed_note.vkey)]).ok).toBe(true);
  });
  it('the checkpoint is read as it says', () => {
    const { note, origin, size, root_base64 } = c2sp.checkpoint_format_only;
    const head = parseCheckpointText(parseNote(note)?.text ?? '');
    expect(head?.origin).toBe(origin);
    expect(head?.size).toBe(BigInt(size));
    expect(Buffer.from(head?.root ?? []).toString('base64')).toBe(root_base64);
  });
});

describe('checkpoints', () => {
  const { signer } = newSignerKey('shanlu.test/log');
  const { signer: witness } = newSignerKey('witness.test', SIGNATURE_COSIGNATURE_V1);
  const head = { origin: 'shanlu.test/log', size: 684n, root: Buffer.alloc(32, 7) };
  const note = signCheckpoint(head, signer);
  const text = parseNote(note)?.text ?? '';

  it('are read back as they were signed', () => {
    const opened = openCheckpoint(note, head.origin, [signer]);
    expect(opened.ok && opened.head).toEqual(head);
  });

  it('need the signature of the log: a witness alone is not a log', () => {
    const onlyWitness = `${text}\n${cosignatureLine(witness, text, 1_700_000_000n)}`;
    expect(openCheckpoint(onlyWitness, head.origin, [signer], [witness])).toEqual({
      ok: false,
      reason: 'no_known_signature',
    });
    const both = openCheckpoint(
      note + cosignatureLine(witness, text, 1_700_000_000n),
      head.origin,
      [signer],
      [witness],
    );
    expect(both.ok && both.note.verified.length).toBe(2);
  });

  it('of another log are refused by name', () => {
    expect(openCheckpoint(note, 'other.test/log', [signer])).toEqual({ ok: false, reason: 'other_origin' });
  });

  it.each([
    'o\n01\nAAAA\n',
    'o\n+1\nAAAA\n',
    'o\n-1\nAAAA\n',
    'o\n1 \nAAAA\n',
    `\n1\n${Buffer.alloc(32).toString('base64')}\n`,
    `o\n1\n${Buffer.alloc(31).toString('base64')}\n`,
    `o\n1\n${Buffer.alloc(32).toString('base64')}`,
    `o\n1\n${Buffer.alloc(32).toString('base64')}\n\n`,
    `o\n18446744073709551616\n${Buffer.alloc(32).toString('base64')}\n`,
  ])('malformed text is refused: %j', (bad) => {
    expect(parseCheckpointText(bad)).toBeNull();
  });

  it('of other logs may carry extension lines', () => {
    expect(parseCheckpointText(`o\n1\n${Buffer.alloc(32).toString('base64')}\nmore\n`)?.size).toBe(1n);
  });
});
