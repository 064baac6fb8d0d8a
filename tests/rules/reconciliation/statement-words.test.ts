import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '@/lib/i18n/languages';
import { statements } from '@/lib/i18n/messages/statements';
import { MAPPING_PROBLEMS } from '@/lib/reconciliation/statement/mapping.rules';
import { LINE_FLAGS, REFUSAL_REASONS, STATEMENT_FLAGS } from '@/lib/reconciliation/statement/statement.rules';

describe('every reason a bank file can give', () => {
  it.each(LANGUAGES)('has words in %s', (lang) => {
    const words = statements[lang];
    expect(Object.keys(words.refused).sort()).toEqual([...REFUSAL_REASONS].sort());
    expect(Object.keys(words.lineFlag).sort()).toEqual([...LINE_FLAGS].sort());
    expect(Object.keys(words.statementFlag).sort()).toEqual([...STATEMENT_FLAGS].sort());
    expect(Object.keys(words.mapping).sort()).toEqual([...MAPPING_PROBLEMS].sort());
  });
});
