// Options as a spreadsheet, out and in.
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { ask, type Problem } from '../client';
import { token } from '../jobs';
import { asProblem } from '../load';
import { Download } from '../parts/download';
import { Input } from '../parts/field';
import { Trouble } from '../parts/state';
import { Table } from '../parts/table';
import { Token } from '../parts/token';
import { t } from '../strings.en';
import type { Option } from '../types';

/** An option document; the parts that this page does not look at go through as they came. */
type Document = { id: string; name: string; sites: object[] };

/** Exports every option, and keeps the new ones of a workbook. */
export function Sheet(props: { options: Option[]; refresh: () => void }): JSX.Element {
  const found = useSignal<Document[] | null>(null);
  const problem = useSignal<Problem | null>(null);
  const read = async (file: File | undefined): Promise<void> => {
    found.value = problem.value = null;
    if (!file) return;
    await ask<{ options: Document[] }>('/options.xlsx', { method: 'POST', file }).then(
      (answer) => void (found.value = answer.value.options),
      (error: unknown) => void (problem.value = asProblem(error)),
    );
  };
  return (
    <section>
      <h2>{t.plan.sheet}</h2>
      <div class="buttons">
        <Download path="/options.xlsx" name="options.xlsx">
          {t.plan.exportSheet}
        </Download>
      </div>
      <Input
        label={t.plan.importSheet}
        class=""
        type="file"
        accept=".xlsx"
        onChange={(e) => void read(e.currentTarget.files?.[0])}
      />
      {problem.value && <Trouble problem={problem.value} what={t.plan.importSheet} />}
      {found.value && <Found documents={found.value} options={props.options} refresh={props.refresh} />}
    </section>
  );
}

function Found(props: { documents: Document[]; options: Option[]; refresh: () => void }): JSX.Element {
  const problem = useSignal<Problem | null>(null);
  const isHere = (d: Document): boolean => props.options.some((o) => o.option_id === d.id);
  const keep = async (body: Document): Promise<void> => {
    problem.value = null;
    await ask('/options', { method: 'POST', body, token: token.peek() }).then(props.refresh, (error: unknown) => {
      problem.value = asProblem(error);
    });
  };
  return (
    <div aria-live="polite">
      <Table
        caption={t.plan.inSheet}
        rows={props.documents}
        id={(d) => d.id}
        columns={[
          { key: 'name', head: t.option, cell: (d) => `${d.id}: ${d.name}` },
          {
            key: 'keep',
            head: t.plan.saveNow,
            cell: (d) =>
              isHere(d) ? (
                t.plan.isHere
              ) : (
                <button type="button" class="govuk-button compact" onClick={() => void keep(d)}>
                  {t.plan.saveNow}
                </button>
              ),
          },
        ]}
      />
      <Token />
      {problem.value && <Trouble problem={problem.value} what={t.plan.save} />}
    </div>
  );
}
