import { readdirSync, readFileSync } from 'node:fs';
import next from 'eslint-config-next';
import prettier from 'eslint-config-prettier';
import tseslint from 'typescript-eslint';

// House rules that a reviewer would otherwise have to remember. Each says why.
const PURE = [
  {
    selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
    message: 'Pure file: the clock comes as an argument.',
  },
  {
    selector: "NewExpression[callee.name='Date'][arguments.length=0]",
    message: 'Pure file: the clock comes as an argument.',
  },
  {
    selector: "CallExpression[callee.object.name='Math'][callee.property.name='random']",
    message: 'Pure file: randomness comes as an argument.',
  },
  { selector: ':function[async=true]', message: 'Pure file: no waiting.' },
  { selector: 'AwaitExpression', message: 'Pure file: no waiting.' },
];
const NO_FLOAT_MONEY = [
  {
    selector: "CallExpression[callee.name='parseFloat']",
    message: 'Money is never a float: use parseAmount.',
  },
  {
    selector: "CallExpression[callee.object.name='Number'][callee.property.name='parseFloat']",
    message: 'Money is never a float: use parseAmount.',
  },
  {
    selector: "CallExpression[callee.property.name='toFixed']",
    message: 'Money is never a float: use toDecimal.',
  },
];
const ENV = {
  selector: "MemberExpression[object.name='process'][property.name='env']",
  message: 'Only lib/env.js reads process.env: it is parsed once and a bad value stops the build.',
};
const NO_INLINE_STYLE = {
  selector: "JSXAttribute[name.name='style']",
  message: 'The content security policy refuses inline styles: use a class or an SVG attribute.',
};

// What React's compiler has to say is about parts that are drawn again, so it is asked about those with hooks only: the
// pages of the server are drawn once, and running the compiler over all of them takes longer than all other rules together.
const PART_WITH_HOOKS = /^'use client'|\buse[A-Z]\w*\(/mu;
const root = new URL('../../app/', import.meta.url);
const drawnOnce = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/u.test(file) && !PART_WITH_HOOKS.test(readFileSync(new URL(file, root), 'utf8')))
  .map((file) => `app/${file}`.replace(/[[\]()]/gu, '\\$&'));
const OF_THE_COMPILER = next
  .flatMap(({ rules }) => Object.keys(rules ?? {}))
  .filter((rule) => /^react-hooks\/(?!rules-of-hooks|exhaustive-deps)/u.test(rule));

export default tseslint.config(
  { ignores: ['node_modules/**', '.next/**', '.data/**', '.cache/**', 'next-env.d.ts', 'test-results/**'] },
  // React's and Next's rules, where there is React and Next.
  ...next.map((part) => (part.files ? { ...part, files: ['app/**/*.{js,mjs,ts,tsx}'] } : part)),
  {
    files: ['app/**/*.{js,mjs,ts,tsx}'],
    linterOptions: { reportUnusedDisableDirectives: 'off' },
    // Feature detection after the first paint has to set state once; the rule knows no such case.
    rules: {
      // Small drawings handed over as data or as part of a sentence need no name.
      'react/display-name': 'off',
      'react-hooks/set-state-in-effect': 'off',
      '@next/next/no-html-link-for-pages': 'off',
      '@next/next/no-img-element': 'off',
    },
  },
  {
    files: drawnOnce,
    rules: Object.fromEntries(OF_THE_COMPILER.map((rule) => [rule, 'off'])),
  },
  {
    files: ['**/*.ts', '**/*.tsx', '**/*.mts'],
    extends: [...tseslint.configs.strict],
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-invalid-void-type': 'off',
      'no-restricted-syntax': ['error', ...NO_FLOAT_MONEY, NO_INLINE_STYLE],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
    },
  },
  {
    // What the product reads of its surroundings goes through one file. Start scripts and tests set it for others.
    files: ['app/**/*.{ts,tsx}', 'lib/**/*.ts', 'db/**/*.ts'],
    ignores: ['lib/run/**', 'db/embedded/**'],
    rules: { 'no-restricted-syntax': ['error', ENV, ...NO_FLOAT_MONEY, NO_INLINE_STYLE] },
  },
  {
    files: ['**/*.rules.ts', '**/*.form.ts'],
    rules: { 'no-restricted-syntax': ['error', ENV, ...PURE, ...NO_FLOAT_MONEY] },
  },
  {
    // Drawings: coordinates of pictures, never money.
    files: ['app/_ui/{illustration,map,lots}/**/*.{ts,tsx}'],
    rules: { 'no-restricted-syntax': ['error', ENV, NO_INLINE_STYLE] },
  },
  {
    // A test may hand a command anything, also what its type forbids.
    files: ['tests/**/*.ts'],
    rules: { '@typescript-eslint/no-explicit-any': 'off', '@typescript-eslint/no-non-null-assertion': 'off' },
  },
  prettier,
);
