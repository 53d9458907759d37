// A form control below its label: every control of the pages is made here.
import type { ComponentChildren, JSX } from 'preact';
import { useId } from 'preact/hooks';

/** A label over a control; the control takes the id that it is called with. */
export function Field(props: { label: string; children: (id: string) => ComponentChildren }): JSX.Element {
  const id = useId();
  return (
    <div class="govuk-form-group control">
      <label class="govuk-label" for={id}>
        {props.label}
      </label>
      {props.children(id)}
    </div>
  );
}

/** A line to type into, or whatever else its type makes of it, below its label. */
export function Input({ label, ...input }: { label: string } & JSX.IntrinsicElements['input']): JSX.Element {
  return <Field label={label}>{(id) => <input class="govuk-input" {...input} id={id} />}</Field>;
}
