// Files that the service makes.
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { Problem } from '../client';
import { t } from '../strings.en';

/** A button that downloads a file of the service; what goes wrong is shown. */
export function Download(props: { path: string; name: string; children: string }): JSX.Element {
  const problem = useSignal<Problem | null>(null);
  const fetchFile = async (): Promise<void> => {
    problem.value = null;
    const answer = await fetch(`/api/v1${props.path}`).catch(() => null);
    if (!answer?.ok) {
      problem.value = new Problem(answer?.statusText ?? '', answer?.status ?? 0);
      return;
    }
    const link = document.createElement('a');
    link.href = URL.createObjectURL(await answer.blob());
    link.download = props.name;
    link.click();
    URL.revokeObjectURL(link.href);
  };
  return (
    <>
      <button type="button" class="govuk-button govuk-button--secondary" onClick={() => void fetchFile()}>
        {props.children}
      </button>
      {problem.value && <span role="alert">{t.state.failed(props.name)}</span>}
    </>
  );
}
