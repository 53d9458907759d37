// What the map shows: the theme of its areas and what lies over them.
import type { JSX } from 'preact';
import { overlays, themes, type Overlay, type Theme } from '../address';
import { hasStreets, shown, theme, toggled } from '../chosen';
import { go } from '../place';
import { t } from '../strings.en';
import type { Study } from '../types';
import { Select, Tick } from './select';

/** Controls over a map; a place may have fewer themes and overlays. */
export function MapControls(props: {
  study: Study;
  themes?: readonly Theme[];
  overlays?: readonly Overlay[];
  /** What is shown where the address does not say. */
  base?: readonly Overlay[];
}): JSX.Element {
  const on = props.base ?? shown.value;
  const own = props.themes ?? themes.filter((name) => name !== 'difference');
  const drawable = (props.overlays ?? overlays.filter((o) => o !== 'targets')).filter(
    (o) => (o !== 'streets' || hasStreets(props.study)) && (o !== 'names' || props.study.county.settlements > 0),
  );
  return (
    <fieldset class="overlays">
      {own.length > 1 && (
        <Select
          label={t.map.colour}
          value={theme.value}
          options={own.map((name) => ({ value: name, text: t.map.themes[name] }))}
          change={(name) => go({ theme: name === 'outreach' ? undefined : name }, 'replace')}
        />
      )}
      <legend>{t.map.over}</legend>
      {drawable.map((o) => (
        <Tick
          key={o}
          label={t.overlays[o]}
          on={on.includes(o)}
          change={(ticked) => go({ overlays: toggled(on, o, ticked) }, 'replace')}
        />
      ))}
    </fieldset>
  );
}
