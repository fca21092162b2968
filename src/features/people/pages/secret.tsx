// Shows a new password or token once. It is kept nowhere: closing the dialog forgets it.
import { useT } from '../../../web/i18n.ts';
import { Button } from '../../../web/parts/button.tsx';
import { Dialog } from '../../../web/parts/dialog.tsx';
import { toast } from '../../../web/parts/toast.tsx';
import './people.css';

export interface Shown {
  readonly title: string;
  readonly say: string;
  readonly secret: string;
}

export function SecretDialog({ shown, onClose }: { readonly shown: Shown | undefined; readonly onClose: () => void }) {
  const t = useT('people');
  if (shown === undefined) return null;
  const copy = (): void => {
    // Without https a browser has no clipboard for pages: the text can still be chosen by hand.
    navigator.clipboard?.writeText(shown.secret).then(() => toast({ text: t('secret.copied') }), () => undefined);
  };
  return (
    <Dialog open onClose={onClose} title={shown.title} foot={<>{window.isSecureContext && <Button onClick={copy}>{t('secret.copy')}</Button>}<Button kind="main" onClick={onClose}>{t('secret.done')}</Button></>}>
      <div className="secret">
        <p>{shown.say}</p>
        <code className={shown.secret.length > 24 ? 'long' : undefined}>{shown.secret}</code>
        <p className="two small">{t('secret.once')}</p>
      </div>
    </Dialog>
  );
}
