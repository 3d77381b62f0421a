import type { InfraReview } from '@waterstrider/contract';
import { isGroupChosen, toBody } from './document.ts';
import type { InfraDocument } from './document.ts';
import { checkDocument } from './problems.ts';

/** The price of a form is known before its name: until one is given the dry run goes by this one. */
export const standInName = 'not-named-yet';

export interface ReviewRequest {
  body: InfraDocument;
  /** The name in the body is not the one that will be made, so what is said about it does not count. */
  ignoresName: boolean;
}

/** What to ask the dry run, or nothing while the groups are not complete. */
export function toReviewRequest(document: InfraDocument, takenGroups?: readonly string[]): ReviewRequest | undefined {
  if (!document.nodeGroups.every(isGroupChosen)) return undefined;
  const { name, ...groupProblems } = checkDocument(document, takenGroups ? { takenGroups } : {});
  if (Object.values(groupProblems).some(Boolean)) return undefined;
  const body = toBody({ ...document, hold: false });
  const isUnnamed = takenGroups === undefined && name !== undefined;
  return {
    body: isUnnamed ? { ...body, name: standInName } : body,
    ignoresName: isUnnamed || takenGroups !== undefined,
  };
}

type Verdict = InfraReview['verdict'];
const ranks: Record<Verdict, number> = { ok: 0, warning: 1, error: 2 };
const worst = (verdicts: Verdict[]): Verdict =>
  verdicts.reduce((before, next) => (ranks[next] > ranks[before] ? next : before), 'ok');

/** The answer without what was said about a name that is not the one to be made. */
export function readReview(review: InfraReview, { ignoresName }: Pick<ReviewRequest, 'ignoresName'>): InfraReview {
  if (!ignoresName) return review;
  const messages = review.messages.filter(({ field }) => field !== 'name');
  const said = messages.map(({ severity }): Verdict => (severity === 'info' ? 'ok' : severity));
  return { ...review, messages, verdict: worst([...said, ...review.nodeGroups.map(({ verdict }) => verdict)]) };
}

export type ResourceCount = { kind: InfraReview['resources'][number]['kind']; made: number; reused: number };

/** Networks, subnets, firewalls and keys: how many are made and how many reused. */
export function countResources({ resources }: Pick<InfraReview, 'resources'>): ResourceCount[] {
  const kinds = ['vNet', 'subnet', 'securityGroup', 'sshKey'] as const;
  return kinds
    .map((kind) => {
      const ofKind = resources.filter((resource) => resource.kind === kind);
      const made = ofKind.filter(({ action }) => action === 'create').length;
      return { kind, made, reused: ofKind.length - made };
    })
    .filter(({ made, reused }) => made + reused > 0);
}
