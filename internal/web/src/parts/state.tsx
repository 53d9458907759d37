// What is shown while something is on its way, or when it could not be had.
import type { ComponentChildren, JSX } from 'preact';
import type { Problem } from '../client';
import type { Load } from '../load';
import { t } from '../strings.en';

/** Shows a loaded value; while it is on its way a line, and else what went wrong. */
export function Shown<T>(props: {
  load: Load<T>;
  what: string;
  children: (value: T) => ComponentChildren;
}): JSX.Element {
  const { value, waiting, problem } = props.load.state.value;
  return (
    <>
      {problem && <Trouble problem={problem} what={props.what} again={props.load.again} />}
      {waiting && value === null && <Waiting what={props.what} />}
      {value !== null && props.children(value)}
    </>
  );
}

/** A line that says that something is on its way. */
export function Waiting(props: { what: string }): JSX.Element {
  return (
    <p class="govuk-body waiting" role="status">
      <span class="spinner" aria-hidden="true" />
      {t.state.waiting(props.what)}
    </p>
  );
}

/** A problem as a reader is told it. */
export const inWords = (problem: Problem): string => problem.message || (problem.status === 0 ? t.state.noAnswer : '');

/** What went wrong, and a way to try again. */
export function Trouble(props: { problem: Problem; what: string; again?: () => void }): JSX.Element {
  const { problem } = props;
  return (
    <div class="trouble" role="alert">
      <p class="govuk-body">
        <strong>{t.state.failed(props.what)}</strong> {inWords(problem)}
      </p>
      {props.again && (
        <button type="button" class="govuk-button govuk-button--secondary" onClick={props.again}>
          {t.state.again}
        </button>
      )}
    </div>
  );
}
