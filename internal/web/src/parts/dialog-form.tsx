// The form of a dialog.
import type { ComponentChildren, JSX } from 'preact';
import { t } from '../strings.en';

type Props = {
  title: string;
  /** What the button says that sends the form. */
  action: string;
  send: (fields: FormData) => void;
  close: () => void;
  children: ComponentChildren;
};

/** Fields below a title, and two buttons: one sends them, one goes back. */
export function DialogForm(props: Props): JSX.Element {
  return (
    <form
      method="dialog"
      onSubmit={(e) => {
        e.preventDefault();
        props.send(new FormData(e.currentTarget));
      }}
    >
      <h2>{props.title}</h2>
      {props.children}
      <div class="buttons">
        <button type="submit" class="govuk-button">
          {props.action}
        </button>
        <button type="button" class="govuk-button govuk-button--secondary" onClick={props.close}>
          {t.plan.back}
        </button>
      </div>
    </form>
  );
}
