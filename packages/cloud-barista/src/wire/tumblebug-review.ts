import { known, listOf, textOf, textsOf, toFields, type Fields } from './tumblebug-fields.ts';

export type WireVerdict = {
  nodeGroup: string;
  canCreate: boolean;
  status: string;
  info: string[];
  warnings: string[];
  errors: string[];
  specFault?: string;
  imageFault?: string;
};
export type WireReview = { overall: string; message: string; creationViable: boolean; groups: WireVerdict[] };

/** `InfraReview`. */
export function readReview(answer: unknown): WireReview {
  const fields = toFields(answer);
  return {
    overall: textOf(fields, 'overallStatus') ?? '',
    message: textOf(fields, 'overallMessage') ?? '',
    creationViable: fields.creationViable === true,
    groups: listOf(fields, 'nodeReviews').map(readVerdict),
  };
}

/** `NodeReview`. */
export function readVerdict(answer: unknown): WireVerdict {
  const fields = toFields(answer);
  return {
    nodeGroup: textOf(fields, 'nodeName') ?? '',
    canCreate: fields.canCreate === true,
    status: textOf(fields, 'status') ?? '',
    info: textsOf(fields.info),
    warnings: textsOf(fields.warnings),
    errors: textsOf(fields.errors),
    ...known({ specFault: fault(fields.specValidation), imageFault: fault(fields.imageValidation) }),
  };
}

function fault(validation: unknown): string | undefined {
  const fields: Fields = toFields(validation);
  if (fields.isAvailable !== false) return undefined;
  return textOf(fields, 'message') ?? 'It is not available there.';
}

export type WireRequest = {
  status: 'Handling' | 'Success' | 'Error';
  error?: string;
  answer: unknown;
  /** While it is handled: titles of the steps, in order. */
  steps: string[];
};

/** `GET /request/{id}`. */
export function readRequest(answer: unknown): WireRequest {
  const fields = toFields(answer);
  const status = textOf(fields, 'status');
  return {
    status: status === 'Success' || status === 'Error' ? status : 'Handling',
    answer: fields.responseData,
    steps: listOf(fields.responseData, '').flatMap((entry) => textOf(entry, 'title') ?? []),
    ...known({ error: textOf(fields, 'errorResponse') }),
  };
}
