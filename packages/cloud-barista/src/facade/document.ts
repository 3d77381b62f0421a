import type { FacadeRoute } from './route.ts';

const toPath = (path: string): string => path.replace(/:(\w+)/g, '{$1}').replace('*', '{path}');

/** An OpenAPI document of the routes: enough for tools to know what there is. */
export function document(routes: readonly FacadeRoute[]): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const { method, path, summary, isBuilt, permission } of routes) {
    const text = toPath(path);
    const parameters = [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
      name,
      in: 'path',
      required: true,
      schema: { type: 'string' },
    }));
    const operation = {
      summary: isBuilt ? summary : `${summary} (not part of this platform)`,
      operationId: `${method.toLowerCase()}${text.replace(/[^A-Za-z0-9]+(\w?)/g, (_all, next: string) => next.toUpperCase())}`,
      ...(parameters.length === 0 ? {} : { parameters }),
      ...(method === 'POST' || method === 'PUT' ? { requestBody: { content: json } } : {}),
      responses: {
        200: { description: 'Done', content: json },
        default: { description: 'Refused: {"message": string}', content: json },
      },
      security: permission === 'public' ? [] : [{ basic: [] }, { bearer: [] }],
    };
    paths[text] = { ...paths[text], [method.toLowerCase()]: operation };
  }
  return {
    openapi: '3.0.1',
    info: {
      title: "Waterstrider: the active platform as CB-Tumblebug's open API",
      version: '0.13',
      description: "The operations of CB-Tumblebug v0.13; bodies and answers have upstream's shapes.",
    },
    servers: [{ url: '/tumblebug' }],
    paths,
    components: {
      securitySchemes: { basic: { type: 'http', scheme: 'basic' }, bearer: { type: 'http', scheme: 'bearer' } },
    },
  };
}

const json = { 'application/json': { schema: {} } };
