// The desk's 常用语 are offered wherever a problem is replied to: read only when the dialog of a reply is open.
import { offered } from '../../../problems/pool/pages/offered.ts';

offered.read = async () => {
  const [{ read }, { listPhrases }] = await Promise.all([import('../../../../web/client.ts'), import('../contract.ts')]);
  return (await read(listPhrases, {})).items;
};
