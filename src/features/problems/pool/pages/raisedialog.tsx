// The same form in a dialog: for a project's record, the page of a phone, a meeting. Loaded when it is opened.
import { useState } from 'react';
import { useT } from '../../../../web/i18n.ts';
import { Dialog } from '../../../../web/parts/dialog.tsx';
import { RaisedNote } from './raised.tsx';
import { RaiseForm, type Raised, type RaiseStart } from './raiseform.tsx';

export function RaiseDialog({ start, onRaised, onClose }: { readonly start: RaiseStart; readonly onRaised?: (raised: Raised) => void; readonly onClose: () => void }) {
  const t = useT('problems');
  const [raised, setRaised] = useState<Raised | undefined>(undefined);
  const name = start.project?.name ?? start.enterprise?.name;
  const done = (now: Raised): void => {
    setRaised(now);
    onRaised?.(now);
  };
  return (
    <Dialog open onClose={onClose} title={name === undefined ? t('raise.title') : t('raise.for', { name })}>
      {raised === undefined ? <RaiseForm start={start} onDone={done} onCancel={onClose} /> : <RaisedNote raised={raised} onAgain={() => setRaised(undefined)} onClose={onClose} />}
    </Dialog>
  );
}
