// The monthly report as it is entered: one minute, one hand. Amounts as people speak of them (万元), progress, photos, problem, next step.
// Drafts stay in this browser until the server has the report; a photo is stored as evidence with its time and place.
import Type, { type Static } from 'typebox';
import { useRef, useState } from 'react';
import { read, useRun } from '../../../../web/client.ts';
import { Field, Form } from '../../../../web/form/form.tsx';
import { useForm } from '../../../../web/form/state.ts';
import { useFormat } from '../../../../web/format.ts';
import { useT } from '../../../../web/i18n.ts';
import { newId } from '../../../../web/ids.ts';
import { CheckInput } from '../../../../web/inputs/choice.tsx';
import { MoneyInput } from '../../../../web/inputs/money.tsx';
import { TextArea } from '../../../../web/inputs/text.tsx';
import { FileDrop } from '../../../../web/parts/filedrop.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { toast } from '../../../../web/parts/toast.tsx';
import { Uploads, type UploadedFile } from '../../../../web/parts/uploads.tsx';
import { useSession } from '../../../../web/session.tsx';
import { problemOf, type ProblemError } from '../../../../web/problem.ts';
import type { StoredFile } from '../../../../web/upload.ts';
import { addEvidence } from '../../lifecycle/contract.ts';
import { correctOpening, correctReport, listReports, reportMonth, type MonthLine, type Report } from '../contract.ts';
import type { Year } from './say.ts';

const closed = { additionalProperties: false } as const;
const MAX_FEN = 100_000_000_000_000;
const words = (maxLength = 4000) => Type.Optional(Type.String({ maxLength }));
const Values = Type.Object({
  dispatchFen: Type.Integer({ minimum: 0, maximum: MAX_FEN }), inStatistics: Type.Optional(Type.Boolean()), statFen: Type.Optional(Type.Integer({ minimum: 0, maximum: MAX_FEN })),
  progress: words(), problems: words(), nextSteps: words(),
}, closed);
const Correction = Type.Object({
  dispatchFen: Type.Integer({ minimum: 0, maximum: MAX_FEN }), statFen: Type.Optional(Type.Integer({ minimum: 0, maximum: MAX_FEN })), progress: words(), problems: words(), nextSteps: words(),
  reason: Type.String({ minLength: 2, maxLength: 1000 }),
}, closed);

interface FormProps {
  readonly year: Year;
  readonly onDone: () => void;
  readonly onCancel?: () => void;
}

function useWords() {
  const t = useT('reports');
  const format = useFormat();
  const money = (value: unknown): string => (typeof value === 'number' ? format.money(value).text : '—');
  return {
    dispatchFen: { label: t('field.dispatchFen'), show: money }, statFen: { label: t('field.statFen'), hint: t('form.statHint'), show: money }, inStatistics: { label: t('field.inStatistics') },
    progress: { label: t('field.progress') }, problems: { label: t('field.problems') }, nextSteps: { label: t('field.nextSteps') }, reason: { label: t('field.reason') },
  };
}

export function ReportForm({ year, month, onDone, onCancel }: FormProps & { readonly month: string }) {
  const t = useT('reports');
  const format = useFormat();
  const { can } = useSession();
  const [photos, setPhotos] = useState<readonly Laid[]>([]);
  const [reportId] = useState(newId);
  const run = useRun(reportMonth);
  const before = year.months.findLast((line) => line.month < month && line.report !== null)?.report ?? undefined;
  const { reason: _reason, ...labels } = useWords();
  const form = useForm({
    id: `projects.report:${year.id}:${month}`, schema: Values, start: { inStatistics: year.inStatistics }, words: labels,
    send: async (values) => run.run({
      id: year.id, month, reportId, dispatchFen: values.dispatchFen, ...(values.statFen === undefined || values.inStatistics !== true ? {} : { statFen: values.statFen }),
      ...(values.inStatistics === undefined || values.inStatistics === year.inStatistics ? {} : { inStatistics: values.inStatistics }), ...texts(values), ...(photos.length === 0 ? {} : { photos: photos.map((one) => one.evidenceId) }),
    }),
    onDone: (done) => {
      toast({ text: [t('toast.reported', { month: format.month(month) }), ...done.doubts.map((doubt) => t(`doubt.${doubt}`))].join(' · ') });
      onDone();
    },
  });
  const total = year.dispatchFen + (form.values.dispatchFen ?? 0);
  return (
    <Form form={form} submit={t('form.submit')} {...(onCancel === undefined ? {} : { onCancel })}>
      <p className="two small field wide">{before === undefined ? t('form.hint') : t('form.last', { amount: format.money(before.dispatchFen).text, total: format.money(year.dispatchFen).text })}</p>
      <Field form={form} name="dispatchFen" wide hint={form.values.dispatchFen === undefined ? undefined : t('form.dispatchAfter', { total: format.money(total).text, rate: year.planFen === null || year.planFen === 0 ? '—' : format.percent(total / year.planFen) })}>{(p) => <MoneyInput {...p} unit="wan" />}</Field>
      {!year.inStatistics && <div className="field wide"><CheckInput value={form.values.inStatistics} onChange={(entered) => form.set('inStatistics', entered)}>{t('form.enterStat')}</CheckInput></div>}
      {form.values.inStatistics === true && <Field form={form} name="statFen" wide>{(p) => <MoneyInput {...p} unit="wan" />}</Field>}
      <Field form={form} name="progress" wide hint={before === undefined || before.progress === null ? t('form.progressHint') : t('tab.copyLast', { text: before.progress })}>{(p) => <TextArea {...p} rows={3} />}</Field>
      {can('projects.evidence') && <Photos year={year} laid={photos} onLaid={setPhotos} />}
      <Field form={form} name="problems" wide hint={t('form.problemHint')}>{(p) => <TextArea {...p} rows={2} />}</Field>
      <Field form={form} name="nextSteps" wide hint={t('form.nextHint')}>{(p) => <TextArea {...p} rows={2} />}</Field>
    </Form>
  );
}

export function CorrectForm({ year, line, report, onDone, onCancel }: FormProps & { readonly line: MonthLine; readonly report: Report }) {
  const t = useT('reports');
  const { can } = useSession();
  const opening = report.kind === 'opening';
  const [photos, setPhotos] = useState<readonly Laid[]>([]);
  const correct = useRun(correctReport);
  const correctStart = useRun(correctOpening);
  const { inStatistics: _entered, ...labels } = useWords();
  const form = useForm({
    id: `projects.correct:${report.id}`, schema: Correction, version: report.version, words: labels,
    start: { dispatchFen: report.dispatchFen, ...(report.statFen === null ? {} : { statFen: report.statFen }), ...(report.progress === null ? {} : { progress: report.progress }), ...(report.problems === null ? {} : { problems: report.problems }), ...(report.nextSteps === null ? {} : { nextSteps: report.nextSteps }) },
    send: async (values, version) => {
      const { nextSteps, ...common } = { id: report.id, dispatchFen: values.dispatchFen, statFen: values.statFen ?? null, progress: values.progress ?? '', problems: values.problems ?? '', nextSteps: values.nextSteps ?? '', reason: values.reason };
      const options = version === undefined ? {} : { version };
      return opening
        ? correctStart.run(common, options)
        : correct.run({ ...common, nextSteps, ...(photos.length === 0 ? {} : { photos: [...report.photos.map((one) => one.id), ...photos.map((one) => one.evidenceId)] }) }, options);
    },
    theirs: (current) => ({ values: {}, version: typeof current === 'number' ? current : report.version }),
    onDone: (done) => {
      toast({ text: [t('toast.corrected'), ...done.doubts.map((doubt) => t(`doubt.${doubt}`))].join(' · ') });
      onDone();
    },
  });
  return (
    <Form form={form} submit={t('form.correctSubmit')} {...(onCancel === undefined ? {} : { onCancel })}>
      {line.period === 'locked' && !opening && <p className="notice field wide">{t('form.lockedHint')}</p>}
      <Field form={form} name="dispatchFen" wide {...(opening ? { label: t('series.dispatch') } : {})}>{(p) => <MoneyInput {...p} unit="wan" />}</Field>
      {(year.inStatistics || report.statFen !== null) && <Field form={form} name="statFen" wide {...(opening ? { label: t('series.stat') } : {})}>{(p) => <MoneyInput {...p} unit="wan" />}</Field>}
      <Field form={form} name="progress" wide>{(p) => <TextArea {...p} rows={3} />}</Field>
      <Field form={form} name="problems" wide>{(p) => <TextArea {...p} rows={2} />}</Field>
      {!opening && <Field form={form} name="nextSteps" wide>{(p) => <TextArea {...p} rows={2} />}</Field>}
      {!opening && can('projects.evidence') && <Photos year={year} laid={photos} onLaid={setPhotos} />}
      <Field form={form} name="reason" wide>{(p) => <TextArea {...p} rows={2} />}</Field>
    </Form>
  );
}

function texts(values: Static<typeof Values>): { progress?: string; problems?: string; nextSteps?: string } {
  return {
    ...(values.progress === undefined ? {} : { progress: values.progress }), ...(values.problems === undefined ? {} : { problems: values.problems }), ...(values.nextSteps === undefined ? {} : { nextSteps: values.nextSteps }),
  };
}

interface Laid {
  readonly evidenceId: string;
  readonly file: UploadedFile;
}

const SITE_PHOTO = 'photo_site';

/** Each stored photo becomes evidence of the project, one after the other, because each raises the project's version. */
function Photos({ year, laid, onLaid }: { readonly year: Year; readonly laid: readonly Laid[]; readonly onLaid: (change: (now: readonly Laid[]) => readonly Laid[]) => void }) {
  const t = useT('reports');
  const add = useRun(addEvidence, { touches: ['projects.evidence'] });
  const [error, setError] = useState<ProblemError | undefined>(undefined);
  const queue = useRef<Promise<void>>(Promise.resolve());
  const lay = async (file: StoredFile): Promise<void> => {
    const evidenceId = newId();
    try {
      const { version } = await read(listReports, { id: year.id });
      await add.run({
        id: year.id, evidenceId, kind: SITE_PHOTO, fileSha: file.id, ...(file.takenAt === null ? {} : { takenAt: file.takenAt }), ...(file.lon === null || file.lat === null ? {} : { lon: file.lon, lat: file.lat }),
      }, { version });
      setError(undefined);
      onLaid((now) => [...now, { evidenceId, file: { id: file.id, name: file.name, mediaType: file.mediaType, bytes: file.bytes, ...(file.takenAt === null ? {} : { at: file.takenAt }) } }]);
    } catch (thrown) {
      setError(problemOf(thrown));
    }
  };
  return (
    <div className="field wide">
      <span className="label">{t('field.photos')}</span>
      {laid.length > 0 && <Uploads today={year.day} files={laid.map((one) => one.file)} onRemove={(file) => onLaid((now) => now.filter((one) => one.file.id !== file.id))} />}
      <FileDrop photos multiple accept="image/*" hint={t('form.photoHint')} onStored={(file) => { queue.current = queue.current.then(() => lay(file)); }} />
      {error !== undefined && <Problem small error={error} />}
    </div>
  );
}
