// The token that changing anything needs.
import { useId } from 'preact/hooks';
import type { JSX } from 'preact';
import { token } from '../jobs';
import { t } from '../strings.en';

/** A field for the token, shown until there is one. */
export function Token(props: { always?: boolean }): JSX.Element {
  const id = useId();
  return (
    <details class="govuk-details" open={props.always || token.peek() === ''}>
      <summary class="govuk-details__summary">
        <span class="govuk-details__summary-text">{t.plan.token}</span>
      </summary>
      <div class="govuk-form-group control">
        <label class="govuk-label" for={id}>
          {t.plan.tokenHint}
        </label>
        <input
          class="govuk-input"
          id={id}
          type="password"
          autocomplete="off"
          value={token.value}
          onInput={(e) => (token.value = e.currentTarget.value.trim())}
        />
      </div>
    </details>
  );
}
