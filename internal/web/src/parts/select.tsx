// Lists and boxes to choose from.
import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import { Field } from './field';

/** A list to choose one of. */
export function Select<Value extends string>(props: {
  label: string;
  value: Value;
  options: readonly { value: Value; text: string }[];
  change: (value: Value) => void;
}): JSX.Element {
  return (
    <Field label={props.label}>
      {(id) => (
        <select
          class="govuk-select"
          id={id}
          value={props.value}
          onChange={(e) => {
            const found = props.options.find((o) => o.value === e.currentTarget.value);
            if (found) props.change(found.value);
          }}
        >
          {props.options.map((o) => (
            <option key={o.value} value={o.value} selected={o.value === props.value}>
              {o.text}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

/** A box to tick. */
export function Tick(props: { label: string; on: boolean; change: (on: boolean) => void }): JSX.Element {
  const id = useId();
  return (
    <div class="tick">
      <input type="checkbox" id={id} checked={props.on} onChange={(e) => props.change(e.currentTarget.checked)} />
      <label for={id}>{props.label}</label>
    </div>
  );
}
