import type { Role } from '@waterstrider/contract';

export type RoleBinding = { namespaceId: string; role: Role };

/** A person; `passwordHash` never leaves the identity room. */
export type UserRecord = {
  id: string;
  username: string;
  passwordHash: string;
  /** Tells a verified password from the one before it. */
  passwordChangedAt: string;
  admin: boolean;
  disabled: boolean;
  roles: RoleBinding[];
  createdAt: string;
  lastLoginAt?: string;
};
export type NewUser = { username: string; passwordHash: string; admin: boolean; roles: RoleBinding[] };
export type UserChange = { admin?: boolean; disabled?: boolean; roles?: RoleBinding[] };

/** `id` is the SHA-256 of the cookie's value. */
export type SessionRecord = { id: string; userId: string; lastSeenAt: string; expiresAt: string };

export type ApiTokenRecord = {
  id: string;
  userId: string;
  name: string;
  createdAt: string;
  expiresAt?: string;
  lastUsedAt?: string;
};
