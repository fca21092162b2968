// The dialogs about one material that is owed: it came, with its file and its day; or its day is put off, once and with a reason.
import { useT } from '../../../../web/i18n.ts';
import { useSession } from '../../../../web/session.tsx';
import { extendMaterial, supplyMaterial } from '../contract.ts';
import { given, textOf } from './fields.tsx';
import { Shell } from './shell.tsx';
import type { Tolerance } from './say.ts';

export interface MaterialAct { readonly kind: 'supply' | 'putOff'; readonly material: Tolerance['materials'][number] }

interface Props { readonly projectId: string; readonly version: number; readonly tolerance: Tolerance; readonly act: MaterialAct; readonly examine: boolean; readonly onClose: () => void }

export function MaterialDialog({ projectId, version, tolerance, act, examine, onClose }: Props) {
  const t = useT('approvals');
  const { today } = useSession();
  const { material, extendableTo } = act.material;
  const common = { version, onClose, about: material };
  const at = { id: projectId, toleranceId: tolerance.id, material };
  if (act.kind === 'putOff') {
    return (
      <Shell {...common} title={t('faster.act.putOff')} contract={extendMaterial} hint={t('faster.putOffHint')} fields={[{ name: 'due', kind: 'day', ahead: true, ...(extendableTo === null ? {} : { last: extendableTo }) }, { name: 'reason', kind: 'long' }]}
        input={(v) => ({ ...at, due: textOf(v, 'due'), reason: textOf(v, 'reason') })} />
    );
  }
  return (
    <Shell {...common} title={t(examine ? 'faster.act.supply' : 'faster.act.send')} contract={supplyMaterial} hint={t(examine ? 'faster.supplyHint' : 'faster.sendHint')}
      fields={[{ name: 'fileSha', kind: 'file', optional: examine }, ...(examine ? [{ name: 'day', kind: 'day' } as const] : [])]}
      input={(v) => ({ ...at, day: examine ? textOf(v, 'day') : today, ...given(v, 'fileSha') })} />
  );
}
