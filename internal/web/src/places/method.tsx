// How the numbers come about: rules, formulas, data, licences, checks.
import type { JSX } from 'preact';
import { list } from '../client';
import { useLoad } from '../load';
import { people } from '../number';
import { Bullets } from '../parts/bullets';
import { Shown } from '../parts/state';
import { Table } from '../parts/table';
import { t } from '../strings.en';
import type { Check, Study } from '../types';
import type { PlaceProps } from './props';

const s = t.method;

/** The method page. */
export function Method({ study }: PlaceProps): JSX.Element {
  const checks = useLoad(() => (signal) => list<Check>('/checks', signal));
  return (
    <main id="main" class="side text">
      <h1>{s.heading}</h1>
      <p class="govuk-body">{s.intro}</p>
      <Rules study={study} />
      <h2>{s.formulas}</h2>
      <Bullets of={s.formulaList} />
      <Scales study={study} />
      <h2>{s.notAssessed}</h2>
      {study.not_assessed.length > 0 ? <Bullets of={study.not_assessed} /> : <p class="govuk-body">{s.nothing}</p>}
      <Data study={study} />
      <h2>{s.licences}</h2>
      <Bullets of={study.licences.map((l) => l.text)} />
      <h2>{s.checks}</h2>
      <Shown load={checks} what={s.checks}>
        {(all) => <Checks checks={all} />}
      </Shown>
      <p class="govuk-body break">
        {s.fingerprint}: <code>{study.fingerprint}</code>
      </p>
      <p class="govuk-body">{s.api}</p>
    </main>
  );
}

function Rules(props: { study: Study }): JSX.Element {
  const { method, thresholds } = props.study;
  const rows = [
    ...Object.entries(thresholds).map(([name, value]) => ({
      name: s.ruleNames[name] ?? name,
      value: value.toLocaleString('en-GB'),
    })),
    ...props.study.profiles.map((p) => ({ name: s.speed(t.profiles[p.name] ?? p.name), value: String(p.speed_kmh) })),
    { name: s.walk, value: [method.walk.replaceAll('_', ' '), method.note].filter(Boolean).join('; ') },
    { name: s.points, value: method.points_from ?? t.unknownStatus },
    { name: s.need, value: method.need_basis ?? t.unknownStatus },
    { name: s.projection, value: method.projection ?? t.unknownStatus },
  ];
  return (
    <Table
      caption={s.rules}
      rows={rows}
      id={(r) => r.name}
      columns={[
        { key: 'rule', head: s.columns.rule, cell: (r) => r.name },
        { key: 'value', head: s.columns.value, cell: (r) => r.value },
      ]}
    />
  );
}

function Scales(props: { study: Study }): JSX.Element {
  const number = (n: number): string => n.toLocaleString('en-GB', { maximumFractionDigits: 3 });
  return (
    <Table
      caption={s.scales}
      rows={props.study.scales}
      id={(c) => c.criterion}
      columns={[
        { key: 'criterion', head: s.columns.criterion, cell: (c) => t.criteria[c.criterion] ?? c.criterion },
        { key: 'weight', head: s.columns.weight, numeric: true, cell: (c) => number(c.weight) },
        { key: 'zero', head: s.columns.zero, numeric: true, cell: (c) => number(c.score_0) },
        { key: 'one', head: s.columns.one, numeric: true, cell: (c) => number(c.score_1) },
      ]}
    />
  );
}

function Data(props: { study: Study }): JSX.Element {
  return (
    <Table
      caption={s.inputs}
      rows={props.study.inputs}
      id={(i) => i.role + i.name + i.sha256}
      columns={[
        { key: 'name', head: s.columns.input, cell: (i) => i.role.replaceAll('_', ' ') },
        { key: 'edition', head: s.columns.edition, cell: (i) => i.edition ?? t.unknownStatus },
        { key: 'publisher', head: s.columns.publisher, cell: (i) => i.publisher ?? t.unknownStatus },
        { key: 'licence', head: s.columns.licence, cell: (i) => i.licence ?? t.unknownStatus },
        { key: 'rows', head: s.columns.rows, numeric: true, cell: (i) => people(i.rows_used) },
        { key: 'dropped', head: s.columns.dropped, numeric: true, cell: (i) => people(i.dropped) },
      ]}
    />
  );
}

function Checks(props: { checks: Check[] }): JSX.Element {
  const ran = props.checks.filter((c) => c.ran);
  const result = (c: Check): string => (!c.ran ? s.notRun : c.passed ? s.passed : s.failed);
  return (
    <>
      <p class="govuk-body">{s.checksSaid(ran.filter((c) => c.passed).length, ran.length)}</p>
      <Table
        caption={s.checks}
        hideCaption
        rows={props.checks}
        id={(c) => c.title}
        columns={[
          { key: 'check', head: s.columns.check, cell: (c) => c.title },
          { key: 'result', head: s.columns.result, by: result, cell: result },
          { key: 'detail', head: s.columns.detail, cell: (c) => c.detail },
        ]}
      />
    </>
  );
}
