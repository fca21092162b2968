// The dialogs about one material that is owed: it came, with its file and its day; or its day is put off, once and with a reason.
import { useT } from '../../../../web/i18n.ts';
import { extendMaterial, sendMaterial, supplyMaterial } from '../contract.ts';
import { given, textOf } from './fields.tsx';
import { Shell } from './shell.tsx';
import type { Tolerance } from './say.ts';

export interface MaterialAct { readonly kind: 'supply' | 'putOff'; readonly material: Tolerance['materials'][number] }

interface Props { readonly projectId: string; readonly version: number; readonly tolerance: Tolerance; readonly act: MaterialAct; readonly examine: boolean; readonly onClose: () => void }

export function MaterialDialog({ projectId, version, tolerance, act, examine, onClose }: Props) {
  const t = useT('approvals');
  const { material, extendableTo } = act.material;
  const common = { version, onClose, about: material };
  const at = { id: projectId, toleranceId: tolerance.id, material };
  if (act.kind === 'putOff') {
    return (
      <Shell {...common} title={t('faster.act.putOff')} contract={extendMaterial} hint={t('faster.putOffHint')} fields={[{ name: 'due', kind: 'day', ahead: true, ...(extendableTo === null ? {} : { last: extendableTo }) }, { name: 'reason', kind: 'long' }]}
        input={(v) => ({ ...at, due: textOf(v, 'due'), reason: textOf(v, 'reason') })} />
    );
  }
  if (!examine) return <Shell {...common} title={t('faster.act.send')} contract={sendMaterial} hint={t('faster.sendHint')} fields={[{ name: 'fileSha', kind: 'file' }]} input={(v) => ({ ...at, fileSha: textOf(v, 'fileSha') })} />;
  return (
    <Shell {...common} title={t('faster.act.supply')} contract={supplyMaterial} hint={t('faster.supplyHint')} fields={[{ name: 'fileSha', kind: 'file', optional: true }, { name: 'day', kind: 'day' }]}
      input={(v) => ({ ...at, day: textOf(v, 'day'), ...given(v, 'fileSha') })} />
  );
}
