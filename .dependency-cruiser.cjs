// The direction rules of the house: arrows point at the contract, and only composition.ts knows platforms and drivers.
const tests = '\\.test\\.tsx?$|/testing/|^apps/(e2e|engine-tests)/|^bench/';

/** Nothing below `from` may import anything that matches `to`. */
function forbid(name, comment, from, to, extra = {}) {
  return { name, comment, severity: 'error', from: { path: from, pathNot: tests }, to: { path: to, ...extra } };
}

module.exports = {
  forbidden: [
    forbid(
      'contract-knows-nobody',
      'the contract imports zod only',
      '^packages/contract/',
      '^(packages/(?!contract/)|apps/|bench/)',
    ),
    forbid(
      'engine-knows-the-contract',
      'the engine names no driver, store or server',
      '^packages/engine/',
      '^(packages/(?!engine/|contract/)|apps/|bench/)',
    ),
    forbid(
      'drivers-know-engine-ports',
      'a driver imports contract and engine only',
      '^packages/drivers/([^/]+)/',
      '^(packages/(?!drivers/$1/|engine/|contract/)|apps/|bench/)',
    ),
    forbid(
      'drivers-use-ports',
      'a driver reaches the engine through its ports',
      '^packages/drivers/',
      '^packages/engine/src/(?!ports/|conformance/|index\\.ts$)',
    ),
    forbid(
      'remote-platform-knows-the-contract',
      'contract <- cloud-barista',
      '^packages/cloud-barista/',
      '^(packages/(?!cloud-barista/|contract/)|apps/|bench/)',
    ),
    forbid(
      'store-knows-engine-ports',
      'the store implements the engine ports',
      '^packages/store/',
      '^(packages/(?!store/|engine/|cloud-barista/src/ports/|contract/)|apps/|bench/)',
    ),
    forbid(
      'store-uses-ports',
      'the store reaches the engine through its ports',
      '^packages/store/',
      '^packages/engine/src/(?!ports/|index\\.ts$)',
    ),
    {
      name: 'server-through-composition',
      comment:
        'only composition.ts names drivers, platforms and the store; main.ts starts the database; the facade is pure mapping',
      severity: 'error',
      from: { path: '^apps/server/src/', pathNot: `${tests}|^apps/server/src/composition\\.ts$` },
      to: {
        path: '^packages/(drivers|cloud-barista|store|engine)/',
        pathNot: '^packages/(store/src/runtime|cloud-barista/src/facade)/index\\.ts$',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'runtime-in-main-only',
      comment: 'the database is started by main.ts and composition.ts only',
      severity: 'error',
      from: { path: '^apps/server/src/', pathNot: `${tests}|^apps/server/src/(main|composition)\\.ts$` },
      to: { path: '^packages/store/src/runtime/', dependencyTypesNot: ['type-only'] },
    },
    forbid('web-knows-the-contract', 'web -> contract', '^apps/web/', '^(packages/(?!contract/)|apps/(?!web/)|bench/)'),
    forbid(
      'features-stay-apart',
      'what two features need belongs into shared/',
      '^apps/web/src/features/([^/]+)/',
      '^apps/web/src/features/(?!$1/)',
    ),
    forbid(
      'ui-knows-nothing',
      'ui/ looks, but knows nothing',
      '^apps/web/src/ui/',
      '^apps/web/src/(features|shared|app)/',
    ),
    forbid(
      'shared-below-features',
      'shared/ is used by features, never the other way',
      '^apps/web/src/shared/',
      '^apps/web/src/(features|app)/',
    ),
    forbid(
      'features-below-app',
      'app/ puts features together, never the other way',
      '^apps/web/src/features/',
      '^apps/web/src/app/',
    ),
    {
      name: 'no-run-time-cycles',
      comment: 'a cycle at run time makes the order of loading matter',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'resolvable',
      comment: 'an import that is not found would be checked by no other rule',
      severity: 'error',
      from: { pathNot: '\\.css$' },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|node_modules/(?!@waterstrider))/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.json'],
    },
  },
};
