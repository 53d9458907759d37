// The token that changing anything needs.
import { useEffect, useRef } from 'preact/hooks';
import type { JSX } from 'preact';
import type { Problem } from '../client';
import { token } from '../jobs';
import { t } from '../strings.en';
import { DialogForm } from './dialog-form';
import { Input } from './field';
import { Trouble } from './state';

/** A field for the token, shown until there is one. */
export function Token(props: { always?: boolean }): JSX.Element {
  return (
    <details class="govuk-details" open={props.always || token.peek() === ''}>
      <summary class="govuk-details__summary">
        <span class="govuk-details__summary-text">{t.plan.token}</span>
      </summary>
      <Input
        label={t.plan.tokenHint}
        type="password"
        autocomplete="off"
        value={token.value}
        onInput={(e) => (token.value = e.currentTarget.value.trim())}
      />
    </details>
  );
}

/** Whether a problem is that the service wants a token, or another one. */
export function wantsToken(problem: Problem | null): problem is Problem {
  return problem?.status === 401 || problem?.status === 403;
}

/** A dialog that asks for the token that was wanting, and goes on with it. */
export function TokenDialog(props: { what: string; problem: Problem; go: () => void; close: () => void }): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const refused = useRef(token.peek() !== '');
  return (
    <dialog ref={dialog} class="dialog" aria-label={t.plan.token} onClose={props.close}>
      <DialogForm title={props.what} action={t.token.goOn} send={props.go} close={props.close}>
        <Token always />
        {refused.current && <Trouble problem={props.problem} what={props.what} />}
      </DialogForm>
    </dialog>
  );
}
