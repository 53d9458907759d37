// Figures that stand out: a number, what it counts, and how it differs.
import type { JSX } from 'preact';
import { t } from '../strings.en';

/** One figure. The difference says itself whether it is for the better. */
export type Figure = {
  name: string;
  value: string;
  difference?: { text: string; better: boolean | null } | undefined;
  /** What has to be known to read the value. */
  note?: string | undefined;
};

/** A row of figures. */
export function Figures(props: { figures: Figure[]; live?: boolean }): JSX.Element {
  return (
    <dl class="figures" aria-live={props.live ? 'polite' : undefined}>
      {props.figures.map((f) => (
        <div class="figure" key={f.name}>
          <dt>{f.name}</dt>
          <dd>{f.value}</dd>
          {f.difference && <Difference {...f.difference} />}
          {f.note && <dd class="beside quiet">{f.note}</dd>}
        </div>
      ))}
    </dl>
  );
}

/** A difference, marked by an arrow and a word as well as by colour. */
export function Difference(props: { text: string; better: boolean | null }): JSX.Element {
  const { better } = props;
  const kind = better === null ? 'beside' : better ? 'beside better' : 'beside worse';
  return (
    <dd class={kind}>
      {props.text}
      {better !== null && `, ${better ? t.better : t.worse}`}
    </dd>
  );
}
