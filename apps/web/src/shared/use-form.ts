import { useEffect, useRef, useState } from 'react';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { placeFailure } from './form-problems.ts';
import type { Problems } from './form-problems.ts';

interface FormOptions<Values extends object> {
  initial: Values;
  /** Fields as the server names them below `body.`; its findings are put there. */
  fields: readonly string[];
  /** What is wrong with what was typed; shown from the first blur of a field on, or after sending. */
  check?: (values: Values) => Problems;
  send: (values: Values) => Promise<unknown>;
}

/**
 * State of a form: values, findings at their fields, sending, and what failed as a whole. Nothing typed is lost by a failure.
 * Spread `form.props` on the `<form>`; `form.problem(field)` is a field's error.
 */
export function useForm<Values extends object>({ initial, fields, check = () => ({}), send }: FormOptions<Values>) {
  const { t } = useTranslation('errors');
  const [values, setValues] = useState(initial);
  const [visited, setVisited] = useState<ReadonlySet<string>>(new Set());
  const [found, setFound] = useState<Problems>({});
  const [failure, setFailure] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const [attempts, setAttempts] = useState(0);
  const element = useRef<HTMLFormElement>(null);
  const problems = check(values);

  useEffect(() => {
    if (attempts > 0) element.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [attempts]);

  const submit = async () => {
    if (busy) return;
    if (Object.values(problems).some(Boolean)) {
      setVisited(new Set(Object.keys(problems)));
      setAttempts(attempts + 1);
      return;
    }
    setBusy(true);
    setFailure(undefined);
    setFound({});
    try {
      await send(values);
    } catch (error) {
      const placed = placeFailure(error, fields, { exists: t('exists.title') });
      setFound(placed.problems);
      setFailure(placed.rest);
      setAttempts(attempts + 1);
    } finally {
      setBusy(false);
    }
  };

  return {
    values,
    busy,
    failure,
    submit,
    problem: (field: string): string | undefined => (visited.has(field) ? problems[field] : undefined) ?? found[field],
    /** Changes values; the server's findings at the named field are forgotten. */
    set: (change: Partial<Values>, field = Object.keys(change)[0] ?? '') => {
      setValues((before) => ({ ...before, ...change }));
      setFound((before) => ({ ...before, [field]: undefined }));
    },
    /** Back to the start, as after a success. */
    reset: () => {
      setValues(initial);
      setVisited(new Set());
    },
    visit: (field: string) => setVisited((before) => (before.has(field) ? before : new Set(before).add(field))),
    props: {
      ref: element,
      noValidate: true,
      onSubmit: (event: FormEvent) => {
        event.preventDefault();
        void submit();
      },
    },
  };
}
