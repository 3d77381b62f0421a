import { stateNow } from './world/servers.ts';
import type { Log, World } from './world/world.ts';

/** One statement per tick, however high the rate. */
const tickMs = 100;

/** Flips `count` random servers that run or are stopped. */
export const flipServers = async (world: World, count: number): Promise<number> => {
  const sql = await world.open();
  const now = stateNow(sql);
  const settled = sql`${now} in ('running', 'stopped')`;
  const from = Math.random();
  const rows = await sql`
    with above as materialized (
      select id from sim_world.servers where lot >= ${from}::real and ${settled}
      order by lot limit ${count} for update skip locked
    ), below as materialized (
      select id from sim_world.servers where lot < ${from}::real and ${settled}
      order by lot limit greatest(0, ${count} - (select count(*) from above)) for update skip locked
    )
    update sim_world.servers set
      state = case when ${now} = 'running' then 'stopped' else 'running' end, next_state = null, ready_at = null
    where id in (select id from above union all select id from below) returning 1`;
  return rows.length;
};

/** Changes made outside, at a steady rate. */
export const createChurn = (world: World, log: Log) => {
  let rate = 0;
  let owed = 0;
  let owedSince = 0;
  let timer: NodeJS.Timeout | undefined;
  let tick: Promise<void> | undefined;

  const flipDue = async (): Promise<void> => {
    // By the clock: a late tick makes up for the lost ones, by no more than a second's worth.
    const now = performance.now();
    owed = Math.min(rate, owed + (rate * (now - owedSince)) / 1000);
    owedSince = now;
    const count = Math.floor(owed);
    if (count === 0) return;
    owed -= count;
    await flipServers(world, count);
  };

  const schedule = (): void => {
    timer = setInterval(() => {
      // A slow database makes ticks fewer, never simultaneous.
      tick ??= flipDue()
        .catch((error: unknown) => log.warn({ error }, 'The simulated churn could not change servers.'))
        .finally(() => {
          tick = undefined;
        });
    }, tickMs);
    timer.unref();
  };

  const set = (changesPerSecond: number): void => {
    rate = changesPerSecond;
    owed = 0;
    owedSince = performance.now();
    clearInterval(timer);
    timer = undefined;
    if (rate > 0) schedule();
  };

  return {
    set,
    close: async (): Promise<void> => {
      set(0);
      await tick;
    },
  };
};
