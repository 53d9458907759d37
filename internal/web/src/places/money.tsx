// The options by what they cost and whom they reach.
import type { JSX } from 'preact';
import { useCallback, useMemo } from 'preact/hooks';
import { heights, priced } from '../charts';
import { people, pounds } from '../number';
import { Chart, type Drawings } from '../parts/chart';
import { t } from '../strings.en';
import type { Option } from '../types';

/** What the money buys: every option as a point, and the names of those that have none. */
export function Money({ options, option }: { options: Option[]; option: Option }): JSX.Element {
  const { points, without } = useMemo(() => priced(options, option.option_id), [options, option]);
  const draw = useCallback((by: Drawings, width: number) => by.money(points, width), [points]);
  const words = points.map((p) => ({ id: p.id, cost: pounds(p.cost), inNeed: people(p.inNeed) }));
  return (
    <section id="money">
      <h2>{t.charts.money.heading}</h2>
      {points.length === 0 ? (
        <p class="govuk-body">{t.charts.money.none}</p>
      ) : (
        <Chart
          label={t.charts.money.label(words)}
          height={heights.money}
          draw={draw}
          names={{
            circle: points.some((p) => !p.shown) ? t.charts.money.others : '',
            diamond: points.some((p) => p.shown) ? t.charts.money.shown(option.option_id, option.name) : '',
          }}
        >
          {t.charts.money.caption}
          {without.length > 0 && <p>{t.charts.money.without(without)}</p>}
        </Chart>
      )}
    </section>
  );
}
