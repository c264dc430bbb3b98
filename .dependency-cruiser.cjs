/** One pattern for all modules; no hand-kept list. An arrow that is not allowed here is an error. */
const order = [
  'settings',
  'areas',
  'accounts',
  'messages',
  'people',
  'cases',
  'sheets',
  'partners',
  'points',
  'volunteering',
  'care',
  'services',
  'canteen',
  'property',
  'council',
  'renewal',
  'assets',
  'safety',
  'lodging',
  'culture',
  'forms',
  'command',
  'bridge',
]
const test = '[.]test[.]ts$|^modules/testing/|^platform/testing/'

/** A module may use only those above it in product order. */
const downward = order.map((module, index) => ({
  name: `${module}-uses-only-modules-above`,
  severity: 'error',
  comment: 'Modules stand in dependency order; news for a later one travels through the outbox.',
  from: { path: `^modules/${module}/`, pathNot: test },
  to: { path: `^modules/(${order.slice(index + 1).join('|') || '$none'})/` },
}))

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      comment: 'Two files that need each other are one file.',
      from: {},
      to: { circular: true },
    },
    {
      name: 'lib-imports-nothing',
      severity: 'error',
      comment: 'lib is small and pure.',
      from: { path: '^lib/', pathNot: test },
      to: { path: '^(platform|ui|modules|apps|demo|scripts|bench|proofs)/' },
    },
    {
      name: 'platform-knows-no-module',
      severity: 'error',
      comment: 'The machine room serves every module alike.',
      from: { path: '^platform/', pathNot: test },
      to: { path: '^(ui|modules|apps|demo|bench|proofs)/' },
    },
    {
      name: 'ui-knows-no-module',
      severity: 'error',
      comment: 'Shared parts take words and data as properties.',
      from: { path: '^ui/', pathNot: test },
      to: { path: '^(platform|modules|apps|demo)/' },
    },
    {
      name: 'contract-is-plain',
      severity: 'error',
      comment: 'A contract is read by browsers, proofs and servers alike.',
      from: { path: '^modules/[^/]+/[^/]+[.]ts$', pathNot: test },
      to: { path: '^(platform|ui|apps|demo)/|^modules/[^/]+/(server|console|resident)/' },
    },
    {
      name: 'rules-are-pure',
      severity: 'error',
      comment: 'A rule takes facts and gives a decision.',
      from: { path: '^modules/[^/]+/rules/', pathNot: test },
      to: { path: '^(platform|ui|apps|demo)/|^modules/[^/]+/(server|console|resident)/' },
    },
    {
      name: 'servers-do-not-draw',
      severity: 'error',
      from: { path: '^modules/[^/]+/server/', pathNot: test },
      to: { path: '^(ui|apps|demo)/|^modules/[^/]+/(console|resident)/|^platform/client/' },
    },
    {
      name: 'screens-stay-in-the-browser',
      severity: 'error',
      comment: 'Screens see contracts, words, shared parts and the client.',
      from: { path: '^modules/[^/]+/(console|resident)/', pathNot: test },
      to: { path: '^platform/(?!client/)|^modules/[^/]+/server/|^demo/' },
    },
    {
      name: 'through-the-door',
      severity: 'error',
      comment: 'Another module is entered by server/index.ts only.',
      from: { path: '^modules/([^/]+)/server/', pathNot: test },
      to: {
        path: '^modules/([^/]+)/server/',
        pathNot: ['^modules/$1/', '^modules/[^/]+/server/index[.]ts$'],
      },
    },
    {
      name: 'apps-use-doors',
      severity: 'error',
      from: { path: '^apps/', pathNot: test },
      to: { path: '^modules/[^/]+/server/', pathNot: '^modules/[^/]+/server/index[.]ts$' },
    },
    ...downward,
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|node_modules)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.vue', '.mjs', '.js', '.json'] },
  },
}
