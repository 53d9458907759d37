// A chart as part of a page: a picture with its words, drawn when the page has
// time for it, and again whenever its box has another width.
import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { t } from '../strings.en';

/** What draws. */
export type Drawings = typeof import('../drawings');

type Props = {
  /** What is drawn, and where its numbers stand. */
  label: string;
  /** What it shows, in a sentence or two; empty: nothing to say. */
  summary: string;
  /** Space kept for the drawing until it is there, in pixels. */
  height: number;
  /** Draws; to be kept (useCallback) until what it draws changes. */
  draw: (by: Drawings, width: number) => SVGSVGElement;
  /** What the marks stand for; one that is not named is not drawn. */
  names: Partial<Record<Shape, string>>;
  /** What has to be known to read it. */
  children: ComponentChildren;
};

const shapes = ['circle', 'diamond', 'line'] as const;
type Shape = (typeof shapes)[number];

/** A chart with what it shows in words, its key and its caption. */
export function Chart({ label, summary, height, draw, names, children }: Props): JSX.Element {
  const said = useId();
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const [drawings, failed] = useDrawings();
  useEffect(() => {
    if (drawings && width > 0) box.current?.replaceChildren(draw(drawings, width));
  }, [drawings, width, draw]);
  return (
    <figure class="chart">
      {summary && (
        <p class="govuk-body" id={said}>
          {summary}
        </p>
      )}
      <ul class="chart-key">
        {shapes
          .filter((shape) => names[shape])
          .map((shape) => (
            <li key={shape}>
              <Mark of={shape} />
              <span class="visually-hidden">{t.charts.key[shape]}: </span>
              {names[shape]}
            </li>
          ))}
      </ul>
      {failed ? (
        <p role="alert">{t.charts.failed}</p>
      ) : (
        <div
          class="chart-box"
          ref={box}
          role="img"
          aria-label={label}
          aria-describedby={summary ? said : undefined}
          aria-busy={drawings ? undefined : 'true'}
          style={{ minHeight: `${height}px` }}
        />
      )}
      <figcaption>{children}</figcaption>
    </figure>
  );
}

/** A mark as the charts draw it. */
function Mark(props: { of: Shape }): JSX.Element {
  return (
    <svg class="plot" width="18" height="18" viewBox="-9 -9 18 18" aria-hidden="true">
      {props.of === 'circle' && <circle class="mark other" r="6" />}
      {props.of === 'diamond' && <path class="mark chosen" d="M0 -8L5 0L0 8L-5 0Z" />}
      {props.of === 'line' && <path class="most" d="M-9 5H0V-5H9" />}
    </svg>
  );
}

/** The width of a box in whole pixels, 0 until it is known. */
function useWidth(box: { current: HTMLElement | null }): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    if (!box.current) return undefined;
    const watch = new ResizeObserver(([entry]) => setWidth(Math.floor(entry?.contentRect.width ?? 0)));
    watch.observe(box.current);
    return () => watch.disconnect();
  }, []);
  return width;
}

/** What draws, once the page has nothing better to do than to fetch it; and whether it cannot be had. */
function useDrawings(): [Drawings | null, boolean] {
  const [drawings, setDrawings] = useState<Drawings | null>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    let gone = false;
    const fetched = (): Promise<void> =>
      import('../drawings').then(
        (found) => void (gone || setDrawings(() => found)),
        () => void (gone || setFailed(true)),
      );
    const cancel = whenIdle(() => void fetched());
    return () => {
      gone = true;
      cancel();
    };
  }, []);
  return [drawings, failed];
}

/** Calls f when the browser is idle, within two seconds; at once where a browser cannot tell. Returns how not to. */
function whenIdle(f: () => void): () => void {
  if (!('requestIdleCallback' in window)) {
    f();
    return () => undefined;
  }
  const asked = window.requestIdleCallback(f, { timeout: 2000 });
  return () => window.cancelIdleCallback(asked);
}
