/**
 * Nodes that can be seen through. A few are drawn one by one, which three sorts right among all else; were
 * thousands drawn so, the page would stop. So from a number on those of one look are drawn together, in the right
 * order among themselves.
 */
export interface Grouped {
  /** Takes its place again: enter() gives another answer than before. */
  regroup(): void;
}

/** So many of one look are a group, and remain one until only a quarter is left. */
export const GROUP_MIN = 200;

export class InstancedGroups {
  private readonly groups = new Map<string, { members: Set<Grouped>; together: boolean }>();

  /** Says whether those of the key are drawn together, after this one has joined them. */
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
