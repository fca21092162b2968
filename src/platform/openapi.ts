// The OpenAPI 3.1 description, made from the same contracts that check every request: it cannot say anything else.
import type { TSchema } from 'typebox';
import type { Registry } from './feature.ts';

type Json = Readonly<Record<string, unknown>>;

export function openapi(registry: Registry, version: string): Json {
  const paths: Record<string, Json> = {};
  for (const { contract, permission } of registry.queries.values()) {
    const common = { operationId: contract.name, tags: [tagOf(contract.name)], 'x-permission': permission, security: securityOf(permission) };
    paths[`/api/queries/${contract.name}`] = contract.inBody
      ? { post: { ...common, requestBody: bodyOf(contract.input), responses: answers(contract.output, []) } }
      : { get: { ...common, parameters: parametersOf(contract.input), responses: answers(contract.output, []) } };
  }
  for (const { contract, permission } of registry.commands.values()) {
    paths[`/api/commands/${contract.name}`] = {
      post: {
        operationId: contract.name, tags: [tagOf(contract.name)], 'x-permission': permission, security: securityOf(permission),
        parameters: [header('Idempotency-Key', true, 'The same key with the same body acts once.'), ...(contract.versioned ? [header('If-Match', true, 'The version that was seen, as an ETag.')] : [])],
        requestBody: bodyOf(contract.input),
        responses: answers(contract.output, contract.versioned ? ['412', '428'] : ['428']),
      },
    };
  }
  for (const { contract, permission } of registry.downloads.values()) {
    paths[`/api/downloads/${contract.name}`] = {
      get: {
        operationId: `download.${contract.name}`, tags: [tagOf(contract.name)], 'x-permission': permission, security: securityOf(permission),
        parameters: parametersOf(contract.input), responses: { 200: { description: 'file', content: { 'application/octet-stream': {} } }, ...refusals([]) },
      },
    };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Yugong 愚公', version, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    paths,
    components: {
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'yugong_session' }, token: { type: 'http', scheme: 'bearer' } },
      schemas: { Problem: PROBLEM },
    },
  };
}

const PROBLEM: Json = {
  type: 'object',
  required: ['type', 'title', 'status', 'code'],
  properties: {
    type: { type: 'string' }, title: { type: 'string' }, status: { type: 'integer' }, code: { type: 'string' }, detail: { type: 'string' }, id: { type: 'string' },
    errors: { type: 'array', items: { type: 'object', properties: { path: { type: 'string' }, rule: { type: 'string' }, message: { type: 'string' } } } },
  },
};

function tagOf(name: string): string {
  return name.split('.')[0] ?? name;
}

function securityOf(permission: string): readonly Json[] {
  return permission === 'public' ? [] : [{ session: [] }, { token: [] }];
}

function header(name: string, required: boolean, description: string): Json {
  return { name, in: 'header', required, description, schema: { type: 'string' } };
}

function bodyOf(input: TSchema): Json {
  return { required: true, content: { 'application/json': { schema: input } } };
}

function parametersOf(input: TSchema): readonly Json[] {
  const properties = 'properties' in input && typeof input.properties === 'object' && input.properties !== null ? input.properties : {};
  const required = 'required' in input && Array.isArray(input.required) ? input.required : [];
  return Object.entries(properties).map(([name, schema]) => ({ name, in: 'query', required: required.includes(name), schema, explode: true }));
}

function answers(output: TSchema, more: readonly string[]): Json {
  return { 200: { description: 'done', content: { 'application/json': { schema: output } } }, ...refusals(more) };
}

function refusals(more: readonly string[]): Json {
  const problem = { description: 'refused', content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } };
  return Object.fromEntries(['400', '401', '403', '404', '409', '422', '429', ...more].map((status) => [status, problem]));
}
