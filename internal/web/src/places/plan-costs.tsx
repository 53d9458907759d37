// What the buildings that were added cost: only who plans them knows.
import type { JSX } from 'preact';
import { costsOf, mostCost, withCosts, type Change } from '../changes';
import { Input } from '../parts/field';
import { t } from '../strings.en';
import type { Planner } from './plan-state';

type Added = Extract<Change, { kind: 'add' }>;

/** Two fields for every building that was added; nothing where none was. */
export function Costs({ planner }: { planner: Planner }): JSX.Element | null {
  const added = planner.history.value.now.filter((c): c is Added => c.kind === 'add');
  if (added.length === 0) return null;
  return (
    <section>
      <h2>{t.plan.costs}</h2>
      <p class="govuk-body">{t.plan.costsText}</p>
      {added.map((c) => (
        <Fields key={c.site} planner={planner} building={c} />
      ))}
    </section>
  );
}

function Fields({ planner, building }: { planner: Planner; building: Added }): JSX.Element {
  const text = (cost: number | undefined): string => (cost === undefined ? '' : String(cost));
  const [running, staffing] = [text(building.running), text(building.staffing)];
  const say = (r: string, s: string): void =>
    planner.take(withCosts(planner.history.peek().now, building.site, costsOf(r, s)));
  return (
    <fieldset class="govuk-fieldset">
      <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">{building.name}</legend>
      <div class="controls">
        <Pounds label={t.plan.running} value={running} change={(r) => say(r, staffing)} />
        <Pounds label={t.plan.staffing} value={staffing} change={(s) => say(running, s)} />
      </div>
    </fieldset>
  );
}

/** A field for pounds; a change that is no such amount is not taken, and the browser says why. */
function Pounds(props: { label: string; value: string; change: (text: string) => void }): JSX.Element {
  return (
    <Input
      label={props.label}
      type="number"
      min="0"
      max={mostCost}
      step="any"
      value={props.value}
      onChange={(e) => {
        if (e.currentTarget.reportValidity()) props.change(e.currentTarget.value);
      }}
    />
  );
}
