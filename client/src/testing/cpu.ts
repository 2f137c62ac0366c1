/** The CPU time of this process in milliseconds. Unlike a clock, it does not run while other processes do. */
export function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
