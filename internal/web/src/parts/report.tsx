// The committee report of some options, made when somebody asks for it.
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { download } from '../client';
import { finishJob, type Progress } from '../jobs';
import { t } from '../strings.en';
import { Select } from './select';
import { Trouble } from './state';
import { JobBar, Stop, useTask } from './task';
import { TokenDialog, wantsToken } from './token';

const formats = ['html', 'pdf', 'xlsx', 'gpkg'] as const;
type Format = (typeof formats)[number];

/** A report that is ready: its form, and its path below the service's base. */
type Made = { format: Format; path: string };

/** Makes the report of these options, of all where none are named. */
export function Report(props: { options?: readonly string[] }): JSX.Element {
  const { options = [] } = props;
  const format = useSignal<Format>('html');
  const progress = useSignal<Progress>({ stage: '', share: null });
  const task = useTask<Made>();
  const make = (): void =>
    task.run(async (stop) => {
      const wanted = format.peek();
      const [kind, body]: [string, object] =
        wanted === 'gpkg' ? ['export', { format: wanted }] : ['report', { format: wanted, options }];
      return { format: wanted, path: await finishJob(kind, body, (p) => (progress.value = p), stop) };
    });
  const made = task.result.value?.value;
  const problem = task.problem.value;
  return (
    <section class="no-print">
      <h2>{t.report.heading}</h2>
      <p class="govuk-body">{t.report.intro(options)}</p>
      <div class="controls">
        <Select
          label={t.report.format}
          value={format.value}
          options={formats.map((value) => ({ value, text: t.report.formats[value] }))}
          change={(f) => (format.value = f)}
        />
        {task.running.value ? (
          <Stop stop={task.running.value} />
        ) : (
          <button type="button" class="govuk-button govuk-button--secondary compact" onClick={make}>
            {t.report.make}
          </button>
        )}
      </div>
      <div role="status">
        {task.running.value && <JobBar progress={progress.value} />}
        {made && (
          <p class="govuk-body">
            <a class="govuk-link" href={download(made.path, {})} download={fileName(options, made.format)}>
              {t.report.ready(t.report.formats[made.format])}
            </a>
          </p>
        )}
      </div>
      {problem && !wantsToken(problem) && <Trouble problem={problem} what={t.report.heading} again={make} />}
      {wantsToken(problem) && (
        <TokenDialog what={t.report.heading} problem={problem} go={make} close={() => (task.problem.value = null)} />
      )}
    </section>
  );
}

/** What the file is called: "report.pdf" of all options, "report_O1_O2.pdf" of two; layers are always of all. */
function fileName(options: readonly string[], format: Format): string {
  if (format === 'gpkg') return 'report.gpkg';
  return `${['report', ...options].join('_')}.${format}`;
}
