import type { InfraReview } from '@waterstrider/contract';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../shared/format.ts';
import { nameInId } from './catalogue-facts.ts';
import type { Studio } from './use-studio.ts';

type Message = InfraReview['messages'][number];

/** A message of the review in the language on screen; a kind that is not known speaks in the server's words. */
export function useReviewWords(studio: Pick<Studio, 'document' | 'facts'>, review: InfraReview | undefined) {
  const { t } = useTranslation('create');
  const format = useFormat();
  const { document, facts } = studio;
  return useCallback(
    (message: Message, index?: number): string => {
      const group = index === undefined ? undefined : document.nodeGroups[index];
      const verdict = review?.nodeGroups.find(({ nodeGroup }) => nodeGroup === group?.name);
      const asked = document.nodeGroups.filter(({ connection }) => connection === group?.connection);
      return t(`message.${message.key}`, {
        defaultValue: message.text,
        name: document.name,
        connection: group?.connection,
        spec: group && (facts.specs[group.spec]?.name ?? nameInId(group.spec)),
        image: group && (facts.images[group.image]?.name ?? nameInId(group.image)),
        zone: group?.zone,
        diskType: group?.rootDiskType,
        left: verdict?.quotaLeft === undefined ? '?' : format.number(verdict.quotaLeft),
        asked: format.number(asked.reduce((sum, { size }) => sum + size, 0)),
      });
    },
    // format changes with the language, as t does
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [t, document, facts, review],
  );
}
