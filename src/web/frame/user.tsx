// Who reads: role and name, and what one may do with one's own account.
import { useRun } from '../client.ts';
import { useT } from '../i18n.ts';
import { signOut } from '../../features/people/signin/contract.ts';
import { Go } from '../parts/go.tsx';
import { confirm } from '../parts/confirm.tsx';
import { Popover } from '../parts/popover.tsx';
import { useSession } from '../session.tsx';

export function UserMenu() {
  const t = useT('web');
  const { user } = useSession();
  const leave = useRun(signOut, {
    touches: [],
    // A whole new page: nothing of this person stays in memory, nor on this device but what he could not send.
    onDone: () => void import('../offline/leaving.ts').then(({ clearHere }) => clearHere(user.id)).finally(() => window.location.assign('/sign-in')),
  });
  const signOutOf = async (): Promise<void> => {
    const count = await import('../offline/leaving.ts').then(({ waitingHere }) => waitingHere(user.id)).catch(() => 0);
    if (count > 0 && (await confirm({ title: t('frame.unsent', { count }), text: t('frame.unsentSay'), act: t('account.signOut') })) === undefined) return;
    leave.go({});
  };
  return (
    <Popover label={t('frame.account')} align="end" width={220} trigger={(trigger) => <button type="button" className="userbtn" {...trigger}><span className="userrole">{user.roleNames.join(t('listComma'))} · </span>{user.name}</button>}>
      {(close) => (
        <div className="menu">
          <h3>{user.orgName}</h3>
          <Go href="/account/sessions" onClick={close}>{t('account.sessions')}</Go>
          <Go href="/account/notices" onClick={close}>{t('account.notices')}</Go>
          <Go href="/password" onClick={close}>{t('account.changePassword')}</Go>
          <hr />
          <button type="button" disabled={leave.running} onClick={() => void signOutOf()}>{t('account.signOut')}</button>
        </div>
      )}
    </Popover>
  );
}
