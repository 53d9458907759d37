// The legend of a map: each class with its colour, its hatch and its numbers.
import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import type { Theme } from '../address';
import { classes, type Class } from '../classes';
import { shapes, signColours, type Sign } from '../map/icons';
import { people } from '../number';
import { t } from '../strings.en';
import { dress } from '../theme';

/** Areas and people aged 0-19 of a class. */
export type Tally = { areas: number; people: number };

/** Counts areas and their people by class. */
export function tally(
  theme: Theme,
  areas: readonly { population_0_19: number | null }[],
  classOf: (at: number) => number,
): Tally[] {
  const sums = classes[theme].map(() => ({ areas: 0, people: 0 }));
  areas.forEach((a, i) => {
    const sum = sums[classOf(i)];
    if (!sum) return;
    sum.areas++;
    sum.people += a.population_0_19 ?? 0;
  });
  return sums;
}

/** A swatch of a class: its colour under its hatch. */
export function Swatch(props: { theme: Theme; index: number }): JSX.Element | null {
  const id = useId();
  const c = classes[props.theme][props.index];
  if (!c) return null;
  const dark = dress.value === 'dark';
  return (
    <svg
      class="swatch"
      width="34"
      height="18"
      aria-hidden="true"
      data-class={c.name}
      data-colour={dark ? c.dark : c.light}
    >
      {c.hatch && <Hatch id={id} hatch={c.hatch} dark={dark} />}
      <rect width="34" height="18" fill={dark ? c.dark : c.light} />
      {c.hatch && <rect width="34" height="18" fill={`url(#${id})`} />}
      <rect x="0.5" y="0.5" width="33" height="17" fill="none" stroke="currentColor" stroke-opacity="0.6" />
    </svg>
  );
}

function Hatch(props: { id: string; hatch: NonNullable<Class['hatch']>; dark: boolean }): JSX.Element {
  const { hatch } = props;
  return (
    <defs>
      <pattern id={props.id} width={hatch.side} height={hatch.side} patternUnits="userSpaceOnUse">
        <path d={hatch.path} fill="none" stroke={props.dark ? hatch.dark : hatch.light} stroke-width={hatch.width} />
      </pattern>
    </defs>
  );
}

/** A sign of a site as the map draws it. */
export function SignMark(props: { sign: Sign }): JSX.Element {
  const shape = shapes[props.sign];
  return (
    <svg class="sign" width="18" height="18" viewBox="0 0 24 24" aria-hidden="true">
      <path d={shape.path} fill={signColours[props.sign][dress.value]} />
      {shape.hole && <path d={shape.hole} fill="var(--page)" />}
    </svg>
  );
}

/** The legend of a theme with the numbers of each class. */
export function Legend(props: {
  theme: Theme;
  tallies: Tally[];
  sites?: Partial<Record<Sign, number>>;
  note?: string;
}): JSX.Element {
  return (
    <div class="legend">
      <h2 class="legend-title">{t.legend.caption[props.theme]}</h2>
      <ul class="legend-classes">
        {props.tallies.map((c, i) => (
          <li key={i}>
            <Swatch theme={props.theme} index={i} />
            <span>
              <strong>{t.classes[props.theme][i]}</strong>
              <br />
              <span>{t.legend.counts(people(c.areas), people(c.people))}</span>
            </span>
          </li>
        ))}
      </ul>
      {props.sites && (
        <ul class="legend-signs">
          {(Object.entries(props.sites) as [Sign, number][])
            .filter(([, n]) => n > 0)
            .map(([sign, n]) => (
              <li key={sign}>
                <SignMark sign={sign} /> {t.signs[sign]}: {people(n)}
              </li>
            ))}
        </ul>
      )}
      {props.note && <p class="legend-note">{props.note}</p>}
    </div>
  );
}
