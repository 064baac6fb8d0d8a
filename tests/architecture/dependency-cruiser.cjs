// The import table of docs/architecture.md as rules. A file's suffix says its role, and the role what it may import.
const MODULES = [
  ['shared'],
  ['i18n', 'proof', 'files', 'mail'],
  ['auth', 'ledger'],
  ['campaigns', 'segments'],
  ['pledges', 'donations', 'allocations', 'contracts', 'disbursements', 'evidence', 'receipts'],
  ['payments', 'payouts', 'reconciliation', 'letters', 'donors'],
  ['disclosure', 'proofs', 'jobs'],
];
const upward = MODULES.flatMap((names, level) => {
  const above = MODULES.slice(level + 1).flat();
  return above.length === 0
    ? []
    : [
        {
          name: `no-upward-import-from-level-${level}`,
          comment: 'Modules know only what lies below them (STYLE: module order).',
          severity: 'error',
          from: { path: `^lib/(${names.join('|')})/` },
          to: { path: `^lib/(${above.join('|')})/` },
        },
      ];
});

module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-unresolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^next-auth/adapters$' },
    },
    { name: 'lib-never-imports-app', severity: 'error', from: { path: '^lib/' }, to: { path: '^app/' } },
    {
      name: 'db-imports-nothing-of-ours',
      severity: 'error',
      from: { path: '^db/' },
      to: { path: '^(app|lib)/' },
    },
    {
      name: 'nothing-imports-tests',
      severity: 'error',
      from: { path: '^(app|lib|db)/', pathNot: '^lib/run/' },
      to: { path: '^tests/' },
    },
    {
      name: 'nothing-imports-run',
      severity: 'error',
      from: { path: '^(app|db|lib/(?!run/))' },
      to: { path: '^lib/run/' },
    },
    {
      name: 'pure-files-are-pure',
      comment: 'Rules and forms decide; they know no database, no framework, no clock.',
      severity: 'error',
      from: { path: '\\.(rules|form)\\.ts$' },
      to: {
        path: '^(db/|lib/env|lib/command)|\\.(store|commands|queries|gateway)\\.ts$|node_modules/(next|pg|kysely|stripe)/',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'pure-files-use-no-node',
      severity: 'error',
      from: { path: '\\.(rules|form)\\.ts$' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'stores-hold-no-pool',
      severity: 'error',
      from: { path: '\\.store\\.ts$' },
      to: { path: '^db/(writer|reader|public-reader)\\.ts$' },
    },
    {
      name: 'commands-hold-no-pool',
      severity: 'error',
      from: { path: '\\.commands\\.ts$' },
      to: { path: '^db/(writer|reader|public-reader|connect)\\.ts$|^node_modules/next/' },
    },
    {
      name: 'queries-run-no-commands',
      severity: 'error',
      from: { path: '\\.queries\\.ts$' },
      to: { path: '\\.commands\\.ts$' },
    },
    {
      name: 'gateways-know-no-database',
      severity: 'error',
      from: { path: '\\.gateway\\.ts$' },
      to: { path: '^db/|\\.(store|commands|queries)\\.ts$' },
    },
    {
      name: 'one-file-speaks-stripe',
      severity: 'error',
      from: { path: '^(app|lib|db)/', pathNot: '^lib/payments/stripe\\.gateway\\.ts$' },
      to: { path: 'node_modules/stripe/' },
    },
    {
      name: 'app-goes-through-lib',
      severity: 'error',
      from: { path: '^app/' },
      to: {
        path: '^db/(?!tables)|\\.store\\.ts$|node_modules/(pg|kysely|stripe)/',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'one-write-pool',
      severity: 'error',
      from: {
        path: '^(app|lib)/',
        pathNot: '^lib/(command|jobs/.*|proof/.*|auth/.*|mail/.*|run/.*|files/.*)\\.?',
      },
      to: { path: '^db/writer\\.ts$' },
    },
    {
      name: 'one-public-pool',
      severity: 'error',
      from: { path: '^(app|lib)/', pathNot: '^lib/(disclosure|run|proof)/' },
      to: { path: '^db/public-reader\\.ts$' },
    },
    {
      name: 'disclosure-knows-nothing-private',
      severity: 'error',
      from: { path: '^lib/disclosure/' },
      to: {
        path: '^lib/(auth|campaigns|segments|pledges|donations|allocations|contracts|disbursements|evidence|payments|reconciliation|mail)/|^db/(writer|reader)\\.ts$',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'public-pages-use-disclosure',
      severity: 'error',
      from: { path: '^app/\\[lang\\]/\\(public\\)/' },
      to: {
        path: '^lib/(?!disclosure/|i18n/|shared/|proof/|env|clock|proofs/|command|context|auth/session|files/)',
        pathNot: '^lib/(disclosure|i18n|shared)/',
      },
    },
    ...upward,
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default'],
    },
    exclude: { path: '(^|/)\\.next/' },
  },
};
