// 佐证与关口: what stands before the next stage, the results after production, the evidence, and how the project came here.
import { lazy, Suspense, useState } from 'react';
import { useRead } from '../../../../web/client.ts';
import { Loading } from '../../../../web/parts/loading.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { getGates } from '../contract.ts';
import { EvidenceSection } from './evidence.tsx';
import { GatesSection, PassagesSection } from './gates.tsx';
import './lifecycle.css';

// Only after production.
const ResultsSection = lazy(async () => ({ default: (await import('./results.tsx')).ResultsSection }));
const MoveDialog = lazy(async () => ({ default: (await import('./move.tsx')).MoveDialog }));
const AddEvidenceDialog = lazy(async () => ({ default: (await import('./adding.tsx')).AddEvidenceDialog }));

const AFTER_PRODUCTION = new Set(['producing', 'effective']);

export function LifecycleTab({ projectId }: { readonly projectId: string }) {
  const read = useRead(getGates, { id: projectId });
  const [moving, setMoving] = useState<string | undefined>(undefined);
  const [adding, setAdding] = useState<readonly string[] | undefined>(undefined);
  const gates = read.data;
  if (gates === undefined) return read.error === undefined ? <Loading lines={8} /> : <Problem error={read.error} onRetry={read.again} />;
  const effective = gates.stages.some((one) => one.code === 'effective' && one.state !== 'skipped');
  return (
    <div className="lifecycleroom">
      <div className="lifecycletab">
        <div className="stack">
          <GatesSection gates={gates} onMove={setMoving} onAdd={setAdding} />
          {AFTER_PRODUCTION.has(gates.stage) && effective && <Suspense fallback={null}><ResultsSection gates={gates} onMove={setMoving} /></Suspense>}
          <EvidenceSection gates={gates} onAdd={setAdding} />
        </div>
        <PassagesSection gates={gates} />
      </div>
      <Suspense fallback={null}>
        {adding !== undefined
          ? <AddEvidenceDialog gates={gates} kinds={adding} onClose={() => setAdding(undefined)} />
          : moving !== undefined && <MoveDialog gates={gates} to={moving} onClose={() => setMoving(undefined)} onAdd={setAdding} />}
      </Suspense>
    </div>
  );
}
