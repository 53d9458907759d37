// The options by what they cost and whom they reach.
import type { JSX } from 'preact';
import { useCallback, useMemo } from 'preact/hooks';
import { beating, frontier, heights, priced, type Priced } from '../charts';
import { people, pounds } from '../number';
import { Chart, type Drawings } from '../parts/chart';
import { t } from '../strings.en';
import type { Option } from '../types';

/** What the money buys: every option as a point, and the names of those that have none. */
export function Money({ options, option }: { options: Option[]; option: Option }): JSX.Element {
  const { points, without } = useMemo(() => priced(options, option.option_id), [options, option]);
  const draw = useCallback((by: Drawings, width: number) => by.money(points, width), [points]);
  const words = t.charts.money;
  return (
    <section id="money">
      <h2>{words.heading}</h2>
      {points.length === 0 ? (
        <p class="govuk-body">{words.none}</p>
      ) : (
        <Chart
          label={words.label}
          summary={summary(points)}
          height={heights.money}
          draw={draw}
          names={{
            ...(points.some((p) => !p.shown) && { circle: words.others }),
            ...(points.some((p) => p.shown) && { diamond: words.shown(option.option_id, option.name) }),
            ...(frontier(points).length > 1 && { line: words.most }),
          }}
        >
          {words.caption}
          {without.length > 0 && <p>{words.without(without)}</p>}
        </Chart>
      )}
    </section>
  );
}

/** What the option shown buys, and whether another buys as much for no more; nothing where it is not drawn. */
function summary(points: readonly Priced[]): string {
  const one = points.find((p) => p.shown);
  if (!one) return '';
  const words = t.charts.money;
  const each = one.inNeed > 0 ? pounds(one.cost / one.inNeed) : '';
  const better = beating(points, one).map((p) => p.id);
  const said = words.sentence(one.name, pounds(one.cost), people(one.inNeed), each);
  return `${said} ${better.length > 0 ? words.beaten(better) : words.unbeaten}`;
}
