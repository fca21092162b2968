// The dialog in which an item of the agenda is added or edited.
import { useState } from 'react';
import { useRun } from '../../../../web/client.ts';
import { useT } from '../../../../web/i18n.ts';
import { newId } from '../../../../web/ids.ts';
import { NumberInput } from '../../../../web/inputs/number.tsx';
import { Picker } from '../../../../web/inputs/picker.tsx';
import { TextArea, TextInput } from '../../../../web/inputs/text.tsx';
import { Button } from '../../../../web/parts/button.tsx';
import { Dialog } from '../../../../web/parts/dialog.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { read } from '../../../../web/client.ts';
import { searchProjects } from '../../../projects/register/contract.ts';
import { addItem, editItem } from '../contract.ts';
import { Labelled } from '../../../../web/parts/labelled.tsx';
import { UnitInput, useUnits } from './orgs.tsx';
import type { Item, One } from './say.ts';

export function ItemDialog({ one, item, onClose }: { readonly one: One; readonly item?: Item; readonly onClose: () => void }) {
  const t = useT('meetings');
  const units = useUnits();
  const [title, setTitle] = useState<string | undefined>(item?.title);
  const [statusLine, setStatusLine] = useState<string | undefined>(item?.statusLine);
  const [ask, setAsk] = useState<string | undefined>(item?.ask);
  const [owner, setOwner] = useState<string | undefined>(item?.owner?.id);
  const [project, setProject] = useState<string | undefined>(item?.projectId ?? undefined);
  const [minutes, setMinutes] = useState<number | undefined>(item?.minutes);
  const add = useRun(addItem, { touches: ['dispatch.meeting'], onDone: onClose });
  const edit = useRun(editItem, { touches: ['dispatch.meeting'], onDone: onClose });
  const error = add.error ?? edit.error;
  const send = (): void => {
    if (title === undefined) return;
    const said = { statusLine: statusLine ?? '', ask: ask ?? '', ...(minutes === undefined ? {} : { minutes }) };
    if (item === undefined) add.go({ id: one.meeting.id, itemId: newId(), title, ...said, ...(project === undefined ? {} : { projectId: project }), ...(owner === undefined ? {} : { ownerOrgId: owner }) });
    else edit.go({ id: one.meeting.id, itemId: item.id, title, ...said, ownerOrgId: owner ?? null });
  };
  return (
    <Dialog open size="middle" onClose={onClose} title={t(item === undefined ? 'item.add' : 'item.edit')} foot={
      <>
        <Button onClick={onClose}>{t('web:cancel')}</Button>
        <Button kind="main" disabled={title === undefined} busy={add.running || edit.running} onClick={send}>{t(item === undefined ? 'item.addAct' : 'web:save')}</Button>
      </>
    }>
      <div className="stack">
        {item === undefined && <Labelled label={t('item.project')} optional>{(id) => <Picker id={id} value={project} onChange={setProject} name="projects" load={async (q) => (q === '' ? [] : (await read(searchProjects, { q })).items.map((each) => ({ value: each.id, label: each.name })))} />}</Labelled>}
        <Labelled label={t('item.title')}>{(id) => <TextInput id={id} value={title} onChange={setTitle} maxLength={500} />}</Labelled>
        <Labelled label={t('item.status')} optional>{(id) => <TextArea id={id} rows={2} value={statusLine} onChange={setStatusLine} maxLength={1000} />}</Labelled>
        <Labelled label={t('item.ask')} optional>{(id) => <TextArea id={id} rows={2} value={ask} onChange={setAsk} maxLength={1000} />}</Labelled>
        <div className="grid2">
          <Labelled label={t('item.owner')} optional>{(id) => <UnitInput id={id} units={units} value={owner} onChange={setOwner} />}</Labelled>
          <Labelled label={t('item.minutes')}>{(id) => <NumberInput id={id} value={minutes} onChange={setMinutes} unit={t('unit.minutes', { count: minutes ?? 2 })} />}</Labelled>
        </div>
        {error !== undefined && <Problem small error={error} />}
      </div>
    </Dialog>
  );
}
