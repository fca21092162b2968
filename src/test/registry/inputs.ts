// The least input that a query or a download takes, about one project; and what stands in a file that is downloaded.
import type { World } from '../world/world.ts';

export const CANARY = '金丝雀项目';

/** What `code` means elsewhere than in the catalogue. */
const CODES: Readonly<Record<string, string>> = { 'problems.policy': 'jiaozuo_13710', 'service.complaint': '23456789ABCDEFGHJKLM' };

export function inputOf(world: World, contract: { readonly name: string; readonly input: unknown }, project: string): Record<string, unknown> {
  const words: Readonly<Record<string, unknown>> = { id: contract.name === 'people.user' ? world.actors.leader.userId : project, q: CANARY, day: '2023-06-30', month: '2023-05', page: 'projects', code: CODES[contract.name] ?? 'P01', layer: 'national', number: 1, draft: JSON.stringify({ kind: 'no_notice', year: 2027 }), applicant: '演示企业有限公司', areaSquareMetres: 1, planning: '规条1', scale: '一座厂房', conditions: '[]', token: 'nobody-made-this-link-at-all', secret: 'nobody-made-this-address-at-all', itemId: project, enterpriseId: project, from: '2023-06-01', to: '2023-06-30', system: 'hotline_12345', outsideNumber: 'none' };
  const required = Object.fromEntries(requiredOf(contract.input).map((field) => [field, words[field]]));
  // As text, so that what stands in the file can be looked for.
  return contract.name.endsWith('export') ? { ...required, format: 'csv' } : required;
}

function requiredOf(schema: unknown): readonly string[] {
  return typeof schema === 'object' && schema !== null && 'required' in schema && Array.isArray(schema.required) ? schema.required.map(String) : [];
}

export async function contentOf(made: ReturnType<World['app']['download']>): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of (await made).content) parts.push(Buffer.from(part));
  return Buffer.concat(parts).toString('utf8');
}
