// What is known of one thing: names beside their values.
import type { JSX } from 'preact';

/** A name and its value, both as they are read. */
export type Fact = [name: string, value: string];

/** The facts, in their order. */
export function Facts(props: { facts: Fact[] }): JSX.Element {
  return (
    <dl class="facts">
      {props.facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
