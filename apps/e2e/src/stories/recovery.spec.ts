import { Api } from '../support/api.ts';
import { visit } from '../support/screen.ts';
import { expect, test } from '../support/test.ts';

test('the server is killed in the middle of a task: the page says so, and after the restart the task went on', async ({
  allow,
  open,
  startOwn,
}) => {
  test.setTimeout(240_000);
  // Slow enough that the creation is under way when the server dies.
  const server = await startOwn({ settings: { WATERSTRIDER_SIM_SPEED: '20' } });
  const api = new Api(server.url);
  await api.trySimulatedClouds();
  const page = await open({ server });
  allow(page, /ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|ERR_INCOMPLETE_CHUNKED_ENCODING|ERR_EMPTY_RESPONSE/);
  await visit(page, '/ns/default/mcis', 'MCIS');
  await expect(page.getByText(/^Live/)).toBeVisible();

  const task = await api.startInfra('default', 'survivor', [
    { name: 'web', provider: 'sim-aws', size: 10 },
    { name: 'slow', provider: 'sim-azure', size: 5 },
  ]);
  await expect(page.getByRole('row', { name: /survivor/ })).toBeVisible();
  await server.kill();
  await expect(page.getByText('Reconnecting')).toBeVisible({ timeout: 40_000 });
  await expect(page.getByRole('row', { name: /survivor/ }), 'what was seen stays').toBeVisible();
  await expect(page.getByText(/^Stale since/)).toBeVisible({ timeout: 40_000 });

  await server.start();
  await expect(page.getByText(/^Live/)).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole('row', { name: /survivor/ })).toContainText('Running', { timeout: 90_000 });
  expect((await api.ended(task.id, 90_000)).state).toBe('succeeded');

  const nodes = await api.nodes('default', 'survivor');
  expect(nodes.map(({ status }) => status)).toEqual(Array.from({ length: 15 }, () => 'Running'));
  const { items } = await api.get<{ items: { id: string; tag: string }[] }>('/api/sim/servers?limit=100000');
  expect(items.map(({ tag }) => tag).sort(), 'no server lost, none made twice').toEqual(
    nodes.map(({ id }) => id).sort(),
  );

  await page.getByRole('link', { name: 'survivor' }).click();
  await expect(page.getByRole('gridcell', { name: 'Running', exact: true })).toHaveCount(15);
});
