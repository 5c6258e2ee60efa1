/** Roles of PRODUCT.md §7. What each may do is `policy.ts`. */
export const roles = [
  'call-taker',
  'dispatcher',
  'duty-chief',
  'resident-commander',
  'commander',
  'liaison',
  'verifier',
  'supervisor',
  'district-operator',
  'street-operator',
  'grid-worker',
  'information-officer',
  'data-approver',
  'auditor',
  'system-admin',
  'security-admin',
  'wall',
  'integration',
] as const;

export type Role = (typeof roles)[number];

/** Who acts: a person, a device or a machine. Department and district bound what a liaison or a district operator sees. */
export type Actor = {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly department: string | null;
  readonly district: string | null;
};
