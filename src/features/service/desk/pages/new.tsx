// /service/new: an enterprise files what it needs, phone first; an officer may do it for one.
import { useState } from 'react';
import { useT } from '../../../../web/i18n.ts';
import { OrgPicker } from '../../../../web/inputs/people.tsx';
import { PageHead } from '../../../../web/parts/page.tsx';
import { useSession } from '../../../../web/session.tsx';
import type { Filed } from '../contract.ts';
import { FiledNote, FilingForm } from './filing.tsx';
import './desk.css';

const NARROW = 720;

export function NewFilingPage() {
  const t = useT('service');
  const { user } = useSession();
  const firm = user.roles.includes('enterprise');
  const [whom, setWhom] = useState<string | undefined>(undefined);
  const [filed, setFiled] = useState<Filed | undefined>(undefined);
  return (
    <div className="filingpage">
      <PageHead title={t('file.page')} small={t(firm ? 'file.say' : 'file.sayOfficer')} />
      {filed !== undefined ? <FiledNote filed={filed} onAgain={() => setFiled(undefined)} /> : (
        <div className="stack">
          {!firm && <label className="filinglabel card pad" htmlFor="filing-whom"><span>{t('file.whom')}</span><OrgPicker id="filing-whom" kinds={['enterprise']} value={whom} onChange={setWhom} /></label>}
          <FilingForm channel={firm ? (window.innerWidth < NARROW ? 'mobile' : 'web') : 'phone'} needsWhom={!firm} enterprise={whom === undefined ? undefined : { id: whom, name: '' }} onDone={setFiled} />
        </div>
      )}
    </div>
  );
}
