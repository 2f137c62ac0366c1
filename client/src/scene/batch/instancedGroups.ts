/**
 * Transparent nodes. A few are drawn as single meshes, which three.js sorts correctly among all other objects;
 * thousands of meshes would be too slow. Above a threshold, nodes of one look are drawn as one batch, which is
 * sorted internally.
 */
export interface Grouped {
  /** The result of enter() has changed: the member must enter again. */
  regroup(): void;
}

/** Number of nodes of one look that become a group; it is split when only a quarter is left. */
export const GROUP_MIN = 200;

export class InstancedGroups {
  private readonly groups = new Map<string, { members: Set<Grouped>; together: boolean }>();

  /** Adds a member; returns whether the members of this key are drawn as a batch. */
  enter(key: string, member: Grouped): boolean {
    let group = this.groups.get(key);
    if (!group) {
      group = { members: new Set(), together: false };
      this.groups.set(key, group);
    }
    group.members.add(member);
    if (!group.together && group.members.size >= GROUP_MIN) {
      group.together = true;
      for (const other of group.members) if (other !== member) other.regroup();
    }
    return group.together;
  }

  leave(key: string, member: Grouped): void {
    const group = this.groups.get(key);
    if (!group?.members.delete(member)) return;
    if (group.members.size === 0) this.groups.delete(key);
    else if (group.together && group.members.size < GROUP_MIN / 4) {
      group.together = false;
      for (const other of group.members) other.regroup();
    }
  }
}
