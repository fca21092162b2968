// A short word that something was done, with a way back. `toast({ text, undo })`. Never for errors that need an answer.
import { useT } from '../i18n.ts';
import { shared } from '../shared.ts';
import './toast.css';

export interface ToastMessage {
  readonly text: string;
  readonly tone?: 'ok' | 'bad';
  readonly undo?: () => void;
  readonly action?: { readonly label: string; readonly run: () => void };
}

const SHOWN_MS = 5_000;
const SHOWN_WITH_ACTION_MS = 9_000;
const shown = shared<readonly (ToastMessage & { readonly id: number })[]>([]);
let last = 0;

export function toast(message: ToastMessage): void {
  last += 1;
  const id = last;
  shown.set([...shown.get().slice(-2), { ...message, id }]);
  setTimeout(() => close(id), message.undo === undefined && message.action === undefined ? SHOWN_MS : SHOWN_WITH_ACTION_MS);
}

export function Toasts() {
  const t = useT('web');
  const messages = shown.useValue();
  return (
    <div className="toasts noprint" role="status" aria-live="polite">
      {messages.map(({ id, text, tone, undo, action }) => (
        <div key={id} className={`toast ${tone ?? 'ok'}`}>
          <span>{text}</span>
          {undo !== undefined && <button type="button" onClick={() => { close(id); undo(); }}>{t('undo')}</button>}
          {action !== undefined && <button type="button" onClick={() => { close(id); action.run(); }}>{action.label}</button>}
          <button type="button" aria-label={t('close')} onClick={() => close(id)}>×</button>
        </div>
      ))}
    </div>
  );
}

function close(id: number): void {
  shown.set(shown.get().filter((one) => one.id !== id));
}
