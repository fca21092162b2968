// The record of a problem with what the desk offers for it: its 常用语 where somebody replies. Read only when the dialog of a reply is open.
import { offered } from '../../../problems/pool/pages/offered.ts';

export { ProblemPage } from '../../../problems/pool/pages/one.tsx';

offered.read = async () => {
  const [{ read }, { listPhrases }] = await Promise.all([import('../../../../web/client.ts'), import('../contract.ts')]);
  return (await read(listPhrases, {})).items;
};
