import type { JSX } from 'preact';
import { t } from '../strings.en';
import type { Option } from '../types';
import { Select } from './select';

/** Chooses an option of the study. */
export function OptionSelect(props: {
  label: string;
  options: Option[];
  value: Option;
  change: (id: string) => void;
}): JSX.Element {
  return (
    <Select
      label={props.label}
      value={props.value.option_id}
      options={props.options.map((o) => ({
        value: o.option_id,
        text: `${o.option_id}: ${o.name}${o.baseline ? ` (${t.baseline})` : ''}`,
      }))}
      change={props.change}
    />
  );
}
