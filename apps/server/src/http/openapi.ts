import { errorTable, rows, type ErrorCode, type Row } from '@waterstrider/contract';
import * as contract from '@waterstrider/contract';
import { z } from 'zod';
import { product, version } from '../system/product.ts';

type Json = Record<string, unknown>;

/** Shared shapes: each becomes a component of this name, and rows refer to it. */
const answerComponents = {
  Accepted: contract.accepted,
  AuditEntry: contract.auditEntry,
  Cloud: contract.cloud,
  Connection: contract.connection,
  Credential: contract.credential,
  Driver: contract.driver,
  Image: contract.image,
  Infra: contract.infra,
  InfraReview: contract.infraReview,
  Namespace: contract.namespace,
  Node: contract.node,
  NodeGroup: contract.nodeGroup,
  NsOverview: contract.nsOverview,
  Operation: contract.operation,
  PlatformInfo: contract.platformInfo,
  Resource: contract.resource,
  Session: contract.session,
  SimServer: contract.simServer,
  Spec: contract.spec,
  User: contract.user,
} as const;
const bodyComponents = { InfraInput: contract.infraInput, NodeGroupInput: contract.nodeGroupInput } as const;

const errorSchema: Json = {
  type: 'object',
  required: ['code', 'message', 'requestId'],
  properties: {
    code: { type: 'string', enum: Object.keys(errorTable) },
    message: { type: 'string', description: 'What happened and what to do next.' },
    details: {
      type: 'object',
      properties: {
        issues: {
          type: 'array',
          items: {
            type: 'object',
            required: ['field', 'reason'],
            properties: { field: { type: 'string' }, reason: { type: 'string' } },
          },
        },
      },
      additionalProperties: true,
    },
    requestId: { type: 'string' },
  },
};

/** The OpenAPI 3.1 document of every row, as JSON text. */
export function writeOpenApi(): string {
  const all = Object.values<Row>(rows);
  const answers = writeSchemas(
    'output',
    all.map((row) => [`${capital(row.name)}Answer`, row.output] as const),
  );
  const bodies = writeSchemas(
    'input',
    all.map((row) => [`${capital(row.name)}Input`, row.input] as const),
  );
  const paths: Record<string, Json> = {};
  for (const row of all) {
    const path = row.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [row.method.toLowerCase()]: describeRow(row, { answers, bodies }) };
  }
  return JSON.stringify({
    openapi: '3.1.0',
    info: {
      title: product,
      version,
      description:
        'The API of the multi-cloud console. Calls with the session cookie that change something need the header X-Requested-With: waterstrider.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    tags: tags(),
    paths,
    components: {
      schemas: { ...answers.schemas, ...bodies.schemas, Error: errorSchema },
      securitySchemes: {
        cookie: { type: 'apiKey', in: 'cookie', name: 'waterstrider_session' },
        basic: { type: 'http', scheme: 'basic' },
        bearer: { type: 'http', scheme: 'bearer', description: 'An API token, wst_...' },
      },
    },
    security: [{ cookie: [] }, { basic: [] }, { bearer: [] }],
  });
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const componentUri = (id: string): string => `#/components/schemas/${id}`;

type Schemas = { schemas: Json; reference(schema: z.ZodType): Json };

/** Writes the shared shapes (of answers) and one named schema per row; a schema used by several rows has the first one's name. */
function writeSchemas(
  io: 'input' | 'output',
  named: readonly (readonly [id: string, schema: z.ZodType | undefined])[],
): Schemas {
  const registry = z.registry<{ id: string }>();
  const shared = Object.entries<z.ZodType>(io === 'output' ? answerComponents : bodyComponents);
  for (const [id, schema] of [...shared, ...named]) {
    if (schema !== undefined && !registry.has(schema)) registry.add(schema, { id });
  }
  const written = z.toJSONSchema(registry, { io, unrepresentable: 'any', uri: componentUri });
  const schemas = Object.entries(written.schemas).map(([id, schema]) => [id, withoutDialect(schema as Json)]);
  return {
    schemas: Object.fromEntries(schemas) as Json,
    reference: (schema) => ({ $ref: componentUri(registry.get(schema)?.id ?? '') }),
  };
}

/** `$schema` and `$id` have no place inside a document. */
function withoutDialect({ $schema: _dialect, $id: _id, id: _name, ...schema }: Json): Json {
  return schema;
}

const tagOf = (row: Row): string => row.path.split('/')[2] ?? 'api';
const tags = (): Json[] => [...new Set(Object.values<Row>(rows).map(tagOf))].map((name) => ({ name }));

function describeRow(row: Row, { answers, bodies }: { answers: Schemas; bodies: Schemas }): Json {
  return {
    operationId: row.name,
    summary: row.summary,
    description: permissionTexts[row.permission],
    tags: [tagOf(row)],
    ...(row.permission === 'public' ? { security: [] } : {}),
    parameters: [
      ...describeParameters(row.params, 'path'),
      ...describeParameters(row.query, 'query'),
      ...(row.status === 202 ? [idempotencyKey] : []),
    ],
    ...(row.input === undefined
      ? {}
      : { requestBody: { required: true, content: { 'application/json': { schema: bodies.reference(row.input) } } } }),
    responses: { [row.status]: describeAnswer(row, answers), ...describeErrors(row) },
  };
}

const permissionTexts: Record<Row['permission'], string> = {
  public: 'Anybody.',
  user: 'Whoever is signed in; the answer holds what they may see.',
  viewer: 'Members of the namespace.',
  operator: 'Operators of the namespace.',
  admin: 'Administrators.',
};

const idempotencyKey: Json = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'The same key with the same request gives the same task.',
  schema: { type: 'string', minLength: 1, maxLength: 200 },
};

function describeParameters(written: z.ZodType, place: 'path' | 'query'): Json[] {
  const schema = z.toJSONSchema(written, { io: 'input', unrepresentable: 'any' }) as Json; // JSON by nature
  const properties = (schema.properties ?? {}) as Record<string, Json>; // of the schema zod wrote
  const required = (schema.required ?? []) as string[]; // likewise
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: property,
    ...(name === 'filter' ? { style: 'form', explode: true, description: 'key:value; may repeat.' } : {}),
  }));
}

function describeAnswer(row: Row, answers: Schemas): Json {
  if (row.name === 'streamEvents') {
    return { description: 'Server-sent events: hello, change, reset.', content: { 'text/event-stream': {} } };
  }
  if (row.output === undefined) return { description: 'Done.' };
  return {
    description: row.status === 202 ? 'Accepted: the task goes on.' : 'Done.',
    content: { 'application/json': { schema: answers.reference(row.output) } },
  };
}

/** Errors by status: those of the row, and those every row of its kind may answer with. */
function describeErrors(row: Row): Record<string, Json> {
  const codes = new Set<ErrorCode>(['invalid', ...row.errors, 'internal', 'unavailable']);
  if (row.permission !== 'public') codes.add('unauthenticated').add('wrong_credentials').add('throttled');
  if (row.permission !== 'public' && row.permission !== 'user') codes.add('forbidden');
  if (row.permission !== 'public' && row.effect !== 'read') codes.add('csrf');
  if (row.input !== undefined) codes.add('too_large');
  if (row.keeper === 'platform') codes.add('unsupported');
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of codes) byStatus.set(errorTable[code][0], [...(byStatus.get(errorTable[code][0]) ?? []), code]);
  return Object.fromEntries(
    [...byStatus].map(([status, named]) => [
      String(status),
      {
        description: named.map((code) => `\`${code}\`: ${errorTable[code][1]}`).join(' '),
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
      },
    ]),
  );
}
