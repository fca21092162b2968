// Asks before what cannot be undone, if need be with a reason. `if (await confirm({ title, text, act }) !== undefined) …`.
import { useState } from 'react';
import { useT } from '../i18n.ts';
import { shared } from '../shared.ts';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';

export interface ConfirmQuestion {
  readonly title: string;
  readonly text?: string;
  /** The word on the button: 终止项目. Never just "OK". */
  readonly act: string;
  readonly danger?: boolean;
  /** Asks for a reason with this label; the answer then is its text. */
  readonly reason?: string;
}

interface Asked {
  readonly question: ConfirmQuestion;
  readonly answer: (reason: string | undefined) => void;
}

const asked = shared<Asked | undefined>(undefined);

/** Resolves with the reason (empty if none was asked for), or undefined when the person draws back. */
export async function confirm(question: ConfirmQuestion): Promise<string | undefined> {
  return new Promise((answer) => {
    asked.get()?.answer(undefined);
    asked.set({ question, answer });
  });
}

export function Confirms() {
  const now = asked.useValue();
  return now === undefined ? null : <Asking key={now.question.title} {...now} />;
}

function Asking({ question, answer }: Asked) {
  const t = useT('web');
  const [reason, setReason] = useState('');
  const end = (result: string | undefined): void => {
    asked.set(undefined);
    answer(result);
  };
  const missing = question.reason !== undefined && reason.trim() === '';
  return (
    <Dialog
      open
      size="small"
      title={question.title}
      onClose={() => end(undefined)}
      foot={
        <>
          <Button onClick={() => end(undefined)}>{t('cancel')}</Button>
          <Button kind={question.danger === true ? 'danger' : 'main'} disabled={missing} onClick={() => end(reason.trim())}>{question.act}</Button>
        </>
      }
    >
      {question.text !== undefined && <p className="two">{question.text}</p>}
      {question.reason !== undefined && (
        <label className="stack" style={{ gap: 4, marginTop: 12 }}>
          <span className="small two">{question.reason}</span>
          <textarea className="input" rows={3} maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} />
        </label>
      )}
    </Dialog>
  );
}
