// Who may import whom. Each rule has a fixture in src/test/tidy/fixtures that breaks it, and a test that sees it refused.
const features = '^src/features/';
module.exports = {
  forbidden: [
    { name: 'no-circles', severity: 'error', comment: 'Pages that are loaded when they are opened, and types, make no circle.', from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only', 'dynamic-import'] } } },
    { name: 'kernel-alone', severity: 'error', comment: 'The kernel imports itself and node:crypto.', from: { path: '^src/kernel/', pathNot: '\\.test\\.ts$' }, to: { pathNot: '^src/kernel/|^(node:)?crypto$|typebox', dependencyTypesNot: ['type-only'] } },
    { name: 'rules-pure', severity: 'error', comment: 'Rules, contracts and named algorithms know no platform, store, page or node.', from: { path: `${features}.+/(rules|contract|kept|due|gates|sound|grams|code|today)\\.ts$|${features}approvals/(calendar/(dayfile|export|noticetext|shape|year)|clocks/[a-z]+|catalogue/(cataloguefile|changes|check|circle|effective|kleene|shape|standard)|planning/(applicability|axis|draws|facts|given|graph|limits|modes|plan|planned|precedence|range|solving|words))\\.ts$` }, to: { path: '^src/platform/|/store\\.ts$|/feature\\.ts$|/pages/|^(node:)?(fs|path|http|net|os|stream|worker_threads|child_process)(/|$)', dependencyTypesNot: ['type-only'] } },
    { name: 'pages-in-the-browser', severity: 'error', comment: 'Pages and the shell run in the browser.', from: { path: '^src/web/|/pages/', pathNot: '\\.test\\.tsx?$|^src/web/(vite\\.config|bench|gallery)' }, to: { path: '^src/platform/|/store\\.ts$|/feature\\.ts$|^src/(app|house|jobs|features)\\.ts$|^(node:)?(fs|path|http|net|os|stream|crypto|worker_threads|child_process)(/|$)' } },
    { name: 'stores-are-private', severity: 'error', comment: 'The store of another feature is read through its views and written through its commands.', from: { path: '^src/features/([^/]+)/' }, to: { path: '^src/features/.+/store\\.ts$', pathNot: '^src/features/$1/' } },
    { name: 'platform-below-features', severity: 'error', from: { path: '^src/platform/', pathNot: '\\.test\\.ts$' }, to: { path: '^src/(features|web|cli)|^src/(app|house|jobs)\\.ts$' } },
    { name: 'people-before-projects', severity: 'error', from: { path: '^src/features/people/', pathNot: '\\.test\\.ts$|/pages/' }, to: { path: '^src/features/(notices|projects)/' } },
    { name: 'notices-before-projects', severity: 'error', comment: 'Whoever tells imports notices; notices know nobody who tells.', from: { path: '^src/features/notices/', pathNot: '\\.test\\.ts$' }, to: { path: '^src/features/(projects|approvals|problems|dispatch|service)/' } },
    { name: 'tests-are-not-imported', severity: 'error', from: { pathNot: '\\.test\\.tsx?$|^src/(test|bench)/' }, to: { path: '^src/test/|\\.test\\.tsx?$' } },
  ],
  options: { doNotFollow: { path: 'node_modules' }, tsPreCompilationDeps: true, tsConfig: { fileName: 'tsconfig.json' }, exclude: { path: 'fixtures/|dist/' }, enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.js', '.json'], conditionNames: ['import', 'node', 'default'] } },
};
