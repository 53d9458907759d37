// What these pages do so that everybody can use them.
import type { JSX } from 'preact';
import { Bullets } from '../parts/bullets';
import { t } from '../strings.en';

/** The accessibility statement. */
export function Accessibility(): JSX.Element {
  const s = t.accessibility;
  return (
    <main id="main" class="side text">
      <h1>{s.heading}</h1>
      {s.paragraphs.map((p) => (
        <p class="govuk-body" key={p}>
          {p}
        </p>
      ))}
      <h2>{s.keys}</h2>
      <Bullets of={s.keyList} />
      <h2>{s.standard}</h2>
      <p class="govuk-body">{s.standardText}</p>
      <h2>{s.limits}</h2>
      <Bullets of={s.limitList} />
    </main>
  );
}
