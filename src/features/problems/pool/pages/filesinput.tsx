// Photos and files of a form: taken or chosen, sent at once, shown with what can be taken out again. Keeps what was sent when the form is refused.
import Type, { type Static } from 'typebox';
import { useRef } from 'react';
import type { InputProps } from '../../../../web/inputs/types.ts';
import { FileDrop } from '../../../../web/parts/filedrop.tsx';
import { Uploads } from '../../../../web/parts/uploads.tsx';
import { useSession } from '../../../../web/session.tsx';

const Kept = Type.Object({ id: Type.String(), name: Type.String(), mediaType: Type.String(), bytes: Type.Integer() });
export const StoredFiles = Type.Array(Kept, { maxItems: 20 });

export function FilesInput({ value = [], onChange, say }: Pick<InputProps<Static<typeof StoredFiles>>, 'value' | 'onChange'> & { readonly say: string }) {
  const { today } = useSession();
  // Several files arrive one after the other: each is added to what is there then, not to what was drawn.
  const latest = useRef(value);
  latest.current = value;
  const change = (next: Static<typeof StoredFiles>): void => {
    latest.current = next;
    onChange(next);
  };
  return (
    <div className="stack" style={{ gap: 8 }}>
      <FileDrop multiple say={say} onStored={({ id, name, mediaType, bytes }) => change([...latest.current.filter((one) => one.id !== id), { id, name, mediaType, bytes }])} />
      {value.length > 0 && <Uploads files={value} today={today} onRemove={(file) => change(latest.current.filter((one) => one.id !== file.id))} />}
    </div>
  );
}
