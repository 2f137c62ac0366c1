/** Index of a member in its batch; -1: none. Written by the batch only. */
export interface Member {
  slot: number;
}

/** A dense list whose members store their index: adding and removing take constant time. */
export class DenseSlots<T extends Member> {
  private readonly members: T[] = [];

  get count(): number {
    return this.members.length;
  }

  at(slot: number): T {
    return this.members[slot]!;
  }

  add(member: T): number {
    if (member.slot >= 0) throw new Error("a member can be in one batch only");
    member.slot = this.members.length;
    this.members.push(member);
    return member.slot;
  }

  /** The last member moves into the gap; returns where it was, or -1 when none moved. */
  remove(member: T): number {
    if (this.members[member.slot] !== member) throw new Error("not a member of this batch");
    const gap = member.slot;
    const last = this.members.pop()!;
    member.slot = -1;
    if (last === member) return -1;
    const from = this.members.length;
    this.members[gap] = last;
    last.slot = gap;
    return from;
  }
}

/** Next capacity for `need` members: doubles when full, halves twice when three quarters are empty. */
export function capacityFor(need: number, capacity: number): number {
  let c = Math.max(capacity, 16);
  while (c < need) c *= 2;
  while (c > 1024 && need < c / 4) c /= 2;
  return c;
}
