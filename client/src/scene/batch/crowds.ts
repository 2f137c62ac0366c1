/**
 * Nodes that can be seen through. A few are drawn one by one, which three sorts right among all else; were
 * thousands drawn so, the page would stop. So from a number on those of one look are drawn together, in the right
 * order among themselves.
 */
export interface Grouped {
  /** Takes its place anew: enter() gives another answer than before. */
  regroup(): void;
}

/** So many of one look are a crowd, and remain one until only a quarter is left. */
export const CROWD = 200;

export class Crowds {
  private readonly crowds = new Map<string, { members: Set<Grouped>; together: boolean }>();

  /** Says whether those of the key are drawn together, after this one has joined them. */
  enter(key: string, member: Grouped): boolean {
    let crowd = this.crowds.get(key);
    if (!crowd) {
      crowd = { members: new Set(), together: false };
      this.crowds.set(key, crowd);
    }
    crowd.members.add(member);
    if (!crowd.together && crowd.members.size >= CROWD) {
      crowd.together = true;
      for (const other of crowd.members) if (other !== member) other.regroup();
    }
    return crowd.together;
  }

  leave(key: string, member: Grouped): void {
    const crowd = this.crowds.get(key);
    if (!crowd?.members.delete(member)) return;
    if (crowd.members.size === 0) this.crowds.delete(key);
    else if (crowd.together && crowd.members.size < CROWD / 4) {
      crowd.together = false;
      for (const other of crowd.members) other.regroup();
    }
  }
}
