import { describe, expect, it } from 'vitest';
import { readImages, readSpecs } from './tumblebug-catalogue.ts';
import { readClouds, readConnections, readNamespaces } from './tumblebug-clouds.ts';
import { readInfra, readInfraList } from './tumblebug-infra.ts';
import { readResources } from './tumblebug-resources.ts';
import { readRequest, readReview } from './tumblebug-review.ts';
import { toDomainError } from './to-domain-error.ts';
import { UpstreamError } from './upstream-error.ts';
import { recordingOf } from '../testing/recordings.ts';

const body = (name: string): unknown => recordingOf(name).response.body;

describe('recorded answers of CB-Tumblebug v0.13', () => {
  it('are read as namespaces, with null for none', () => {
    expect(readNamespaces(body('ns-list')).map(({ name }) => name)).toEqual(['default', 'rec1', 'system']);
    expect(readNamespaces(body('ns-list-empty'))).toEqual([]);
  });

  it('are read as connections and clouds, the mock ones simulated', () => {
    expect(
      readConnections(body('connConfig-all')).map(({ name, holder, verified }) => [name, holder, verified]),
    ).toEqual(['alpha-jupiter', 'alpha-mars', 'mock-mercury', 'mock-venus'].map((name) => [name, 'admin', true]));
    expect(readConnections(body('connConfig-empty'))).toEqual([]);
    const [alpha] = readClouds(body('cloudInfo-mock-part'));
    expect(alpha).toMatchObject({ provider: 'alpha', platform: 'mock' });
    expect(alpha?.regions[0]).toEqual({
      region: 'jupiter',
      name: 'Tokyo',
      zones: ['jupiter-z1', 'jupiter-z2'],
      latitude: 35.7,
      longitude: 139.7,
    });
  });

  it('are read as sizes without a price of -1, and images of a region', () => {
    const specs = readSpecs(body('recommendSpec-provider-region'));
    expect(specs[0]).toMatchObject({ id: 'mock+mercury+mock-vmspec-01', vcpu: 4, gpu: { count: 2 } });
    expect(specs[0]).not.toHaveProperty('costPerHourUsd');
    const images = readImages(body('searchImage-provider-region-os'), { provider: 'alpha', region: 'mars' });
    expect(images.map(({ id, osVersion, architecture }) => [id, osVersion, architecture])).toEqual([
      ['alpha-vmimage-04', '22.04', 'arm64'],
      ['alpha-vmimage-01', '18.04', 'x86_64'],
    ]);
    expect(readImages(body('searchImage-provider-region-os'), { provider: 'alpha', region: 'moon' })).toEqual([]);
  });

  it('are read as servers in every state, without the framework’s own labels', () => {
    const [running] = readInfraList(body('infra-list'));
    expect(running).toMatchObject({ name: 'i1', status: 'Running', labels: { role: 'demo' } });
    expect(running?.nodes.map(({ name, status, createdAt }) => [name, status, createdAt])).toEqual([
      ['g1-1', 'Running', '2026-11-22T16:27:43.000Z'],
      ['g1-2', 'Running', expect.any(String)],
      ['g2-1', 'Running', expect.any(String)],
    ]);
    const [creating] = readInfraList(body('infra-list-creating'));
    expect(creating).toMatchObject({ status: 'Partial-Creating', targetAction: 'Create' });
    expect(creating?.nodes[0]).toMatchObject({ connection: 'mock-mercury', region: 'mercury', targetAction: 'Create' });
    const [terminating] = readInfraList(body('infra-list-terminating'));
    expect(terminating?.nodes.map(({ status }) => status)).toEqual(['Terminated', 'Terminating', 'Terminating']);
    expect(readInfra(body('infraDynamic-hold-continue-while-held-infra'))).toMatchObject({
      status: 'Creating',
      nodes: [],
    });
    expect(readInfraList(body('infra-list-empty'))).toEqual([]);
    expect(readInfra(body('infra-list-ns-unknown'))).toBeUndefined();
  });

  it('are read as reviews, with the fault of each group', () => {
    expect(readReview(body('infraDynamicReview-ok'))).toMatchObject({
      creationViable: true,
      groups: [{ nodeGroup: 'g1', canCreate: true }, { nodeGroup: 'g2' }],
    });
    expect(readReview(body('infraDynamicReview-bad-spec')).groups[0]).toMatchObject({
      canCreate: false,
      specFault: 'The specKey nope not found by any of ID, CspSpecName',
    });
  });

  it('are read as requests: held back, done, failed', () => {
    const held = readRequest(body('infraDynamic-hold-continue-while-held-request'));
    expect(held).toMatchObject({ status: 'Handling' });
    expect(held.steps.at(-1)).toBe('Start instance provisioning');
    const done = readRequest(body('request-infraDynamic-done'));
    expect(readInfra(done.answer)?.nodes).toHaveLength(3);
    expect(readRequest(body('request-infraDynamic-bad-image'))).toMatchObject({
      status: 'Error',
      error: expect.stringContaining("image 'nope' is not available"),
    });
  });

  it('are read as networks with subnets, firewalls and keys, and no secret with them', () => {
    const networks = readResources(body('resources-vNet-list'), 'vNet');
    expect(networks[0]).toMatchObject({ kind: 'vNet', connection: 'alpha-mars', summary: '10.2.0.0/16' });
    expect(networks[1]).toMatchObject({ kind: 'subnet', connection: 'alpha-mars', summary: '10.2.0.0/18' });
    expect(readResources(body('resources-securityGroup-list'), 'securityGroup')[0]).toMatchObject({
      summary: '22/tcp from 0.0.0.0/0',
    });
    const keys = readResources(body('resources-sshKey-list'), 'sshKey');
    expect(keys[0]).toMatchObject({ kind: 'sshKey', name: 'i1-alpha-mars' });
    expect(JSON.stringify(keys)).not.toContain('masked');
    expect(readResources(body('resources-vNet-list-empty'), 'vNet')).toEqual([]);
  });

  it.each([
    ['infra-get-unknown', 'not_found'],
    ['infra-list-ns-unknown', 'not_found'],
    ['control-unknown-infra', 'not_found'],
    ['request-unknown', 'not_found'],
    ['ns-post-duplicate', 'exists'],
    ['infraDynamic-existing-name', 'exists'],
    ['ns-delete-not-empty', 'in_use'],
    ['infra-delete-wrong-state', 'wrong_state'],
    ['infraDynamic-all-failed', 'cloud_failure'],
    ['infraDynamic-bad-spec', 'cloud_failure'],
    ['spider-down-infraDynamic', 'cloud_failure'],
    ['route-unknown', 'cloud_failure'],
  ])('%s reaches the user as %s, in its own words', (name, code) => {
    const { status, body: told } = recordingOf(name).response;
    const { message } = told as { message: string }; // every recorded refusal has one
    const known = toDomainError(
      new UpstreamError({ framework: 'tumblebug', fault: 'refused', message, status, maySent: true }),
    );
    expect(known.code).toBe(code);
    expect(JSON.stringify([known.message, known.details])).toContain(
      JSON.stringify(message.split('\n')[0]).slice(1, -1),
    );
  });
});
