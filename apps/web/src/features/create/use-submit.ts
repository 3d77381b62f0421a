import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../shared/api.ts';
import type { Problems } from '../../shared/form-problems.ts';
import { newIdempotencyKey } from '../../shared/query.ts';
import { toBody } from './document.ts';
import type { InfraDocument } from './document.ts';
import { placeRefusal } from './problems.ts';

interface SubmitOptions {
  ns: string;
  /** The MCIS a group is added to. */
  addTo: string | undefined;
  onSent: () => void;
  onRefused: (problems: Problems) => void;
}

/** Sends the document and goes to the MCIS. A repeat of the same document carries the same key, so it is made once. */
export function useSubmit({ ns, addTo, onSent, onRefused }: SubmitOptions) {
  const { t } = useTranslation('create');
  const client = useQueryClient();
  const navigate = useNavigate();
  const attempt = useRef<{ text: string; key: string }>(undefined);
  const [sending, setSending] = useState<'create' | 'hold'>();
  const [found, setFound] = useState<Problems>({});
  const [failure, setFailure] = useState<unknown>();

  const keyFor = (text: string): string => {
    if (attempt.current?.text !== text) attempt.current = { text, key: newIdempotencyKey() };
    return attempt.current.key;
  };

  const post = async (document: InfraDocument): Promise<string> => {
    const body = toBody(document);
    const idempotencyKey = keyFor(JSON.stringify([ns, addTo, body]));
    if (addTo === undefined) {
      const { infra } = await api('createInfra', { params: { ns }, body, idempotencyKey });
      return infra.name;
    }
    const [group] = body.nodeGroups;
    if (!group) throw new TypeError('There is no server group to add.');
    await api('addNodeGroup', { params: { ns, infra: addTo }, body: group, idempotencyKey });
    return addTo;
  };

  const send = async (document: InfraDocument, hold: boolean) => {
    if (sending) return;
    setSending(hold ? 'hold' : 'create');
    setFound({});
    setFailure(undefined);
    try {
      const infra = await post({ ...document, hold });
      onSent();
      await client.invalidateQueries({ queryKey: ['listInfra'] });
      await navigate({ to: '/ns/$ns/mcis/$infra', params: { ns, infra } });
    } catch (error) {
      const isGroupBody = addTo !== undefined;
      const exists = t(isGroupBody ? 'problem.groupNameTaken' : 'problem.nameTaken');
      const placed = placeRefusal(error, document, { isGroupBody, exists });
      setFound(placed.problems);
      setFailure(placed.rest);
      onRefused(placed.problems);
    } finally {
      setSending(undefined);
    }
  };

  return {
    sending,
    found,
    failure,
    send,
    /** A field was changed: what the server found there no longer holds. */
    forget: (path: string) => setFound((before) => (path in before ? { ...before, [path]: undefined } : before)),
    clearFailure: () => setFailure(undefined),
  };
}
