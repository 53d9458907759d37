// A list of sentences.
import type { JSX } from 'preact';

/** Each on a line of its own, with a bullet. */
export function Bullets(props: { of: string[] }): JSX.Element {
  return (
    <ul class="govuk-list govuk-list--bullet">
      {props.of.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}
