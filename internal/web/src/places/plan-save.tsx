// Keeping a plan as an option of its own.
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import { address, ask, type Problem } from '../client';
import { token } from '../jobs';
import { asProblem } from '../load';
import { DialogForm } from '../parts/dialog-form';
import { Input } from '../parts/field';
import { Trouble } from '../parts/state';
import { Token } from '../parts/token';
import { go } from '../place';
import { t } from '../strings.en';
import type { Option } from '../types';
import { documentSites } from './plan-document';
import type { Planner } from './plan-state';

type Props = { planner: Planner; option: Option; options: Option[]; refresh: () => void };

/** A button and its dialog. */
export function Save(props: Props): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  const saved = useSignal('');
  return (
    <section>
      <h2>{t.plan.save}</h2>
      <div class="buttons">
        <button
          type="button"
          class="govuk-button"
          disabled={props.planner.changes.value.length === 0}
          onClick={() => dialog.current?.showModal()}
        >
          {t.plan.save}
        </button>
      </div>
      <p class="govuk-body" role="status">
        {saved.value}
      </p>
      <dialog ref={dialog} class="dialog" aria-label={t.plan.save}>
        <Form
          {...props}
          close={() => dialog.current?.close()}
          saved={(name, id) => {
            dialog.current?.close();
            saved.value = t.plan.savedAs(name);
            props.refresh();
            go({ option: id, changes: undefined });
          }}
        />
      </dialog>
    </section>
  );
}

function Form(props: Props & { close: () => void; saved: (name: string, id: string) => void }): JSX.Element {
  const problem = useSignal<Problem | null>(null);
  const send = async (fields: FormData): Promise<void> => {
    const text = (name: string): string => String(fields.get(name) ?? '').trim();
    const body = {
      id: text('id'),
      name: text('name'),
      based_on: props.option.option_id,
      sites: documentSites(props.planner.changes.peek()),
    };
    problem.value = null;
    await ask(address('/options', { reason: text('reason') || undefined }), {
      method: 'POST',
      body,
      token: token.peek(),
    }).then(
      () => props.saved(body.name, body.id),
      (error: unknown) => void (problem.value = asProblem(error)),
    );
  };
  return (
    <DialogForm title={t.plan.save} action={t.plan.saveNow} send={(fields) => void send(fields)} close={props.close}>
      <Input name="name" label={t.plan.saveName} required />
      <Input
        name="id"
        label={t.plan.saveId}
        required
        pattern="[A-Za-z0-9._\-]{1,64}"
        defaultValue={free(props.options)}
      />
      <Input name="reason" label={t.plan.saveReason} />
      <Token always />
      {problem.value && <Trouble problem={problem.value} what={t.plan.save} />}
    </DialogForm>
  );
}

/** The first id "P1", "P2" … that no option has. */
function free(options: readonly Option[]): string {
  let n = 1;
  while (options.some((o) => o.option_id === `P${n}`)) n++;
  return `P${n}`;
}
