// Several organisations, chosen one after the other, each with its name and a way out.
import { useState } from 'react';
import { useRead } from '../../../../web/client.ts';
import { useT } from '../../../../web/i18n.ts';
import { OrgPicker } from '../../../../web/inputs/people.tsx';
import type { InputProps } from '../../../../web/inputs/types.ts';
import { pickOrganisations } from '../../../people/organisations/contract.ts';

export function CoOwners({ value = [], onChange, ...props }: InputProps<string[]>) {
  const t = useT('web');
  const [turn, setTurn] = useState(0);
  const names = useRead(pickOrganisations, { ids: [...value] }, { when: value.length > 0, keep: true });
  return (
    <div className="stack" style={{ gap: 6 }}>
      {value.length > 0 && (
        <ul className="chosenorgs">
          {value.map((id) => {
            const name = names.data?.items.find((one) => one.id === id)?.name ?? '…';
            return <li key={id}>{name}<button type="button" className="btn quiet small" aria-label={`${t('remove')} ${name}`} onClick={() => onChange(value.filter((one) => one !== id))}>×</button></li>;
          })}
        </ul>
      )}
      <OrgPicker key={turn} {...props} value={undefined} kinds={['department', 'town', 'park']} onChange={(id) => { if (id !== undefined && !value.includes(id)) onChange([...value, id]); setTurn(turn + 1); }} />
    </div>
  );
}
