import { DomainError, type Issue, type Row } from '@waterstrider/contract';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { findBrokenText } from '../http/body.ts';

const mostIssues = 50;

/** Parses parameters, query and body by the row's schemas. Throws one `invalid` that names every wrong field. */
export function validate(
  row: Row,
  request: Pick<FastifyRequest, 'params' | 'query' | 'body'>,
): { params: unknown; query: unknown; body: unknown } {
  const issues: Issue[] = [];
  const parse = (schema: z.ZodType, value: unknown, place: string): unknown => {
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    issues.push(...toIssues(parsed.error.issues, place));
    return undefined;
  };
  const params = parse(row.params, request.params, 'params');
  const broken = findBrokenText(request.query, 'query');
  if (broken !== undefined) issues.push(broken);
  const query = parse(row.query, request.query, 'query');
  const body = row.input === undefined ? refuseBody(request.body, issues) : parse(row.input, request.body, 'body');
  if (issues.length > 0) throw invalid(issues);
  return { params, query, body };
}

/** A row that takes no body accepts none, or an empty object. */
function refuseBody(body: unknown, issues: Issue[]): undefined {
  const isEmpty = body === undefined || body === null || (typeof body === 'object' && Object.keys(body).length === 0);
  if (!isEmpty) issues.push({ field: 'body', reason: 'No body is taken here.' });
  return undefined;
}

export function invalid(issues: Issue[]): DomainError {
  const [first] = issues;
  const named = issues.slice(0, mostIssues);
  return new DomainError('invalid', { issues: named, ...(first === undefined ? {} : { reason: describe(first) }) });
}

const describe = ({ field, reason }: Issue): string => `${field}: ${reason}`;

function toIssues(issues: readonly z.core.$ZodIssue[], place: string): Issue[] {
  return issues.flatMap((issue) => {
    const field = [place, ...issue.path.map(String)].join('.').slice(0, 300);
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({ field: `${field}.${key}`.slice(0, 300), reason: 'This field is not known.' }));
    }
    const isMissing = issue.code === 'invalid_type' && issue.message.endsWith('received undefined');
    return [{ field, reason: isMissing ? 'This is needed.' : issue.message }];
  });
}
