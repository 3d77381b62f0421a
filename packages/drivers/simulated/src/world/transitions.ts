import type { CloudServerState } from '@waterstrider/engine/ports';
import type { ISql } from 'postgres';
import { isIn, stateNow } from './servers.ts';
import type { Place } from './world.ts';

export type Transition = {
  /** States it may start from. */
  from: readonly CloudServerState[];
  /** States in which it is done or under way: repeating it changes nothing. */
  settled: readonly CloudServerState[];
  through: CloudServerState;
  to: CloudServerState;
};

/** What may be asked of a server, by its state. */
export const transitions = {
  suspend: { from: ['running'], settled: ['stopping', 'stopped'], through: 'stopping', to: 'stopped' },
  resume: { from: ['stopped'], settled: ['starting', 'running'], through: 'starting', to: 'running' },
  reboot: { from: ['running'], settled: ['rebooting'], through: 'rebooting', to: 'running' },
  terminate: {
    from: ['creating', 'running', 'stopping', 'stopped', 'starting', 'rebooting', 'failed'],
    settled: ['deleting'],
    through: 'deleting',
    to: 'deleted',
  },
} as const satisfies Record<string, Transition>;
export type TransitionName = keyof typeof transitions;

/** Starts the transition where the state allows; returns the state before, undefined when there is no such server. */
export const startTransition = async (
  sql: ISql,
  place: Place,
  request: { id: string; transition: Transition; durationMs: number },
): Promise<CloudServerState | undefined> => {
  const { id, transition, durationMs } = request;
  const [row] = await sql<{ before: CloudServerState }[]>`
    with found as materialized (
      select id, is_slow, ${stateNow(sql)} as before from sim_world.servers
      where id = ${id} and ${isIn(sql, place)} for update
    ), started as (
      update sim_world.servers as server
      set state = ${transition.through}, next_state = ${transition.to}, error = null,
          ready_at = clock_timestamp()
            + ${durationMs}::float8 * (case when found.is_slow then 5 else 1 end) * interval '1 millisecond'
      from found where server.id = found.id and found.before = any(${[...transition.from]})
    )
    select before from found where before <> 'deleted'`;
  return row?.before;
};
