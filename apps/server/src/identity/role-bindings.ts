import { DomainError, type Role } from '@waterstrider/contract';
import type { RoleBinding } from '@waterstrider/store';
import type { Inventory } from '../inventory/inventory.ts';

type NamedBinding = { ns: string; role: Role };

/** Roles by name of the namespace; those of deleted namespaces are left out. */
export function toBindings(inventory: Pick<Inventory, 'namespace'>, roles: readonly RoleBinding[]): NamedBinding[] {
  return roles
    .flatMap(({ namespaceId, role }) => {
      const namespace = inventory.namespace(namespaceId);
      return namespace === undefined ? [] : [{ ns: namespace.name, role }];
    })
    .sort((left, right) => (left.ns < right.ns ? -1 : 1));
}

/** Roles by the namespace's own id. Throws `invalid` for an unknown or a repeated namespace. */
export function fromBindings(
  inventory: Pick<Inventory, 'namespace'>,
  bindings: readonly NamedBinding[],
): RoleBinding[] {
  const seen = new Set<string>();
  return bindings.map(({ ns, role }, index) => {
    const namespace = inventory.namespace(ns);
    const field = `body.roles.${String(index)}.ns`;
    if (namespace === undefined) throw invalidBinding(field, 'There is no namespace of this name.');
    if (seen.has(namespace.id)) throw invalidBinding(field, 'One role per namespace.');
    seen.add(namespace.id);
    return { namespaceId: namespace.id, role };
  });
}

const invalidBinding = (field: string, reason: string): DomainError =>
  new DomainError('invalid', { issues: [{ field, reason }] });
